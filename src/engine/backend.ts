import type { Reply } from "./call.ts";
import { fromWire } from "./errors.ts";
import { createExecutor, type Executor } from "./executor.ts";
import { createInputPool, groupByInput, inputKeys } from "./inputs.ts";
import { isInputValue } from "./shared.ts";
import type { Input, InputValue, Task } from "./task.ts";

/** What became of a task; an Error where no worker could answer. */
export type Settle = (task: Task, reply: Reply | Error) => Promise<void>;

/** Where tasks run. */
export interface Backend {
  /** Settles each task once, in any order, and resolves when all are settled or it was stopped. Never rejects. */
  work(tasks: readonly Task[], inputs: readonly Input[], settle: Settle): Promise<void>;
  /** Stops what is running. */
  stop(): Promise<void>;
}

/** This process or its threads. @throws RangeError where workers is no whole number from 0 on. */
export function createLocalBackend(workers: number | undefined, tasks: number): Backend {
  const executor = createExecutor(workers, tasks);
  let stopped = false;
  return {
    work: (list, inputs, settle) => runLanes(list, inputs, executor, settle, () => stopped),
    stop: () => {
      stopped = true;
      return executor.stop();
    },
  };
}

/** Works the tasks off, as many at a time as the executor is wide. */
async function runLanes(
  tasks: readonly Task[],
  inputs: readonly Input[],
  executor: Executor,
  settle: Settle,
  isStopped: () => boolean,
): Promise<void> {
  const queue = groupByInput(tasks);
  const pool = createInputPool(tasks, inputs, (input) => makeInput(input, executor));
  const isHeldUp = (task: Task) => inputKeys(task).some(pool.isBeingMade);
  const run = async (task: Task): Promise<Reply | Error> => {
    try {
      const names = Object.entries(task.inputs ?? {});
      const values = await Promise.all(names.map(async ([name, key]) => [name, await pool.acquire(key)] as const));
      const { module, parameters } = task;
      const call = { kind: "task", module, export: task.export, parameters } as const;
      return await executor.run({ ...call, inputs: Object.fromEntries(values) });
    } catch (cause) {
      return cause instanceof Error ? cause : new Error(String(cause));
    } finally {
      for (const key of inputKeys(task)) pool.release(key);
    }
  };
  const lane = async () => {
    while (queue.length > 0 && !isStopped()) {
      const free = queue.findIndex((task) => !isHeldUp(task));
      const [task] = queue.splice(Math.max(0, free), 1);
      const reply = await run(task);
      if (!isStopped()) await settle(task, reply);
    }
  };
  await Promise.all(Array.from({ length: executor.width }, lane));
}

/** @throws Error where the maker fails or makes something else, or its worker died. */
export async function makeInput(input: Input, executor: Executor, signal?: AbortSignal): Promise<InputValue> {
  const { module, parameters } = input;
  const reply = await executor.run({ kind: "input", module, export: input.export, parameters, inputs: {} }, signal);
  if (!reply.ok) throw fromWire(reply.error);
  if (!isInputValue(reply.value)) throw new TypeError(`input ${input.key} is no plain object of typed arrays and JSON`);
  return reply.value;
}
