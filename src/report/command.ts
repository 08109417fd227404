import type { Comparison } from "../results/comparison.ts";

/** The command line that runs these experiments again. @param ids of papers or experiments; none: all */
export function commandOf({ scale, seed }: Pick<Comparison, "scale" | "seed">, ids: readonly string[]): string {
  const words = ["netvantage", "reproduce", ...ids.map(shellWord), "--scale", scale, "--seed", String(seed)];
  return [...words, "--data", "DATA", "--out", "DIR"].join(" ");
}

/** As a POSIX shell takes it for one word. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
