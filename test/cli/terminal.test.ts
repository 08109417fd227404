/** What every command may send to a terminal: lines that fit, and no control character from a file or an argument. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { widthOf } from "../../src/report/terminal/style.ts";
import type { Comparison } from "../../src/results/comparison.ts";
import { toyPaper } from "../papers/fixtures/toy-paper.ts";
import { captureOf, sampleContacts } from "../pipelines/spread/sample-contacts.ts";
import { sample } from "../report/fixtures/sample.ts";

interface RunOptions {
  readonly columns?: number;
  readonly isTTY?: boolean;
}

async function run(argv: readonly string[], { columns = 80, isTTY = false }: RunOptions = {}) {
  const text = { stdout: "", stderr: "" };
  const context = {
    stdout: { columns, isTTY, write: (part: string) => (text.stdout += part) },
    stderr: { write: (part: string) => (text.stderr += part) },
    env: {},
    signal: new AbortController().signal,
  };
  const code = await runProgram(argv, context, [toyPaper]);
  return { code, ...text };
}

/** Escape sequences that clear, ring, turn and set a title, an end of a line, a C1 control, a turn of direction. */
const HOSTILE = "x\u001b[2J\u0007\n\u009b31m\u001b]0;title\u0007\u202etxt";
const FORBIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Of whole lines. */
function forbidden(text: string): string[] {
  return text.split("\n").filter((line) => FORBIDDEN.test(line));
}

const LABELS = ["Kansas City, the hub of the north", "Řeka 河川", "a".repeat(70), HOSTILE, "e"];

function network(labels: readonly string[]): string {
  const nodes = labels.map((label, id) => ({ id, label }));
  const links = labels.flatMap((_, id) => (id === 0 ? [] : [{ source: 0, target: id }]));
  return JSON.stringify({
    directed: false,
    multigraph: false,
    graph: {},
    nodes,
    links: [...links, { source: 1, target: 4 }],
  });
}

/** The sample with other numbers, and texts that are not to reach a terminal. */
function changed(): Comparison {
  const experiments = sample.experiments.map((experiment) => ({
    ...experiment,
    tables: experiment.tables.map((table) => ({
      ...table,
      title: `${table.title} ${HOSTILE}`,
      cells: table.cells.map((each) => ({
        ...each,
        measured: typeof each.measured === "number" ? each.measured * 1.1 : HOSTILE,
        verdict: each.verdict === "agrees" ? ("differs" as const) : each.verdict,
      })),
    })),
    parameters: { ...experiment.parameters, note: HOSTILE },
    claims: experiment.claims.map((claim) => ({ ...claim, verdict: "undecided" as const })),
  }));
  return { ...sample, experiments, environment: undefined };
}

let directory = "";
const file = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-terminal-"));
  await mkdir(file(HOSTILE));
  await writeFile(file("network.json"), network(LABELS));
  await writeFile(join(file(HOSTILE), "broken.json"), "{");
  await writeFile(file("capture.pcap"), captureOf(sampleContacts()));
  await writeFile(file("names.jsonl"), ["d1", "d2"].map((to) => `${JSON.stringify({ from: HOSTILE, to })}\n`).join(""));
  await writeFile(file("before.json"), JSON.stringify(sample));
  await writeFile(file("after.json"), JSON.stringify(changed()));
  await run(["reproduce", "--workers", "0", "--out", directory]);
});

afterAll(() => rm(directory, { recursive: true }));

const NAMES = ["--source-column", "from", "--destination-column", "to"];

const COMMANDS: { readonly [name: string]: () => readonly string[] } = {
  spread: () => ["spread", file("capture.pcap"), "--exact", "--key", "src-dst-port"],
  "spread of names": () => ["spread", file("names.jsonl"), ...NAMES],
  "spread by windows": () => ["spread", file("capture.pcap"), "--window", "5m", "--top", "3"],
  plan: () => ["plan", "--contacts", "8400000", "--range", "1-100000"],
  place: () => ["place", file("network.json"), "--monitors", "4", "--compare"],
  "place with costs": () => ["place", file("network.json"), "--budget", "3", "--placed", LABELS[0]],
  traceback: () => ["traceback", file("network.json"), "--monitors", "3", "--chain", `${HOSTILE},${LABELS[1]},e`],
  reproduce: () => ["reproduce", "--workers", "0"],
  compare: () => ["compare", file("before.json"), file("after.json")],
  "results list": () => ["results", "list", "--out", directory],
};

describe.each(Object.entries(COMMANDS))("netvantage %s", (_, command) => {
  it.each([40, 80])("keeps inside %i columns", async (columns) => {
    const { code, stdout } = await run(command(), { columns });
    expect(code).toBe(0);
    expect(stdout).not.toBe("");
    const wide = stdout.split("\n").filter((line) => widthOf(line) > columns);
    expect(wide).toEqual([]);
  });

  it("sends no control character", async () => {
    const { stdout, stderr } = await run(command());
    expect(forbidden(stdout)).toEqual([]);
    expect(forbidden(stderr)).toEqual([]);
  });

  it("sends none but colours to a terminal", async () => {
    const { stdout } = await run(command(), { isTTY: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
    expect(forbidden(stdout.replace(/\u001b\[\d+m/g, ""))).toEqual([]);
  });
});

describe("a hostile name", () => {
  it.each([
    ["a file that is not there", () => ["place", `/nowhere/${HOSTILE}`, "--monitors", "1"]],
    ["a file that is broken", () => ["place", join(file(HOSTILE), "broken.json"), "--monitors", "1"]],
    [
      "a node that is not there",
      () => ["place", file("network.json"), "--monitors", "1", "--forbid", HOSTILE.slice(1)],
    ],
    ["an option's value", () => ["spread", file("capture.pcap"), "--top", HOSTILE]],
    ["an option", () => ["spread", `--${HOSTILE}`]],
    ["a command", () => [HOSTILE]],
    ["an experiment", () => ["reproduce", HOSTILE]],
    ["a directory of data", () => ["reproduce", "--data", HOSTILE]],
    ["a run", () => ["compare", HOSTILE, HOSTILE]],
  ])("of %s is shown on one line without a control character", async (_, argv) => {
    const { code, stdout, stderr } = await run(argv());
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(forbidden(stderr)).toEqual([]);
  });

  it("shows no control character in a stack either", async () => {
    const { stderr } = await run(["--debug", "place", `/nowhere/${HOSTILE}`, "--monitors", "1"]);
    expect(stderr).toMatch(/\n\s+at /);
    expect(forbidden(stderr)).toEqual([]);
  });

  it("of a node gives way to the node's id, which is taken as the name is", async () => {
    const place = ["place", file("network.json"), "--monitors", "5", "--method", "kmax"];
    const nodes = async (argv: readonly string[]) =>
      JSON.parse((await run([...argv, "--json"])).stdout).monitors.map(({ node }: { node: string }) => node);
    expect(await nodes(place)).toContain("3");
    for (const name of ["3", HOSTILE]) expect(await nodes([...place, "--forbid", name])).not.toContain("3");
  });

  it("stays as it is in JSON and CSV", async () => {
    const { stdout } = await run(["spread", file("names.jsonl"), ...NAMES, "--json"]);
    expect(JSON.parse(stdout).spreaders.map(({ source }: { source: string }) => source)).toContain(HOSTILE);
    const csv = await run(["spread", file("names.jsonl"), ...NAMES, "--csv"]);
    expect(csv.stdout).toContain(HOSTILE);
  });
});
