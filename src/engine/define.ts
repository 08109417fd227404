import type { z } from "zod";
import type { JsonObject } from "../results/json.ts";
import type { Input, Inputs, InputValue, Made, Task } from "./task.ts";

/** How far a function is that runs on the engine. */
export interface Report {
  readonly done: number;
  readonly total: number;
  /** What is there already: a line of a table. */
  readonly values?: JsonObject | undefined;
}

/** What a function that runs on the engine is told, and can tell, while it runs. */
export interface Context {
  /**
   * Fires where the run is stopped (Ctrl-C). Shortly afterwards what still runs is broken off. A function that computes
   * without a pause hears of it whenever it reports.
   */
  readonly signal: AbortSignal;
  /**
   * Tells how far it is, and hands over what is there already. For whoever looks on: what counts has to be in the
   * result, and a function that is tried again reports again.
   */
  report(done: number, total: number, values?: JsonObject): void;
}

/** A function that many tasks call, each with parameters of its own. */
export interface TrialDefinition<Parameters extends JsonObject, Result, Values extends Inputs> {
  readonly kind: "trial";
  readonly module: string;
  readonly name: string;
  readonly parameters: z.ZodType<Parameters>;
  /** Of what comes from elsewhere: a worker, a file. */
  readonly result: z.ZodType<Result>;
  /** A call of it. @param key unique in a run, and readable */
  task(key: string, parameters: Parameters, ...inputs: InputArguments<Values>): Task;
  /** @throws ZodError for other parameters; TypeError where an input is missing. */
  call(parameters: unknown, inputs: Inputs, context: Context): Result | Promise<Result>;
}

/** Nothing to give where a trial has no inputs. */
type InputArguments<Values extends Inputs> = keyof Values extends never
  ? []
  : [inputs: { readonly [Name in keyof Values]: Input<Values[Name]> }];

/** What a trial's definition says of it. */
export interface TrialSpec<Parameters extends JsonObject, Result, Values extends Inputs> {
  readonly parameters: z.ZodType<Parameters>;
  readonly result: z.ZodType<Result>;
  /** The name under which its function finds an input -> the definition of the input. */
  readonly inputs?: { readonly [Name in keyof Values]: Made<Values[Name]> } | undefined;
  /** The files that it reads, named by its parameters or not: a stored result is known by their contents. */
  readonly reads?: ((parameters: Parameters) => readonly string[]) | undefined;
  /** Pure: the result depends on parameters, inputs and the files alone. */
  readonly run: (parameters: Parameters, inputs: Values, context: Context) => Result | Promise<Result>;
}

/**
 * Defines a trial: what it takes, what it gives and what it does, in one place. The module has to export it, under any
 * name: a worker that is given a task loads the module and looks for the definition of that name among its exports.
 * @param module the defining module's import.meta.url @param name unique in the module
 */
export function defineTrial<Parameters extends JsonObject, Result, Values extends Inputs = Record<never, never>>(
  module: string,
  name: string,
  { parameters, result, inputs, reads, run }: TrialSpec<Parameters, Result, Values>,
): TrialDefinition<Parameters, Result, Values> {
  const names = Object.keys(inputs ?? {});
  return {
    kind: "trial",
    module,
    name,
    parameters,
    result,
    task: (key, given, ...[named]) => ({
      key,
      module,
      name,
      parameters: given,
      ...(reads !== undefined && { reads: reads(given) }),
      ...(named !== undefined && { inputs: keysOf(named) }),
    }),
    call: (given, values, context) => {
      const parsed = parameters.parse(given);
      if (!hasInputs<Values>(values, names)) throw new TypeError(`the task gives trial ${name} not all of its inputs`);
      return run(parsed, values, context);
    },
  };
}

function keysOf(inputs: { readonly [name: string]: Input }): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(inputs).map(([name, { key }]) => [name, key]));
}

/** That they are what their definitions make is `task`'s to check, at compile time. */
function hasInputs<Values extends Inputs>(values: Inputs, names: readonly string[]): values is Values {
  return names.every((name) => name in values);
}

