import { z } from "zod";
import { type Input, moduleUrl, type Task } from "../../engine/task.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import { TRACE_PRESET_NAMES, TRACE_PRESETS, type TracePresetName } from "../../spread/trace.ts";
import type { Plan, Run, Trial } from "../experiment.ts";
import type { Configuration } from "./configurations.ts";
import { extentOf } from "./extent.ts";

const MODULE = moduleUrl("./trace-trials.ts", import.meta.url);

const seedText = z.string();
const onTrace = { configuration: z.string(), seed: seedText, traceSeed: seedText };

export const traceParameters = z.strictObject({
  preset: z.enum(TRACE_PRESET_NAMES),
  contacts: z.int().positive(),
  seed: seedText,
  /** Sources decoded a row; null: all. */
  most: z.int().positive().nullable(),
  sampleSeed: seedText,
});
export const errorsParameters = z.strictObject({
  ...onTrace,
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

/** The trace of a drawing: its spreads, and the sources that are decoded, the same for all configurations. */
export function traceInput(run: Run, drawing: Drawing): Input {
  const { preset } = drawing;
  const parameters = {
    preset,
    contacts: TRACE_PRESETS[preset].contacts,
    seed: traceSeedOf(run, drawing),
    most: extentOf(run).most[preset],
    sampleSeed: sampleSeedOf(run, drawing, "errors"),
  };
  return { key: traceKey(drawing), module: MODULE, export: "makeTrace", parameters };
}

function traceKey({ preset, trial }: Drawing): string {
  return `spread/trace ${preset} trial ${trial}`;
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

function sampleSeedOf(run: Run, { preset, trial }: Drawing, purpose: string): string {
  return deriveSeed(run.seed, `spread/sample ${purpose}`, { preset }, trial);
}

/** One trial of one column of Table 1. */
export function errorsTask(run: Run, drawing: Drawing, configuration: Configuration): Task {
  const { preset, trial } = drawing;
  return {
    key: `spread/errors ${preset} ${configuration.id} trial ${trial}`,
    module: MODULE,
    export: "errorsByRow",
    parameters: { ...sketchSeeds(run, drawing, configuration), preset, trial },
    inputs: { trace: traceKey(drawing) },
  };
}

/** The trials of some configurations on drawings 0 .. trials - 1 of a preset, with their traces. */
export function planErrors(
  run: Run,
  preset: TracePresetName,
  configurations: readonly Configuration[],
  trials: number,
): Plan {
  const drawings = Array.from({ length: trials }, (_, trial): Drawing => ({ preset, trial }));
  return {
    tasks: drawings.flatMap((drawing) => configurations.map((each) => errorsTask(run, drawing, each))),
    inputs: drawings.map((drawing) => traceInput(run, drawing)),
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
    inputs: { trace: traceKey(drawing) },
  };
}

export function rangeTask(run: Run, drawing: Drawing, configuration: Configuration): Task {
  return {
    key: `spread/range ${drawing.preset} ${configuration.id}`,
    module: MODULE,
    export: "largestEstimates",
    parameters: sketchSeeds(run, drawing, configuration),
    inputs: { trace: traceKey(drawing) },
  };
}

export function countsTask(drawing: Drawing): Task {
  return {
    key: `spread/counts ${drawing.preset}`,
    module: MODULE,
    export: "spreadCounts",
    parameters: { preset: drawing.preset },
    inputs: { trace: traceKey(drawing) },
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
