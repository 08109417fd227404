import { type Context, type Definitions, isDefinition } from "./define.ts";
import { toWire } from "./errors.ts";
import type { Order, Reply } from "./order.ts";
import { toShared } from "./shared.ts";
import type { Call } from "./task.ts";

/** How a function is called; it decides whether Ctrl-C breaks it off. */
export type Invoke = <Result>(work: () => Result, signal: AbortSignal) => Result | Promise<Awaited<Result>>;

/** Answers an order where it is: in process or on a worker. It never throws. */
export function answer(order: Order, context: Context, invoke: Invoke = (work) => work()): Promise<Reply> {
  const { kind, parameters, inputs } = order;
  return attempt(async () => {
    if (kind === "trial") {
      const trial = await load(order, "trial");
      return () => invoke(() => trial.call(parameters, inputs, context), context.signal);
    }
    const maker = await load(order, "input");
    return async () => toShared(await invoke(() => maker.call(parameters, context), context.signal));
  });
}

/** Merges parts where it is. It never throws: what reading the parts throws is in the reply. */
export function answerMerge(call: Call, parts: AsyncIterable<unknown>): Promise<Reply> {
  return attempt(async () => {
    const merge = await load(call, "merge");
    return () => merge.call(call.parameters, parts);
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

/** The definition that a call names, among its module's exports. */
async function load<Kind extends keyof Definitions>(call: Call, kind: Kind): Promise<Definitions[Kind]> {
  const { module: url, name } = call;
  const module: { readonly [exported: string]: unknown } = await import(/* @vite-ignore */ url);
  for (const value of Object.values(module)) if (isDefinition(value, kind, name)) return value;
  throw new TypeError(`${url} defines no ${kind} ${name}`);
}
