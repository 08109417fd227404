import type { TracePresetName } from "../../spread/trace.ts";

/** Words for tables, notes and evidence. */

/** "one run", "20 runs" */
export function runs(n: number): string {
  return n === 1 ? "one run" : `${n} runs`;
}

/** How sources were chosen. */
export function sampleText(most: number | null): string {
  return most === null ? "all sources are decoded" : `at most ${most} sources a row are decoded, a seeded sample`;
}

/** The readings of the paper's trace. */
export const TRACE_TITLES: { readonly [preset in TracePresetName]: string } = {
  fitted: "3.5M sources, fitted to Table 1's first two rows",
  average: "631k sources, an average spread of 13.3",
  sources: "6M sources",
};
