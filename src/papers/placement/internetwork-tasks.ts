import { z } from "zod";
import { moduleUrl, type Task } from "../../engine/task.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import type { Run, Trial } from "../experiment.ts";
import { extentOf } from "./extent.ts";
import { type ComparedMethod, ROUTE_COMPARISON } from "./methods.ts";
import type { VariantName } from "./variants.ts";

const MODULE = moduleUrl("./internetwork-trials.ts", import.meta.url);

/** Most monitors of Fig. 7. */
export const MOST_MONITORS = 50;

const curve = z.object({ observed: z.array(z.number()), twoWay: z.array(z.number()) });
/** The result of compareOnInternetwork. */
export const comparison = z.object({
  accessNodes: z.int(),
  relays: z.int(),
  hops: z.number(),
  shared: z.number(),
  curves: z.array(curve).length(ROUTE_COMPARISON.length),
});
export type ComparisonTrial = Trial<z.infer<typeof comparison>>;

/** What a curve counts: routes seen, or pairs whose route and reverse route are both seen. */
export type Reading = "observed" | "twoWay";

/** One internetwork per trial. Variants of a trial have its seed, so they differ in nothing but what they change. */
export function comparisonTasks(run: Run, variant: VariantName): Task[] {
  return Array.from({ length: extentOf(run).internetworks }, (_, trial) => ({
    key: `placement/internetwork ${variant} trial ${trial}`,
    module: MODULE,
    export: "compareOnInternetwork",
    parameters: {
      variant,
      monitors: MOST_MONITORS,
      trial,
      seed: deriveSeed(run.seed, "placement/internetwork", {}, trial),
    },
  }));
}

/** One value a trial, in percent. */
export function valuesOf(
  trials: readonly ComparisonTrial[],
  method: ComparedMethod,
  reading: Reading,
  monitors: number,
): number[] {
  const place = ROUTE_COMPARISON.findIndex((each) => each.method === method);
  return trials.map(({ result }) => result.curves[place][reading][monitors - 1]);
}

export function ofVariant(trials: readonly ComparisonTrial[], variant: VariantName): ComparisonTrial[] {
  return trials.filter(({ task }) => task.parameters.variant === variant);
}

const SITES = 6;
/** Of Fig. 6. */
export const SITE_MONITORS = 4;

/** The result of compareOnSites. */
export const sites = z.object({
  relays: z.int(),
  results: z.array(z.object({ method: z.string(), observed: z.number(), twoWay: z.number() })),
});

export function sitesTasks(run: Run): Task[] {
  return Array.from({ length: extentOf(run).draws }, (_, trial) => ({
    key: `placement/sites trial ${trial}`,
    module: MODULE,
    export: "compareOnSites",
    parameters: {
      sites: SITES,
      monitors: SITE_MONITORS,
      trial,
      seed: deriveSeed(run.seed, "placement/sites", {}, trial),
    },
  }));
}

export const TRACEBACK = { monitors: 30, length: 6 };

/** The result of traceChains. */
export const tracebacks = z.object({
  results: z.array(
    z.object({
      rounds: z.number(),
      messages: z.number(),
      reached: z.number(),
      observed: z.number(),
      found: z.number(),
    }),
  ),
});

export function tracebackTasks(run: Run): Task[] {
  const { internetworks, chains } = extentOf(run);
  return Array.from({ length: internetworks }, (_, trial) => ({
    key: `placement/traceback trial ${trial}`,
    module: MODULE,
    export: "traceChains",
    parameters: { ...TRACEBACK, chains, trial, seed: deriveSeed(run.seed, "placement/internetwork", {}, trial) },
  }));
}
