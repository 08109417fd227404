import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { InputError } from "../../src/files/input-error.ts";
import type { Paper } from "../../src/papers/experiment.ts";
import { comparisonSchema } from "../../src/results/comparison.ts";
import { endlessPaper, stumblingPaper, toyPaper, wrongPaper } from "../papers/fixtures/toy-paper.ts";

interface RunOptions {
  readonly papers?: readonly Paper[];
  readonly env?: { readonly [name: string]: string };
  readonly tty?: boolean;
  readonly signal?: AbortSignal;
}

async function run(line: string, options: RunOptions = {}) {
  const { papers = [toyPaper], env = {}, tty = false, signal = new AbortController().signal } = options;
  const text = { stdout: "", stderr: "" };
  const context = {
    stdout: { isTTY: tty, write: (part: string) => (text.stdout += part) },
    stderr: { write: (part: string) => (text.stderr += part) },
    env,
    signal,
  };
  const code = await runProgram(line.split(" ").filter(Boolean), context, papers);
  return { code, ...text };
}

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-cli-"));
});

afterEach(() => rm(directory, { recursive: true }));

describe("netvantage reproduce", () => {
  it("prints tables on standard output and progress on standard error", async () => {
    const { code, stdout, stderr } = await run("reproduce --workers 0");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^toy\/table1: Guesses of lengths\n\nGuesses\n/);
    expect(stdout).toMatch(/^20 +│ +30 +20\.0\d +±\S+ +0\.6\d\d +differs \[2\]$/m);
    expect(stdout).toMatch(/\n2 agree, 0 pattern, 1 differ, 0 calibrated, 1 not run \(scale quick, seed 1\)\n$/);
    expect(stderr).toMatch(/^toy\/table1: 0 of 4 trials\ntoy\/table1: 4 of 4 trials, \S+ s\n/);
  });

  it("tells the progress as JSON lines with --json-progress", async () => {
    const { code, stderr } = await run("reproduce toy/table1 --workers 0 --json-progress");
    expect(code).toBe(0);
    const lines = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const common = { event: "progress", unit: "trials", part: "toy/table1", total: 4, seconds: expect.any(Number) };
    expect(lines[0]).toEqual({ ...common, done: 0, rate: null, left: null });
    expect(lines.at(-1)).toEqual({ ...common, done: 4, rate: expect.any(Number), left: 0 });
  });

  it("prints one JSON document of the documented form, the same on any number of workers", async () => {
    const documents = [];
    for (const workers of [0, 2]) {
      const { code, stdout } = await run(`reproduce toy/table1 --json --workers ${workers} --scale paper --seed 7`);
      expect(code).toBe(0);
      documents.push(comparisonSchema.parse(JSON.parse(stdout)));
    }
    expect(documents[0]).toMatchObject({ version: 1, scale: "paper", seed: 7 });
    const timeless = documents.map(({ experiments }) => experiments.map((each) => ({ ...each, seconds: 0 })));
    expect(timeless[1]).toEqual(timeless[0]);
    expect(documents[0].experiments[0].tables[0].cells[0]).toMatchObject({ row: "10", trials: 20, verdict: "agrees" });
  });

  it("runs what the ids name", async () => {
    const ids = async (line: string) => (await run(`reproduce ${line} --workers 0`)).stdout.match(/^toy\/\w+(?=:)/gm);
    expect(await ids("")).toEqual(["toy/table1", "toy/second"]);
    expect(await ids("toy")).toEqual(["toy/table1", "toy/second"]);
    expect(await ids("toy/second")).toEqual(["toy/second"]);
  });

  it.each([
    ["reproduce nothing", "error: unknown experiment nothing; there are toy, toy/table1, toy/second\n"],
    [
      "reproduce --workers -1",
      /^error: .*'--workers <n>' argument '-1' is invalid\. It is no whole number from 0 to 1024\.\n$/,
    ],
    ["reproduce --seed x", /^error: .*argument 'x' is invalid\. It is no whole number from 0 on\.\n$/],
    ["reproduce --seed 1e3", /^error: .*argument '1e3' is invalid/],
    ["reproduce --scale huge", /^error: .*Allowed choices are quick, paper\.\n$/],
    ["reproduce --sead 1", /^error: unknown option '--sead' \(Did you mean --seed\?\)\n$/],
    ["reproduce --data /nowhere", "error: --data: /nowhere is no directory\n"],
    ["replicate", /^error: unknown command 'replicate'/],
  ])("refuses `%s` in one line with exit code 2", async (line, message) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stdout]).toEqual([2, ""]);
    if (typeof message === "string") expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
    expect(stderr.split("\n")).toHaveLength(2);
  });

  it("takes the data directory from the environment", async () => {
    const known = await run("reproduce toy/table1 --workers 0", { env: { NETVANTAGE_DATA: directory } });
    expect(known.stdout).toContain("not written");
    expect((await run("reproduce toy/table1 --workers 0")).stdout).toContain("needs --data");
    const wrong = await run("reproduce", { env: { NETVANTAGE_DATA: "/nowhere" } });
    expect([wrong.code, wrong.stderr]).toEqual([2, "error: NETVANTAGE_DATA: /nowhere is no directory\n"]);
  });

  it("colours on a terminal unless NO_COLOR is set", async () => {
    expect((await run("reproduce --workers 0", { tty: true })).stdout).toContain("\u001b[32magrees");
    expect((await run("reproduce --workers 0", { tty: true, env: { NO_COLOR: "1" } })).stdout).not.toContain("\u001b");
    expect((await run("reproduce --workers 0", { tty: true, env: { TERM: "dumb" } })).stdout).not.toContain("\u001b");
    expect((await run("reproduce --workers 0")).stdout).not.toContain("\u001b");
  });

  it("exits 1 after a failed trial, having printed the rest", async () => {
    const { code, stdout, stderr } = await run("reproduce --workers 0", { papers: [stumblingPaper] });
    expect(code).toBe(1);
    expect(stdout).toContain('- task toy/stumble 1 failed: stumbled; parameters {"n":1}');
    expect(stdout).toContain("Guesses of lengths");
    expect(stderr).toMatch(/\nerror: 1 trials failed; the first: task toy\/stumble 1 failed: stumbled\n$/);
  });

  it("exits 2 on bad input, naming the file and the line", async () => {
    const [experiment] = toyPaper.experiments;
    const plan = () => {
      throw new InputError("trace.csv", { line: 3 }, "expected an address");
    };
    const papers = [{ ...toyPaper, experiments: [{ ...experiment, plan }] }];
    const { code, stderr } = await run("reproduce", { papers });
    expect([code, stderr]).toEqual([2, "error: trace.csv:3: expected an address\n"]);
  });

  it("shows a stack only with --debug", async () => {
    const quiet = await run("reproduce --workers 0", { papers: [wrongPaper] });
    const loud = await run("reproduce --workers 0 --debug", { papers: [wrongPaper] });
    expect([quiet.code, loud.code]).toEqual([1, 1]);
    expect(quiet.stderr).not.toMatch(/^\s+at /m);
    expect(loud.stderr).toMatch(/^\s+at /m);
  });

  it("exits 130 when interrupted", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const { code, stderr } = await run("reproduce --workers 1", { papers: [endlessPaper], signal: abort.signal });
    expect(code).toBe(130);
    expect(stderr).toMatch(/\ninterrupted\n$/);
  });
});

