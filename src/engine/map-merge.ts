import { answerMerge } from "./call.ts";
import { type EngineOptions, requireResult, runTasks } from "./engine.ts";
import { fromWire } from "./errors.ts";
import type { Task } from "./task.ts";

/** Many tasks and one that folds their results, in the order of the tasks: see MergeFunction. */
export interface MapMerge {
  readonly parts: readonly Task[];
  /** Its export is a MergeFunction; it has no inputs. */
  readonly merge: Task;
}

export interface MapMergeOptions extends Pick<EngineOptions, "workers" | "queue" | "signal"> {
  /** Parts that are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Runs the parts and merges their results: in this process, or on a worker of the queue, so that the parts' results do
 * not come here. Where the signal fires, the parts that are ready are merged.
 * @throws InputError, or Error, of the first part in order that failed, or of the merge.
 */
export async function mapMerge(work: MapMerge, options: MapMergeOptions = {}): Promise<unknown> {
  if (options.queue !== undefined) {
    const { mapMergeOnQueue } = await import("./queue/map-merge.ts");
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
      ...(signal !== undefined && { signal }),
      ...(workers !== undefined && { workers }),
      onProgress: ({ done, total }) => onProgress?.(done, total),
    });
    for await (const outcome of outcomes) yield requireResult(outcome);
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw error;
  }
}
