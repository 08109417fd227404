import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { placeResultSchema } from "../../src/pipelines/place/result.ts";
import { METHODS } from "../../src/placement/methods.ts";
import { hasRedis, type RunningWorker, startRedis, startWorker } from "../engine/redis-server.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A tree with chords: a look at its paths is spread over threads. */
function network(nodes: number): string {
  const lines = Array.from({ length: nodes - 1 }, (_, i) => `n${i + 1} n${(i * 7919) % (i + 1)}`);
  const chords = Array.from({ length: nodes }, (_, i) => `n${i} n${(i * 31 + 17) % nodes}`);
  return `${[...lines, ...chords].join("\n")}\n`;
}

let directory = "";
const file = (name: string): string => join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-place-engine-"));
  await writeFile(file("thousand.txt"), network(1000));
  await writeFile(file("large.txt"), network(9000));
  await writeFile(file("huge.txt"), network(25_000));
});
afterAll(() => rm(directory, { recursive: true }));

async function run(argv: readonly string[], input = "") {
  const child = spawn(process.execPath, [main, ...argv]);
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (part) => (text.stdout += part));
  child.stderr.on("data", (part) => (text.stderr += part));
  child.stdin.end(input);
  const [code] = await once(child, "exit");
  return { code, ...text };
}

describe.skipIf(!hasRedis)("placements over a queue", () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let worker: RunningWorker;
  beforeAll(async () => {
    redis = await startRedis();
    worker = await startWorker(redis.url, "--concurrency", "2");
  });
  afterAll(async () => {
    await worker.stop("SIGTERM");
    await redis.remove();
  });

  it.each([
    ["place", "--monitors", "2"],
    ["place", "--monitors", "2", "--method", "sampled"],
    ["traceback", "--monitors", "2", "--access", "n1,n2,n3,n4", "--chain", "n1,n2,n3"],
  ])("are those of this process: %s %s", async (command, ...options) => {
    const argv = [command, file("thousand.txt"), ...options, "--json"];
    const [here, there] = await Promise.all([run([...argv, "--workers", "0"]), run([...argv, "--queue", redis.url])]);
    expect([here.code, there.code]).toEqual([0, 0]);
    expect(JSON.parse(there.stdout)).toEqual(JSON.parse(here.stdout));
  });
});

describe("a comparison", () => {
  it("leaves out what would take more than a minute, and says so", async () => {
    const argv = ["place", file("huge.txt"), "--monitors", "2", "--method", "sampled", "--epsilon", "0.2"];
    const { code, stdout } = await run([...argv, "--compare", "--json"]);
    expect(code).toBe(0);
    const { comparison } = placeResultSchema.parse(JSON.parse(stdout));
    for (const row of comparison ?? []) {
      if (row.method === "sampled") expect(row).toMatchObject({ monitors: [{}, {}] });
      else expect(row).toMatchObject({ reason: expect.stringMatching(/ min or more, more than a minute: --method /) });
    }
    expect(comparison).toHaveLength(METHODS.length);
  });
});

describe("standard input", () => {
  it("is read by whoever does the work, and called as it is", async () => {
    const { code, stdout } = await run(["place", "-", "--monitors", "1", "--workers", "1", "--json"], "a b\nb c\n");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: "-", monitors: [{ node: "b" }] });
    const wrong = await run(["place", "-", "--monitors", "1"], "a b\nb\n");
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toMatch(/^error: -:2: /);
  });
});

/** Tells when the process listens for Ctrl-C: before, it would end without a word. */
const TELL_LISTENING = `data:text/javascript,process.on("newListener",(name)=>{if(name==="SIGINT")console.error("listening")})`;

describe("Ctrl-C", () => {
  const commands = [
    ["place", "--monitors", "5"],
    ["place", "--monitors", "5", "--workers", "0"],
    ["place", "--monitors", "3", "--method", "exact"],
    ["traceback", "--monitors", "3", "--chain", "n1,n2,n3"],
  ];
  const moments = [0, 150, 1500];
  it.each(
    commands.flatMap((words) => moments.map((moment) => [words.join(" "), moment] as const)),
  )("ends %s with 130, %i ms after it listens", async (words, moment) => {
    const [command, ...options] = words.split(" ");
    const child = spawn(process.execPath, ["--import", TELL_LISTENING, main, command, file("large.txt"), ...options]);
    let stderr = "";
    child.stderr.on("data", (part) => (stderr += part));
    const ended = once(child, "exit");
    await once(child.stderr, "data");
    await new Promise((resolve) => setTimeout(resolve, moment));
    child.kill("SIGINT");
    const [code] = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/interrupted\n$/);
  });
});
