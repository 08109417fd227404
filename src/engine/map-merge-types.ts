import type { QueueOptions } from "./queue/options.ts";
import type { Task } from "./task.ts";

/** Many tasks and one that merges their results, in the order of the tasks. */
export interface MapMerge {
  readonly parts: readonly Task[];
  /** Of a merge's definition: see defineMerge. */
  readonly merge: Task;
}

export interface MapMergeOptions {
  readonly workers?: number | undefined;
  readonly queue?: QueueOptions | undefined;
  /** The parts that are ready when it fires are merged. */
  readonly signal?: AbortSignal | undefined;
  /** Parts that are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}
