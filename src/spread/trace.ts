import { ADDRESSES } from "../wasm/spread/exports.ts";
import { drawSpreads } from "../wasm/spread/trace.ts";

/**
 * Traces with the load of the paper's CAIDA hour (Dao, Nyang, Lee, Section 4), which is not public: 8.4M distinct contacts, the
 * largest spread 25,722. The paper contradicts itself on the number of sources; each preset is one reading.
 */
export interface TracePreset {
  readonly contacts: number;
  /** Spreads follow k^-exponent on 1..largest. */
  readonly exponent: number;
  readonly largest: number;
  /** P(k = 2 | k is 2 or 3) where it is not the distribution's own. */
  readonly shareOfTwo: number | undefined;
}

const CONTACTS = 8_400_000;
const LARGEST = 25_722;

export const TRACE_PRESET_NAMES = ["fitted", "average", "sources"] as const;
export type TracePresetName = (typeof TRACE_PRESET_NAMES)[number];

export const TRACE_PRESETS = {
  /** Inverts Table 1's first two rows: about 3.5M sources. */
  fitted: {
    contacts: CONTACTS,
    exponent: 2.35,
    largest: LARGEST,
    shareOfTwo: 0.92,
  },
  /** Reads "the average spread size per source is 13.3". */
  average: {
    contacts: CONTACTS,
    exponent: 1.853,
    largest: LARGEST,
    shareOfTwo: undefined,
  },
  /** Reads "nearly 6M distinct spreaders". */
  sources: {
    contacts: CONTACTS,
    exponent: 2.946,
    largest: LARGEST,
    shareOfTwo: undefined,
  },
} as const satisfies { readonly [preset in TracePresetName]: TracePreset };

/** How a trace's addresses look; the sketch must not care. */
export const ADDRESS_PATTERNS = ADDRESSES;

const DRAWN_AT_ONCE = 1 << 18;

/**
 * The spreads of a trace's sources: source 0 has the largest, every other draws its own from (seed, index), and the last is cut so
 * that the total is exact. Takes 4 bytes a source.
 */
export function traceSpreads(preset: TracePreset, seed: bigint): Uint32Array {
  const distribution = {
    exponent: preset.exponent,
    max: preset.largest,
    shareOfTwo: preset.shareOfTwo,
    seed,
  };
  const parts: Uint32Array[] = [];
  let total = 0;
  for (let first = 0; total < preset.contacts; first += DRAWN_AT_ONCE) {
    const part = drawSpreads(distribution, first, DRAWN_AT_ONCE);
    if (first === 0) part[0] = Math.min(preset.largest, preset.contacts);
    let n = 0;
    while (n < part.length && total < preset.contacts) {
      part[n] = Math.min(part[n]!, preset.contacts - total);
      total += part[n]!;
      n++;
    }
    parts.push(part.subarray(0, n));
  }
  const spreads = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    spreads.set(part, at);
    at += part.length;
  }
  return spreads;
}
