import type { ExperimentEntry } from "../results/comparison.ts";
import { csvLine } from "../text/csv.ts";

const HEADS = [
  "experiment",
  "table",
  "row",
  "column",
  "published",
  "measured",
  "low",
  "high",
  "trials",
  "tolerance",
  "unit",
  "ratio",
  "verdict",
  "how",
] as const;

/** Every cell of an experiment's tables as CSV (RFC 4180), numbers in full; what is absent is empty. */
export function csvExperiment(experiment: ExperimentEntry): string {
  const lines = experiment.tables.flatMap((table) =>
    table.cells.map((cell) => {
      const line = { experiment: experiment.id, table: table.id, ...cell };
      return HEADS.map((head) => line[head]);
    }),
  );
  return [HEADS, ...lines].map(csvLine).join("");
}
