import type { Json, JsonObject } from "../results/json.ts";

/**
 * The engine's unit of work: call `export` of the module at URL `module` with (parameters, inputs). It is a pure
 * function of its parameters and inputs, so it gives the same result in process, on a thread and on another machine.
 * What it returns must survive structured clone and is handed over: typed arrays may be detached afterwards. Where a
 * result store is used it must be plain JSON of finite numbers; a queue takes JSON, any number, undefined, bigints and
 * typed arrays.
 */
export interface Task {
  /** Unique within a run and readable: "spread/table1 cse-256 trial 3". Two tasks of one key must be equal. */
  readonly key: string;
  /** URL href of the module; write it with `moduleUrl` so that it is right in src/ and in dist/. */
  readonly module: string;
  readonly export: string;
  /** A trial's seed belongs here, see seed.ts. */
  readonly parameters: JsonObject;
  /** The name under which the task's function finds an input -> that input's key. */
  readonly inputs?: { readonly [name: string]: string };
}

/**
 * Something that many tasks read (a trace, a graph). Its maker is called once with (parameters), where a task first
 * needs it; the typed arrays it returns are moved to shared memory; the engine lets go of it after the last task that names it.
 */
export interface Input {
  readonly key: string;
  readonly module: string;
  readonly export: string;
  readonly parameters: JsonObject;
}

export type SharedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** What a maker returns: typed arrays and plain values in a plain object. */
export type InputValue = { readonly [name: string]: SharedArray | Json };

/** What a task's function is called with beside its parameters. */
export type Inputs = { readonly [name: string]: InputValue };

/** The shape of the function that a task names. */
export type TaskFunction = (parameters: JsonObject, inputs: Inputs) => unknown | Promise<unknown>;

/**
 * The shape of the function that merges the results of other tasks, given in the order of those tasks: a fold, so that
 * the result does not depend on where and when they ran.
 */
export type MergeFunction = (parameters: JsonObject, parts: AsyncIterable<unknown>) => unknown | Promise<unknown>;

/** The shape of the function that an input names. */
export type InputFunction = (parameters: JsonObject) => InputValue | Promise<InputValue>;

/**
 * The URL of a module named as an import would name it, relative to the caller: `moduleUrl("./trial.ts", import.meta.url)`
 * is ./trial.ts when the caller runs from source and ./trial.js when it was compiled.
 */
export function moduleUrl(specifier: string, callerUrl: string): string {
  const compiled = callerUrl.endsWith(".js");
  return new URL(compiled ? specifier.replace(/\.ts$/, ".js") : specifier, callerUrl).href;
}
