import { type CodeHash, createIdentifier } from "./identity.ts";
import type { ResultStore } from "./store.ts";
import type { Input, Task } from "./task.ts";

/** Results of earlier runs, and what tells that they are of the same code. */
export interface TaskStore {
  readonly results: ResultStore;
  /** See code.ts. */
  readonly codeHash: CodeHash;
}

interface Remembered {
  readonly result: unknown;
  readonly seconds: number;
}

/** What is known of tasks from earlier runs. */
export interface Memory {
  recall(task: Task): Promise<Remembered | undefined>;
  /** Returns the result as `recall` would give it later. */
  keep(task: Task, result: unknown, seconds: number): Promise<Remembered>;
}

/** Without a store nothing is recalled and results pass through as they are. */
export function rememberIn(store: TaskStore | undefined, inputs: readonly Input[]): Memory {
  if (store === undefined) {
    return { recall: async () => undefined, keep: async (_, result, seconds) => ({ result, seconds }) };
  }
  const { results, codeHash } = store;
  const identify = createIdentifier(inputs, codeHash);
  return {
    recall: async (task) => results.read(await identify(task)),
    keep: async (task, result, seconds) => results.write(await identify(task), task.key, result, seconds),
  };
}
