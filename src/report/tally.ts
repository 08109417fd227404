import type { Cell, Comparison, ExperimentEntry, Verdict } from "../results/comparison.ts";

/** How many cells have each verdict, over every table. */
export type Tally = { readonly [verdict in Verdict]: number };

export function tally(experiments: Comparison["experiments"]): Tally {
  return tallyCells(experiments.flatMap(cellsOf));
}

export function tallyCells(cells: readonly Cell[]): Tally {
  const counts: { [verdict in Verdict]: number } = { agrees: 0, pattern: 0, differs: 0, calibrated: 0, "not run": 0 };
  for (const { verdict } of cells) {
    if (verdict !== null) counts[verdict] += 1;
  }
  return counts;
}

/** "12 agree, 3 pattern, 1 differ, 2 calibrated, 0 not run" */
export function tallyText(counts: Tally): string {
  return [
    `${counts.agrees} agree`,
    `${counts.pattern} pattern`,
    `${counts.differs} differ`,
    `${counts.calibrated} calibrated`,
    `${counts["not run"]} not run`,
  ].join(", ");
}

/** How many values were held against the paper's. */
export function comparedCells(counts: Tally): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function cellsOf(experiment: ExperimentEntry) {
  return experiment.tables.flatMap((table) => table.cells);
}
