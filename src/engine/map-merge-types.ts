import type { QueueOptions } from "./queue/options.ts";
import type { Task } from "./task.ts";

/** Many tasks and one that folds their results, in the order of the tasks: see MergeFunction. */
export interface MapMerge {
  readonly parts: readonly Task[];
  /** Its export is a MergeFunction; it has no inputs. */
  readonly merge: Task;
}

export interface MapMergeOptions {
  readonly workers?: number;
  readonly queue?: QueueOptions;
  /** The parts that are ready when it fires are merged. */
  readonly signal?: AbortSignal;
  /** Parts that are done. */
  readonly onProgress?: (done: number, total: number) => void;
}
