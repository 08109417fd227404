import { estimatorOf } from "./estimators.ts";
import { cellsOf, type SketchOptions } from "./sketch-options.ts";
import type { PredictedSketch } from "./standard-errors.ts";

/** The options that decide an error; those left out are as for a single, unsampled bitmap. */
export type PredictedOptions = Pick<
  SketchOptions,
  "estimator" | "memoryBits" | "virtualBits" | "segments" | "sampling"
>;

/**
 * The standard error expected of an estimate of a source of that spread, among that many distinct contacts of all sources
 * (the specification's Variance; assembly/spread computes the same from the load it measures). NaN for rskt2.
 *
 * It takes every contact to set a bit of its own but for chance: sources that fill their virtual vectors load the sketch
 * less, so that with very large sources the true error is smaller.
 */
export function predictStandardError(options: PredictedOptions, contacts: number, spread: number): number {
  return estimatorOf(options.estimator).standardError(sketchOf(options), contacts, spread);
}

/** Zero bits expected in the source's virtual vector, of mcse in the last segment's; infinite for registers. */
export function emptyVirtualBits(options: PredictedOptions, contacts: number, spread: number): number {
  return estimatorOf(options.estimator).emptyCells(sketchOf(options), contacts, spread);
}

function sketchOf(options: PredictedOptions): PredictedSketch {
  const { virtualBits, segments = 1, sampling = 1 } = options;
  return { cells: cellsOf(options), virtualBits, segments, sampling };
}
