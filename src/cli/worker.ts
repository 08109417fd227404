import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { printable } from "../text/quote.ts";
import type { Context } from "./context.ts";
import { addExamples } from "./help.ts";
import { wholeNumber } from "./option-values.ts";
import { queueOption } from "./options.ts";

interface WorkerFlags {
  readonly queue: string;
  readonly concurrency: number;
  readonly stallAfter: number;
}

/** `netvantage worker`: takes tasks from a queue, on any number of machines. */
export function addWorker(program: Command, context: Context): void {
  const command = program
    .command("worker")
    .description("work on the tasks that reproduce, spread, place and traceback put on a Redis queue by --queue")
    .addOption(queueOption("where the tasks are").makeOptionMandatory())
    .addOption(
      new Option("--concurrency <n>", "tasks at a time")
        .argParser(wholeNumber(1, 1024))
        .default(availableParallelism(), "all cores"),
    )
    .option("--stall-after <s>", "give a silent worker's tasks to another after so many seconds", wholeNumber(1), 15)
    .action((flags: WorkerFlags) => work(flags, context));
  addExamples(command, [
    "netvantage worker --queue redis://localhost:6379",
    "netvantage worker --queue redis://localhost:6379 --concurrency 1",
    "netvantage worker --queue redis://localhost:6379 --stall-after 60",
  ]);
}

async function work({ queue, concurrency, stallAfter }: WorkerFlags, context: Context): Promise<void> {
  const { serveQueue } = await import("../engine/queue/serve-queue.ts");
  const stop = new AbortController();
  const terminate = () => stop.abort();
  process.once("SIGTERM", terminate);
  try {
    await serveQueue({
      url: queue,
      concurrency,
      stallAfter,
      signal: AbortSignal.any([context.signal, stop.signal]),
      onNote: (note) => context.stderr.write(`${printable(note)}\n`),
    });
  } finally {
    process.off("SIGTERM", terminate);
  }
  context.signal.throwIfAborted();
}
