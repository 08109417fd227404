import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { queueAddress } from "../engine/queue/options.ts";
import { printable } from "../text/quote.ts";
import type { Context } from "./context.ts";
import { wholeNumber } from "./options.ts";

interface WorkerFlags {
  readonly queue: string;
  readonly concurrency: number;
  readonly stallAfter: number;
}

/** `netvantage worker`: takes tasks from a queue, on any number of machines. */
export function addWorker(program: Command, context: Context): void {
  program
    .command("worker")
    .description("work on the tasks that reproduce --queue and spread --queue put on a Redis queue")
    .addOption(queueOption("where the tasks are").makeOptionMandatory())
    .option("--concurrency <n>", "tasks at a time (default: all cores)", wholeNumber(1, 1024), availableParallelism())
    .option("--stall-after <s>", "give a silent worker's tasks to another after so many seconds", wholeNumber(1), 15)
    .action((flags: WorkerFlags) => work(flags, context));
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

/** `--queue <url>`, checked as far as can be without a connection. */
export function queueOption(what: string): Option {
  return new Option("--queue <url>", `${what}: redis://[user:password@]host[:port]`).argParser((text) => {
    try {
      queueAddress(text);
      return text;
    } catch {
      throw new InvalidArgumentError("It is no address like redis://host:6379.");
    }
  });
}
