import { CommanderError } from "commander";
import { InputError } from "../files/input-error.ts";
import { printable } from "../text/quote.ts";

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The command line asks for something that is not there; exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * The exit code that an error ends the program with; what is to be said goes to `say`, one line, with the stack below
 * it where `debug` is set.
 */
export function exitCodeOf(error: unknown, debug: boolean, say: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (isAbort(error)) {
    say("interrupted\n");
    return EXIT.interrupted;
  }
  const message = error instanceof Error ? error.message : String(error);
  say(`error: ${oneLine(message)}\n`);
  if (debug && error instanceof Error) say(`${stackOf(error).split("\n").map(printable).join("\n")}\n`);
  return error instanceof InputError || error instanceof UsageError ? EXIT.usage : EXIT.failed;
}

/** A message as a terminal shows it on one line. */
export function oneLine(message: string): string {
  return printable(message.trim().replace(/\s*\n\s*/g, " "));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
