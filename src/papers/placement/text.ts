import type { VariantName } from "./variants.ts";

/** Words for tables, notes and evidence. */

/** "+1.2 (0.3 to 2.1)", where the interval is known. */
export function difference(center: number, interval: { readonly low: number; readonly high: number } | undefined) {
  const signed = `${center < 0 ? "" : "+"}${center.toFixed(1)}`;
  return interval === undefined ? signed : `${signed} (${interval.low.toFixed(1)} to ${interval.high.toFixed(1)})`;
}

/** Methods, as tables name them. */
export const METHOD_NAMES = {
  kmax: "K-max",
  degree: "Degree",
  betweenness: "Betweenness",
  greedy: "Greedy",
  bidirectional: "Bi-directional",
  "two-way": "two-way",
} as const;

/** Variants of the internetwork, as tables name them; VARIANTS_NOTE says what they are. */
export const VARIANT_TITLES: { readonly [name in VariantName]: string } = {
  amp: "as AMP",
  symmetric: "symmetric costs",
  shared: "shared paths",
  dense: "shared, dense",
};

export const VARIANTS_NOTE =
  "Symmetric costs: one cost for both directions of a link. Shared paths: relays are routers, no longer interfaces that packets come in by. Shared, dense: hosts hang on their gigapop, so that access nodes outnumber relays.";
