import type { TracePresetName } from "../../spread/trace.ts";
import type { Run, Scale } from "../experiment.ts";

/** How much a scale runs. Every trial stores all 8.4M contacts. */
export interface Extent {
  /** Drawings of a trace in Table 1. */
  readonly trials: number;
  /** Readings of the trace that Table 1 is made from. */
  readonly presets: readonly TracePresetName[];
  /** Sources decoded a row; null: all. */
  readonly most: { readonly [preset in TracePresetName]: number | null };
  /** Drawings of the fitted trace that the comparison of estimators pairs. */
  readonly pairs: number;
  /** Figure 2: blocks of replicates a sampling rate, each in a sketch of its own. */
  readonly blocks: number;
  /** Figure 2: sketches that the noise term's variance is measured from. */
  readonly noiseSketches: number;
  /** Seeds of the sketches on the real stream. */
  readonly realTrials: number;
}

const EXTENTS: { readonly [scale in Scale]: Extent } = {
  quick: {
    trials: 1,
    presets: ["fitted"],
    most: { fitted: 20_000, average: 20_000, sources: 20_000 },
    pairs: 4,
    blocks: 1,
    noiseSketches: 8,
    realTrials: 20,
  },
  paper: {
    trials: 20,
    presets: ["fitted", "average", "sources"],
    most: { fitted: null, average: 100_000, sources: 100_000 },
    pairs: 20,
    blocks: 4,
    noiseSketches: 40,
    realTrials: 40,
  },
};

export function extentOf({ scale }: Pick<Run, "scale">): Extent {
  return EXTENTS[scale];
}
