import { z } from "zod";
import { randomOf } from "../../numbers/random.ts";
import type { Seed } from "../../numbers/seed.ts";

/** Rows of Table 1: row i has the spreads 2^i .. 2^(i+1) - 1; the last holds the largest spread, 25,722. */
export const ROWS = 15;
/** Rows that the paper prints; the others hold the spreads above 4095, which it leaves out. */
export const PUBLISHED_ROWS = 12;

/** "1", "2-3", "4-7", ... */
export function rowName(row: number): string {
  return row === 0 ? "1" : `${2 ** row}-${2 ** (row + 1) - 1}`;
}

/** The row of a spread, at least 1; spreads beyond the last row belong to it. */
export function rowOf(spread: number): number {
  return Math.min(31 - Math.clz32(spread), ROWS - 1);
}

/** How many sources are in each row. */
export function countRows(spreads: Uint32Array): number[] {
  const counts = new Array<number>(ROWS).fill(0);
  for (const spread of spreads) counts[rowOf(spread)] += 1;
  return counts;
}

/**
 * The indices, rising, of at most `most` sources a row, each subset of a row being equally likely (Knuth, TAOCP 2, 3.4.2,
 * Algorithm S, row by row in one pass). @param most Infinity: all. O(sources)
 */
export function sampleRows(spreads: Uint32Array, most: number, seed: Seed): Uint32Array {
  const left = countRows(spreads);
  const wanted = left.map((count) => Math.min(count, most));
  const chosen = new Uint32Array(wanted.reduce((sum, count) => sum + count, 0));
  const random = randomOf(seed);
  let n = 0;
  for (let i = 0; i < spreads.length; i++) {
    const row = rowOf(spreads[i]);
    if (wanted[row] > 0 && (wanted[row] === left[row] || random() * left[row] < wanted[row])) {
      chosen[n++] = i;
      wanted[row] -= 1;
    }
    left[row] -= 1;
  }
  return chosen;
}

/** The errors |estimate - spread| / spread of one row. */
export const rowErrorsSchema = z.object({
  /** Sources decoded. */
  sources: z.int().nonnegative(),
  /** Their mean error; 0 without sources. */
  mean: z.number().nonnegative(),
  /** One standard error of that mean, from the sources' own scatter; 0 for fewer than two. */
  standardError: z.number().nonnegative(),
  /** Sources whose estimate stood at the range limit. */
  saturated: z.int().nonnegative(),
});
export type RowErrors = z.infer<typeof rowErrorsSchema>;

/** Adds up errors by row. Negative estimates count as 0, as the published row 1 demands (specs/spread.md). */
export class ErrorRows {
  readonly #sums = Array.from({ length: ROWS }, () => ({ n: 0, sum: 0, squares: 0, saturated: 0 }));

  add(spread: number, estimate: number, saturated: boolean): void {
    const error = Math.abs(Math.max(0, estimate) - spread) / spread;
    const row = this.#sums[rowOf(spread)];
    row.n += 1;
    row.sum += error;
    row.squares += error * error;
    if (saturated) row.saturated += 1;
  }

  rows(): RowErrors[] {
    return this.#sums.map(({ n, sum, squares, saturated }) => ({
      sources: n,
      mean: n === 0 ? 0 : sum / n,
      standardError: n < 2 ? 0 : Math.sqrt(Math.max(0, squares - (sum * sum) / n) / (n - 1) / n),
      saturated,
    }));
  }
}
