import { createServer } from "node:net";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openEngine, requireResult } from "../../src/engine/engine.ts";
import { PREFIX, queueName, runKey } from "../../src/engine/queue/names.ts";
import { serveQueue } from "../../src/engine/queue/serve-queue.ts";
import { netvantage } from "../pipelines/command.ts";
import { freePort, hasRedis, type RunningWorker, startRedis, startWorker } from "./redis-server.ts";
import { module, runAll, seededTasks, task } from "./run-all.ts";

/** Against hangs: what is ended here would else never end, or take minutes. */
const WATCHDOG_MS = 30_000;
/** After which a worker that says nothing counts as dead (--stall-after): what is handed over at once takes less. */
const STALL_MS = 15_000;

describe("a Redis that is not there", () => {
  it.each(["reproduce", "worker"])("ends netvantage %s with exit code 1 and one line, within 5 s", async (command) => {
    const port = await freePort();
    const start = performance.now();
    const { code, stdout, stderr } = await netvantageWithPaper(
      `${command} --queue redis://user:secret@127.0.0.1:${port}`,
    );
    expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^(?:toy.*\n)?error: no Redis to use at redis:\/\/127\.0\.0\.1:\d+: connect ECONNREFUSED .*\n$/,
    );
  });

  it("is reported within 5 s where something listens that does not answer", async () => {
    const port = await freePort();
    const deaf = createServer(() => {}).listen(port, "127.0.0.1");
    const start = performance.now();
    const { code, stderr } = await netvantage(`worker --queue redis://127.0.0.1:${port}`);
    deaf.close();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: no Redis to use at .*: no answer within 4 s\n$/),
    ]);
    expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
  });

  it("is bad usage where the address is none", async () => {
    const { code, stderr } = await netvantage("worker --queue localhost:6379");
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: .*It is no address like redis:\/\/host:6379\.\n$/),
    ]);
  });
});

