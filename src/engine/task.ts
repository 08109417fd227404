import type { Json, JsonObject } from "../results/json.ts";

/** Which function is called with what: the one that module `module` defines under `name`. Plain data: it travels. */
export interface Call {
  /** URL href of the module. */
  readonly module: string;
  /** What its definition is called, see define.ts. */
  readonly name: string;
  readonly parameters: JsonObject;
  /** Files whose contents the result depends on. */
  readonly reads?: readonly string[];
}

/**
 * The engine's unit of work, made by a trial's definition (define.ts): its function is called with (parameters, inputs).
 * It is pure, so it gives the same result in process, on a thread and on another machine. What it returns must survive
 * structured clone and is handed over: typed arrays may be detached afterwards. Where a result store is used it must be
 * plain JSON of finite numbers; a queue takes JSON, any number, undefined, bigints and typed arrays.
 */
export interface Task extends Call {
  /** Unique within a run and readable: "spread/table1 cse-256 trial 3". Two tasks of one key must be equal. */
  readonly key: string;
  /** The name under which the trial finds an input -> that input's key. */
  readonly inputs?: { readonly [name: string]: string };
}

/** Where the type of what an input's maker makes is kept; there is no such property. */
declare const made: unique symbol;

/** Carries the type of an input's value. */
export interface Made<Value> {
  readonly [made]?: Value;
}

/**
 * Something that many tasks read (a trace, a graph), described by its maker's definition. It is made once, where a task
 * first needs it; its typed arrays are moved to shared memory; the engine lets go of it after the last task that names it.
 */
export interface Input<Value = unknown> extends Call, Made<Value> {
  readonly key: string;
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
