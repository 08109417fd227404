import type { JsonObject } from "../results/json.ts";
import { toWire, type WireError } from "./errors.ts";
import { toShared } from "./shared.ts";
import type { InputFunction, Inputs, MergeFunction, TaskFunction } from "./task.ts";

/** What a worker is asked: run a task's function, or make an input. */
export interface Call {
  readonly kind: "task" | "input";
  readonly module: string;
  readonly export: string;
  readonly parameters: JsonObject;
  readonly inputs: Inputs;
}

export type Reply =
  | { readonly ok: true; readonly value: unknown; readonly seconds: number }
  | {
      readonly ok: false;
      readonly error: WireError;
      /** WebAssembly trapped: what the thread holds in memory is not to be trusted any more. */
      readonly trapped: boolean;
    };

/** How a function is called; it decides whether Ctrl-C breaks it off. */
export type Invoke = <Result>(work: () => Result) => Result;

type Named = TaskFunction & InputFunction & MergeFunction;

/** Answers a call where it is: in process or on a worker. It never throws. */
export function answer(call: Call, invoke: Invoke = (work) => work()): Promise<Reply> {
  return attempt(async () => {
    const named = await load(call);
    return async () => {
      if (call.kind === "task") return invoke(() => named(call.parameters, call.inputs));
      return toShared(await invoke(() => named(call.parameters)));
    };
  });
}

/** Merges parts where it is. It never throws: what reading the parts throws is in the reply. */
export function answerMerge(merge: Omit<Call, "kind" | "inputs">, parts: AsyncIterable<unknown>): Promise<Reply> {
  return attempt(async () => {
    const named = await load(merge);
    return () => named(merge.parameters, parts);
  });
}

/** @param prepare what is not part of the time that the work takes. */
async function attempt(prepare: () => Promise<() => unknown>): Promise<Reply> {
  try {
    const work = await prepare();
    const start = performance.now();
    const value = await work();
    return { ok: true, value, seconds: (performance.now() - start) / 1000 };
  } catch (error) {
    return { ok: false, error: toWire(error), trapped: isTrap(error) };
  }
}

function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || (error instanceof Error && isTrap(error.cause));
}

async function load({ module: url, export: name }: Pick<Call, "module" | "export">): Promise<Named> {
  const module: { readonly [name: string]: unknown } = await import(/* @vite-ignore */ url);
  const named = module[name];
  if (!isFunction(named)) throw new TypeError(`${url} exports no function ${name}`);
  return named;
}

/** That the function has the promised shape is the task's author's word. */
function isFunction(value: unknown): value is Named {
  return typeof value === "function";
}
