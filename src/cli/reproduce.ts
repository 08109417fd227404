import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { codeHash } from "../engine/code.ts";
import { codeVersion } from "../engine/code-version.ts";
import type { TaskStore } from "../engine/memory.ts";
import { openStore } from "../engine/store.ts";
import type { Experiment, Paper, Scale } from "../papers/experiment.ts";
import { reproduce } from "../papers/reproduce.ts";
import { jsonComparison } from "../report/json.ts";
import { describeRun, writeExperiment, writeResults } from "../report/result-files.ts";
import { terminalExperiment, terminalSummary } from "../report/terminal/terminal.ts";
import { COMPARISON_VERSION, type Comparison, type ExperimentEntry } from "../results/comparison.ts";
import { printable, printableTexts } from "../text/quote.ts";
import { type Context, terminalOptions } from "./context.ts";
import { UsageError } from "./errors.ts";
import { addExamples, addList } from "./help.ts";
import { dataDirectory, dataOption, jsonOption, outOption, queueOption, seedOption, workersOption } from "./options.ts";
import { createReporter, type Reporter } from "./progress.ts";
import { packageVersion } from "./version.ts";

interface ReproduceFlags {
  readonly scale: Scale;
  readonly seed: number;
  readonly workers?: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly data?: string;
  readonly fresh?: boolean;
  readonly queue?: string;
  readonly jsonProgress?: boolean;
}

/** `netvantage reproduce`: runs papers' experiments and holds what they measure against what was published. */
export function addReproduce(program: Command, context: Context, papers: readonly Paper[]): void {
  const command = program
    .command("reproduce")
    .description("repeat the papers' experiments and print each table beside the published one")
    .argument("[id...]", `papers or experiments (default: all): ${papers.map(({ id }) => id).join(", ")}`)
    .addOption(
      new Option("--scale <scale>", "quick: at most 2 minutes in all; paper: the paper's sizes, 20 seeds and more")
        .choices(["quick", "paper"])
        .default("quick"),
    )
    .addOption(seedOption("master seed: every trial's seed comes from it"))
    .addOption(workersOption())
    .addOption(queueOption("run the trials on the workers of this Redis queue (docs/engine.md)").conflicts("workers"))
    .addOption(
      outOption("write results.json, a page, tables and figures there; finished trials too, so that a rerun goes on"),
    )
    .option("--fresh", "run every trial, whatever --out holds")
    .addOption(dataOption())
    .addOption(jsonOption("report.md"))
    .option("--json-progress", "tell the progress on standard error as JSON lines (docs/engine.md)")
    .action((ids: readonly string[], flags: ReproduceFlags) => runReproduce(ids, flags, context, papers));
  const experiments = papers.flatMap((paper) => paper.experiments);
  addList(
    command,
    "Experiments",
    experiments.map(({ id, title }) => [id, title]),
  );
  addExamples(command, [
    "netvantage reproduce spread/fig3 placement/fig3",
    "netvantage reproduce spread/fig4 --out results",
    "netvantage reproduce placement/fig3 --scale paper --json",
  ]);
}

async function runReproduce(
  ids: readonly string[],
  flags: ReproduceFlags,
  context: Context,
  papers: readonly Paper[],
): Promise<void> {
  const experiments = selectExperiments(papers, ids);
  const run = { scale: flags.scale, seed: flags.seed, dataDir: dataDirectory(flags.data, context) };
  const reporter = createReporter(context, "trials", { json: flags.jsonProgress === true });
  const code = codeVersion();
  const store = await openTrials(flags, reporter);
  const entries: ExperimentEntry[] = [];
  try {
    const results = reproduce(experiments, run, {
      signal: context.signal,
      onProgress: ({ experiment, done, total }) => reporter.update(experiment, done, total),
      ...(flags.workers !== undefined && { workers: flags.workers }),
      ...(store !== undefined && { store }),
      ...(flags.queue !== undefined && { queue: { url: flags.queue, onNote: (note) => reporter.note(note) } }),
    });
    for await (const result of results) {
      reporter.stop();
      const entry = flags.out === undefined ? result.entry : await writeExperiment(flags.out, result);
      entries.push(entry);
      if (!flags.json) context.stdout.write(`${terminalExperiment(printableTexts(entry), terminalOptions(context))}\n`);
    }
  } catch (error) {
    if (context.signal.aborted) await writeFinished(flags, entries, experiments, code, papers);
    throw error;
  } finally {
    reporter.stop();
  }
  const comparison = comparisonOf(flags, entries, code);
  const page = flags.out === undefined ? undefined : await writeResults(flags.out, comparison, papers);
  if (flags.json) {
    context.stdout.write(jsonComparison(describeRun(comparison, papers)));
    if (page !== undefined) reporter.note(`the page is ${page}`);
  } else {
    context.stdout.write(terminalSummary(comparison, terminalOptions(context)));
    if (page !== undefined) context.stdout.write(`The page: ${printable(page)}\n`);
  }
  const failed = entries.flatMap((entry) => entry.failures ?? []);
  if (failed.length > 0) throw new Error(`${failed.length} trials failed; the first: ${failed[0].message}`);
}

/**
 * The experiments that ids name ("spread": all of a paper; "spread/table1": one), in the papers' order; without ids
 * all. @throws UsageError that lists the ids, where one is unknown.
 */
function selectExperiments(papers: readonly Paper[], ids: readonly string[]): Experiment[] {
  const all = papers.flatMap((paper) => paper.experiments);
  const known = papers.flatMap((paper) => [paper.id, ...paper.experiments.map(({ id }) => id)]);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new UsageError(`unknown experiment ${unknown}; there are ${known.join(", ") || "none"}`);
  return all.filter(({ id, paper }) => ids.length === 0 || ids.includes(id) || ids.includes(paper));
}

/** What an interrupted run has finished; nothing in place of an earlier run's results. */
async function writeFinished(
  { out, ...flags }: ReproduceFlags,
  entries: ExperimentEntry[],
  planned: readonly Experiment[],
  code: string,
  papers: readonly Paper[],
): Promise<void> {
  if (out === undefined || entries.length === 0) return;
  const unfinished = planned.map(({ id }) => id).filter((id) => !entries.some((entry) => entry.id === id));
  await writeResults(out, { ...comparisonOf(flags, entries, code), unfinished }, papers);
}

async function openTrials(flags: ReproduceFlags, reporter: Reporter): Promise<TaskStore | undefined> {
  if (flags.out === undefined) return undefined;
  await mkdir(flags.out, { recursive: true });
  const onNote = (text: string) => reporter.note(text);
  const results = await openStore(join(flags.out, "trials"), { fresh: flags.fresh === true, onNote });
  return { results, codeHash };
}

function comparisonOf(flags: ReproduceFlags, experiments: ExperimentEntry[], code: string): Comparison {
  return {
    version: COMPARISON_VERSION,
    scale: flags.scale,
    seed: flags.seed,
    experiments,
    environment: {
      netvantage: packageVersion(),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      code,
    },
  };
}
