import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mapMerge } from "../../src/engine/map-merge.ts";
import { exitCode, killAfter, startSteady, timelessResults, uniform } from "../engine/killed-run.ts";
import { hasRedis, startRedis, startWorker } from "../engine/redis-server.ts";
import { runAll, seededTasks, task } from "../engine/run-all.ts";

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-kills-"));
});

afterEach(() => rm(directory, { recursive: true }));

describe("a run that is killed once with kill -9", () => {
  it.each([0, 1, 2])("and resumed, at 20 random moments, ends in the same results on %i workers", async (workers) => {
    const flags = ["--workers", `${workers}`];
    const undisturbed = join(directory, "undisturbed");
    expect(await exitCode(startSteady(undisturbed, {}, ...flags))).toBe(0);
    const random = uniform(`6b696c6c0000000${workers + 2}`);
    for (let kill = 0; kill < 20; kill++) {
      const disturbed = join(directory, `disturbed ${kill}`);
      const child = startSteady(disturbed, {}, ...flags);
      await killAfter(child, disturbed, Math.floor(80 * random.next().value), 40 * random.next().value);
      expect(await exitCode(startSteady(disturbed, {}, ...flags))).toBe(0);
      expect(await timelessResults(disturbed)).toBe(await timelessResults(undisturbed));
    }
  });
});

describe.skipIf(!hasRedis)("over the queue", () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;

  beforeEach(async () => {
    redis = await startRedis();
  });

  afterEach(() => redis.remove());

  it("a run that is killed 20 times and resumed ends in the results of an undisturbed run without it", async () => {
    const undisturbed = join(directory, "undisturbed");
    expect(await exitCode(startSteady(undisturbed, {}, "--workers", "2"))).toBe(0);
    const workers = await Promise.all([1, 2].map(() => startWorker(redis.url, "--concurrency", "1")));
    const disturbed = join(directory, "disturbed");
    const random = uniform("6b696c6c0000000a");
    for (let kill = 0; kill < 20; kill++) {
      const child = startSteady(disturbed, {}, "--queue", redis.url);
      await killAfter(child, disturbed, Math.ceil(3 * random.next().value), 40 * random.next().value);
    }
    expect(await exitCode(startSteady(disturbed, {}, "--queue", redis.url))).toBe(0);
    expect(await timelessResults(disturbed)).toBe(await timelessResults(undisturbed));
    await Promise.all(workers.map((worker) => worker.stop("SIGTERM")));
  });

  it("a trial that kills two worker processes fails, and the others are done by the third", async () => {
    const workers = await Promise.all([1, 2, 3].map(() => startWorker(redis.url, "--concurrency", "1")));
    const [failed, ...others] = await runAll([task("killer", "killProcess", { n: 4 }), ...seededTasks(30, 50)], {
      queue: { url: redis.url },
    });
    expect(failed).toMatchObject({
      status: "failed",
      error: { message: expect.stringMatching(/^task killer failed: its worker died, and/), parameters: { n: 4 } },
    });
    expect(others.filter(({ status }) => status === "done")).toHaveLength(30);
    await Promise.all(workers.map((worker) => worker.stop("SIGTERM")));
  });

  it.each([1, 2, 3])("a merge loses no part when a worker is killed and Redis restarted, seed %i", async (seed) => {
    const random = uniform(`6b696c6c000000${seed}c`);
    const [survivor, victim] = await Promise.all([1, 2].map(() => startWorker(redis.url, "--concurrency", "1")));
    const merge = task("merge", "joinParts", { separator: "," });
    const faults = [0, 1].map(() => Math.ceil(38 * random.next().value));
    const ended: Promise<unknown>[] = [];
    const onProgress = (done: number) => {
      if (done === faults[0]) ended.push(victim.stop("SIGKILL"));
      if (done === faults[1]) ended.push(redis.restart(500));
    };
    const merged = await mapMerge({ parts: seededTasks(40, 40), merge }, { queue: { url: redis.url }, onProgress });
    await Promise.all(ended);
    expect(ended).toHaveLength(2);
    expect(merged).toEqual(await mapMerge({ parts: seededTasks(40), merge }, { workers: 0 }));
    await survivor.stop("SIGTERM");
  });

  it.each([
    1, 2, 3, 4, 5,
  ])("killed workers and restarts of Redis at random moments lose nothing, seed %i", async (seed) => {
    const random = uniform(`6b696c6c000000${seed}b`);
    const workers = await Promise.all([1, 2].map(() => startWorker(redis.url, "--concurrency", "2")));
    const expected = await runAll(seededTasks(200), { workers: 0 });
    const faults = [0, 1, 2, 3].map(() => Math.ceil(180 * random.next().value));
    const told: string[] = [];
    let last = Promise.resolve();
    const outcomes = await runAll(seededTasks(200, 30), {
      queue: { url: redis.url },
      onProgress: ({ task, done }) => {
        told.push(task.key);
        faults.forEach((at, i) => {
          if (at !== done) return;
          last = last.then(async () => {
            if (i % 2 === 0) return redis.restart(1000 * random.next().value);
            const [victim] = workers.splice(0, 1, await startWorker(redis.url, "--concurrency", "2"));
            await victim.stop("SIGKILL");
          });
        });
      },
    });
    await last;
    const results = (list: typeof outcomes) => list.map((each) => each.status === "done" && each.result);
    expect(results(outcomes)).toEqual(results(expected));
    expect(new Set(told).size).toBe(told.length);
    await Promise.all(workers.map((worker) => worker.stop("SIGKILL")));
  });
});