describe("netvantage reproduce --out", () => {
  async function files(): Promise<string[]> {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
      .sort();
  }

  it("writes results, tables, figures and trials, and nothing half-written", async () => {
    const { code, stdout } = await run(`reproduce toy/table1 --workers 0 --out ${directory}`);
    expect(code).toBe(0);
    const written = await files();
    expect(written.filter((file) => !file.startsWith("trials/"))).toEqual([
      "figures/toy-table1.json",
      "figures/toy-table1.svg",
      "index.html",
      "results.json",
      "tables/toy-table1.csv",
      "tables/toy-table1.md",
    ]);
    expect(written.filter((file) => file.startsWith("trials/"))).toHaveLength(4);
    expect(stdout).toContain("- Guess against truth: figures/toy-table1.svg");
    const results = comparisonSchema.parse(JSON.parse(await readFile(join(directory, "results.json"), "utf8")));
    expect(results.experiments[0].figures[0].file).toBe("figures/toy-table1.svg");
    expect(results.experiments[0].parameters).toEqual({ trials: 4 });
  });

  it("ends with the page's path, on standard error where JSON is on standard output", async () => {
    const line = `reproduce toy/table1 --workers 0 --out ${directory}`;
    const page = join(directory, "index.html");
    expect((await run(line)).stdout).toMatch(new RegExp(`\\(scale quick, seed 1\\)\nThe page: ${page}\n$`));
    const json = await run(`${line} --json`);
    expect(comparisonSchema.parse(JSON.parse(json.stdout)).experiments).toHaveLength(1);
    expect(json.stderr).toMatch(new RegExp(`\nnote: the page is ${page}\n$`));
    const lines = (await run(`${line} --json --json-progress`)).stderr.trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ event: "note", text: `the page is ${page}` });
  });

  it("goes on from the trials that are there, with the very same results", async () => {
    const text = () => readFile(join(directory, "results.json"), "utf8");
    await run(`reproduce --workers 0 --out ${directory}`);
    const first = await text();
    await run(`reproduce --workers 2 --out ${directory}`);
    expect(await text()).toBe(first);
  });

  it("with --fresh runs them again", async () => {
    const line = `reproduce toy/table1 --workers 0 --out ${directory}`;
    await run(line);
    const [trial] = (await files()).filter((file) => file.startsWith("trials/"));
    const before = await readFile(join(directory, trial), "utf8");
    await run(line);
    expect(await readFile(join(directory, trial), "utf8")).toBe(before);
    await run(`${line} --fresh`);
    expect(await readFile(join(directory, trial), "utf8")).not.toBe(before);
  });
});

describe("netvantage", () => {
  it("tells its version and its help on standard output", async () => {
    const version = await run("--version");
    expect([version.code, version.stderr]).toEqual([0, ""]);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await run("reproduce --help");
    expect([help.code, help.stderr]).toEqual([0, ""]);
    for (const flag of [
      "--queue",
      "--json-progress",
      "--scale",
      "--seed",
      "--workers",
      "--out",
      "--json",
      "--data",
      "--fresh",
      "--debug",
    ]) {
      expect(help.stdout).toContain(flag);
    }
  });
});