/** Something that many tasks read, made by one function. */
export interface InputDefinition<Parameters extends JsonObject, Value extends InputValue> extends Made<Value> {
  readonly kind: "input";
  readonly module: string;
  readonly name: string;
  readonly parameters: z.ZodType<Parameters>;
  /** The input of these parameters. @param key unique in a run, and readable */
  input(key: string, parameters: Parameters): Input<Value>;
  /** @throws ZodError for other parameters. */
  call(parameters: unknown, context: Context): Value | Promise<Value>;
}

/** What an input's definition says of it. */
export interface InputSpec<Parameters extends JsonObject, Value extends InputValue> {
  readonly parameters: z.ZodType<Parameters>;
  /** As of a trial. */
  readonly reads?: ((parameters: Parameters) => readonly string[]) | undefined;
  /** Pure, as a trial. */
  readonly make: (parameters: Parameters, context: Context) => Value | Promise<Value>;
}

/** Defines an input as `defineTrial` defines a trial. */
export function defineInput<Parameters extends JsonObject, Value extends InputValue>(
  module: string,
  name: string,
  { parameters, reads, make }: InputSpec<Parameters, Value>,
): InputDefinition<Parameters, Value> {
  return {
    kind: "input",
    module,
    name,
    parameters,
    input: (key, given) => ({
      key,
      module,
      name,
      parameters: given,
      ...(reads !== undefined && { reads: reads(given) }),
    }),
    call: (given, context) => make(parameters.parse(given), context),
  };
}

/** A function that merges what other tasks gave, in the order of those tasks. */
export interface MergeDefinition<Parameters extends JsonObject, Result> {
  readonly kind: "merge";
  readonly module: string;
  readonly name: string;
  readonly parameters: z.ZodType<Parameters>;
  readonly result: z.ZodType<Result>;
  task(key: string, parameters: Parameters): Task;
  /** @throws ZodError for other parameters and parts. */
  call(parameters: unknown, parts: AsyncIterable<unknown>): Result | Promise<Result>;
}

/** What a merge's definition says of it. */
export interface MergeSpec<Parameters extends JsonObject, Part, Result> {
  readonly parameters: z.ZodType<Parameters>;
  /** What each part is: its trial's result. */
  readonly part: z.ZodType<Part>;
  readonly result: z.ZodType<Result>;
  /** A fold in the order of the parts, so that the result does not depend on where and when they ran. */
  readonly run: (parameters: Parameters, parts: AsyncIterable<Part>) => Result | Promise<Result>;
}

/** Defines a merge as `defineTrial` defines a trial. */
export function defineMerge<Parameters extends JsonObject, Part, Result>(
  module: string,
  name: string,
  { parameters, part, result, run }: MergeSpec<Parameters, Part, Result>,
): MergeDefinition<Parameters, Result> {
  async function* checked(parts: AsyncIterable<unknown>): AsyncGenerator<Part> {
    for await (const each of parts) yield part.parse(each);
  }
  return {
    kind: "merge",
    module,
    name,
    parameters,
    result,
    task: (key, given) => ({ key, module, name, parameters: given }),
    call: (given, parts) => run(parameters.parse(given), checked(parts)),
  };
}

/** Any definition, as a worker sees it. */
export interface Definitions {
  readonly trial: Pick<TrialDefinition<JsonObject, unknown, Inputs>, "kind" | "name" | "call">;
  readonly input: Pick<InputDefinition<JsonObject, InputValue>, "kind" | "name" | "call">;
  readonly merge: Pick<MergeDefinition<JsonObject, unknown>, "kind" | "name" | "call">;
}

/** Whether a module's export is a definition of that kind and name. */
export function isDefinition<Kind extends keyof Definitions>(
  value: unknown,
  kind: Kind,
  name: string,
): value is Definitions[Kind] {
  if (typeof value !== "object" || value === null) return false;
  return "kind" in value && value.kind === kind && "name" in value && value.name === name && "call" in value;
}
