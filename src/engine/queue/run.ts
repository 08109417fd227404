import { randomUUID } from "node:crypto";
import type { FlowJob, JobsOptions } from "bullmq";
import { codeVersion } from "../code-version.ts";
import type { Reply } from "../order.ts";
import { within } from "../within.ts";
import { ABANDONED, inputKey, PREFIX, queueName, RESULT_LEASE, RUN_LEASE, resultKey, runKey } from "./names.ts";
import type { QueueOptions } from "./options.ts";
import { createPending, type Pending, type Takers } from "./pending.ts";
import { watchWorkers } from "./presence.ts";
import { type JobData, type JobInput, unpackReply } from "./queue-job.ts";
import { type Connection, connectRedis, loadQueuePackages } from "./redis.ts";

/** A job that is put on the queue. */
export interface Part {
  readonly id: string;
  readonly data: JobData;
}

/** A job with where its reply goes. */
export interface RunJob extends Part, Takers {}

/** A run's side of the queue: it puts jobs there, and takes each one's reply once. */
export interface QueueRun {
  readonly name: string;
  readonly version: string;
  /** Puts jobs on the queue; resolves when they are there. @param inputs how those that jobs name are made, by hash */
  put(jobs: readonly RunJob[], inputs: ReadonlyMap<string, JobInput>): Promise<void>;
  /** A job that starts when others have ended, whose replies it finds under their ids. */
  putMerge(merge: RunJob, parts: readonly Part[], onPart: () => void): Promise<void>;
  /** The reply of a merge's part; undefined: it has none. */
  partReply(id: string): Promise<Reply | undefined>;
  /** Takes back what has not ended; workers stop working on it. Does not wait for a Redis that is away. */
  close(): Promise<void>;
}

const SWEEP_MS = 3000;
/** Every so many sweeps look for jobs that got lost, too. */
const THOROUGH = 5;
const RENEW_MS = 10_000;
const BULK = 500;
/** How long a Redis that is away may delay the end of a run. */
const FAREWELL_MS = 1000;

/** Replies lie under keys of their own, so nothing is lost with a job that is gone. */
const JOB_OPTIONS = { removeOnComplete: true, removeOnFail: { age: 3600 } } satisfies JobsOptions;

