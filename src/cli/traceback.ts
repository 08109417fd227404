import type { Command } from "commander";
import { runTraceback } from "../pipelines/traceback/traceback-job.ts";
import { printableTexts } from "../text/quote.ts";
import { type Context, tell, terminalOptions } from "./context.ts";
import { UsageError } from "./errors.ts";
import { addExamples } from "./help.ts";
import { numberFrom0 } from "./option-values.ts";
import { jsonOption } from "./options.ts";
import {
  addPlacementOptions,
  asUsage,
  networkRequest,
  type PlacementFlags,
  placementRequest,
  runOptions,
} from "./place.ts";
import { createReporter } from "./progress.ts";
import { textTraceback } from "./traceback-text.ts";

interface TracebackFlags extends PlacementFlags {
  readonly at?: string | undefined;
  readonly chain: string;
  readonly start?: string | undefined;
  readonly falseNegative: number;
  readonly falsePositive: number;
}

/** `netvantage traceback`: how far cooperating monitors trace a chain of stepping stones. */
export function addTraceback(program: Command, context: Context): void {
  const command = program
    .command("traceback")
    .description("simulate how monitors trace a chain of stepping stones back")
    .argument("<file>", "a network or, with --routes, traceroutes; - is standard input")
    .requiredOption("--chain <nodes>", "the attacker, the stepping stones and the victim, parted by commas")
    .option("--at <nodes>", "monitors are there, instead of where --monitors places them");
  addPlacementOptions(command);
  command
    .option("--start <node>", "monitor that has the pattern (default: the first on the chain's last link that has one)")
    .option("--false-negative <share>", "chance that a monitor misses a link of the chain", numberFrom0(1), 0)
    .option("--false-positive <share>", "chance that it takes another link for one", numberFrom0(1), 0)
    .addOption(jsonOption("placement.md"))
    .action((file: string, flags: TracebackFlags) => traceback(file, flags, context));
  addExamples(command, [
    "netvantage traceback network.graphml --monitors 2 --chain Seattle,Denver",
    "netvantage traceback network.graphml --at Denver --chain Seattle,Atlanta",
    "netvantage traceback routes.txt --routes --monitors 2 --chain a,b,c --json",
  ]);
}

async function traceback(file: string, flags: TracebackFlags, context: Context): Promise<void> {
  const { at, chain, start, falseNegative, falsePositive } = flags;
  const asked = flags.monitors ?? flags.coverage ?? flags.budget;
  if (at === undefined && asked === undefined) throw new UsageError("which monitors? --monitors K or --at NODES");
  if (at !== undefined && asked !== undefined)
    throw new UsageError("--at: --monitors, --coverage and --budget place others");
  const job = { network: networkRequest(file, flags), placement: placementRequest(flags), at, chain, start };
  const reporter = createReporter(context, "steps");
  const where = runOptions(flags, context, reporter);
  const result = await asUsage(file, () => runTraceback({ ...job, ...where, falseNegative, falsePositive })).finally(
    () => reporter.stop(),
  );
  context.signal.throwIfAborted();
  if (flags.json) {
    context.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  for (const note of result.notes) tell(context, "note", note);
  context.stdout.write(textTraceback(printableTexts(result), terminalOptions(context)));
}
