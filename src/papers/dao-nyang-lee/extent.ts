import type { TracePresetName } from "../../spread/trace.ts";
import type { Run, Scale } from "../experiment.ts";
import type { Configuration } from "./configurations.ts";
import { type Drawing, errorsTask, traceInput } from "./tasks.ts";

/** How much of Table 1 a scale runs. Every trial stores all 8.4M contacts. */
interface Extent {
  /** Drawings of the fitted trace in Table 1. */
  readonly trials: number;
  /** Drawings that the comparison of estimators pairs. */
  readonly pairs: number;
  /** Sources decoded a row, by preset; null: all; a preset that is missing is not run. */
  readonly most: { readonly [preset in TracePresetName]?: number | null };
}

const EXTENTS: { readonly [scale in Scale]: Extent } = {
  quick: { trials: 1, pairs: 4, most: { fitted: 20_000 } },
  paper: { trials: 20, pairs: 20, most: { fitted: null, average: 100_000, sources: 100_000 } },
};

export function extentOf({ scale }: Run): Extent {
  return EXTENTS[scale];
}

/** The trials of some configurations on drawings 0 .. trials - 1 of a preset, with their traces. */
export function planErrors(
  run: Run,
  preset: TracePresetName,
  configurations: readonly Configuration[],
  trials: number,
): { tasks: ReturnType<typeof errorsTask>[]; inputs: ReturnType<typeof traceInput>[] } {
  const most = extentOf(run).most[preset];
  if (most === undefined) return { tasks: [], inputs: [] };
  const drawings = Array.from({ length: trials }, (_, trial): Drawing => ({ preset, trial }));
  return {
    tasks: drawings.flatMap((drawing) =>
      configurations.map((configuration) => errorsTask(run, drawing, configuration, most)),
    ),
    inputs: drawings.map((drawing) => traceInput(run, drawing)),
  };
}

/** For people: how sources were chosen. */
export function sampleText(most: number | null): string {
  return most === null ? "all sources are decoded" : `at most ${most} sources a row are decoded, a seeded sample`;
}
