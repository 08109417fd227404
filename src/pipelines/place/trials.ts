/** What `netvantage place` and `traceback` have done by the engine. */
import { z } from "zod";
import { type Context, defineTrial } from "../../engine/define.ts";
import { resolveEnds, resolveTraffic } from "../../placement/access.ts";
import { isRouteMethod, METHODS, type Method } from "../../placement/methods.ts";
import { type Part, type PartResult, partWorker } from "../../placement/parts.ts";
import { placeMonitors } from "../../placement/place-monitors.ts";
import { placeOnRoutes } from "../../placement/place-on-routes.ts";
import type { Placement } from "../../placement/placement.ts";
import { isObject } from "../../results/json.ts";
import { type Asked, type AskedValue, askedInput, unpack } from "./asked.ts";

const inputs = { asked: askedInput };

/** Reads the files of a request: its network and question, for whoever asked. */
export const readAsked = defineTrial(import.meta.url, "read", {
  parameters: z.strictObject({}),
  result: z.custom<AskedValue>((value) => isObject(value) && value.text instanceof Uint8Array),
  inputs,
  run: (_, { asked }) => asked,
});

/** A placement by one method, from beginning to end. */
export const placeWhole = defineTrial(import.meta.url, "place", {
  parameters: z.strictObject({ method: z.enum(METHODS), nodeBudget: z.number().nullable() }),
  result: z.custom<Placement>((value) => isObject(value) && Array.isArray(value.monitors)),
  inputs,
  run: ({ method, nodeBudget }, { asked }, context) => place(unpack(asked), method, nodeBudget ?? undefined, context),
});

/** How often a function that looks at many sets says how far it is. */
const REPORT_EVERY_MS = 100;

/** @param nodeBudget replaces the question's */
function place(
  { topology, question: { options, routes } }: Asked,
  method: Method,
  nodeBudget: number | undefined,
  { signal, report }: Pick<Context, "signal" | "report">,
): Placement {
  let told = 0;
  const onProgress = (done: number, total: number): void => {
    const now = performance.now();
    if (now - told < REPORT_EVERY_MS) return;
    told = now;
    signal.throwIfAborted();
    report(done, total);
  };
  const limits = { ...options, nodeBudget: nodeBudget ?? options.nodeBudget, onProgress };
  if (routes === undefined) return placeMonitors(topology, { ...limits, method });
  if (!isRouteMethod(method)) throw new RangeError(`${method} works on networks, not on routes`);
  return placeOnRoutes(routes, { ...limits, method });
}

const partSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("observation"), monitors: z.array(z.number()).readonly(), chunk: z.number() }),
  z.strictObject({ kind: z.literal("betweenness"), chunk: z.number() }),
  z.strictObject({ kind: z.literal("samples"), seed: z.string(), first: z.number(), count: z.number() }),
]);

/** One part of a method's work on shortest paths (src/placement/parts.ts). */
export const doPart = defineTrial(import.meta.url, "part", {
  parameters: z.strictObject({ part: partSchema }),
  result: z.custom<PartResult>((value) => isObject(value) && typeof value.kind === "string"),
  inputs,
  run: ({ part }, { asked }) => workerOf(asked)(part),
});

/** Kernels of the network that this thread worked on last. */
let last: { readonly id: string; readonly work: (part: Part) => PartResult } | undefined;

function workerOf(asked: AskedValue): (part: Part) => PartResult {
  if (last?.id !== asked.id) {
    last = undefined;
    const { topology, question } = unpack(asked);
    const { access } = resolveEnds(topology, question.options.access);
    last = { id: asked.id, work: partWorker(topology, resolveTraffic(access, question.options)) };
  }
  return last.work;
}
