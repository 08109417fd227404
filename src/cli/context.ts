/** Where text goes: process.stdout and process.stderr, or a test's. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
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

/** How tables are to be printed on standard output: 80 to 160 characters, coloured on a terminal without NO_COLOR. */
export function terminalOptions({ stdout, env }: Context): { readonly width: number; readonly color: boolean } {
  const width = Math.min(160, Math.max(80, stdout.columns ?? 120));
  return { width, color: stdout.isTTY === true && (env.NO_COLOR ?? "") === "" };
}
