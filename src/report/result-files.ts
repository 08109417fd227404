import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../files/replace-file.ts";
import type { Comparison, ExperimentEntry, PaperEntry } from "../results/comparison.ts";
import { fileName } from "../text/file-name.ts";
import { kernelHashes } from "../wasm/kernel/hashes.ts";
import { csvExperiment } from "./csv.ts";
import { renderFigure } from "./figure/figure.ts";
import { figureSchema, jsonFigure } from "./figure/schema.ts";
import type { FigureSpec } from "./figure/spec.ts";
import { jsonComparison } from "./json.ts";
import { markdownExperiment } from "./markdown.ts";
import { dataFile } from "./page/figure.ts";
import { renderPage } from "./page/page.ts";

/** An experiment that was run: what is printed, and its figures as data. */
export interface ReportedExperiment {
  readonly entry: ExperimentEntry;
  readonly figures: readonly ReportedFigure[];
}

export interface ReportedFigure {
  /** Within the experiment: "fig4". */
  readonly id: string;
  readonly title: string;
  readonly spec: FigureSpec;
}

/**
 * Writes an experiment's tables (tables/<name>.md and .csv) and figures (figures/<name>.svg and, their data, .json)
 * below a directory. Returns its entry with the figures' files named.
 */
export async function writeExperiment(
  directory: string,
  { entry, figures }: ReportedExperiment,
): Promise<ExperimentEntry> {
  const name = fileName(entry.id);
  await mkdir(join(directory, "tables"), { recursive: true });
  await mkdir(join(directory, "figures"), { recursive: true });
  for (const figure of figures) {
    const file = join(directory, figureFile(entry.id, figure.id));
    await replaceFile(file, renderFigure(figure.spec));
    await replaceFile(dataFile(file), jsonFigure(figure.spec));
  }
  const named = { ...entry, figures: entry.figures.map((each) => ({ ...each, file: figureFile(entry.id, each.id) })) };
  await replaceFile(join(directory, "tables", `${name}.md`), markdownExperiment(named));
  await replaceFile(join(directory, "tables", `${name}.csv`), csvExperiment(named));
  return named;
}

/**
 * Writes results.json and then index.html, the last file of a run. The page's figures are drawn from figures/*.json; one
 * that is not there or is damaged is said to be missing. Returns the page's path.
 */
export async function writeResults(
  directory: string,
  comparison: Comparison,
  known: readonly PaperEntry[],
): Promise<string> {
  const described = describeRun(comparison, known);
  await replaceFile(join(directory, "results.json"), jsonComparison(described));
  const page = join(directory, "index.html");
  await replaceFile(page, renderPage(described, await readFigures(directory, described)));
  return page;
}

/** Adds what a reader needs beside the numbers: the papers that the experiments are of, and the kernels' hashes. */
export function describeRun(comparison: Comparison, known: readonly PaperEntry[]): Comparison {
  const used = known.filter(({ id }) => comparison.experiments.some(({ paper }) => paper === id));
  const { environment } = comparison;
  return {
    ...comparison,
    ...(environment !== undefined && { environment: { ...environment, kernels: kernelHashes() } }),
    papers: used.map(({ id, title, citation }) => ({ id, title, citation })),
  };
}

async function readFigures(directory: string, { experiments }: Comparison): Promise<Map<string, FigureSpec>> {
  const specs = new Map<string, FigureSpec>();
  for (const { file } of experiments.flatMap(({ figures }) => figures)) {
    const spec = file === null ? undefined : await readFigure(join(directory, dataFile(file)));
    if (file !== null && spec !== undefined) specs.set(file, spec);
  }
  return specs;
}

async function readFigure(file: string): Promise<FigureSpec | undefined> {
  try {
    return figureSchema.safeParse(JSON.parse(await readFile(file, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** "spread/fig4" and its figure "fig4" give figures/spread-fig4.svg; another figure of it, "b", figures/spread-fig4-b.svg. */
function figureFile(experiment: string, figure: string): string {
  const own = experiment.endsWith(`/${figure}`);
  return `figures/${fileName(own ? experiment : `${experiment}-${figure}`)}.svg`;
}
