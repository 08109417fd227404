import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spreadResultSchema } from "../../src/pipelines/spread/result.ts";
import { join, pcap } from "../formats/contacts/capture-writer.ts";
import { spreadJson, workDirectory } from "../pipelines/command.ts";
import { captureOf, sampleContacts } from "../pipelines/spread/sample-contacts.ts";

/** Against hangs: what is ended here would else never end, or take minutes. */
const WATCHDOG_MS = 30_000;

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const bytes = captureOf(sampleContacts());
let directory: Awaited<ReturnType<typeof workDirectory>>;
let capture = "";

beforeAll(async () => {
  directory = await workDirectory();
  capture = await directory.put("sample.pcap", bytes);
});

afterAll(() => directory.remove());

function spread(...words: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [main, "spread", ...words]);
}

async function ended(child: ChildProcessWithoutNullStreams) {
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, stdout, stderr };
}

describe("the process of netvantage spread", () => {
  it("counts standard input like a file, alone and among others", async () => {
    const child = spread("-", "--json");
    child.stdin.end(bytes);
    const { code, stdout } = await ended(child);
    const file = await spreadJson(capture);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ...file, files: [{ ...file.files[0], file: "-" }] });
    const both = spread("-", capture, "--json");
    both.stdin.end(bytes);
    const result = spreadResultSchema.parse(JSON.parse((await ended(both)).stdout));
    expect(result.files.map(({ file, contacts }) => [file, contacts])).toEqual([
      ["-", 1496],
      [capture, 1496],
    ]);
    expect(result.spreaders).toEqual(file.spreaders);
  });

  it("is quiet when the reader of its output goes away", () => {
    const line = `"${process.execPath}" "${main}" spread "${capture}" --window 1m | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", line], { encoding: "utf8" });
    expect(stdout).toMatch(/^window from .*\n0\n$/);
    expect(stderr).toBe("");
  });

  it("ends at Ctrl-C while it waits for input, and prints what it has read", async () => {
    // Readers hand on 4096 contacts at a time.
    const long = [0, 1, 2].flatMap((i) => sampleContacts().map((each) => ({ ...each, time: each.time + i * 2000 })));
    const child = spread("-", "--window", "1m");
    const done = ended(child);
    child.stdin.write(captureOf(long).subarray(0, -100));
    await once(child.stdout, "data");
    const start = performance.now();
    child.kill("SIGINT");
    const { code, stdout, stderr } = await done;
    expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
    expect([code, stderr]).toEqual([130, expect.stringMatching(/^warning: .*interrupted: .*\ninterrupted\n$/s)]);
    expect(stdout).toMatch(/^window from .*\nSources by distinct destinations, all windows\n/s);
  });

  // Where memory grew by a hundredth of what is read, this would fail.
  it.skipIf(process.platform !== "linux")("takes no more memory for 200 MB than for 20 MB", async () => {
    const child = spread("-", "--json", "--window", "1h");
    const header = pcap([]);
    const block = bytes.subarray(header.length);
    const many = join(...Array.from({ length: Math.ceil(1e6 / block.length) }, () => block));
    const feed = async (megabytes: number) => {
      for (let fed = 0; fed < megabytes * 1e6; fed += many.length) {
        if (!child.stdin.write(many)) await once(child.stdin, "drain");
      }
    };
    child.stdin.write(header);
    await feed(20);
    const early = await peakMegabytes(child.pid);
    await feed(180);
    const late = await peakMegabytes(child.pid);
    child.stdin.end();
    const { stdout } = await ended(child);
    expect(spreadResultSchema.parse(JSON.parse(stdout)).packets).toBeGreaterThan(2e6);
    expect(late).toBeLessThan(1.5 * early);
  });
});

/** Largest resident set so far. */
async function peakMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1000;
}