/** @throws QueueError where Redis is not there, or the packages are not. */
export async function openRun(options: QueueOptions): Promise<QueueRun> {
  const { bullmq } = await loadQueuePackages();
  const version = options.version ?? codeVersion();
  const onNote = options.onNote ?? (() => {});
  const name = randomUUID();
  const connection: Connection = await connectRedis(options.url, onNote, () => void pending.sweep(true));
  const { redis } = connection;
  const queue = new bullmq.Queue<JobData>(queueName(version), { connection: redis, prefix: PREFIX });
  const flows = new bullmq.FlowProducer({ connection: redis, prefix: PREFIX });
  const renew = async () => void (await redis.set(runKey(name), version, "EX", RUN_LEASE));
  const pending: Pending = createPending({ redis, queue, renew });
  const stopWatching = watchWorkers(redis, version, onNote);
  await renew();
  const [last] = await redis.xrevrange(queue.toKey("events"), "+", "-", "COUNT", 1);
  const events = new bullmq.QueueEvents(queue.name, {
    connection: redis,
    prefix: PREFIX,
    lastEventId: last?.[0] ?? "0",
  });
  const parts = new Map<string, () => void>();
  const partEnded = (id: string) => {
    parts.get(id)?.();
    parts.delete(id);
  };
  const onCompleted = ({ jobId }: { readonly jobId: string }) => {
    partEnded(jobId);
    void pending.take(jobId);
  };
  const onFailed = ({ jobId, failedReason }: { readonly jobId: string; readonly failedReason: string }) => {
    if (failedReason !== ABANDONED) partEnded(jobId);
    void pending.fail(jobId, failedReason);
  };
  events.on("progress", ({ jobId, data }) => pending.report(jobId, data));
  events.on("completed", onCompleted);
  events.on("failed", onFailed);
  // The connection tells of its loss.
  queue.on("error", () => {});
  flows.on("error", () => {});
  events.on("error", () => {});
  const renewing = setInterval(() => void renew().catch(() => {}), RENEW_MS);
  let sweeps = 0;
  const sweeping = setInterval(() => void pending.sweep(++sweeps % THOROUGH === 0), SWEEP_MS);
  const partIds: string[] = [];

  async function takeBack(): Promise<void> {
    await redis.del(runKey(name));
    const ids = [...pending.ids(), ...partIds];
    for (let i = 0; i < ids.length; i += BULK) {
      const some = ids.slice(i, i + BULK);
      await Promise.all(some.map((id) => queue.remove(id, { removeChildren: false }).catch(() => 0)));
      await redis.unlink(some.map(resultKey));
    }
  }

  const inputsThere = new Set<string>();
  async function putInputs(hashes: readonly string[], inputs: ReadonlyMap<string, JobInput>): Promise<void> {
    for (const hash of hashes) {
      await redis.set(inputKey(hash), JSON.stringify(inputs.get(hash)), "EX", RESULT_LEASE);
      inputsThere.add(hash);
    }
  }

  return {
    name,
    version,
    put: async (jobs, inputs) => {
      const optionsOf = (id: string) => ({ ...JOB_OPTIONS, jobId: id });
      for (let i = 0; i < jobs.length; i += BULK) {
        const some = jobs.slice(i, i + BULK);
        for (const job of some) {
          pending.expect(job.id, job, async () => {
            // Redis may have come back empty.
            await putInputs(Object.values(job.data.inputs), inputs);
            await queue.add("task", job.data, optionsOf(job.id));
          });
        }
        const named = new Set(some.flatMap(({ data }) => Object.values(data.inputs)));
        const bulk = some.map(({ id, data }) => ({ name: "task", data, opts: optionsOf(id) }));
        const put = async () => {
          await putInputs(
            [...named].filter((hash) => !inputsThere.has(hash)),
            inputs,
          );
          await queue.addBulk(bulk);
        };
        await pending.put(
          some.map(({ id }) => id),
          put,
        );
      }
    },
    putMerge: async (merge, list, onPart) => {
      partIds.push(...list.map(({ id }) => id));
      const put = async () => {
        // Jobs of these ids that ended without use would stand in the way.
        for (const id of [merge.id, ...partIds]) await queue.remove(id, { removeChildren: false });
        for (const id of partIds) parts.set(id, onPart);
        await flows.add(flowOf(queue.name, merge, list));
      };
      pending.expect(merge.id, merge, put);
      await pending.put([merge.id], put);
    },
    partReply: async (id) => {
      const bytes = await redis.getBuffer(resultKey(id));
      return bytes === null ? undefined : unpackReply(bytes);
    },
    close: async () => {
      clearInterval(renewing);
      clearInterval(sweeping);
      stopWatching();
      pending.close();
      if (redis.status === "ready") await within(FAREWELL_MS, takeBack());
      // Their own connections close; what waits for a Redis that is away is let go of.
      await within(FAREWELL_MS, Promise.allSettled([events.close(), flows.close(), queue.close()]));
      connection.close();
    },
  };
}

function flowOf(queueName: string, merge: RunJob, parts: readonly Part[]) {
  return {
    name: "merge",
    queueName,
    data: merge.data,
    opts: { ...JOB_OPTIONS, jobId: merge.id },
    children: parts.map(
      ({ id, data }): FlowJob => ({
        name: "part",
        queueName,
        data,
        // The merge runs all the same, and tells which part failed and why.
        opts: { ...JOB_OPTIONS, jobId: id, ignoreDependencyOnFailure: true },
      }),
    ),
  };
}