describe.skipIf(!hasRedis)("a queue under faults", () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let client: Redis;
  let workers: RunningWorker[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    client = new Redis(redis.url, { maxRetriesPerRequest: null });
    client.on("error", () => {});
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop("SIGKILL")));
    workers = [];
    await client.flushall();
  });

  afterAll(async () => {
    client.disconnect();
    await redis.remove();
  });

  async function start(count: number): Promise<RunningWorker[]> {
    workers = await Promise.all(Array.from({ length: count }, () => startWorker(redis.url, "--concurrency", "1")));
    return workers;
  }

  it("loses no result and counts none twice when a worker is killed and Redis is restarted", async () => {
    const tasks = seededTasks(60, 60);
    const expected = (await runAll(seededTasks(60), { workers: 0 })).map(requireResult);
    const [, victim] = await start(2);
    const notes: string[] = [];
    const told: string[] = [];
    const events: Promise<unknown>[] = [];
    const outcomes = await runAll(tasks, {
      queue: { url: redis.url, onNote: (note) => notes.push(note) },
      onProgress: ({ task, done }) => {
        told.push(task.key);
        if (done === 10) events.push(victim.stop("SIGKILL"));
        if (done === 20) events.push(redis.restart(1000));
      },
    });
    await Promise.all(events);
    expect(outcomes.map(requireResult)).toEqual(expected);
    expect([...told].sort()).toEqual(tasks.map(({ key }) => key).sort());
    expect(notes).toEqual([expect.stringMatching(/^lost Redis at .*: waiting/), expect.stringMatching(/is back$/)]);
    expect((await client.keys("*")).filter((key) => /:result:|:run:/.test(key))).toEqual([]);
  });

  it("takes what a stopped worker had at work to another at once; Ctrl-C exits 130, SIGTERM 0", async () => {
    const [first, second] = await start(2);
    const begun = performance.now();
    const running = runAll(seededTasks(2, 1500), { queue: { url: redis.url } });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await first.stop("SIGINT")).toBe(130);
    expect(performance.now() - begun).toBeLessThan(STALL_MS);
    expect((await running).map(({ status }) => status)).toEqual(["done", "done"]);
    expect(performance.now() - begun).toBeLessThan(STALL_MS);
    expect(await second.stop("SIGTERM")).toBe(0);
  });

  it("waits where no worker is there, and says so; a worker of other code refuses, and says so, too", async () => {
    const stop = new AbortController();
    const notes: string[] = [];
    const otherNotes: string[] = [];
    const onNote = (note: string) => notes.push(note);
    const running = runAll(seededTasks(1), { queue: { url: redis.url, version: "mine", onNote }, signal: stop.signal });
    const common = { url: redis.url, concurrency: 1, stallAfter: 2, signal: stop.signal };
    const until = async (list: readonly string[], text: string) => {
      while (!list.some((note) => note.includes(text))) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await until(notes, "no worker is on the queue");
    const other = serveQueue({ ...common, version: "other", onNote: (note) => otherNotes.push(note) });
    await until(otherNotes, "refusing the tasks of a run of other code (mine): this worker runs other");
    const own = serveQueue({ ...common, version: "mine" });
    expect(await running).toMatchObject([{ status: "done" }]);
    stop.abort();
    await Promise.all([other, own]);
  });

  it("is told again how an input is made where Redis has lost that", async () => {
    const input = { key: "ones", module, name: "makeNumbers", parameters: { count: 11, factor: 1 } };
    const engine = openEngine({ queue: { url: redis.url } });
    const round = async () => {
      const results: unknown[] = [];
      for await (const outcome of engine.run([task("sum", "sum", {}, { numbers: "ones" })], [input])) {
        results.push(requireResult(outcome));
      }
      return results;
    };
    const [first] = await start(1);
    expect(await round()).toMatchObject([{ total: 55 }]);
    const kept = await client.keys("netvantage:input:*");
    expect(kept).toHaveLength(1);
    await first.stop("SIGTERM");
    await client.unlink(kept);
    await start(1);
    expect(await round()).toMatchObject([{ total: 55 }]);
    await engine.close();
  });

  it("fails a job that names other code than the queue it lies on", async () => {
    const stop = new AbortController();
    const serving = serveQueue({ url: redis.url, concurrency: 1, stallAfter: 2, signal: stop.signal, version: "new" });
    const jobs = new Queue(queueName("new"), { connection: client, prefix: PREFIX });
    jobs.on("error", () => {});
    await client.set(runKey("r"), "old");
    const data = {
      run: "r",
      version: "old",
      key: "k",
      module: "dist/x.js",
      name: "x",
      parameters: {},
      inputs: {},
      parts: null,
    };
    await jobs.add("task", data, { jobId: "r-0" });
    let reason: string | undefined;
    while (reason === undefined) reason = (await jobs.getJob("r-0"))?.failedReason || undefined;
    expect(reason).toMatch(/^refused: the run's code is old, this worker's \(.*\) is new; update one$/);
    stop.abort();
    await serving;
  });

  it("is left by a run that is interrupted while Redis is away", async () => {
    const abort = new AbortController();
    const running = runAll([task("a", "forever")], { queue: { url: redis.url }, signal: abort.signal });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const back = redis.restart(3000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const start = performance.now();
    abort.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    expect(performance.now() - start).toBeLessThan(WATCHDOG_MS);
    await back;
  });
});

/** `reproduce` needs something to run. */
async function netvantageWithPaper(line: string) {
  const { toyPaper } = await import("../papers/fixtures/toy-paper.ts");
  const { runProgram } = await import("../../src/cli/program.ts");
  const text = { stdout: "", stderr: "" };
  const context = {
    stdout: { write: (part: string) => (text.stdout += part) },
    stderr: { write: (part: string) => (text.stderr += part) },
    env: {},
    signal: new AbortController().signal,
  };
  return { code: await runProgram(line.split(" "), context, [toyPaper]), ...text };
}
