import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { spreadResultSchema } from "../../../src/pipelines/spread/result.ts";
import { ESTIMATORS } from "../../../src/spread/estimators.ts";
import { netvantage } from "../command.ts";

const text = readFileSync(new URL("../../../docs/spread.md", import.meta.url), "utf8");

/** Names of all properties, at any depth. */
function propertiesOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(propertiesOf)];
}

describe("docs/spread.md", () => {
  it("names every field of the JSON", () => {
    const fields = new Set(propertiesOf(z.toJSONSchema(spreadResultSchema)));
    expect(fields.size).toBeGreaterThan(25);
    for (const field of fields) expect(text).toMatch(new RegExp(`\`${field}(\\[\\])?\``));
  });

  it("names every estimator, and no flag that is not there", async () => {
    for (const name of ESTIMATORS) expect(text).toContain(`\`${name}\``);
    const { stdout } = await netvantage("spread --help");
    const { stdout: plan } = await netvantage("plan --help");
    for (const [flag] of text.matchAll(/--[a-z][a-z-]+/g)) expect(stdout + plan).toContain(flag);
  });
});
