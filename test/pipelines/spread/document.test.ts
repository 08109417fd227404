import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { planResultSchema } from "../../../src/pipelines/plan/result.ts";
import { spreadResultSchema } from "../../../src/pipelines/spread/result.ts";
import { differenceSchema } from "../../../src/report/difference.ts";
import { trialListSchema } from "../../../src/results/trial-list.ts";
import { ESTIMATORS } from "../../../src/spread/estimators.ts";
import { netvantage } from "../command.ts";

const text = documentOf("spread");

function documentOf(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), "utf8");
}

/** Names of all properties, at any depth. */
function propertiesOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  return [...own, ...Object.values(schema).flatMap(propertiesOf)];
}

describe("the documents", () => {
  it.each([
    ["spread", "spread --json", spreadResultSchema, 25],
    ["spread", "plan --json", planResultSchema, 15],
    ["report", "compare --json", differenceSchema, 20],
    ["engine", "results list --json", trialListSchema, 6],
  ])("of %s names every field that `%s` prints", (name, _, schema, least) => {
    const fields = new Set(propertiesOf(z.toJSONSchema(schema)));
    expect(fields.size).toBeGreaterThan(least);
    for (const field of fields) expect(documentOf(name)).toMatch(new RegExp(`\`${field}(\\[\\])?\``));
  });
});

describe("docs/spread.md", () => {
  it("names every estimator, and no flag that is not there", async () => {
    for (const name of ESTIMATORS) expect(text).toContain(`\`${name}\``);
    const { stdout } = await netvantage("spread --help");
    const { stdout: plan } = await netvantage("plan --help");
    for (const [flag] of text.matchAll(/--[a-z][a-z-]+/g)) expect(stdout + plan).toContain(flag);
  });
});
