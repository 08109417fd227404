import type { Experiment, Paper } from "../papers/experiment.ts";
import { UsageError } from "./errors.ts";

/**
 * The experiments that ids name ("spread": all of a paper; "spread/table1": one), in the papers' order; without ids
 * all. @throws UsageError that lists the ids, where one is unknown.
 */
export function selectExperiments(papers: readonly Paper[], ids: readonly string[]): Experiment[] {
  const all = papers.flatMap((paper) => paper.experiments);
  const known = papers.flatMap((paper) => [paper.id, ...paper.experiments.map(({ id }) => id)]);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`unknown experiment ${unknown}; there are ${known.join(", ") || "none"}`);
  return all.filter(({ id, paper }) => ids.length === 0 || ids.includes(id) || ids.includes(paper));
}
