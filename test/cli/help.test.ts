import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { papers } from "../../src/papers/registry.ts";
import { hasRedis, startRedis } from "../engine/redis-server.ts";
import { captureOf, sampleContacts } from "../pipelines/spread/sample-contacts.ts";
import { sample } from "../report/fixtures/sample.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

async function help(command: string): Promise<string> {
  let text = "";
  const context = {
    stdout: { columns: 80, write: (part: string) => (text += part) },
    stderr: { write: () => {} },
    env: {},
    signal: new AbortController().signal,
  };
  expect(await runProgram([...command.split(" ").filter(Boolean), "--help"], context, papers)).toBe(0);
  return text;
}

function section(text: string, heading: string): string[] {
  const [, rest = ""] = text.split(`\n${heading}:\n`);
  return rest.split("\n\n")[0].split("\n").filter(Boolean);
}

/** The program, and every command with its own commands below it. */
async function commandsBelow(command: string): Promise<string[]> {
  const names = section(await help(command), "Commands").flatMap((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? []);
  const below = names.filter((name) => name !== "help").map((name) => commandsBelow(`${command} ${name}`.trim()));
  return [command, ...(await Promise.all(below)).flat()];
}

const COMMANDS = await commandsBelow("");

async function examplesOf(command: string): Promise<string[]> {
  return section(await help(command), "Examples").map((line) => line.replace(/^ {2}\$ /, ""));
}

const NETWORK = `<graphml><key id="n" for="node" attr.name="label"/><graph edgedefault="undirected">
${["Seattle", "Denver", "Atlanta", "Chicago"].map((name, i) => `<node id="${i}"><data key="n">${name}</data></node>`).join("\n")}
<edge source="0" target="1"/><edge source="1" target="2"/><edge source="1" target="3"/></graph></graphml>
`;

/** What the examples' files are. */
const FILES: { readonly [name: string]: string | Uint8Array } = {
  "capture.pcap": captureOf(sampleContacts()),
  "a.pcap": captureOf(sampleContacts()),
  "b.pcap": captureOf(sampleContacts()),
  "conn.log": "#separator \\x09\n#fields\tts\tid.orig_h\tid.resp_h\n1.5\t10.0.0.1\t10.0.0.2\n",
  "network.graphml": NETWORK,
  "routes.txt": "a b r1 r2\nb c r2 r3\nc a r3 r1\nb a r2 r1\nc b r3 r2\n",
  "monday/results.json": JSON.stringify(sample),
  "friday/results.json": JSON.stringify(sample),
};

let directory = "";

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-help-"));
  for (const name of ["monday", "friday"]) await mkdir(join(directory, name));
  for (const [name, content] of Object.entries(FILES)) await writeFile(join(directory, name), content);
});

afterAll(() => rm(directory, { recursive: true }));

/** As a shell takes the line, with `netvantage` installed. */
function shell(line: string): readonly [string, readonly string[]] {
  return ["sh", ["-c", `netvantage() { exec "${process.execPath}" "${main}" "$@"; }\n${line}`]];
}

describe("help", () => {
  it("is there for every command", () => {
    const names = ["reproduce", "compare", "spread", "plan", "place", "traceback", "results", "worker", "bench"];
    expect(COMMANDS).toEqual(expect.arrayContaining(["", ...names, "results list", "results clear"]));
  });

  it("names the experiments and the suites", async () => {
    const experiments = papers.flatMap((paper) => paper.experiments);
    const listed = section(await help("reproduce"), "Experiments").join("\n");
    for (const { id, title } of experiments) {
      expect(listed).toContain(`  ${id} `);
      expect(listed.replace(/\s+/g, " ")).toContain(title);
    }
    expect(await help("bench")).toContain('"spread", "paths", "cover"');
  });

  it("gives one default for an option", async () => {
    for (const command of COMMANDS) expect(await help(command)).not.toMatch(/\(default: [^)]*\)\s*\(default/);
    expect(await help("worker")).toContain("tasks at a time (default: all cores)\n");
  });

  it("keeps inside 80 columns", async () => {
    for (const command of COMMANDS) {
      expect(Math.max(...(await help(command)).split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });
});

describe("the examples of", () => {
  const ending = COMMANDS.filter((command) => command !== "worker" && command !== "bench");

  it.each(ending)("netvantage %s run as they are printed", async (command) => {
    const examples = await examplesOf(command);
    expect(examples).toHaveLength(3);
    for (const line of examples) {
      expect(line).toMatch(new RegExp(`^netvantage ${command}`));
      const { status, stdout, stderr } = spawnSync(...shell(line), { cwd: directory, encoding: "utf8" });
      expect([line, status, stdout === "", stderr]).toEqual([line, 0, false, expect.not.stringContaining("error")]);
      if (line.includes("--json")) expect(() => JSON.parse(stdout)).not.toThrow();
    }
  });

  it("netvantage bench begin to measure", async () => {
    const examples = await examplesOf("bench");
    expect(examples).toHaveLength(3);
    for (const line of examples) {
      const child = spawn(...shell(line), { cwd: directory, stdio: ["ignore", "pipe", "ignore"] });
      const [text] = await once(child.stdout, "data");
      expect(String(text)).toMatch(/ cores, Node v/);
      expect(await interrupted(child)).toBe(130);
    }
  });

  it.skipIf(!hasRedis)("netvantage worker work until they are interrupted", async () => {
    const examples = await examplesOf("worker");
    expect(examples).toHaveLength(3);
    const redis = await startRedis();
    try {
      for (const line of examples) {
        expect(line).toContain(" --queue redis://localhost:6379");
        const child = spawn(...shell(line.replace("redis://localhost:6379", redis.url)), { cwd: directory });
        const [text] = await once(child.stderr, "data");
        expect(String(text)).not.toContain("error");
        expect(await interrupted(child)).toBe(130);
      }
    } finally {
      await redis.remove();
    }
  });
});

async function interrupted(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit");
  child.kill("SIGINT");
  return (await ended)[0];
}
