import { statSync } from "node:fs";
import { InvalidArgumentError, Option } from "commander";
import { queueAddress } from "../engine/queue/options.ts";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";
import { memoryBits, wholeNumber } from "./option-values.ts";

/** Options that several commands take, each defined once. @param what it is there for, in words of the command */

export function seedOption(what: string): Option {
  return new Option("--seed <n>", what).argParser(wholeNumber(0)).default(1);
}

export function workersOption(what = "threads"): Option {
  return new Option("--workers <n>", `${what}; 0: in this process (default: all cores)`).argParser(
    wholeNumber(0, 1024),
  );
}

/** Checked as far as can be without a connection. */
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

/** @param document that has the fields */
export function jsonOption(document: string): Option {
  return new Option("--json", `print JSON (docs/${document} has its fields)`);
}

export function csvOption(): Option {
  return new Option("--csv", "print CSV").conflicts("json");
}

export function outOption(what: string): Option {
  return new Option("--out <dir>", what);
}

/** In bits. */
export function memoryOption(): Option {
  return new Option("--memory <size>", "of the sketch: MB is 10^6 bytes, MiB 2^20")
    .argParser(memoryBits)
    .default(8_000_000, "1MB");
}

export function dataOption(): Option {
  return new Option("--data <dir>", "where real data lies (default: NETVANTAGE_DATA)");
}

/** The directory of real data: --data, else NETVANTAGE_DATA, else undefined. @throws UsageError where it is none. */
export function dataDirectory(option: string | undefined, { env }: Context): string | undefined {
  const directory = option ?? (env.NETVANTAGE_DATA || undefined);
  if (directory === undefined) return undefined;
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${option === undefined ? "NETVANTAGE_DATA" : "--data"}: ${directory} is no directory`);
  }
  return directory;
}
