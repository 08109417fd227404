import type { Comparison } from "../results/comparison.ts";
import { shellWord } from "../text/quote.ts";

/** The command line that runs these experiments again. @param ids of papers or experiments; none: all */
export function commandOf({ scale, seed }: Pick<Comparison, "scale" | "seed">, ids: readonly string[]): string {
  const words = ["netvantage", "reproduce", ...ids.map(shellWord), "--scale", scale, "--seed", String(seed)];
  return [...words, "--data", "DATA", "--out", "DIR"].join(" ");
}
