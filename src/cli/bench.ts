import type { Command } from "commander";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";

/** What dist/bench/main.js gives; the benchmarks are built beside the package, not part of it. */
interface BenchModule {
  readonly SUITE_NAMES: readonly string[];
  runBench(options: { full: boolean; suites: readonly string[]; print: (text: string) => void }): Promise<void>;
}

/** `netvantage bench`: the kernels against C, plain JavaScript and peers, as ratios in one run. */
export function addBench(program: Command, context: Context): void {
  program
    .command("bench")
    .description("measure the kernels beside C, plain JavaScript and other libraries")
    .argument("[suite...]", "suites (default: all)")
    .option("--full", "more rounds, and the peers that take minutes")
    .action(async (suites: readonly string[], flags: { readonly full?: boolean }) => {
      const url = new URL("../bench/main.js", import.meta.url);
      const { runBench, SUITE_NAMES }: BenchModule = await import(url.href);
      const unknown = suites.find((name) => !SUITE_NAMES.includes(name));
      if (unknown !== undefined) throw new UsageError(`no suite "${unknown}": there are ${SUITE_NAMES.join(", ")}`);
      await runBench({ full: flags.full === true, suites, print: (text) => context.stdout.write(text) });
    });
}
