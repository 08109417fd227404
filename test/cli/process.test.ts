import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { comparisonSchema } from "../../src/results/comparison.ts";

/** Against hangs: what is ended here would else never end, or take minutes. */
const WATCHDOG_MS = 30_000;

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const endlessProgram = fileURLToPath(new URL("./fixtures/endless.mjs", import.meta.url));

describe("the process", () => {
  it("exits 2 on bad usage, with one line and no stack", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, "reproduce", "no/such"], {
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: unknown experiment no\/such; there are .*\n$/);
  });

  it("is quiet when the reader of its output goes away", () => {
    const line = `"${process.execPath}" "${main}" --help | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", line], { encoding: "utf8" });
    expect([stdout, stderr]).toEqual(["0\n", ""]);
  });

  it.each([
    [2, "forever"],
    [0, "loop"],
    [0, "wait"],
  ])("stops at Ctrl-C on %i workers whose trial is to %s, exits 130 and keeps what is finished", async (workers, endless) => {
    const directory = await mkdtemp(join(tmpdir(), "netvantage-int-"));
    try {
      const words = [endlessProgram, "reproduce", "--workers", `${workers}`, "--out", directory];
      const child = spawn(process.execPath, words, { env: { ...process.env, ENDLESS: endless } });
      const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
      const trials = async () =>
        (await readdir(join(directory, "trials")).catch(() => [])).filter((f) => f.endsWith(".json"));
      while ((await trials()).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => setTimeout(resolve, 100));
      const start = performance.now();
      child.kill("SIGINT");
      expect(await ended).toBe(130);
      expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
      expect(await trials()).toHaveLength(2);
      const results = comparisonSchema.parse(JSON.parse(await readFile(join(directory, "results.json"), "utf8")));
      expect(results.experiments.map(({ id }) => id)).toEqual(["toy/quick"]);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
