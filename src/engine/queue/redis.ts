import type { Redis as Client } from "ioredis";
import { QueueError, queueAddress } from "./options.ts";

/** All that may pass before an unreachable Redis is reported. */
const PATIENCE_MS = 4000;
/** The longest pause between two attempts to get a lost Redis back. */
const LONGEST_PAUSE_MS = 1000;

/** bullmq and ioredis are optional packages. @throws QueueError where they are not installed. */
export async function loadQueuePackages(): Promise<{
  readonly bullmq: typeof import("bullmq");
  readonly Redis: typeof import("ioredis").Redis;
}> {
  try {
    const [bullmq, ioredis] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq, Redis: ioredis.Redis };
  } catch (error) {
    throw new QueueError("a queue needs the optional packages bullmq and ioredis: npm install bullmq@6 ioredis@6", {
      cause: error,
    });
  }
}

export interface Connection {
  readonly redis: Client;
  /** Without waiting for what is under way. */
  close(): void;
}

/**
 * Connects to Redis. Once it was there, a loss is noted, commands wait, and the connection is tried anew for ever.
 * @param onBack it was lost and is there again
 * @throws QueueError where it is not there at the start, within 5 s; RangeError where the URL is none.
 */
export async function connectRedis(
  url: string,
  onNote: (note: string) => void,
  onBack: () => void = () => {},
): Promise<Connection> {
  const address = queueAddress(url);
  const { Redis } = await loadQueuePackages();
  await requirePresent(new Redis(url, { lazyConnect: true, retryStrategy: () => null }), address);
  const redis = new Redis(url, {
    maxRetriesPerRequest: null, // commands wait for as long as it takes; BullMQ asks for this, too
    connectTimeout: PATIENCE_MS,
    retryStrategy: (times) => Math.min(100 * times, LONGEST_PAUSE_MS),
  });
  let closing = false;
  let lost = false;
  redis.on("error", () => {}); // "close" follows
  redis.on("close", () => {
    if (!closing && !lost) onNote(`lost Redis at ${address}: waiting for it to come back`);
    lost = !closing;
  });
  redis.on("ready", () => {
    if (!lost) return;
    lost = false;
    onNote(`Redis at ${address} is back`);
    onBack();
  });
  return {
    redis,
    close: () => {
      closing = true;
      redis.disconnect();
    },
  };
}

async function requirePresent(probe: Client, address: string): Promise<void> {
  let reason: Error | undefined;
  probe.on("error", (error: Error) => {
    reason = error;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    await Promise.race([probe.connect().then(() => probe.ping()), late]);
  } catch (error) {
    const what = reason ?? (error instanceof Error ? error : new Error(String(error)));
    throw new QueueError(`no Redis to use at ${address}: ${what.message || codeOf(what)}`, { cause: error });
  } finally {
    clearTimeout(timer);
    probe.disconnect();
  }
}

/** Several addresses tried in vain give an error without a message. */
function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.name;
}
