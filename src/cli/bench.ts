import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Argument, type Command } from "commander";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";
import { addExamples } from "./help.ts";

/** What can be measured; bench/main.ts has a function for each. */
export const BENCH_SUITES = ["spread", "paths", "cover", "scaling", "accuracy", "decode"] as const;
export type BenchSuite = (typeof BENCH_SUITES)[number];

/** `netvantage bench`: the kernels against C, plain JavaScript and peers, as ratios in one run. */
export function addBench(program: Command, context: Context): void {
  const command = program
    .command("bench")
    .description("measure the kernels beside C, plain JavaScript and other libraries; needs netvantage's repository")
    .addArgument(new Argument("[suite...]", "suites (default: all)").choices(BENCH_SUITES))
    .option("--full", "more rounds, and the peers that take minutes")
    .action((suites: readonly BenchSuite[], { full = false }: { readonly full?: boolean | undefined }) =>
      runBenchmarks([...(full ? ["--full"] : []), ...suites], context),
    );
  addExamples(command, ["netvantage bench spread", "netvantage bench paths cover", "netvantage bench decode --full"]);
}

/** The benchmarks are built beside the package, not part of it: a program of their own. */
async function runBenchmarks(words: readonly string[], { stdout, signal }: Context): Promise<void> {
  const main = fileURLToPath(new URL("../bench/main.js", import.meta.url));
  if (!existsSync(main)) {
    throw new UsageError("the package comes without benchmarks: run `npm run bench` in netvantage's repository");
  }
  const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "inherit"], signal });
  child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.write(text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the benchmarks ended with exit code ${code}`);
}
