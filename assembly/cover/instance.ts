// An instance of a covering problem: sets over elements 0 .. m - 1, with weights of elements and costs of sets.
//
// Sets come as rows of bits or as lists of elements. Everything is checked once, here; what follows trusts the block, so
// nothing it points to may change while it is in use.
//
//   0 u32 magic "NVCV"  4 u32 kind  8 u32 sets n  12 u32 elements m  16 u32 words of a row, ceil(m / 64)
//   20 u32 rows or offsets  24 u32 members  28 u32 weights, 0: all 1  32 u32 costs, 0: all 1  36 u32 flags  40 f64 total weight

import { f64At, u32At, u8At } from "../array";
import { Status, inside } from "../abi";

export const INSTANCE: u32 = 48;
const MAGIC: u32 = 0x5643564e; // "NVCV"

/** Flags: what is known of the amounts, so that greedy may compare for equality. */
namespace Flag {
  /** Weights are whole numbers and their sum is at most WHOLE: different gains differ by far more than the tolerance. */
  export const WHOLE_GAINS: u32 = 1;
  /** Costs are whole too, and no gain times a cost exceeds WHOLE: the same holds of gains for their costs. */
  export const WHOLE_RATIOS: u32 = 2;
}
const WHOLE: f64 = 1e11;

export namespace Kind {
  /** n rows of ceil(m / 64) u64 words; element e is bit e & 63 of word e >> 6; bits from m on are 0. */
  export const BITS: u32 = 1;
  /** n + 1 u32 offsets from 0 on, and u32 members, strictly ascending within a set. */
  export const LISTS: u32 = 2;
}

/** What a set is at the start, one byte a set. */
export namespace State {
  export const FREE: u32 = 0;
  /** Never picked. */
  export const FORBIDDEN: u32 = 1;
  /** Picked already: covers its elements, costs nothing and counts for no limit. */
  export const PLACED: u32 = 2;
}

// @ts-ignore: decorator
@inline
export function kindOf(instance: usize): u32 {
  return load<u32>(instance, 4);
}

// @ts-ignore: decorator
@inline
export function setsOf(instance: usize): u32 {
  return load<u32>(instance, 8);
}

// @ts-ignore: decorator
@inline
export function elementsOf(instance: usize): u32 {
  return load<u32>(instance, 12);
}

// @ts-ignore: decorator
@inline
export function wordsOf(instance: usize): u32 {
  return load<u32>(instance, 16);
}

/** First byte of set i's row. */
// @ts-ignore: decorator
@inline
export function rowOf(instance: usize, i: u32): usize {
  return <usize>load<u32>(instance, 20) + <usize>i * ((<usize>wordsOf(instance)) << 3);
}

/** First byte of set i's members; those of set i + 1 follow. */
// @ts-ignore: decorator
@inline
export function membersOf(instance: usize, i: u32): usize {
  const first = load<u32>(<usize>load<u32>(instance, 20) + ((<usize>i) << 2));
  return <usize>load<u32>(instance, 24) + ((<usize>first) << 2);
}

/** The weights, m f64, or 0. */
// @ts-ignore: decorator
@inline
export function weightsOf(instance: usize): usize {
  return load<u32>(instance, 28);
}

// @ts-ignore: decorator
@inline
export function costOf(instance: usize, i: u32): f64 {
  const costs = <usize>load<u32>(instance, 32);
  return costs == 0 ? 1 : f64At(costs, i);
}

/** Weight of all elements. */
// @ts-ignore: decorator
@inline
export function totalOf(instance: usize): f64 {
  return load<f64>(instance, 40);
}

/** Whether gains that tie within the tolerance are equal. */
// @ts-ignore: decorator
@inline
export function hasWholeGains(instance: usize): bool {
  return (load<u32>(instance, 36) & Flag.WHOLE_GAINS) != 0;
}

/** Whether gains for costs that tie within the tolerance are equal. */
// @ts-ignore: decorator
@inline
export function hasWholeRatios(instance: usize): bool {
  return (load<u32>(instance, 36) & Flag.WHOLE_RATIOS) != 0;
}

/** Bytes of an instance block. */
export function instance_bytes(): u32 {
  return INSTANCE;
}

/**
 * Describes sets given as rows of bits.
 * @param instance instance_bytes() bytes, aligned to 8 @param rows n * ceil(m / 64) u64
 * @param weights m f64, finite and >= 0, or 0 @param costs n f64, finite and >= 0, or 0
 * @returns a status. O(n + m)
 */
export function instance_bits(instance: usize, n: u32, m: u32, rows: usize, weights: usize, costs: usize): i32 {
  const words = <u32>((<u64>m + 63) >> 6);
  const status = begin(instance, Kind.BITS, n, m, weights, costs);
  if (status != Status.OK) return status;
  if (<u64>n * words > 0x1fffffff || !inside(rows, n * words, 8)) return Status.OUT_OF_BOUNDS;
  store<u32>(instance, <u32>rows, 20);
  if ((m & 63) != 0) {
    const past = ~(((<u64>1) << (m & 63)) - 1);
    for (let i: u32 = 1; i <= n; i++) {
      if ((load<u64>(rows + (((<usize>i * words) << 3) - 8)) & past) != 0) return Status.INCONSISTENT;
    }
  }
  store<u32>(instance, MAGIC);
  return Status.OK;
}

