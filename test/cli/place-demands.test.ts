import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeResultSchema } from "../../src/pipelines/place/result.ts";
import { run } from "./networks.ts";

const demand = (source: string, target: string, value: number): string =>
  `<demand id="${source}_${target}"><source>${source}</source><target>${target}</target><demandValue>${value}</demandValue></demand>`;
const matrix = (...demands: readonly string[]): string =>
  `<?xml version="1.0"?>\n<network><networkStructure><nodes/></networkStructure><demands>${demands.join("\n")}</demands></network>\n`;

let directory = "";
const file = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-demands-"));
  // A path a - b - c - d.
  await writeFile(file("path.txt"), "a b\nb c\nc d\n");
  await writeFile(file("matrix.xml"), matrix(demand("a", "b", 3), demand("c", "d", 1)));
  await writeFile(file("lines.txt"), "a b 3\nc d 1\n");
  await writeFile(file("unknown.xml"), matrix(demand("a", "z", 1)));
});
afterAll(() => rm(directory, { recursive: true }));

describe("--demands", () => {
  it("takes a demand matrix of SNDlib for what the same lines say", async () => {
    const results = await Promise.all(
      ["matrix.xml", "lines.txt"].map((name) =>
        run("place", file("path.txt"), "--monitors", "1", "--demands", file(name), "--json"),
      ),
    );
    const [ofMatrix, ofLines] = results.map(({ stdout }) => placeResultSchema.parse(JSON.parse(stdout)));
    expect(ofMatrix.observed).toBeCloseTo(0.75, 12);
    expect({ ...ofMatrix, traffic: "" }).toEqual({ ...ofLines, traffic: "" });
  });

  it("refuses a matrix of another network in one line", async () => {
    const { code, stdout, stderr } = await run(
      "place",
      file("path.txt"),
      "--monitors",
      "1",
      "--demands",
      file("unknown.xml"),
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: .*unknown\.xml:\d+: unknown node "z".*\n$/);
  });
});
