import { type Command, Option } from "commander";
import { formatNames } from "../formats/open-format.ts";
import { TOPOLOGY_FORMATS } from "../formats/topology/formats.ts";
import { TRACEROUTE_FORMATS } from "../formats/traceroute/formats.ts";
import type { NetworkRequest } from "../pipelines/place/network.ts";
import { type PlaceJob, runPlace } from "../pipelines/place/place-job.ts";
import type { PlacementRequest } from "../pipelines/place/question.ts";
import type { RunOptions } from "../pipelines/place/runner.ts";
import { METHODS, type Method, methodRow } from "../placement/methods.ts";
import { PlacementError } from "../placement/placement-error.ts";
import { printable, printableTexts } from "../text/quote.ts";
import { type Context, tell, terminalOptions } from "./context.ts";
import { UsageError } from "./errors.ts";
import { addExamples } from "./help.ts";
import { numberFrom0, numberIn, svgFile, wholeNumber } from "./option-values.ts";
import { csvOption, jsonOption, queueOption, seedOption, workersOption } from "./options.ts";
import { csvPlacement, textPlacement } from "./place-text.ts";
import { createReporter, type Reporter } from "./progress.ts";

const METHOD_HELP = METHODS.map((name) => `${name}: ${methodRow(name).about}`).join("; ");

/** What `place` and `traceback` share. */
export interface PlacementFlags {
  readonly monitors?: number | undefined;
  readonly coverage?: number | undefined;
  readonly budget?: number | undefined;
  readonly method: Method;
  readonly access?: string | undefined;
  readonly rates?: string | undefined;
  readonly demands?: string | undefined;
  readonly costs?: string | undefined;
  readonly forbid?: string | undefined;
  readonly placed?: string | undefined;
  readonly lengths?: string | undefined;
  readonly format?: string | undefined;
  readonly routes?: boolean | undefined;
  readonly aliases?: string | undefined;
  readonly nodeBudget: number;
  readonly timeLimit?: number | undefined;
  readonly epsilon: number;
  readonly seed: number;
  readonly workers?: number | undefined;
  readonly queue?: string | undefined;
  readonly json?: boolean | undefined;
}

interface PlaceFlags extends PlacementFlags {
  readonly compare?: boolean | undefined;
  readonly plot?: string | undefined;
  readonly curve?: string | undefined;
  readonly csv?: boolean | undefined;
}

/** `netvantage place`: from a network to the nodes that observe most of its traffic. */
export function addPlace(program: Command, context: Context): void {
  const command = program
    .command("place")
    .description("choose the nodes of a network at which monitors observe the most traffic")
    .argument(
      "<file>",
      "a network (GraphML, GML, edge list, SNDlib, ...) or, with --routes, traceroutes; - is standard input",
    );
  addPlacementOptions(command);
  command
    .option("--compare", "place by every method, and compare")
    .option("--plot <svg>", "draw the network with its monitors", svgFile)
    .option("--curve <svg>", "draw the observed share as monitors are added", svgFile)
    .addOption(jsonOption("placement.md"))
    .addOption(csvOption())
    .action((file: string, flags: PlaceFlags) => place(file, flags, context));
  addExamples(command, [
    "netvantage place network.graphml --monitors 3 --compare --plot network.svg",
    "netvantage place network.graphml --coverage 0.9 --method exact",
    "netvantage place routes.txt --routes --monitors 2 --csv",
  ]);
}