/**
 * Describes sets given as lists of elements.
 * @param offsets n + 1 u32 @param members offsets[n] u32 @param weights as above @param costs as above
 * @returns a status. O(n + m + members)
 */
export function instance_lists(
  instance: usize,
  n: u32,
  m: u32,
  offsets: usize,
  members: usize,
  weights: usize,
  costs: usize,
): i32 {
  const status = begin(instance, Kind.LISTS, n, m, weights, costs);
  if (status != Status.OK) return status;
  if (!inside(offsets, n + 1, 4) || !inside(members, u32At(offsets, n), 4)) {
    return Status.OUT_OF_BOUNDS;
  }
  store<u32>(instance, <u32>offsets, 20);
  store<u32>(instance, <u32>members, 24);
  if (load<u32>(offsets) != 0) return Status.INCONSISTENT;
  for (let i: u32 = 0; i < n; i++) {
    if (load<u32>(offsets + ((<usize>i) << 2), 4) < u32At(offsets, i)) return Status.INCONSISTENT;
  }
  for (let i: u32 = 0; i < n; i++) {
    let least: u64 = 0;
    for (let at = membersOf(instance, i), end = membersOf(instance, i + 1); at < end; at += 4) {
      const e = load<u32>(at);
      if (e >= m || <u64>e < least) return Status.INCONSISTENT;
      least = <u64>e + 1;
    }
  }
  store<u32>(instance, MAGIC);
  return Status.OK;
}

function begin(instance: usize, kind: u32, n: u32, m: u32, weights: usize, costs: usize): i32 {
  if (!inside(instance, INSTANCE, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(instance, 0, INSTANCE);
  // Numbers of sets and elements stay below 2^28, so that none of their arrays' lengths in bytes wraps.
  if (n >= 0x10000000 || m >= 0x10000000) return Status.BAD_PARAMETER;
  if (weights != 0 && !inside(weights, m, 8)) return Status.OUT_OF_BOUNDS;
  if (costs != 0 && !inside(costs, n, 8)) return Status.OUT_OF_BOUNDS;
  if (weights != 0 && !amounts(weights, m)) return Status.BAD_PARAMETER;
  if (costs != 0 && !amounts(costs, n)) return Status.BAD_PARAMETER;
  let total: f64 = <f64>m;
  if (weights != 0) {
    total = 0;
    for (let at = weights, end = weights + ((<usize>m) << 3); at < end; at += 8) total += load<f64>(at);
    if (!(total <= f64.MAX_VALUE)) return Status.BAD_PARAMETER;
  }
  store<u32>(instance, kind, 4);
  store<u32>(instance, n, 8);
  store<u32>(instance, m, 12);
  store<u32>(instance, <u32>((<u64>m + 63) >> 6), 16);
  store<u32>(instance, <u32>weights, 28);
  store<u32>(instance, <u32>costs, 32);
  store<u32>(instance, flagsOf(n, m, weights, costs, total), 36);
  store<f64>(instance, total, 40);
  return Status.OK;
}

function flagsOf(n: u32, m: u32, weights: usize, costs: usize, total: f64): u32 {
  if (total > WHOLE || (weights != 0 && !areWhole(weights, m))) return 0;
  if (costs == 0) return Flag.WHOLE_GAINS | Flag.WHOLE_RATIOS;
  let most: f64 = 0;
  for (let at = costs, end = costs + ((<usize>n) << 3); at < end; at += 8) most = max<f64>(most, load<f64>(at));
  const whole = areWhole(costs, n) && total * most <= WHOLE;
  return whole ? Flag.WHOLE_GAINS | Flag.WHOLE_RATIOS : Flag.WHOLE_GAINS;
}

function areWhole(at: usize, n: u32): bool {
  for (const end = at + ((<usize>n) << 3); at < end; at += 8) {
    if (load<f64>(at) != Math.floor(load<f64>(at))) return false;
  }
  return true;
}

/** Whether n f64 are finite and at least 0. */
function amounts(at: usize, n: u32): bool {
  for (const end = at + ((<usize>n) << 3); at < end; at += 8) {
    const amount = load<f64>(at);
    if (!(amount >= 0 && amount <= f64.MAX_VALUE)) return false;
  }
  return true;
}

/** Whether the block is an instance and the states, n u8 or 0, are states: a status. O(n) */
export function checkInstance(instance: usize, states: usize): i32 {
  if (!inside(instance, INSTANCE, 1)) return Status.OUT_OF_BOUNDS;
  if (load<u32>(instance) != MAGIC) return Status.BAD_MAGIC;
  if (states == 0) return Status.OK;
  const n = setsOf(instance);
  if (!inside(states, n, 1)) return Status.OUT_OF_BOUNDS;
  for (let i: u32 = 0; i < n; i++) if (u8At(states, i) > State.PLACED) return Status.BAD_PARAMETER;
  return Status.OK;
}

// @ts-ignore: decorator
@inline
export function stateOf(states: usize, i: u32): u32 {
  return states == 0 ? State.FREE : u8At(states, i);
}

/** Weight of all elements, the elements that no set holds included; NaN where the block is no instance. */
export function instance_total(instance: usize): f64 {
  return checkInstance(instance, 0) == Status.OK ? totalOf(instance) : NaN;
}
