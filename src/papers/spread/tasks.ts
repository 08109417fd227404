import type { Task } from "../../engine/task.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import { TRACE_PRESETS, type TracePresetName } from "../../spread/trace.ts";
import type { Plan, Run, Trial, TrialOf } from "../experiment.ts";
import type { Configuration } from "./configurations.ts";
import { extentOf } from "./extent.ts";
import { errorsByRow, largestEstimates, makeTrace, samplePoints, spreadCounts } from "./trace-trials.ts";

export type ErrorsTrial = TrialOf<typeof errorsByRow>;

/** One drawing of a preset: all configurations of a trial read the same one. */
export interface Drawing {
  readonly preset: TracePresetName;
  readonly trial: number;
}

/** The trace of a drawing: its spreads, and the sources that are decoded, the same for all configurations. */
export function traceInput(run: Run, drawing: Drawing) {
  const { preset } = drawing;
  const parameters = {
    preset,
    contacts: TRACE_PRESETS[preset].contacts,
    seed: traceSeedOf(run, drawing),
    most: extentOf(run).most[preset],
    sampleSeed: sampleSeedOf(run, drawing, "errors"),
  };
  return makeTrace.input(`spread/trace ${preset} trial ${drawing.trial}`, parameters);
}

function traceSeedOf({ seed }: Run, { preset, trial }: Drawing): string {
  return deriveSeed(seed, "spread/trace", { preset }, trial);
}

function sketchParameters(run: Run, drawing: Drawing, { id, sketch }: Configuration) {
  const { preset, trial } = drawing;
  return {
    configuration: id,
    sketch,
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
  return errorsByRow.task(
    `spread/errors ${preset} ${configuration.id} trial ${trial}`,
    { ...sketchParameters(run, drawing, configuration), preset, trial },
    { trace: traceInput(run, drawing) },
  );
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
  const sampleSeed = sampleSeedOf(run, drawing, "points");
  return samplePoints.task(
    `spread/points ${drawing.preset} ${configuration.id}`,
    { ...sketchParameters(run, drawing, configuration), sampleSeed, most },
    { trace: traceInput(run, drawing) },
  );
}

export function rangeTask(run: Run, drawing: Drawing, configuration: Configuration): Task {
  const key = `spread/range ${drawing.preset} ${configuration.id}`;
  return largestEstimates.task(key, sketchParameters(run, drawing, configuration), {
    trace: traceInput(run, drawing),
  });
}

export function countsTask(run: Run, drawing: Drawing): Task {
  const { preset } = drawing;
  return spreadCounts.task(`spread/counts ${preset}`, { preset }, { trace: traceInput(run, drawing) });
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
