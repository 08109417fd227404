import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { jsonHash } from "../../src/results/canonical-json.ts";
import { trialListSchema } from "../../src/results/trial-list.ts";
import { toyPaper } from "../papers/fixtures/toy-paper.ts";

async function run(line: string) {
  const text = { stdout: "", stderr: "" };
  const context = {
    stdout: { write: (part: string) => (text.stdout += part) },
    stderr: { write: (part: string) => (text.stderr += part) },
    env: {},
    signal: new AbortController().signal,
  };
  const code = await runProgram(line.split(" ").filter(Boolean), context, [toyPaper]);
  return { code, ...text };
}

let directory = "";
const trials = () => join(directory, "trials");

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-results-"));
});

afterEach(() => rm(directory, { recursive: true }));

/** Six trials, of which one gets damaged and one is other code's, and a file that a killed run left. */
async function withUseless() {
  await run(`reproduce --workers 0 --out ${directory}`);
  const [first, second] = (await readdir(trials())).map((name) => join(trials(), name));
  const text = await readFile(first, "utf8");
  await writeFile(first, text.slice(0, -20));
  await writeFile(`${second}.0f0f.tmp`, "{");
  return { first, second };
}

describe("netvantage results list", () => {
  it("tells how many trials of each kind there are", async () => {
    await run(`reproduce --workers 0 --out ${directory}`);
    const { code, stdout } = await run(`results list --out ${directory}`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^toy\/second: 2 \(.* of computing, \d+ kB\)\ntoy\/table1: 4 \(.* kB\)\n$/);
  });

  it("names what the next run has no use for", async () => {
    await withUseless();
    const { stdout } = await run(`results list --out ${directory} --json`);
    const { groups } = trialListSchema.parse(JSON.parse(stdout));
    const counts = groups.map(({ trials, count, usable }) => [trials, count, usable] as const);
    expect(counts).toContainEqual(["damaged", 1, 0]);
    expect(counts).toContainEqual(["left over", 1, 0]);
    expect(counts.map(([, count]) => count).reduce((a, b) => a + b)).toBe(7);
  });

  it("tells trials of an older format from damaged ones", async () => {
    await mkdir(trials());
    const entry = { identity: { key: "toy/table1 10 trial 0", version: "0.2.0" }, result: 1, seconds: 0.1 };
    const sealed = { entry, sha256: jsonHash(entry) };
    await writeFile(join(trials(), `${jsonHash(entry.identity)}.json`), JSON.stringify(sealed));
    const { stdout } = await run(`results list --out ${directory}`);
    expect(stdout).toMatch(/^of an older format: 1 \(.*, 1 of no use any more\)\n$/);
  });

  it("says where there are none", async () => {
    const { code, stdout } = await run(`results list --out ${directory}`);
    expect([code, stdout]).toEqual([0, `no trials in ${trials()}\n`]);
  });
});

describe("netvantage results clear", () => {
  it("deletes the trials and leaves the results", async () => {
    await run(`reproduce --workers 0 --out ${directory}`);
    const { code, stdout } = await run(`results clear --out ${directory}`);
    expect([code, stdout]).toEqual([0, `deleted 6 of 6 files in ${trials()}\n`]);
    expect(await readdir(directory)).toEqual(expect.arrayContaining(["results.json", "tables"]));
    expect(await readdir(directory)).not.toContain("trials");
  });

  it("--stale deletes only what is of no use, and no file of others", async () => {
    await withUseless();
    await writeFile(join(trials(), "mine.txt"), "mine");
    const { stdout } = await run(`results clear --stale --out ${directory}`);
    expect(stdout).toBe(`deleted 2 of 7 files in ${trials()}\n`);
    expect(await readdir(trials())).toHaveLength(6);
    expect(await readdir(trials())).toContain("mine.txt");
  });
});
