import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mapMerge } from "../../src/engine/map-merge.ts";
import { netvantage, spreadJson, workDirectory } from "../pipelines/command.ts";
import { captureOf, sampleContacts } from "../pipelines/spread/sample-contacts.ts";
import { exitCode, startSteady, timelessResults } from "./killed-run.ts";
import { hasRedis, type RunningWorker, startRedis, startWorker } from "./redis-server.ts";
import { module, runAll, seededTasks, task } from "./run-all.ts";

/** Against hangs: what is ended here would else never end, or take minutes. */
const WATCHDOG_MS = 30_000;

describe.skipIf(!hasRedis)("the queue", () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let workers: RunningWorker[] = [];
  const queue = () => ({ url: redis.url });

  beforeAll(async () => {
    redis = await startRedis();
    workers = await Promise.all([1, 2].map(() => startWorker(redis.url, "--concurrency", "2")));
  });

  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.stop("SIGTERM")));
    await redis.remove();
  });

  it("gives the results that this process gives, in the order of the tasks", async () => {
    const ones = { key: "ones", module, name: "makeNumbers", parameters: { count: 1001, factor: 0.1 } };
    const tasks = [...seededTasks(20), task("sum", "total", {}, { numbers: "ones" })];
    const results = async (options: Parameters<typeof runAll>[1]) =>
      (await runAll(tasks, options, [ones])).map(({ status, task, ...rest }) => [
        task.key,
        status,
        "result" in rest && rest.result,
      ]);
    expect(await results({ queue: queue() })).toEqual(await results({ workers: 0 }));
  });

  it("gives the results.json of 0, 1, 2 and 4 workers, byte for byte but for times", async () => {
    const directory = await mkdtemp(join(tmpdir(), "netvantage-queue-"));
    const ways = [...[0, 1, 2, 4].map((workers) => ["--workers", `${workers}`]), ["--queue", redis.url]];
    const texts: string[] = [];
    for (const [i, flags] of ways.entries()) {
      const out = join(directory, `${i}`);
      expect(await exitCode(startSteady(out, { STEADY_TRIALS: "20", STEADY_MILLISECONDS: "2" }, ...flags))).toBe(0);
      texts.push(await timelessResults(out));
    }
    expect(new Set(texts).size).toBe(1);
    await rm(directory, { recursive: true });
  });

  it("makes an input once per worker", async () => {
    const input = { key: "ones", module, name: "makeNumbers", parameters: { count: 11, factor: 1 } };
    const tasks = Array.from({ length: 12 }, (_, n) => task(`sum ${n}`, "sum", {}, { numbers: "ones" }));
    const results = (await runAll(tasks, { queue: queue() }, [input])).map(
      (each) => each.status === "done" && each.result,
    );
    // Each worker's copy counts its own readers.
    const first = results.filter((each) => JSON.stringify(each).includes('"visits":1}'));
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThanOrEqual(2);
  });

  it("brings failures back with their parameters, and results that are no JSON", async () => {
    const tasks = [
      task("a", "fail", { n: 7 }),
      task("b", "die", { n: 3 }),
      task("c", "notFinite"),
      task("d", "untransferable"),
    ];
    const [a, b, c, d] = await runAll(tasks, { queue: queue() });
    expect(a).toMatchObject({
      status: "failed",
      error: { message: "task a failed: no luck with 7", parameters: { n: 7 } },
    });
    expect(b).toMatchObject({
      status: "failed",
      error: { message: expect.stringMatching(/^task b failed: its worker died, and the next one too/) },
    });
    expect(c).toMatchObject({ status: "done", result: { errors: [1, Number.NaN] } });
    expect(d.status === "done" && JSON.stringify(d.result).length).toBeGreaterThan(1 << 17);
  });

  it("fails a task whose module lies outside the package, and runs the others", async () => {
    const strange = { ...task("a", "x"), module: "file:///elsewhere/tasks.mjs" };
    const [a, b] = await runAll([strange, task("b", "square", { n: 3 })], { queue: queue() });
    expect(a).toMatchObject({
      status: "failed",
      error: { message: expect.stringContaining("lies outside the package") },
    });
    expect(b).toMatchObject({ result: { square: 9 } });
  });

  it("stops at a signal, and its workers leave the trial that was at work", async () => {
    const abort = new AbortController();
    const endless = Array.from({ length: 6 }, (_, n) => task(`endless ${n}`, "forever"));
    setTimeout(() => abort.abort(new Error("enough")), 500);
    const start = performance.now();
    await expect(runAll(endless, { queue: queue(), signal: abort.signal })).rejects.toThrow("enough");
    expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
    // All four threads were taken.
    expect(await runAll(seededTasks(4), { queue: queue() })).toHaveLength(4);
    expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
  });

  it("merges parts on a worker, in their order", async () => {
    const parts = [0, 1, 2, 3, 4, 5].map((n) =>
      task(`part ${n}`, "stream", { n, seed: `${n}f3a5c7d9`, milliseconds: 60 - 10 * n }),
    );
    const merge = task("merge", "joinParts", { separator: " " });
    const told: number[] = [];
    const here = await mapMerge({ parts, merge }, { workers: 0 });
    expect(await mapMerge({ parts, merge }, { queue: queue(), onProgress: (done) => told.push(done) })).toEqual(here);
    expect(told.at(-1)).toBe(6);
    const failing = [...parts, task("bad", "fail", { n: 1 })];
    await expect(mapMerge({ parts: failing, merge }, { queue: queue() })).rejects.toThrow("no luck with 1");
    const dying = [...parts, task("bad", "die", { n: 1 })];
    await expect(mapMerge({ parts: dying, merge }, { queue: queue() })).rejects.toThrow(
      "its worker died, and the next one too",
    );
  });

  it("merges the parts that are ready where the signal fires", async () => {
    const abort = new AbortController();
    const parts = [...seededTasks(3), task("endless", "forever")];
    const merge = task("merge", "joinParts", { separator: "," });
    const onProgress = (done: number) => {
      if (done === 3) abort.abort();
    };
    const merged = await mapMerge({ parts, merge }, { queue: queue(), signal: abort.signal, onProgress });
    expect(merged).toEqual(await mapMerge({ parts: parts.slice(0, 3), merge }, { workers: 0 }));
  });

  describe("under netvantage spread", () => {
    let directory: Awaited<ReturnType<typeof workDirectory>>;
    let files: string[] = [];

    beforeAll(async () => {
      directory = await workDirectory();
      const shifted = (i: number) =>
        sampleContacts()
          .slice(i * 100)
          .map((each) => ({ ...each, time: each.time + i * 2000 }));
      files = await Promise.all([0, 1, 2, 3, 4].map((i) => directory.put(`part${i}.pcap`, captureOf(shifted(i)))));
    });

    afterAll(() => directory.remove());

    it("counts captures on the workers to the bits that this process counts", async () => {
      const words = `${files.join(" ")} --memory 100kB`;
      const here = await spreadJson(`${words} --workers 0 --save ${directory.path("here.nvs")}`);
      expect(await spreadJson(`${words} --queue ${redis.url} --save ${directory.path("there.nvs")}`)).toEqual(here);
      const diff = await netvantage(`spread --merge ${directory.path("there.nvs")} --csv`);
      expect(diff).toEqual(await netvantage(`spread --merge ${directory.path("here.nvs")} --csv`));
    });

    it("adds to saved states", async () => {
      await spreadJson(`${files[0]} --memory 100kB --save ${directory.path("first.nvs")}`);
      const words = `${files.slice(1).join(" ")} --merge ${directory.path("first.nvs")}`;
      expect(await spreadJson(`${words} --queue ${redis.url}`)).toEqual(await spreadJson(`${words} --workers 2`));
    });

    it("names the file that is bad, and refuses what does not go with a queue", async () => {
      const bad = await directory.put("bad.pcap", captureOf(sampleContacts()).subarray(0, 1000));
      const here = await netvantage(`spread ${files[0]} ${bad} --workers 0 --json`);
      const there = await netvantage(`spread ${files[0]} ${bad} --queue ${redis.url} --json`);
      expect([there.code, there.stdout]).toEqual([here.code, here.stdout]);
      const missing = await netvantage(`spread ${files[0]} /nowhere.pcap --queue ${redis.url}`);
      expect([missing.code, missing.stderr]).toEqual([
        2,
        expect.stringMatching(/^error: \/nowhere\.pcap: no such file$/m),
      ]);
      const stdin = await netvantage(["spread", "-", "--queue", redis.url]);
      expect([stdin.code, stdin.stderr]).toEqual([2, expect.stringContaining("does not go with standard input")]);
      expect((await netvantage(`spread ${files[0]} --window 5s --queue ${redis.url}`)).code).toBe(2);
    });
  });
});
