// An instance of a covering problem: sets over elements 0 .. m - 1, with weights of elements and costs of sets.
//
// Sets come as rows of bits or as lists of elements. Everything is checked once, here; what follows trusts the block, so
// nothing it points to may change while it is in use.

import { at4, at8, f64At, u32At, u8At } from "../array";
import { Status, inside } from "../abi";

const MAGIC: u32 = 0x5643564e; // "NVCV"
/** Sums up to which whole amounts are compared for equality. */
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


@unmanaged
export class Instance {
  magic: u32;
  kind: u32;
  /** Numbers of sets, n, and of elements, m. */
  sets: u32;
  elements: u32;
  /** Of a row: ceil(m / 64). */
  words: u32;
  /** Rows of bits, or offsets of lists and their members. */
  rows: usize;
  members: usize;
  /** m f64, or 0: 1 each. */
  weights: usize;
  /** n f64, or 0: 1 each. */
  costs: usize;
  /** Weights are whole numbers of a sum up to WHOLE: different gains differ by far more than the tolerance. */
  wholeGains: bool;
  /** Costs are whole too, and no gain times a cost exceeds WHOLE: the same holds of gains for their costs. */
  wholeRatios: bool;
  /** Weight of all elements. */
  total: f64;

  /** First byte of set i's row. */
  // @ts-ignore: decorator
  @inline
  rowOf(i: u32): usize {
    return this.rows + <usize>i * ((<usize>this.words) << 3);
  }

  /** First byte of set i's members; those of set i + 1 follow. */
  // @ts-ignore: decorator
  @inline
  membersOf(i: u32): usize {
    return at4(this.members, u32At(this.rows, i));
  }

  // @ts-ignore: decorator
  @inline
  costOf(i: u32): f64 {
    return this.costs == 0 ? 1 : f64At(this.costs, i);
  }
}

/** Bytes of an instance block. */
export function instance_bytes(): u32 {
  return offsetof<Instance>();
}

/**
 * Describes sets given as rows of bits.
 * @param instance instance_bytes() bytes, aligned to 8 @param rows n * ceil(m / 64) u64
 * @param weights m f64, finite and >= 0, or 0 @param costs n f64, finite and >= 0, or 0
 * @returns a status. O(n + m)
 */
export function instance_bits(instance: Instance, n: u32, m: u32, rows: usize, weights: usize, costs: usize): i32 {
  const words = <u32>((<u64>m + 63) >> 6);
  const status = begin(instance, Kind.BITS, n, m, weights, costs);
  if (status != Status.OK) return status;
  if (<u64>n * words > 0x1fffffff || !inside(rows, n * words, 8)) return Status.OUT_OF_BOUNDS;
  instance.rows = rows;
  if ((m & 63) != 0) {
    const past = ~(((<u64>1) << (m & 63)) - 1);
    for (let i: u32 = 1; i <= n; i++) {
      if ((load<u64>(rows + (((<usize>i * words) << 3) - 8)) & past) != 0) return Status.INCONSISTENT;
    }
  }
  instance.magic = MAGIC;
  return Status.OK;
}

/**
 * Describes sets given as lists of elements.
 * @param offsets n + 1 u32 @param members offsets[n] u32 @param weights as above @param costs as above
 * @returns a status. O(n + m + members)
 */
export function instance_lists(
  instance: Instance,
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
  instance.rows = offsets;
  instance.members = members;
  if (load<u32>(offsets) != 0) return Status.INCONSISTENT;
  for (let i: u32 = 0; i < n; i++) {
    if (u32At(offsets, i + 1) < u32At(offsets, i)) return Status.INCONSISTENT;
  }
  for (let i: u32 = 0; i < n; i++) {
    let least: u64 = 0;
    for (let at = instance.membersOf(i), end = instance.membersOf(i + 1); at < end; at += 4) {
      const e = load<u32>(at);
      if (e >= m || <u64>e < least) return Status.INCONSISTENT;
      least = <u64>e + 1;
    }
  }
  instance.magic = MAGIC;
  return Status.OK;
}

function begin(instance: Instance, kind: u32, n: u32, m: u32, weights: usize, costs: usize): i32 {
  if (!inside(changetype<usize>(instance), offsetof<Instance>(), 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(changetype<usize>(instance), 0, offsetof<Instance>());
  // Numbers of sets and elements stay below 2^28, so that none of their arrays' lengths in bytes wraps.
  if (n >= 0x10000000 || m >= 0x10000000) return Status.BAD_PARAMETER;
  if (weights != 0 && !inside(weights, m, 8)) return Status.OUT_OF_BOUNDS;
  if (costs != 0 && !inside(costs, n, 8)) return Status.OUT_OF_BOUNDS;
  if (weights != 0 && !amounts(weights, m)) return Status.BAD_PARAMETER;
  if (costs != 0 && !amounts(costs, n)) return Status.BAD_PARAMETER;
  let total: f64 = <f64>m;
  if (weights != 0) {
    total = 0;
    for (let at = weights, end = at8(weights, m); at < end; at += 8) total += load<f64>(at);
    if (!(total <= f64.MAX_VALUE)) return Status.BAD_PARAMETER;
  }
  instance.kind = kind;
  instance.sets = n;
  instance.elements = m;
  instance.words = <u32>((<u64>m + 63) >> 6);
  instance.weights = weights;
  instance.costs = costs;
  instance.total = total;
  instance.wholeGains = total <= WHOLE && (weights == 0 || areWhole(weights, m));
  instance.wholeRatios = instance.wholeGains && (costs == 0 || areWholeCosts(costs, n, total));
  return Status.OK;
}

function areWholeCosts(costs: usize, n: u32, total: f64): bool {
  let most: f64 = 0;
  for (let at = costs, end = at8(costs, n); at < end; at += 8) most = max<f64>(most, load<f64>(at));
  return areWhole(costs, n) && total * most <= WHOLE;
}

function areWhole(at: usize, n: u32): bool {
  for (const end = at8(at, n); at < end; at += 8) {
    if (load<f64>(at) != Math.floor(load<f64>(at))) return false;
  }
  return true;
}

/** Whether n f64 are finite and at least 0. */
function amounts(at: usize, n: u32): bool {
  for (const end = at8(at, n); at < end; at += 8) {
    const amount = load<f64>(at);
    if (!(amount >= 0 && amount <= f64.MAX_VALUE)) return false;
  }
  return true;
}

/** Whether the block is an instance and the states, n u8 or 0, are states: a status. O(n) */
export function checkInstance(instance: Instance, states: usize): i32 {
  if (!inside(changetype<usize>(instance), offsetof<Instance>(), 1)) return Status.OUT_OF_BOUNDS;
  if (instance.magic != MAGIC) return Status.BAD_MAGIC;
  if (states == 0) return Status.OK;
  const n = instance.sets;
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
export function instance_total(instance: Instance): f64 {
  return checkInstance(instance, 0) == Status.OK ? instance.total : NaN;
}
