import { estimatorOf } from "../../spread/estimators.ts";
import type { SpreadSketch } from "../../spread/spread-sketch.ts";
import type { FileTally } from "./file.ts";
import type { Counts } from "./result.ts";

/** From this load on a bitmap's errors grow fast: e^load is a factor of every variance. */
const HIGH_LOAD = 2;

/** Ctrl-C before the end; files of which nothing is counted. */
export interface Interruption {
  readonly leftOut: number;
}

/** What a person should know before trusting the figures, a line each, with what to change. */
export function warningsOf(
  sketch: SpreadSketch,
  counts: Counts,
  tallies: readonly FileTally[],
  interruption: Interruption | undefined,
): string[] {
  return [
    ...tallies.flatMap(({ file, warnings }) => warnings.map((warning) => `${file}: ${warning}`)),
    ...tallies.flatMap(({ file, late }) =>
      late > 0 ? [`${file}: ${late} contacts came more than one window late and were left out`] : [],
    ),
    ...(interruption === undefined ? [] : [interruptionWarning(interruption)]),
    ...loadWarning(sketch, counts),
    ...rangeWarning(sketch, counts),
  ];
}

function interruptionWarning({ leftOut }: Interruption): string {
  if (leftOut === 0) return "interrupted: what was read until then is counted";
  return `interrupted: what was read until then is counted, but for ${leftOut} unfinished ${leftOut === 1 ? "file" : "files"}`;
}

function loadWarning({ options }: SpreadSketch, { load }: Counts): string[] {
  if (estimatorOf(options.estimator).cell === "registers") return [];
  if (load !== null && load <= HIGH_LOAD) return [];
  const state = load === null ? "is full" : `has a load of ${load.toFixed(2)}`;
  return [`the sketch ${state}, so errors are large: use more --memory, or shorter windows (--window)`];
}

function rangeWarning(sketch: SpreadSketch, { spreaders }: Counts): string[] {
  const saturated = spreaders.filter((each) => each.saturated).length;
  if (saturated === 0) return [];
  const { rangeLimit, options } = sketch;
  const where = Number.isFinite(rangeLimit)
    ? `stand at the range limit of about ${Math.round(rangeLimit)}`
    : "are of a full sketch";
  const { remedy } = estimatorOf(options.estimator);
  return [`${saturated} of the estimates listed ${where}, the true spreads may be larger: use ${remedy}`];
}
