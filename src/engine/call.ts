import { toWire, type WireError } from "./errors.ts";
import { toShared } from "./shared.ts";
import type { InputFunction, Inputs, JsonObject, TaskFunction } from "./task.ts";

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
  | { readonly ok: false; readonly error: WireError };

/** Answers a call where it is: in process or on a worker. It never throws. */
export async function answer(call: Call): Promise<Reply> {
  try {
    const named = await load(call.module, call.export);
    const start = performance.now();
    const value = call.kind === "task" ? await named(call.parameters, call.inputs) : await make(named, call.parameters);
    return { ok: true, value, seconds: (performance.now() - start) / 1000 };
  } catch (error) {
    return { ok: false, error: toWire(error) };
  }
}

async function make(maker: TaskFunction & InputFunction, parameters: JsonObject) {
  return toShared(await maker(parameters));
}

async function load(url: string, name: string): Promise<TaskFunction & InputFunction> {
  const module: { readonly [name: string]: unknown } = await import(/* @vite-ignore */ url);
  const named = module[name];
  if (!isFunction(named)) throw new TypeError(`${url} exports no function ${name}`);
  return named;
}

/** That the function has the promised shape is the task's author's word. */
function isFunction(value: unknown): value is TaskFunction & InputFunction {
  return typeof value === "function";
}
