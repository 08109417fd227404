import type { Task } from "../../engine/task.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import type { Run, TrialOf } from "../experiment.ts";
import { extentOf } from "./extent.ts";
import { compareOnInternetwork, compareOnSites, traceChains } from "./internetwork-trials.ts";
import { type ComparedMethod, ROUTE_COMPARISON } from "./methods.ts";
import type { VariantName } from "./variants.ts";

/** Most monitors of Fig. 7. */
export const MOST_MONITORS = 50;

export type ComparisonTrial = TrialOf<typeof compareOnInternetwork>;

/** What a curve counts: routes seen, or pairs whose route and reverse route are both seen. */
export type Reading = "observed" | "twoWay";

/** One internetwork per trial. Variants of a trial have its seed, so they differ in nothing but what they change. */
export function comparisonTasks(run: Run, variant: VariantName): Task[] {
  return Array.from({ length: extentOf(run).internetworks }, (_, trial) => {
    const seed = deriveSeed(run.seed, "placement/internetwork", {}, trial);
    const parameters = { variant, monitors: MOST_MONITORS, trial, seed };
    return compareOnInternetwork.task(`placement/internetwork ${variant} trial ${trial}`, parameters);
  });
}

/** One value a trial, in percent. */
export function valuesOf(
  trials: readonly ComparisonTrial[],
  method: ComparedMethod,
  reading: Reading,
  monitors: number,
): number[] {
  const place = ROUTE_COMPARISON.indexOf(method);
  return trials.map(({ result }) => result.curves[place][reading][monitors - 1]);
}

export function ofVariant(trials: readonly ComparisonTrial[], variant: VariantName): ComparisonTrial[] {
  return trials.filter(({ task }) => task.parameters.variant === variant);
}

const SITES = 6;
/** Of Fig. 6. */
export const SITE_MONITORS = 4;

export function sitesTasks(run: Run): Task[] {
  return Array.from({ length: extentOf(run).draws }, (_, trial) => {
    const seed = deriveSeed(run.seed, "placement/sites", {}, trial);
    const parameters = { sites: SITES, monitors: SITE_MONITORS, trial, seed };
    return compareOnSites.task(`placement/sites trial ${trial}`, parameters);
  });
}

export const TRACEBACK = { monitors: 30, length: 6 };

export function tracebackTasks(run: Run): Task[] {
  const { internetworks, chains } = extentOf(run);
  return Array.from({ length: internetworks }, (_, trial) => {
    const seed = deriveSeed(run.seed, "placement/internetwork", {}, trial);
    return traceChains.task(`placement/traceback trial ${trial}`, { ...TRACEBACK, chains, trial, seed });
  });
}
