import { Command } from "commander";
import type { Paper } from "../papers/experiment.ts";
import { addBench } from "./bench.ts";
import { addCompare } from "./compare.ts";
import type { Context } from "./context.ts";
import { exitCodeOf, oneLine } from "./errors.ts";
import { addExamples } from "./help.ts";
import { addPlace } from "./place.ts";
import { addPlan } from "./plan.ts";
import { addReproduce } from "./reproduce.ts";
import { addResults } from "./results.ts";
import { addSpread } from "./spread.ts";
import { addTraceback } from "./traceback.ts";
import { packageVersion } from "./version.ts";
import { addWorker } from "./worker.ts";

/** Runs a command line (without node and script) and returns the exit code: 0 done, 1 failed, 2 usage or input, 130 interrupted. */
export async function runProgram(argv: readonly string[], context: Context, papers: readonly Paper[]): Promise<number> {
  const program = createProgram(context);
  addReproduce(program, context, papers);
  addCompare(program, context);
  addSpread(program, context);
  addPlan(program, context);
  addPlace(program, context);
  addTraceback(program, context);
  addResults(program, context);
  addWorker(program, context);
  addBench(program, context);
  addExamples(program, [
    "netvantage spread capture.pcap --exact",
    "netvantage place network.graphml --monitors 3",
    "netvantage reproduce spread/fig3 placement/fig3",
  ]);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return 0;
  } catch (error) {
    return exitCodeOf(error, program.opts().debug === true, (text) => context.stderr.write(text));
  }
}

/** Commands that are added later take over its output and its way to end. */
function createProgram(context: Context): Command {
  return new Command("netvantage")
    .description("A WebAssembly compute engine for network measurement.")
    .version(packageVersion())
    .option("--debug", "show the stack of an error")
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, write) => write(`${oneLine(text)}\n`),
      getOutHelpWidth: () => context.stdout.columns ?? 80,
    });
}
