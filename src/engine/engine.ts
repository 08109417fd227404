import { InputError } from "../formats/input-error.ts";
import { type Board, createBoard, type Outcome, type Progress } from "./board.ts";
import { fromWire, TaskError } from "./errors.ts";
import { createExecutor, type Executor } from "./executor.ts";
import { createInputPool, groupByInput, type InputPool, inputKeys } from "./inputs.ts";
import { type Memory, rememberIn, type TaskStore } from "./memory.ts";
import { isInputValue } from "./shared.ts";
import type { Input, InputValue, Task } from "./task.ts";

export type { Outcome, Progress } from "./board.ts";
export type { TaskStore } from "./memory.ts";

export interface EngineOptions {
  /** Threads; 0 computes in this process; default: all cores. The results do not depend on it. */
  readonly workers?: number;
  /** Stops the run: workers end at once, what was finished is yielded, then the signal's reason is thrown. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Where finished results are kept and looked for. */
  readonly store?: TaskStore;
}

/**
 * Runs tasks and yields their outcomes in the order of the tasks, whatever order they finish in. A task that fails
 * does not stop the others. Results that wait for an earlier one are held in memory.
 * @throws RangeError where two tasks or two inputs have one key, or a task names an input that is not there.
 */
export async function* runTasks(
  tasks: readonly Task[],
  inputs: readonly Input[],
  options: EngineOptions = {},
): AsyncGenerator<Outcome, void, undefined> {
  requireConsistent(tasks, inputs);
  const { signal } = options;
  signal?.throwIfAborted();
  const board = createBoard(tasks, options.onProgress);
  const memory = rememberIn(options.store, inputs);
  const waiting = await settleStored(tasks, memory, board);
  const executor = createExecutor(options.workers, waiting.length);
  const stop = () => {
    board.close();
    void executor.stop();
  };
  signal?.addEventListener("abort", stop, { once: true });
  const lanes = runLanes(waiting, inputs, executor, memory, board);
  try {
    for (const slot of board.slots) {
      const outcome = await slot;
      if (outcome !== undefined) yield outcome;
    }
    signal?.throwIfAborted();
  } finally {
    signal?.removeEventListener("abort", stop);
    board.close();
    await executor.stop();
    await lanes;
  }
}

/** The result of a task that has to succeed. @throws TaskError or InputError where it failed. */
export function requireResult(outcome: Outcome): unknown {
  if (outcome.status === "failed") throw outcome.error;
  return outcome.result;
}

/** Settles what the store knows; returns the other tasks. */
async function settleStored(tasks: readonly Task[], memory: Memory, board: Board): Promise<Task[]> {
  const waiting: Task[] = [];
  for (const task of tasks) {
    const known = await memory.recall(task);
    if (known === undefined) waiting.push(task);
    else board.settle({ status: "done", task, ...known, stored: true });
  }
  return waiting;
}

/** Works the tasks off, as many at a time as the executor is wide. Never rejects. */
async function runLanes(
  tasks: readonly Task[],
  inputs: readonly Input[],
  executor: Executor,
  memory: Memory,
  board: Board,
): Promise<void> {
  const queue = groupByInput(tasks);
  const pool = createInputPool(tasks, inputs, (input) => makeInput(input, executor));
  const isHeldUp = (task: Task) => inputKeys(task).some(pool.isBeingMade);
  const lane = async () => {
    while (queue.length > 0 && !board.isClosed()) {
      const free = queue.findIndex((task) => !isHeldUp(task));
      const [task] = queue.splice(Math.max(0, free), 1);
      board.settle(await runTask(task, pool, executor, memory));
    }
  };
  await Promise.all(Array.from({ length: executor.width }, lane));
}

async function runTask(task: Task, pool: InputPool, executor: Executor, memory: Memory): Promise<Outcome> {
  try {
    const names = Object.entries(task.inputs ?? {});
    const values = await Promise.all(names.map(async ([name, key]) => [name, await pool.acquire(key)] as const));
    const reply = await executor.run({
      kind: "task",
      module: task.module,
      export: task.export,
      parameters: task.parameters,
      inputs: Object.fromEntries(values),
    });
    if (!reply.ok) throw fromWire(reply.error);
    const kept = await memory.keep(task, reply.value, reply.seconds);
    return { status: "done", task, ...kept, stored: false };
  } catch (cause) {
    return { status: "failed", task, error: failure(task, cause) };
  } finally {
    for (const key of inputKeys(task)) pool.release(key);
  }
}

async function makeInput(input: Input, executor: Executor): Promise<InputValue> {
  const { module, parameters } = input;
  const reply = await executor.run({ kind: "input", module, export: input.export, parameters, inputs: {} });
  if (!reply.ok) throw fromWire(reply.error);
  if (!isInputValue(reply.value)) throw new TypeError(`input ${input.key} is no plain object of typed arrays and JSON`);
  return reply.value;
}

function failure(task: Task, cause: unknown): TaskError | InputError {
  if (cause instanceof InputError) return cause;
  return new TaskError(task.key, task.parameters, cause instanceof Error ? cause : new Error(String(cause)));
}

function requireConsistent(tasks: readonly Task[], inputs: readonly Input[]): void {
  requireDistinct("task", tasks);
  requireDistinct("input", inputs);
  const known = new Set(inputs.map((input) => input.key));
  for (const task of tasks) {
    const unknown = inputKeys(task).find((key) => !known.has(key));
    if (unknown !== undefined) throw new RangeError(`task ${task.key} needs an input ${unknown} that nothing makes`);
  }
}

function requireDistinct(what: string, list: readonly { readonly key: string }[]): void {
  const seen = new Set<string>();
  for (const { key } of list) {
    if (seen.has(key)) throw new RangeError(`two ${what}s have the key ${key}`);
    seen.add(key);
  }
}
