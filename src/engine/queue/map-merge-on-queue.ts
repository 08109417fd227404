import { setTimeout as sleep } from "node:timers/promises";
import { answerMerge } from "../answer.ts";
import { fromWire } from "../errors.ts";
import type { MapMerge, MapMergeOptions } from "../map-merge-types.ts";
import type { Reply } from "../order.ts";
import type { QueueOptions } from "./options.ts";
import { createDescriber } from "./queue-job.ts";
import { openRun, type QueueRun } from "./run.ts";

/** How long the parts that are ready may take to be read when the run is interrupted. */
const PATIENCE_MS = 5000;

/** A BullMQ flow: the merge is the parent of the parts. */
export async function mapMergeOnQueue(
  { parts, merge }: MapMerge,
  queue: QueueOptions,
  { signal, onProgress }: MapMergeOptions,
): Promise<unknown> {
  const run = await openRun(queue);
  try {
    const { describe } = createDescriber(run.name, run.version, []);
    const children = parts.map((part, i) => ({ id: `${run.name}-${i}`, data: describe(part) }));
    const ids = children.map(({ id }) => id);
    let done = 0;
    const onPart = () => {
      done += 1;
      onProgress?.(done, parts.length);
    };
    const reply = await new Promise<Reply | Error | undefined>((resolve, reject) => {
      if (signal?.aborted) resolve(undefined);
      signal?.addEventListener("abort", () => resolve(undefined), { once: true });
      const parent = { id: `${run.name}-merge`, data: describe(merge, ids), settle: resolve };
      run.putMerge(parent, children, onPart).catch(reject);
    });
    return requireValue(reply ?? (await answerMerge(merge, readyParts(run, ids))));
  } finally {
    await run.close();
  }
}

function requireValue(reply: Reply | Error): unknown {
  if (reply instanceof Error) throw reply;
  if (!reply.ok) throw fromWire(reply.error);
  return reply.value;
}

/** What is there by now. */
async function* readyParts(run: QueueRun, ids: readonly string[]): AsyncGenerator<unknown> {
  const end = performance.now() + PATIENCE_MS;
  for (const id of ids) {
    const left = end - performance.now();
    if (left <= 0) return;
    const late = sleep(left, undefined, { ref: false });
    const reply = await Promise.race([run.partReply(id).catch(() => undefined), late]);
    if (reply?.ok) yield reply.value;
  }
}
