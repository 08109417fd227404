import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { differenceSchema } from "../../src/report/difference.ts";
import type { Cell, Comparison } from "../../src/results/comparison.ts";
import { sample } from "../report/fixtures/sample.ts";

let directory = "";

async function run(...argv: string[]) {
  const text = { stdout: "", stderr: "" };
  const context = {
    stdout: { columns: 160, write: (part: string) => (text.stdout += part) },
    stderr: { write: (part: string) => (text.stderr += part) },
    env: {},
    signal: new AbortController().signal,
  };
  const code = await runProgram(argv, context, []);
  return { code, ...text };
}

/** Writes a run's results and returns the file. */
async function written(name: string, results: unknown): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, typeof results === "string" ? results : JSON.stringify(results));
  return file;
}

/** The sample with its first table's cells changed. */
function withCells(change: (cells: readonly Cell[]) => Cell[], rest: Partial<Comparison> = {}): Comparison {
  const [first, ...others] = sample.experiments;
  const [table, ...tables] = first.tables;
  const changed = { ...first, tables: [{ ...table, cells: change(table.cells) }, ...tables] };
  return { ...sample, experiments: [changed, ...others], ...rest };
}

function at(cells: readonly Cell[], index: number, change: Partial<Cell>): Cell[] {
  return cells.map((cell, i) => (i === index ? { ...cell, ...change } : cell));
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-compare-"));
});

afterAll(() => rm(directory, { recursive: true }));

describe("netvantage compare", () => {
  it("says so where nothing changed; a directory stands for its results.json", async () => {
    const same = join(directory, "same");
    await mkdir(same);
    const file = await written("same/results.json", sample);
    const { code, stdout, stderr } = await run("compare", same, file);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^nothing changed: \d+ cells are the same\n$/);
  });

  it("shows a changed value with its relative change, interval and verdict, and exits 0", async () => {
    const before = await written("a.json", sample);
    const after = await written(
      "b.json",
      withCells((cells) => at(cells, 0, { measured: 0.9, low: 0.8, high: 1, verdict: "differs" })),
    );
    const { code, stdout } = await run("compare", before, after);
    expect(code).toBe(0);
    expect(stdout).toContain("spread/table1: Mean of |estimate - spread| / spread\n");
    expect(stdout).toMatch(
      /^1 +A CSE-256 +0\.7463 -> 0\.9000 +\+21 % +0\.7000 to 0\.7926 -> 0\.8000 to 1 +agrees -> differs$/m,
    );
    expect(stdout).toMatch(/\n1 cells changed, \d+ are the same; verdicts: 1 agrees -> differs\n$/);
    const json = JSON.parse((await run("compare", before, after, "--json")).stdout);
    expect(json).toMatchObject({ version: 1, settings: [], onlyBefore: [], onlyAfter: [], claims: [] });
    expect(differenceSchema.parse(json)).toEqual(json);
    expect(json.cells).toHaveLength(1);
    expect(json.cells[0]).toMatchObject({
      experiment: "spread/table1",
      table: "table1",
      row: "1",
      column: "A CSE-256",
      changed: ["measured", "interval", "verdict"],
      before: { measured: 0.7463, low: 0.7, high: 0.7926, trials: 20, verdict: "agrees" },
      after: { measured: 0.9, verdict: "differs" },
    });
    expect(json.cells[0].relative).toBeCloseTo(0.9 / 0.7463 - 1, 12);
  });

  it("shows experiments and cells that only one run has", async () => {
    const before = await written(
      "c.json",
      withCells((cells) => cells.slice(1)),
    );
    const after = await written("d.json", { ...sample, experiments: sample.experiments.slice(0, 2) });
    const { stdout } = await run("compare", before, after);
    expect(stdout).toContain("only in the first: placement/fig3\nonly in the first: placement/fig6\n");
    expect(stdout).toMatch(/^1 +A CSE-256 +only in the second +agrees$/m);
    expect((await run("compare", after, before)).stdout).toContain("only in the second: placement/fig3\n");
  });

  it("shows scale, seed, environment, kernels, parameters and claims", async () => {
    const [first, ...others] = sample.experiments;
    const [claim, ...claims] = first.claims;
    const changed: Comparison = {
      ...sample,
      scale: "paper",
      seed: 8,
      environment: { ...sample.environment!, node: "v24.1.0", kernels: { "spread.simd.wasm": "cd".repeat(32) } },
      experiments: [
        {
          ...first,
          parameters: { ...first.parameters, memoryBits: 1 },
          claims: [{ ...claim, verdict: "differs" }, ...claims],
        },
        ...others,
      ],
    };
    const { stdout } = await run("compare", await written("e.json", sample), await written("f.json", changed));
    for (const line of [
      "scale: quick -> paper",
      "seed: 7 -> 8",
      "node: v20.19.0 -> v24.1.0",
      "kernel spread.simd.wasm: abababababab -> cdcdcdcdcdcd",
      "spread/table1, memoryBits: 8000000 -> 1",
      "- agrees -> differs: the accuracy is 1.3 times better (spread/table1)",
    ]) {
      expect(stdout.split("\n")).toContain(line);
    }
  });

  it("does not count seconds and reasons as changes", async () => {
    const other = withCells((cells) => at(cells, 0, { how: "in other words" }));
    const slower = { ...other, experiments: other.experiments.map((each) => ({ ...each, seconds: 99 })) };
    const { stdout } = await run("compare", await written("g.json", sample), await written("h.json", slower));
    expect(stdout).toMatch(/^nothing changed/);
  });

  it("keeps inside the terminal's width", async () => {
    const text = "router-1.example.net, ".repeat(20);
    const after = withCells((cells) => at(cells, 0, { measured: text, ratio: null, low: null, high: null }));
    const { stdout } = await run("compare", await written("i.json", sample), await written("j.json", after));
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(160);
  });

  it.each([
    ["absent", undefined, /^error: .*absent.*cannot be read \(ENOENT.*\)\n$/],
    ["text", "# no JSON", /^error: .*text.*is no JSON \(.*\)\n$/],
    ["other", { version: 2 }, /^error: .*other.*is no results\.json: version: .*1\n$/],
    [
      "cells",
      { ...sample, experiments: [{ id: 1 }] },
      /^error: .*cells.*is no results\.json: experiments\.0\.id: .*\n$/,
    ],
  ])("refuses a file that is %s, in one line with exit code 2", async (name, results, message) => {
    const good = await written("good.json", sample);
    const bad = results === undefined ? join(directory, name) : await written(name, results);
    for (const files of [
      [good, bad],
      [bad, good],
    ]) {
      const { code, stdout, stderr } = await run("compare", ...files);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(message);
    }
  });

  it("wants two files", async () => {
    expect(await run("compare", "one")).toMatchObject({
      code: 2,
      stderr: "error: missing required argument 'after'\n",
    });
  });
});
