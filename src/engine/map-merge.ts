import { answerMerge } from "./answer.ts";
import { requireResult, runTasks } from "./engine.ts";
import { fromWire } from "./errors.ts";
import type { MapMerge, MapMergeOptions } from "./map-merge-types.ts";
import type { Task } from "./task.ts";

/**
 * Runs the parts and merges their results: in this process, or on a worker of the queue, so that the parts' results do
 * not come here. Where the signal fires, the parts that are ready are merged.
 * @throws InputError, or Error, of the first part in order that failed, or of the merge.
 */
export async function mapMerge(work: MapMerge, options: MapMergeOptions = {}): Promise<unknown> {
  if (options.queue !== undefined) {
    const { mapMergeOnQueue } = await import("./queue/map-merge-on-queue.ts");
    return mapMergeOnQueue(work, options.queue, options);
  }
  const reply = await answerMerge(work.merge, results(work.parts, options));
  if (!reply.ok) throw fromWire(reply.error);
  return reply.value;
}

async function* results(parts: readonly Task[], options: MapMergeOptions): AsyncGenerator<unknown> {
  const { signal, workers, onProgress } = options;
  try {
    const outcomes = runTasks(parts, [], {
      signal,
      workers,
      onProgress: ({ done, total }) => onProgress?.(done, total),
    });
    for await (const outcome of outcomes) yield requireResult(outcome);
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
  }
}
