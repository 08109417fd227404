import { statSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import type { Context } from "./context.ts";
import { UsageError } from "./errors.ts";

/** A parser of option values: a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`It is no whole number ${range}.`);
    }
    return value;
  };
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
