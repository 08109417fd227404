import type { JsonObject } from "../results/json.ts";
import type { ResultStore } from "./store.ts";
import type { Input, Task } from "./task.ts";

/** A store of results and the version of the code that makes them: results of another version are not used. */
export interface TaskStore {
  readonly results: ResultStore;
  /** See code-version.ts. */
  readonly version: string;
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
  const { results, version } = store;
  const makers = new Map(inputs.map((input) => [input.key, input]));
  return {
    recall: (task) => results.read(identity(task, makers, version)),
    keep: (task, result, seconds) => results.write(identity(task, makers, version), result, seconds),
  };
}

/** Everything that a result depends on. A module's URL is left out: it names a place, not the code. */
function identity(task: Task, makers: ReadonlyMap<string, Input>, version: string): JsonObject {
  const inputs = Object.entries(task.inputs ?? {}).map(([name, key]) => {
    const maker = makers.get(key);
    return [name, { key, name: maker?.name ?? "", parameters: maker?.parameters ?? {} }] as const;
  });
  const { key, name, parameters } = task;
  return { key, name, parameters, inputs: Object.fromEntries(inputs), version };
}
