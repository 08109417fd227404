import { type Command, Option } from "commander";
import type { Experiment, Paper, Scale } from "../papers/experiment.ts";
import { runReproduce } from "../pipelines/reproduce/reproduce-job.ts";
import { jsonComparison } from "../report/json.ts";
import { terminalExperiment, terminalSummary } from "../report/terminal/terminal.ts";
import { printable, printableTexts } from "../text/quote.ts";
import { type Context, terminalOptions } from "./context.ts";
import { UsageError } from "./errors.ts";
import { addExamples, addList } from "./help.ts";
import { dataDirectory, dataOption, jsonOption, outOption, queueOption, seedOption, workersOption } from "./options.ts";
import { createReporter } from "./progress.ts";
import { packageVersion } from "./version.ts";

interface ReproduceFlags {
  readonly scale: Scale;
  readonly seed: number;
  readonly workers?: number | undefined;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
  readonly data?: string | undefined;
  readonly fresh?: boolean | undefined;
  readonly queue?: string | undefined;
  readonly jsonProgress?: boolean | undefined;
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
    .action((ids: readonly string[], flags: ReproduceFlags) => run(ids, flags, context, papers));
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

async function run(
  ids: readonly string[],
  flags: ReproduceFlags,
  context: Context,
  papers: readonly Paper[],
): Promise<void> {
  const { scale, seed, workers, queue, out, fresh = false } = flags;
  const experiments = selectExperiments(papers, ids);
  const dataDir = dataDirectory(flags.data, context);
  const reporter = createReporter(context, "trials", { json: flags.jsonProgress === true });
  const onNote = (note: string) => reporter.note(note);
  const { comparison, page } = await runReproduce({
    experiments,
    papers,
    run: { scale, seed, dataDir },
    netvantage: packageVersion(),
    out,
    fresh,
    signal: context.signal,
    workers,
    queue: queue === undefined ? undefined : { url: queue, onNote },
    onNote,
    onProgress: ({ experiment, done, total, running }) => reporter.update(experiment, done, total, running),
    onExperiment: (entry) => {
      reporter.stop();
      if (!flags.json) context.stdout.write(`${terminalExperiment(printableTexts(entry), terminalOptions(context))}\n`);
    },
  }).finally(() => reporter.stop());
  if (flags.json) {
    context.stdout.write(jsonComparison(comparison));
    if (page !== undefined) reporter.note(`the page is ${page}`);
  } else {
    context.stdout.write(terminalSummary(comparison, terminalOptions(context)));
    if (page !== undefined) context.stdout.write(`The page: ${printable(page)}\n`);
  }
  const failed = comparison.experiments.flatMap((entry) => entry.failures ?? []);
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
