import { printable } from "../text/quote.ts";

/** Where text goes: process.stdout and process.stderr, or a test's. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What a command may touch of the world. */
export interface Context {
  /** Data, and nothing else. */
  readonly stdout: Output;
  /** Progress, notes, errors. */
  readonly stderr: Output;
  readonly env: { readonly [name: string]: string | undefined };
  /** Fires at Ctrl-C, with an AbortError. */
  readonly signal: AbortSignal;
}

/** How tables are to be printed on standard output: 40 to 160 characters wide. */
export function terminalOptions({ stdout, env }: Context): { readonly width: number; readonly color: boolean } {
  const width = Math.min(160, Math.max(40, stdout.columns ?? 120));
  return { width, color: obeysCodes(stdout, env) && (env.NO_COLOR ?? "") === "" };
}

/** Whether an output is a terminal that understands more than text. */
export function obeysCodes({ isTTY }: Output, env: Context["env"]): boolean {
  return isTTY === true && env.TERM !== "dumb";
}

/** One line on standard error. What it tells of may come from a file. */
export function tell({ stderr }: Pick<Context, "stderr">, kind: "note" | "warning", text: string): void {
  stderr.write(`${kind}: ${printable(text)}\n`);
}
