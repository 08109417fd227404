import type { Paper } from "../papers/experiment.ts";
import { EXIT } from "./errors.ts";
import { runProgram } from "./program.ts";

/** Runs this process's command line and sets its exit code. Ctrl-C stops the run, a second one ends it at once. */
export async function runProcess(papers: readonly Paper[]): Promise<void> {
  const { stdout, stderr, env, argv } = process;
  const interrupt = new AbortController();
  process.on("SIGINT", () => {
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
    interrupt.abort();
  });
  // The reader of a pipe (`| head`) has gone: there is nobody left to tell.
  stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.failed));
  const code = await runProgram(argv.slice(2), { stdout, stderr, env, signal: interrupt.signal }, papers);
  process.exitCode = code;
  // Nobody waits for what an interrupted trial in this process still awaits.
  if (code === EXIT.interrupted) stdout.write("", () => process.exit(code));
}
