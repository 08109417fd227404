import { hostname } from "node:os";
import type { Job } from "bullmq";
import { answerMerge } from "../answer.ts";
import { codeVersion } from "../code-version.ts";
import { fromWire, toWire } from "../errors.ts";
import { createExecutor } from "../executor.ts";
import { moduleOf } from "../module-names.ts";
import type { Reply } from "../order.ts";
import { within } from "../within.ts";
import { createInputCache } from "./input-cache.ts";
import {
  ABANDONED,
  inputKey,
  PREFIX,
  queueName,
  RESULT_LEASE,
  resultKey,
  runKey,
  WORKER_LEASE,
  workerKey,
} from "./names.ts";
import { type QueueOptions, queueAddress } from "./options.ts";
import { watchRuns } from "./presence.ts";
import { type JobData, jobInputSchema, jobSchema, packReply, unpackReply } from "./queue-job.ts";
import { connectRedis, loadQueuePackages } from "./redis.ts";
import { createReportSender } from "./reports.ts";

export interface WorkerOptions extends QueueOptions {
  /** Threads, each with one task at a time; default: all cores. */
  readonly concurrency: number;
  /** Seconds of silence after which another worker takes over the tasks of one. */
  readonly stallAfter: number;
  /** Ends the worker; its tasks go back on the queue. */
  readonly signal: AbortSignal;
}

/** How often it is looked whether the runs of the tasks at work are alive. */
const LOOK_MS = 1000;
const RENEW_MS = 10_000;
const FAREWELL_MS = 3000;

interface AtWork {
  readonly run: string;
  readonly abort: AbortController;
}

/**
 * Takes tasks from a queue and works on them, until the signal fires.
 * @throws QueueError where Redis is not there at the start, or the packages are not.
 */
export async function serveQueue(options: WorkerOptions): Promise<void> {
  const { bullmq } = await loadQueuePackages();
  const { concurrency, stallAfter, signal } = options;
  const version = options.version ?? codeVersion();
  const onNote = options.onNote ?? (() => {});
  const connection = await connectRedis(options.url, onNote);
  const { redis } = connection;
  const executor = createExecutor(concurrency, concurrency);
  const inputs = createInputCache(executor, async (hash) => {
    const text = await redis.get(inputKey(hash));
    // Redis has lost it: the run puts it there again with the job.
    if (text === null) throw new bullmq.UnrecoverableError(ABANDONED);
    return jobInputSchema.parse(JSON.parse(text));
  });
  const atWork = new Set<AtWork>();
  const isAlive = async (run: string) => (await redis.exists(runKey(run))) === 1;

  async function process(job: Job<JobData>, token?: string): Promise<number> {
    const data = requireOwn(job.data, version);
    if (!(await isAlive(data.run))) throw new bullmq.UnrecoverableError(ABANDONED);
    const mine: AtWork = { run: data.run, abort: new AbortController() };
    atWork.add(mine);
    try {
      if (signal.aborted) mine.abort.abort();
      const reply =
        data.parts === null ? await runTask(job, data, mine.abort.signal) : await merge(job, data.parts, data);
      mine.abort.signal.throwIfAborted();
      await redis.set(resultKey(requireId(job)), packReply(reply), "EX", RESULT_LEASE);
      return 0;
    } catch (error) {
      if (!mine.abort.signal.aborted) throw error;
      if (!signal.aborted) throw new bullmq.UnrecoverableError(ABANDONED);
      await job.moveToWait(token);
      throw new bullmq.WaitingError();
    } finally {
      atWork.delete(mine);
    }
  }

  async function runTask(job: Job<JobData>, data: JobData, abort: AbortSignal): Promise<Reply> {
    const named = Object.entries(data.inputs);
    const reports = createReportSender((report) => job.updateProgress(report));
    try {
      const acquired = named.map(async ([name, input]) => [name, await inputs.acquire(input)] as const);
      const values = Object.fromEntries(await Promise.all(acquired));
      const { name, parameters } = data;
      const order = { kind: "trial", module: moduleOf(data.module), name, parameters, inputs: values } as const;
      const reply = await executor.run(order, { signal: abort, onReport: reports.send });
      await reports.flush();
      return reply;
    } catch (error) {
      if (error instanceof bullmq.UnrecoverableError) throw error;
      return { ok: false, error: toWire(error), trapped: false };
    } finally {
      for (const [, input] of named) inputs.release(input);
    }
  }

  async function merge(job: Job<JobData>, parts: readonly string[], data: JobData): Promise<Reply> {
    const failures = Object.values(await job.getIgnoredChildrenFailures());
    if (failures.includes(ABANDONED)) throw new bullmq.UnrecoverableError(ABANDONED);
    async function* replies(): AsyncGenerator<unknown> {
      for (const part of parts) {
        const bytes = await redis.getBuffer(resultKey(part));
        if (bytes === null) throw new Error(`a part failed: ${failures[0] ?? "its result is gone"}`);
        const reply = unpackReply(bytes);
        if (!reply.ok) throw fromWire(reply.error);
        yield reply.value;
      }
    }
    const { name, parameters } = data;
    return answerMerge({ module: moduleOf(data.module), name, parameters }, replies());
  }

  const worker = new bullmq.Worker<JobData, number>(queueName(version), process, {
    connection: redis,
    prefix: PREFIX,
    concurrency,
    name: `${hostname()}:${globalThis.process.pid}`,
    lockDuration: stallAfter * 1000,
    stalledInterval: stallAfter * 500,
    maxStalledCount: 1, // tried once more elsewhere, then given up
    drainDelay: 2,
    runRetryDelay: 1000,
  });
  worker.on("error", () => {}); // the connection tells of its loss
  const announce = async () => void (await redis.set(workerKey(worker.id), version, "EX", WORKER_LEASE));
  await announce();
  const announcing = setInterval(() => void announce().catch(() => {}), RENEW_MS);
  const looking = setInterval(() => void dropAbandoned(atWork, isAlive).catch(() => {}), LOOK_MS);
  const stopWatching = watchRuns(redis, version, onNote);
  onNote(`taking tasks from ${queueAddress(options.url)}, ${concurrency} at a time; code ${version}`);

  await aborted(signal);
  clearInterval(announcing);
  clearInterval(looking);
  stopWatching();
  for (const each of atWork) each.abort.abort();
  await within(FAREWELL_MS, worker.close());
  await executor.stop();
  await within(FAREWELL_MS, redis.del(workerKey(worker.id)));
  connection.close();
}

async function dropAbandoned(atWork: ReadonlySet<AtWork>, isAlive: (run: string) => Promise<boolean>): Promise<void> {
  for (const run of new Set([...atWork].map((each) => each.run))) {
    if (await isAlive(run)) continue;
    for (const each of atWork) if (each.run === run) each.abort.abort();
  }
}

/** @throws Error where the job is of other code, or none of ours. */
function requireOwn(given: unknown, version: string): JobData {
  const parsed = jobSchema.safeParse(given);
  if (!parsed.success) throw new Error("refused: no task of netvantage");
  const { data } = parsed;
  if (data.version === version) return data;
  throw new Error(
    `refused: the run's code is ${data.version}, this worker's (${hostname()}) is ${version}; update one`,
  );
}

function requireId({ id }: Job<JobData>): string {
  if (id === undefined) throw new Error("refused: a job without an id");
  return id;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
