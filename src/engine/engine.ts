import { InputError } from "../files/input-error.ts";
import { type Backend, createLocalBackend } from "./backend.ts";
import { type Board, createBoard, type Outcome, type Progress } from "./board.ts";
import type { Report } from "./define.ts";
import { fromWire, TaskError } from "./errors.ts";
import { inputKeys } from "./inputs.ts";
import { type Memory, rememberIn, type TaskStore } from "./memory.ts";
import type { Reply } from "./order.ts";
import type { QueueOptions } from "./queue/options.ts";
import type { Input, Task } from "./task.ts";

export type { Outcome, Progress } from "./board.ts";
export type { TaskStore } from "./memory.ts";
export type { QueueOptions } from "./queue/options.ts";

export interface EngineOptions {
  /** Threads; 0 computes in this process; default: all cores. The results do not depend on it. */
  readonly workers?: number | undefined;
  /** Runs the tasks on the workers of a Redis queue instead. */
  readonly queue?: QueueOptions | undefined;
  /** Stops the run: workers end at once, what was finished is yielded, then the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** A task more is done, or has failed. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** How far a task is that runs, as often as it says so. */
  readonly onReport?: ((report: TaskReport) => void) | undefined;
  /** Where finished results are kept and looked for. */
  readonly store?: TaskStore | undefined;
}

/** What a task that runs tells of itself, see define.ts. */
export interface TaskReport extends Report {
  readonly task: Task;
}

/** Runs rounds of tasks, one after the other, on the same threads or the same queue. */
export interface Engine {
  /**
   * One round: runs tasks and yields their outcomes in the order of the tasks, whatever order they finish in. A task that
   * fails does not stop the others. Results that wait for an earlier one are held in memory. An input that was made
   * stays until a round comes that does not list it. Leaving the loop early closes the engine.
   * @throws RangeError where two tasks or two inputs have one key, or a task names an input that is not there;
   * QueueError where the queue cannot be reached at the start; the signal's reason once it fired.
   */
  run(tasks: readonly Task[], inputs?: readonly Input[]): AsyncGenerator<Outcome, void, undefined>;
  /** Ends threads and connections. */
  close(): Promise<void>;
}

/** An engine for several rounds; whoever opens it closes it. Threads are started with the first round that needs any. */
export function openEngine(options: EngineOptions = {}): Engine {
  return createEngine(options, true);
}

/** One round on an engine of its own: see Engine.run. An input is let go of after the last task that names it. */
export async function* runTasks(
  tasks: readonly Task[],
  inputs: readonly Input[],
  options: EngineOptions = {},
): AsyncGenerator<Outcome, void, undefined> {
  const engine = createEngine(options, false);
  try {
    yield* engine.run(tasks, inputs);
  } finally {
    await engine.close();
  }
}

function createEngine(options: EngineOptions, keepsInputs: boolean): Engine {
  const { signal, onProgress, onReport } = options;
  let opening: Promise<Backend> | undefined;
  const close = async () => (await opening)?.stop();

  /** A queue is loaded only where one is asked for, and there is something to do. */
  function open(tasks: number): Promise<Backend> {
    opening ??= openBackend(options, tasks, keepsInputs);
    return opening;
  }

  async function* run(tasks: readonly Task[], inputs: readonly Input[] = []): AsyncGenerator<Outcome, void, undefined> {
    requireConsistent(tasks, inputs);
    signal?.throwIfAborted();
    const board = createBoard(tasks, onProgress);
    const memory = rememberIn(options.store, inputs);
    const waiting = await settleStored(tasks, memory, board);
    const backend = waiting.length > 0 ? await open(waiting.length) : undefined;
    const stop = () => {
      board.close();
      void backend?.stop();
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop, { once: true });
    const work = backend
      ?.work(waiting, inputs, {
        settle: async (task, reply) => board.settle(await outcomeOf(task, reply, memory)),
        report: (task, report) => onReport?.({ task, ...report }),
      })
      .then(() => board.close());
    let yielded = 0;
    try {
      for (const slot of board.slots) {
        const outcome = await slot;
        if (outcome === undefined) continue;
        yield outcome;
        yielded += 1;
      }
      signal?.throwIfAborted();
      if (yielded < tasks.length) throw new Error("the engine was closed");
    } finally {
      signal?.removeEventListener("abort", stop);
      board.close();
      if (yielded < tasks.length) await backend?.stop();
      await work;
    }
  }

  return { run, close };
}

/** The result of a task that has to succeed. @throws TaskError or InputError where it failed. */
export function requireResult(outcome: Outcome): unknown {
  if (outcome.status === "failed") throw outcome.error;
  return outcome.result;
}

async function openBackend({ queue, workers }: EngineOptions, tasks: number, keepsInputs: boolean): Promise<Backend> {
  if (queue === undefined) return createLocalBackend(workers, tasks, keepsInputs);
  const { openQueueBackend } = await import("./queue/backend.ts");
  return openQueueBackend(queue);
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

async function outcomeOf(task: Task, reply: Reply | Error, memory: Memory): Promise<Outcome> {
  try {
    if (reply instanceof Error) throw reply;
    if (!reply.ok) throw fromWire(reply.error);
    const kept = await memory.keep(task, reply.value, reply.seconds);
    return { status: "done", task, ...kept, stored: false };
  } catch (cause) {
    return { status: "failed", task, error: failure(task, cause) };
  }
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
