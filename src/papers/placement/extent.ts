import type { Run, Scale } from "../experiment.ts";

/** How much a scale runs. */
export interface Extent {
  /** Internetworks drawn for Fig. 7, for the two-way comparison and for each variant of the ablation. */
  readonly internetworks: number;
  /** Draws of 6 sites, each from an internetwork of its own. */
  readonly draws: number;
  /** Attack chains traced on each internetwork. */
  readonly chains: number;
  /** Zoo networks of at most so many nodes; null: all. */
  readonly zooNodes: number | null;
  /** What the exact search spends on a network of the Zoo at most: sets looked at, times nodes. */
  readonly zooBudget: number;
  /** Sizes of the random graphs on which work is counted. */
  readonly sizes: readonly number[];
}

const EXTENTS: { readonly [scale in Scale]: Extent } = {
  quick: {
    internetworks: 10,
    draws: 40,
    chains: 4,
    zooNodes: 25,
    zooBudget: 12_500,
    sizes: [50, 100, 200, 400],
  },
  paper: {
    internetworks: 60,
    draws: 400,
    chains: 10,
    zooNodes: null,
    zooBudget: 100_000,
    sizes: [50, 100, 200, 400, 800, 1600],
  },
};

export function extentOf({ scale }: Pick<Run, "scale">): Extent {
  return EXTENTS[scale];
}
