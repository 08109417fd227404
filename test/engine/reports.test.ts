import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineOptions, TaskReport } from "../../src/engine/engine.ts";
import { hasRedis, type RunningWorker, startRedis, startWorker } from "./redis-server.ts";
import { runAll, task } from "./run-all.ts";

/** What tasks report, beside their outcomes. */
async function reportsOf(names: readonly string[], options: EngineOptions, onReport = (_: TaskReport) => {}) {
  const reports: TaskReport[] = [];
  const tasks = names.map((name, i) => task(`${i} ${name}`, name, { rounds: 7 }));
  const hear = (report: TaskReport) => {
    reports.push(report);
    onReport(report);
  };
  const run = runAll(tasks, { ...options, onReport: hear });
  const outcomes = await run.catch((reason: unknown) => reason);
  return { reports, outcomes };
}

/** The lines of each task, and the last thing that it told. */
function told(reports: readonly TaskReport[], key: string) {
  const own = reports.filter((report) => report.task.key === key);
  const lines = own.flatMap(({ values }) => (values === undefined ? [] : [values.line]));
  return { lines, done: own.map(({ done }) => done), last: own.at(-1) };
}

const LINES = ["round 1", "round 3", "round 5", "round 7"];

/** Stops the run when it has heard of the task. */
async function stopped(name: string, options: EngineOptions) {
  const abort = new AbortController();
  const stop = () => {
    if (!abort.signal.aborted) abort.abort(new Error("enough"));
  };
  return reportsOf([name], { ...options, signal: abort.signal }, () => setTimeout(stop, 50));
}

describe.each([0, 1, 2])("a trial's reports on %i workers", (workers) => {
  it("come in their order, all before its outcome, with their lines", async () => {
    const { reports, outcomes } = await reportsOf(["talks", "talks"], { workers });
    expect(outcomes).toMatchObject([{ status: "done" }, { status: "done" }]);
    for (const key of ["0 talks", "1 talks"]) {
      const { lines, done, last } = told(reports, key);
      expect(lines).toEqual(LINES);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(last).toMatchObject({ done: 7, total: 7 });
    }
  });
});

describe("the signal of a trial", () => {
  it.each([
    [0, "untilStopped"],
    [1, "untilStopped"],
    [1, "computesUntilStopped"],
  ])("fires on %i workers where the run is stopped, and what it hands over then arrives: %s", async (workers, name) => {
    const { reports, outcomes } = await stopped(name, { workers });
    expect(outcomes).toMatchObject({ message: "enough" });
    expect(told(reports, `0 ${name}`).last).toMatchObject({ done: 1, total: 1, values: { line: "stopped" } });
  });

  it("does not fire where nothing is stopped", async () => {
    const { reports } = await reportsOf(["talks"], { workers: 1, signal: new AbortController().signal });
    expect(told(reports, "0 talks").last).toMatchObject({ done: 7 });
  });
});

describe.skipIf(!hasRedis)("over the queue", () => {
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

  it("reports come in their order, with all of their lines", async () => {
    const { reports } = await reportsOf(["talks", "talks"], { queue: { url: redis.url } });
    for (const key of ["0 talks", "1 talks"]) {
      const { lines, done, last } = told(reports, key);
      expect(lines).toEqual(LINES);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(last).toMatchObject({ done: 7, total: 7 });
    }
  });

  it.each(["untilStopped", "computesUntilStopped"])("the signal fires on the worker: %s", async (name) => {
    const { outcomes } = await stopped(name, { queue: { url: redis.url } });
    expect(outcomes).toMatchObject({ message: "enough" });
    // The worker's two threads are free again: else these would wait for ever.
    const again = await runAll([task("a", "square", { n: 2 }), task("b", "square", { n: 3 })], {
      queue: { url: redis.url },
    });
    expect(again.map(({ status }) => status)).toEqual(["done", "done"]);
  });
});
