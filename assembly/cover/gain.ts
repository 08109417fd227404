// What a set would add: the weight of its elements that are not covered yet.
//
// The rest (what is left to cover) is a bit per element for rows, a byte per element for lists of unit weight, and the
// weight or 0 per element for weighted lists. Weighted sums add in ascending order of elements, whatever the form, so that
// rows and lists give the same bits; as additions round monotonically, a set's computed gain never grows.
// Rows of unit weight: count.ts.

import { at4, at8, f64At, setF64, setU64, setU8, u8At } from "../array";
import { fourCounts, rowCount } from "./count";
import { Instance, Kind, State, stateOf } from "./instance";

/** Bytes of the rest. */
export function restBytes(instance: Instance): u32 {
  if (instance.kind == Kind.BITS) return instance.words << 3;
  return instance.weights == 0 ? instance.elements : instance.elements << 3;
}

/** Everything is left to cover. */
export function restInit(instance: Instance, rest: usize): void {
  const m = instance.elements;
  if (instance.kind == Kind.BITS) {
    const words = instance.words;
    memory.fill(rest, 0xff, words << 3);
    if ((m & 63) != 0) setU64(rest, words - 1, ((<u64>1) << (m & 63)) - 1);
  } else if (instance.weights == 0) memory.fill(rest, 1, m);
  else memory.copy(rest, instance.weights, m << 3);
}

/** Weight of set i's elements in the rest. O(m / 64) rows, O(size) lists */
export function gainOf(instance: Instance, rest: usize, i: u32): f64 {
  const weights = instance.weights;
  if (instance.kind == Kind.BITS) {
    const row = instance.rowOf(i);
    return weights == 0 ? <f64>rowCount(row, rest, instance.words) : rowSum(row, rest, instance.words, weights);
  }
  const at = instance.membersOf(i);
  const end = instance.membersOf(i + 1);
  return weights == 0 ? <f64>listCount(at, end, rest) : listSum(at, end, rest);
}

/** Takes set i's elements from the rest. */
export function cover(instance: Instance, rest: usize, i: u32): void {
  if (instance.kind == Kind.BITS) {
    const row = instance.rowOf(i);
    for (let at: usize = 0, end = (<usize>instance.words) << 3; at < end; at += 8) {
      store<u64>(rest + at, load<u64>(rest + at) & ~load<u64>(row + at));
    }
    return;
  }
  const end = instance.membersOf(i + 1);
  if (instance.weights == 0) {
    for (let at = instance.membersOf(i); at < end; at += 4) setU8(rest, load<u32>(at), 0);
  } else {
    for (let at = instance.membersOf(i); at < end; at += 4) setF64(rest, load<u32>(at), 0);
  }
}

/** Takes the placed sets' elements from the rest; returns their weight. */
export function coverPlaced(instance: Instance, rest: usize, states: usize): f64 {
  let covered: f64 = 0;
  for (let i: u32 = 0, n = instance.sets; i < n; i++) {
    if (stateOf(states, i) == State.PLACED) {
      covered += gainOf(instance, rest, i);
      cover(instance, rest, i);
    }
  }
  return covered;
}

/** Gains of the sets listed, to gains[set]. */
export function gainsOf(instance: Instance, rest: usize, list: usize, count: u32, gains: usize): void {
  let at = list;
  const end = at4(list, count);
  if (instance.kind == Kind.BITS && instance.weights == 0) {
    const words = instance.words;
    for (const end4 = at4(list, count & ~3); at < end4; at += 16) fourGains(instance, rest, at, words, gains);
  }
  for (; at < end; at += 4) {
    const i = load<u32>(at);
    setF64(gains, i, gainOf(instance, rest, i));
  }
}

/** gainsOf, one row after the other. */
export function gainsByRow(instance: Instance, rest: usize, list: usize, count: u32, gains: usize): void {
  for (let at = list, end = at4(list, count); at < end; at += 4) {
    const i = load<u32>(at);
    setF64(gains, i, gainOf(instance, rest, i));
  }
}

function rowSum(row: usize, rest: usize, words: u32, weights: usize): f64 {
  let sum: f64 = 0;
  for (const end = at8(row, words); row < end; row += 8) {
    for (let left = load<u64>(row) & load<u64>(rest); left != 0; left &= left - 1) {
      sum += f64At(weights, <u32>ctz<u64>(left));
    }
    rest += 8;
    weights += 512;
  }
  return sum;
}

function listCount(at: usize, end: usize, rest: usize): u32 {
  let count0: u32 = 0;
  let count1: u32 = 0;
  for (; at + 8 <= end; at += 8) {
    count0 += u8At(rest, load<u32>(at));
    count1 += load<u8>(rest + load<u32>(at, 4));
  }
  if (at < end) count0 += u8At(rest, load<u32>(at));
  return count0 + count1;
}

function listSum(at: usize, end: usize, rest: usize): f64 {
  let sum: f64 = 0;
  for (; at < end; at += 4) sum += f64At(rest, load<u32>(at));
  return sum;
}

/** Four u64: what fourCounts counted. */
const counts = memory.data(32, 16);

/** Gains of the four sets listed, in rows of unit weight. */
// @ts-ignore: decorator
@inline
function fourGains(instance: Instance, rest: usize, list: usize, words: u32, gains: usize): void {
  const i0 = load<u32>(list);
  const i1 = load<u32>(list, 4);
  const i2 = load<u32>(list, 8);
  const i3 = load<u32>(list, 12);
  const row0 = instance.rowOf(i0);
  fourCounts(row0, instance.rowOf(i1), instance.rowOf(i2), instance.rowOf(i3), rest, words, counts);
  setF64(gains, i0, <f64>load<u64>(counts));
  setF64(gains, i1, <f64>load<u64>(counts, 8));
  setF64(gains, i2, <f64>load<u64>(counts, 16));
  setF64(gains, i3, <f64>load<u64>(counts, 24));
}
