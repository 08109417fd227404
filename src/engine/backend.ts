import type { Report } from "./define.ts";
import { fromWire } from "./errors.ts";
import { createExecutor } from "./executor.ts";
import { createInputPool, groupByInput, inputKeys } from "./inputs.ts";
import type { Executor, Reply } from "./order.ts";
import { isInputValue } from "./shared.ts";
import type { Input, InputValue, Task } from "./task.ts";

/** Where a round's tasks tell of themselves. */
export interface RoundHooks {
  /** What became of a task; an Error where no worker could answer. */
  settle(task: Task, reply: Reply | Error): Promise<void>;
  /** How far a task is that runs. */
  report(task: Task, report: Report): void;
}

/** Where tasks run. */
export interface Backend {
  /** Settles each task once, in any order, and resolves when all are settled or it was stopped. Never rejects. */
  work(tasks: readonly Task[], inputs: readonly Input[], hooks: RoundHooks): Promise<void>;
  /** Stops what is running; afterwards it does not work any more. */
  stop(): Promise<void>;
}

/**
 * This process or its threads. @param tasks how many come first @param keeps whether inputs stay for the next round
 * @throws RangeError where workers is no whole number from 0 on.
 */
export function createLocalBackend(workers: number | undefined, tasks: number, keeps: boolean): Backend {
  const executor = createExecutor(workers, tasks);
  const pool = createInputPool((input) => makeInput(input, executor), keeps);
  let stopped = false;

  /** Works the tasks off, as many at a time as the executor is wide. */
  async function work(tasks: readonly Task[], listed: readonly Input[], hooks: RoundHooks): Promise<void> {
    const queue = groupByInput(tasks);
    const inputs = pool.round(tasks, listed);
    const isHeldUp = (task: Task) => inputKeys(task).some(inputs.isBeingMade);
    const run = async (task: Task): Promise<Reply | Error> => {
      try {
        const names = Object.entries(task.inputs ?? {});
        const values = await Promise.all(names.map(async ([name, key]) => [name, await inputs.acquire(key)] as const));
        const { module, name, parameters } = task;
        const order = { kind: "trial", module, name, parameters, inputs: Object.fromEntries(values) } as const;
        return await executor.run(order, { onReport: (report) => hooks.report(task, report) });
      } catch (cause) {
        return cause instanceof Error ? cause : new Error(String(cause));
      } finally {
        for (const key of inputKeys(task)) inputs.release(key);
      }
    };
    const lane = async () => {
      while (queue.length > 0 && !stopped) {
        const free = queue.findIndex((task) => !isHeldUp(task));
        const [task] = queue.splice(Math.max(0, free), 1);
        const reply = await run(task);
        if (!stopped) await hooks.settle(task, reply);
      }
    };
    await Promise.all(Array.from({ length: Math.min(executor.width, tasks.length) }, lane));
  }

  return {
    work,
    stop: () => {
      stopped = true;
      return executor.stop();
    },
  };
}

/** @throws Error where the maker fails or makes something else, or its worker died. */
export async function makeInput(input: Input, executor: Executor): Promise<InputValue> {
  const { key, module, name, parameters } = input;
  const reply = await executor.run({ kind: "input", module, name, parameters, inputs: {} });
  if (!reply.ok) throw fromWire(reply.error);
  if (!isInputValue(reply.value)) throw new TypeError(`input ${key} is no plain object of typed arrays and JSON`);
  return reply.value;
}
