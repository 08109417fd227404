import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../engine/replace-file.ts";
import type { Reproduced } from "../papers/reproduce.ts";
import type { Comparison, ExperimentEntry } from "../report/comparison.ts";
import { csvExperiment } from "../report/csv.ts";
import { renderFigure } from "../report/figure.ts";
import { jsonComparison } from "../report/json.ts";
import { markdownExperiment } from "../report/markdown.ts";

/**
 * Writes an experiment's tables (tables/<name>.md and .csv) and figures (figures/<name>.svg) below a directory.
 * Returns its entry with the figures' files named.
 */
export async function writeExperiment(directory: string, { entry, figures }: Reproduced): Promise<ExperimentEntry> {
  const name = fileName(entry.id);
  await mkdir(join(directory, "tables"), { recursive: true });
  await mkdir(join(directory, "figures"), { recursive: true });
  for (const figure of figures) {
    await replaceFile(join(directory, figureFile(entry.id, figure.id)), renderFigure(figure.spec));
  }
  const named = { ...entry, figures: entry.figures.map((each) => ({ ...each, file: figureFile(entry.id, each.id) })) };
  await replaceFile(join(directory, "tables", `${name}.md`), markdownExperiment(named));
  await replaceFile(join(directory, "tables", `${name}.csv`), csvExperiment(named));
  return named;
}

/** Writes results.json, the last file of a run. */
export async function writeResults(directory: string, comparison: Comparison): Promise<void> {
  await replaceFile(join(directory, "results.json"), jsonComparison(comparison));
}

/** "spread/fig4" and its figure "fig4" give figures/spread-fig4.svg; another figure of it, "b", figures/spread-fig4-b.svg. */
function figureFile(experiment: string, figure: string): string {
  const own = experiment.endsWith(`/${figure}`);
  return `figures/${fileName(own ? experiment : `${experiment}-${figure}`)}.svg`;
}

function fileName(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]+/g, "-");
}
