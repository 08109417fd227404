import type { InputError } from "../files/input-error.ts";
import type { TaskError } from "./errors.ts";
import type { Task } from "./task.ts";

export type Outcome =
  | {
      readonly status: "done";
      readonly task: Task;
      readonly result: unknown;
      /** What the task took where it ran. */
      readonly seconds: number;
      /** The result comes from the store. */
      readonly stored: boolean;
    }
  | { readonly status: "failed"; readonly task: Task; readonly error: TaskError | InputError };

/** One task more is done, or has failed. */
export interface Progress {
  readonly task: Task;
  readonly done: number;
  readonly total: number;
}

/** Where outcomes arrive in any order and are read in the order of the tasks. */
export interface Board {
  /** One for each task; undefined: the board was closed before its outcome came. */
  readonly slots: readonly Promise<Outcome | undefined>[];
  settle(outcome: Outcome): void;
  close(): void;
}

export function createBoard(tasks: readonly Task[], onProgress?: (progress: Progress) => void): Board {
  const resolvers = new Map<string, (outcome: Outcome | undefined) => void>();
  const slots = tasks.map(({ key }) => new Promise<Outcome | undefined>((resolve) => resolvers.set(key, resolve)));
  let done = 0;
  let closed = false;
  return {
    slots,
    settle: (outcome) => {
      if (closed) return;
      resolvers.get(outcome.task.key)?.(outcome);
      done += 1;
      onProgress?.({ task: outcome.task, done, total: tasks.length });
    },
    close: () => {
      closed = true;
      for (const resolve of resolvers.values()) resolve(undefined);
    },
  };
}
