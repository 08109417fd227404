import { type EngineOptions, type Outcome, runTasks } from "../../src/engine/engine.ts";
import type { Input, Task } from "../../src/engine/task.ts";
import { deriveSeed } from "../../src/numbers/seed.ts";
import type { JsonObject } from "../../src/results/json.ts";

export const module = new URL("./fixtures/tasks.mjs", import.meta.url).href;

export function task(key: string, name: string, parameters: JsonObject = {}, inputs: Task["inputs"] = {}): Task {
  return { key, module, name, parameters, inputs };
}

/** Tasks whose results are numbers that depend on a seed. */
export function seededTasks(count: number, milliseconds = 0): Task[] {
  return Array.from({ length: count }, (_, n) =>
    task(`stream ${n}`, "stream", { n, seed: deriveSeed(1, "stream", { n }, 0), milliseconds }),
  );
}

export async function runAll(
  tasks: readonly Task[],
  options: EngineOptions = {},
  inputs: readonly Input[] = [],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of runTasks(tasks, inputs, options)) outcomes.push(outcome);
  return outcomes;
}
