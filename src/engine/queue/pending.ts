import { setTimeout as sleep } from "node:timers/promises";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Report } from "../define.ts";
import type { Reply } from "../order.ts";
import { ABANDONED, resultKey } from "./names.ts";
import { type JobData, readReport, unpackReply } from "./queue-job.ts";

/** The jobs of a run whose replies have not come. Each settles once, whatever happens to Redis and to workers. */
export interface Pending {
  expect(id: string, takers: Takers, putAgain: () => Promise<unknown>): void;
  /** Puts expected jobs on the queue, trying until Redis has them. Putting a job twice is putting it once. */
  put(ids: readonly string[], work: () => Promise<unknown>): Promise<void>;
  /** Settles the job if its reply is there; tells whether it was. */
  take(id: string): Promise<boolean>;
  /** What a worker told of the job while it runs. */
  report(id: string, told: unknown): void;
  /** BullMQ gave the job up. */
  fail(id: string, reason: string): Promise<void>;
  /** Looks for replies that no event told of. @param thorough and for jobs that failed or vanished unheard */
  sweep(thorough: boolean): Promise<void>;
  ids(): readonly string[];
  close(): void;
}

/** Where what comes from a job goes. */
export interface Takers {
  readonly settle: (reply: Reply | Error) => void;
  readonly report?: ((report: Report) => void) | undefined;
}

interface Entry extends Takers {
  readonly putAgain: () => Promise<unknown>;
  isPut: boolean;
}

interface Means {
  readonly redis: Redis;
  readonly queue: Queue<JobData>;
  /** Tells the workers that the run is alive. */
  readonly renew: () => Promise<void>;
}

const CHUNK = 200;
const RETRY_MS = 500;

export function createPending({ redis, queue, renew }: Means): Pending {
  const entries = new Map<string, Entry>();
  const taking = new Set<string>();
  let closed = false;
  let sweeping = false;

  function settle(id: string, reply: Reply | Error): void {
    const entry = entries.get(id);
    if (entry === undefined || closed) return;
    entries.delete(id);
    entry.settle(reply);
  }

  async function take(id: string): Promise<boolean> {
    if (!entries.has(id) || taking.has(id)) return false;
    taking.add(id);
    try {
      const bytes = await redis.getBuffer(resultKey(id));
      if (bytes === null) return false;
      settle(id, replyIn(bytes));
      await redis.unlink(resultKey(id));
      return true;
    } catch {
      return false; // the connection was closed, or the next sweep finds it
    } finally {
      taking.delete(id);
    }
  }

  async function put(ids: readonly string[], work: () => Promise<unknown>): Promise<void> {
    while (!closed) {
      try {
        await work();
        for (const id of ids) {
          const entry = entries.get(id);
          if (entry !== undefined) entry.isPut = true;
        }
        return;
      } catch (error) {
        if (error instanceof RangeError || error instanceof TypeError) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  async function putAgain(id: string): Promise<void> {
    const entry = entries.get(id);
    if (entry === undefined || closed) return;
    entry.isPut = false;
    await renew();
    await queue.remove(id).catch(() => 0);
    await put([id], entry.putAgain);
  }

  async function fail(id: string, reason: string): Promise<void> {
    if (!entries.has(id)) return;
    // The reply may have come in before the job was given up.
    if (await take(id)) return;
    if (reason === ABANDONED) return putAgain(id);
    settle(
      id,
      new Error(reason.startsWith("job stalled") ? `its worker died, and the next one too (${reason})` : reason),
    );
    await queue.remove(id).catch(() => 0);
  }

  async function look(id: string, thorough: boolean): Promise<void> {
    if (entries.get(id)?.isPut !== true || (await redis.exists(resultKey(id))) === 1) return void (await take(id));
    if (!thorough) return;
    const state = await queue.getJobState(id);
    if (state === "failed") return fail(id, (await queue.getJob(id))?.failedReason ?? "it failed");
    const gone = state === "unknown" || state === "completed";
    if (gone && !(await take(id)) && !taking.has(id)) await putAgain(id);
  }

  return {
    expect: (id, takers, again) => entries.set(id, { ...takers, putAgain: again, isPut: false }),
    report: (id, told) => {
      const report = readReport(told);
      if (report !== undefined && !closed) entries.get(id)?.report?.(report);
    },
    put,
    take,
    fail,
    sweep: async (thorough) => {
      if (sweeping || closed) return;
      sweeping = true;
      try {
        const ids = [...entries.keys()];
        for (let i = 0; i < ids.length; i += CHUNK) {
          await Promise.all(ids.slice(i, i + CHUNK).map((id) => look(id, thorough)));
        }
      } catch {
        // Redis is away: the next sweep comes.
      } finally {
        sweeping = false;
      }
    },
    ids: () => [...entries.keys()],
    close: () => {
      closed = true;
    },
  };
}

function replyIn(bytes: Buffer): Reply | Error {
  try {
    return unpackReply(bytes);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
