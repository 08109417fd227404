import { z } from "zod";
import { deriveSeed } from "../../engine/seed.ts";
import { type Input, moduleUrl, type Task } from "../../engine/task.ts";
import { TRACE_PRESET_NAMES, TRACE_PRESETS, type TracePresetName } from "../../spread/trace.ts";
import type { Run, Trial } from "../experiment.ts";
import type { Configuration } from "./configurations.ts";

const MODULE = moduleUrl("./trace-trials.ts", import.meta.url);

const seedText = z.string();
const onTrace = { configuration: z.string(), seed: seedText, traceSeed: seedText };

export const traceParameters = z.strictObject({
  preset: z.enum(TRACE_PRESET_NAMES),
  contacts: z.int().positive(),
  seed: seedText,
});
export const errorsParameters = z.strictObject({
  ...onTrace,
  sampleSeed: seedText,
  /** Sources decoded a row; null: all. */
  most: z.int().positive().nullable(),
  preset: z.enum(TRACE_PRESET_NAMES),
  trial: z.int().nonnegative(),
});
export const pointsParameters = z.strictObject({ ...onTrace, sampleSeed: seedText, most: z.int().positive() });
export const rangeParameters = z.strictObject(onTrace);

const rowErrors = z.object({
  sources: z.int().nonnegative(),
  mean: z.number().nonnegative(),
  standardError: z.number().nonnegative(),
  saturated: z.int().nonnegative(),
});
/** The result of errorsByRow. */
export const traceErrors = z.object({ sources: z.int(), load: z.number(), rows: z.array(rowErrors) });
export type ErrorsTrial = Trial<z.infer<typeof traceErrors>>;

/** One drawing of a preset: all configurations of a trial read the same one. */
export interface Drawing {
  readonly preset: TracePresetName;
  readonly trial: number;
}

/** The trace of a drawing; in small runs of tests, of fewer contacts. */
export function traceInput(run: Run, { preset, trial }: Drawing, contacts = TRACE_PRESETS[preset].contacts): Input {
  const seed = traceSeedOf(run, { preset, trial });
  return {
    key: `spread/trace ${preset} trial ${trial}`,
    module: MODULE,
    export: "makeTrace",
    parameters: { preset, contacts, seed },
  };
}

function traceSeedOf({ seed }: Run, { preset, trial }: Drawing): string {
  return deriveSeed(seed, "spread/trace", { preset }, trial);
}

function sketchSeeds(run: Run, drawing: Drawing, { id }: Configuration) {
  const { preset, trial } = drawing;
  return {
    configuration: id,
    seed: deriveSeed(run.seed, "spread/sketch", { preset, configuration: id }, trial),
    traceSeed: traceSeedOf(run, drawing),
  };
}

/** Chosen alike for all configurations, so that they are compared on the same sources. */
function sampleSeedOf(run: Run, { preset, trial }: Drawing, purpose: string): string {
  return deriveSeed(run.seed, `spread/sample ${purpose}`, { preset }, trial);
}

/** One trial of one column of Table 1. @param most sources decoded a row; null: all */
export function errorsTask(run: Run, drawing: Drawing, configuration: Configuration, most: number | null): Task {
  const { preset, trial } = drawing;
  return {
    key: `spread/errors ${preset} ${configuration.id} trial ${trial}`,
    module: MODULE,
    export: "errorsByRow",
    parameters: {
      ...sketchSeeds(run, drawing, configuration),
      sampleSeed: sampleSeedOf(run, drawing, "errors"),
      most,
      preset,
      trial,
    },
    inputs: { trace: traceInput(run, drawing).key },
  };
}

export function pointsTask(run: Run, drawing: Drawing, configuration: Configuration, most: number): Task {
  return {
    key: `spread/points ${drawing.preset} ${configuration.id}`,
    module: MODULE,
    export: "samplePoints",
    parameters: {
      ...sketchSeeds(run, drawing, configuration),
      sampleSeed: sampleSeedOf(run, drawing, "points"),
      most,
    },
    inputs: { trace: traceInput(run, drawing).key },
  };
}

export function rangeTask(run: Run, drawing: Drawing, configuration: Configuration): Task {
  return {
    key: `spread/range ${drawing.preset} ${configuration.id}`,
    module: MODULE,
    export: "largestEstimates",
    parameters: sketchSeeds(run, drawing, configuration),
    inputs: { trace: traceInput(run, drawing).key },
  };
}

export function countsTask(run: Run, drawing: Drawing): Task {
  return {
    key: `spread/counts ${drawing.preset}`,
    module: MODULE,
    export: "spreadCounts",
    parameters: { preset: drawing.preset },
    inputs: { trace: traceInput(run, drawing).key },
  };
}

/** The trials of one preset and configuration, in their order. */
export function errorsOf<T extends Trial<unknown>>(
  trials: readonly T[],
  preset: TracePresetName,
  { id }: Configuration,
): T[] {
  return trials.filter(({ task: { parameters } }) => parameters.preset === preset && parameters.configuration === id);
}

/** A row's mean error in each trial that has sources in it. */
export function rowMeans(trials: readonly ErrorsTrial[], row: number): number[] {
  return trials.flatMap(({ result }) => (result.rows[row].sources > 0 ? [result.rows[row].mean] : []));
}