/** Options that say how monitors are placed. */
export function addPlacementOptions(command: Command): void {
  command
    .option("--monitors <k>", "at most this many", wholeNumber(0))
    .option("--coverage <share>", "the fewest that observe this share, as 0.9", numberIn(0, 1))
    .option("--budget <x>", "at most this cost in all", numberFrom0())
    .addOption(new Option("--method <name>", `how they are chosen: ${METHOD_HELP}`).choices(METHODS).default("greedy"))
    .option(
      "--access <nodes>",
      "where traffic begins and ends: names parted by commas, degree-1 (leaves), attribute=value, or all: every node is an end and may have a monitor (default: all)",
    )
    .option("--rates <file>", "lines `node rate`: what each access node sends (default: equal)")
    .option(
      "--demands <file>",
      "lines `source target rate`, or a demand matrix of SNDlib; none: not even those in FILE",
    )
    .option("--costs <file>", "lines `node cost` (default: 1)")
    .option("--forbid <nodes>", "no monitor there")
    .option("--placed <nodes>", "monitors that are there already")
    .option("--lengths <attribute>", "edge attribute that holds lengths (default: every edge has length 1)")
    .option(
      "--format <name>",
      `of FILE (default: told by content): ${formatNames([...TOPOLOGY_FORMATS, ...TRACEROUTE_FORMATS]).join(", ")}`,
    )
    .option("--routes", "FILE holds traceroutes: what lies on them is observed")
    .option("--aliases <file>", "of traceroutes, lines `interface router`")
    .option(
      "--node-budget <n>",
      "of exact: sets looked at (with --routes: bounds computed), at most",
      wholeNumber(1),
      100_000,
    )
    .option("--time-limit <seconds>", "of brute and exact: then the best found so far", numberFrom0())
    .option("--epsilon <x>", "of sampled: smaller is more exact and slower", numberIn(0, 0.999), 0.05)
    .addOption(workersOption("threads"))
    .addOption(queueOption("place on this Redis queue's workers (docs/engine.md)").conflicts("workers"))
    .addOption(seedOption("of sampled, and of traceback's chances"));
}

/** Where the work is done, and who hears of it. */
export function runOptions({ workers, queue }: PlacementFlags, { signal }: Context, reporter: Reporter): RunOptions {
  return {
    workers,
    queue: queue === undefined ? undefined : { url: queue, onNote: (note) => reporter.note(note) },
    signal,
    onProgress: (part, done, total) => reporter.update(part, done, total),
  };
}

export function networkRequest(file: string, flags: PlacementFlags): NetworkRequest {
  const { format, lengths, aliases, routes = false } = flags;
  if (aliases !== undefined && !routes) throw new UsageError("--aliases: only with --routes");
  if (lengths !== undefined && routes) throw new UsageError("--lengths: traceroutes have none");
  const readings = [file, flags.rates, flags.demands, flags.costs, aliases];
  if (readings.filter((each) => each === "-").length > 1) {
    throw new UsageError("standard input (-) can be read only once");
  }
  return { file, format, lengths, aliases, routes };
}

export function placementRequest(flags: PlacementFlags): PlacementRequest {
  const { method, monitors, coverage, budget, access, forbid, placed, rates, costs, demands } = flags;
  const { nodeBudget, timeLimit, epsilon, seed } = flags;
  const places = { access, forbid, placed, rates, costs, demands };
  return { method, monitors, coverage, budget, ...places, nodeBudget, timeLimit, epsilon, seed };
}

async function place(file: string, flags: PlaceFlags, context: Context): Promise<void> {
  if (flags.monitors === undefined && flags.coverage === undefined && flags.budget === undefined) {
    throw new UsageError("how many monitors? --monitors K, --coverage SHARE or --budget X");
  }
  const { compare = false, plot, curve } = flags;
  if (plot !== undefined && plot === curve) throw new UsageError("--plot and --curve name the same file");
  const job: PlaceJob = {
    network: networkRequest(file, flags),
    placement: placementRequest(flags),
    compare,
    plot,
    curve,
  };
  const reporter = createReporter(context, "steps");
  const result = await asUsage(file, () => runPlace({ ...job, ...runOptions(flags, context, reporter) })).finally(() =>
    reporter.stop(),
  );
  context.signal.throwIfAborted();
  if (flags.json) {
    context.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  for (const note of result.notes) tell(context, "note", note);
  context.stdout.write(
    flags.csv ? csvPlacement(result) : textPlacement(printableTexts(result), flags.coverage, terminalOptions(context)),
  );
  for (const written of [plot, curve]) if (written !== undefined) context.stderr.write(`wrote ${printable(written)}\n`);
}

/** What cannot be done as asked is a matter of usage; the file is named with it. */
export async function asUsage<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlacementError) throw new UsageError(`${file}: ${error.message}`);
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}
