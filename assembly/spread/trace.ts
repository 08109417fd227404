// A synthetic trace with the load and the skew of the paper's CAIDA hour (Dao, Nyang, Lee, Section 4), which is not public.
//
// Spreads follow a truncated zeta distribution, P(k) ~ k^-a for 1 <= k <= max. Source i's spread and contacts depend on
// (seed, i) alone, so any range of sources can be made on any thread.

import { f64At, setF64, setU32, u32At } from "../array";
import { Status, inside } from "../abi";
import { GOLDEN, fmix32, fmix64 } from "../hash";
import { draw, seedOf, unit } from "../random";

export namespace Addresses {
  /** fmix32 of the indices, a bijection, without visible order. */
  export const SCRAMBLED: u32 = 0;
  /** Sources 10.0.0.0, 10.0.0.1, ...; every source's destinations 192.0.0.0, 192.0.0.1, ... */
  export const SEQUENTIAL: u32 = 1;
  /** The same, 256 apart. */
  export const STRIDED: u32 = 2;
}

/** Writes the distribution function F(1..max) of the truncated zeta distribution, max f64. O(max) */
export function trace_distribution(exponent: f64, max: u32, out: usize): i32 {
  if (!(exponent > 0) || max == 0) return Status.BAD_PARAMETER;
  if (!inside(out, max, 8)) return Status.OUT_OF_BOUNDS;
  let sum: f64 = 0;
  for (let k: u32 = 0; k < max; k++) {
    sum += Math.pow(<f64>(k + 1), -exponent);
    setF64(out, k, sum);
  }
  for (let k: u32 = 0; k < max; k++) {
    setF64(out, k, f64At(out, k) / sum);
  }
  return Status.OK;
}

/**
 * Draws the spreads of sources first .. first + n - 1.
 * @param distribution of trace_distribution, max f64
 * @param shareOfTwo P(k = 2 | k is 2 or 3) in place of the distribution's own; NaN keeps its own
 * @param out n u32 @returns a status. O(n log max)
 */
export function trace_spreads(
  distribution: usize,
  max: u32,
  shareOfTwo: f64,
  seedLow: u32,
  seedHigh: u32,
  first: u32,
  n: u32,
  out: usize,
): i32 {
  if (max == 0) return Status.BAD_PARAMETER;
  if (!inside(distribution, max, 8) || !inside(out, n, 4)) return Status.OUT_OF_BOUNDS;
  const seed = seedOf(seedLow, seedHigh);
  for (let i: u32 = 0; i < n; i++) {
    const index = 2 * (<u64>first + i);
    let k = invert(distribution, max, unit(draw(seed, index)));
    if ((k == 2 || k == 3) && !isNaN(shareOfTwo)) k = unit(draw(seed, index + 1)) < shareOfTwo ? 2 : 3;
    setU32(out, i, k);
  }
  return Status.OK;
}

/** The least k with F(k) > u. */
function invert(distribution: usize, max: u32, u: f64): u32 {
  let low: u32 = 1;
  // Most draws are small: doubling, then bisection.
  let high: u32 = 1;
  while (high < max && f64At(distribution, high - 1) <= u) {
    low = high + 1;
    high = min(high * 2, max);
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (f64At(distribution, middle - 1) > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The address of source i. */
export function trace_source(addresses: u32, seedLow: u32, seedHigh: u32, i: u32): u32 {
  return sourceAddress(addresses, seedOf(seedLow, seedHigh), i);
}

// @ts-ignore: decorator
@inline
function sourceAddress(addresses: u32, seed: u64, i: u32): u32 {
  if (addresses == Addresses.SEQUENTIAL) return 0x0a000000 + i;
  if (addresses == Addresses.STRIDED) return (i << 8) | (i >> 24);
  return fmix32(i ^ (<u32>seed));
}

/**
 * Writes the distinct contacts of sources first .. first + n - 1, in source order.
 * @param spreads n u32 @param capacity room in contacts @param sources, destinations: capacity u32 each
 * @returns a status. O(contacts)
 */
export function trace_contacts(
  spreads: usize,
  n: u32,
  first: u32,
  addresses: u32,
  seedLow: u32,
  seedHigh: u32,
  capacity: u32,
  sources: usize,
  destinations: usize,
): i32 {
  if (!inside(spreads, n, 4) || !inside(sources, capacity, 4) || !inside(destinations, capacity, 4)) {
    return Status.OUT_OF_BOUNDS;
  }
  const seed = seedOf(seedLow, seedHigh);
  let at: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const spread = u32At(spreads, i);
    if (spread > capacity - at) return Status.OUT_OF_BOUNDS;
    const source = sourceAddress(addresses, seed, first + i);
    const base = addresses == Addresses.SCRAMBLED ? <u32>fmix64(seed ^ (GOLDEN * (<u64>(first + i) + 1))) : 0;
    for (let j: u32 = 0; j < spread; j++) {
      setU32(sources, at, source);
      setU32(destinations, at, destinationAddress(addresses, base + j));
      at++;
    }
  }
  return Status.OK;
}

// @ts-ignore: decorator
@inline
function destinationAddress(addresses: u32, j: u32): u32 {
  if (addresses == Addresses.SEQUENTIAL) return 0xc0000000 + j;
  if (addresses == Addresses.STRIDED) return (j << 8) | (j >> 24);
  return fmix32(j);
}
