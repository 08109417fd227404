// The core of an instance, for exact search: the free sets as columns, what they can still cover as rows, both ways round.
//
// Elements that placed sets cover, elements that no free set holds and sets without an element left drop out; columns and
// rows keep the order of sets and elements.

import { addU32, at4, f64At, setF64, setU32, u32At, u64At, u8At } from "../array";
import { alloc } from "../abi";
import { coverPlaced, restBytes, restInit } from "./gain";
import { Instance, Kind, State, stateOf } from "./instance";


@unmanaged
export class Core {
  instance: Instance;
  /** n u8 or 0, as the caller gave them. */
  states: usize;
  /** Columns. */
  n: u32;
  /** Rows. */
  m: u32;
  /** n + 1 u32, then the columns' rows, ascending. */
  columnStart: usize;
  columnRows: usize;
  /** m + 1 u32, then the rows' columns, ascending. */
  rowStart: usize;
  rowColumns: usize;
  /** m f64. */
  weights: usize;
  /** n f64. */
  costs: usize;
  /** The set of each column, n u32. */
  sets: usize;
  /** The element of each row, m u32. */
  elements: usize;
  /** Weight that placed sets cover, and whether placed and free sets together hold every element. */
  placed: f64;
  complete: bool;
  /** Whether weights and costs are whole numbers whose sums are exact with room to spare. */
  wholeWeights: bool;
  wholeCosts: bool;

  /** First byte of column j's rows; those of column j + 1 follow. */
  // @ts-ignore: decorator
  @inline
  columnAt(j: u32): usize {
    return at4(this.columnRows, u32At(this.columnStart, j));
  }

  /** First byte of row i's columns; those of row i + 1 follow. */
  // @ts-ignore: decorator
  @inline
  rowAt(i: u32): usize {
    return at4(this.rowColumns, u32At(this.rowStart, i));
  }
}

/** Largest sum of whole numbers that bounds are rounded for. */
const WHOLE: f64 = 1099511627776.0;

/** Builds the core in the arena; 0 where memory is out. O(n + m + members), rows of bits O(n m / 64) */
export function buildCore(instance: Instance, states: usize): Core {
  const none = changetype<Core>(0);
  const n = instance.sets;
  const m = instance.elements;
  const block = alloc(offsetof<Core>());
  const rest = alloc(restBytes(instance));
  const list = alloc(m * 4);
  const held = alloc(m * 4);
  const sizes = alloc(n * 4);
  if (block == 0 || rest == 0 || list == 0 || held == 0 || sizes == 0) return none;
  const core = changetype<Core>(block);
  core.instance = instance;
  core.states = states;
  restInit(instance, rest);
  core.placed = coverPlaced(instance, rest, states);
  memory.fill(held, 0, m * 4);
  let members: u64 = 0;
  core.n = 0;
  for (let set: u32 = 0; set < n; set++) {
    const size = stateOf(states, set) == State.FREE ? leftMembers(instance, rest, set, list) : 0;
    setU32(sizes, set, size);
    members += size;
    if (size > 0) core.n++;
    for (let k: u32 = 0; k < size; k++) {
      addU32(held, u32At(list, k), 1);
    }
  }
  core.m = 0;
  for (let e: u32 = 0; e < m; e++) if (u32At(held, e) > 0) core.m++;
  if (members >= 0x20000000 || !allocateCore(core, <u32>members)) return none;
  nameRows(core, rest, held);
  fillColumns(core, rest, list, held, sizes);
  fillRows(core);
  return core;
}

/** Whether element e is left in the rest and weighs anything. */
// @ts-ignore: decorator
@inline
function isLeft(instance: Instance, rest: usize, e: u32): bool {
  const weights = instance.weights;
  if (instance.kind == Kind.LISTS) return weights == 0 ? u8At(rest, e) != 0 : f64At(rest, e) > 0;
  if (((u64At(rest, e >> 6) >> (e & 63)) & 1) == 0) return false;
  return weights == 0 || f64At(weights, e) > 0;
}

/** Writes a set's elements that are left; returns how many. */
function leftMembers(instance: Instance, rest: usize, set: u32, list: usize): u32 {
  let count: u32 = 0;
  if (instance.kind == Kind.LISTS) {
    for (let at = instance.membersOf(set), end = instance.membersOf(set + 1); at < end; at += 4) {
      const e = load<u32>(at);
      if (!isLeft(instance, rest, e)) continue;
      setU32(list, count, e);
      count++;
    }
    return count;
  }
  const row = instance.rowOf(set);
  for (let word: u32 = 0, words = instance.words; word < words; word++) {
    for (let bits = u64At(row, word) & u64At(rest, word); bits != 0; bits &= bits - 1) {
      const e = (word << 6) + <u32>ctz<u64>(bits);
      if (!isLeft(instance, rest, e)) continue;
      setU32(list, count, e);
      count++;
    }
  }
  return count;
}

function allocateCore(core: Core, members: u32): bool {
  core.columnStart = alloc(core.n * 4 + 4);
  core.columnRows = alloc(members * 4);
  core.rowStart = alloc(core.m * 4 + 4);
  core.rowColumns = alloc(members * 4);
  core.weights = alloc(core.m * 8);
  core.costs = alloc(core.n * 8);
  core.sets = alloc(core.n * 4);
  core.elements = alloc(core.m * 4);
  if (core.columnStart == 0 || core.columnRows == 0 || core.rowStart == 0 || core.rowColumns == 0) return false;
  return core.weights != 0 && core.costs != 0 && core.sets != 0 && core.elements != 0;
}

/** Numbers the rows: held becomes each element's row. Rows begin where held's counts say. */
function nameRows(core: Core, rest: usize, held: usize): void {
  const weights = core.instance.weights;
  let row: u32 = 0;
  let start: u32 = 0;
  let total: f64 = 0;
  core.complete = true;
  core.wholeWeights = true;
  for (let e: u32 = 0, m = core.instance.elements; e < m; e++) {
    const columns = u32At(held, e);
    if (columns == 0) {
      if (isLeft(core.instance, rest, e)) core.complete = false;
      continue;
    }
    const weight = weights == 0 ? 1 : f64At(weights, e);
    setU32(held, e, row);
    setU32(core.elements, row, e);
    setF64(core.weights, row, weight);
    setU32(core.rowStart, row, start);
    if (weight != Math.floor(weight)) core.wholeWeights = false;
    total += weight;
    start += columns;
    row++;
  }
  setU32(core.rowStart, row, start);
  if (core.placed != Math.floor(core.placed) || total + core.placed > WHOLE) core.wholeWeights = false;
}

function fillColumns(core: Core, rest: usize, list: usize, held: usize, sizes: usize): void {
  let column: u32 = 0;
  let start: u32 = 0;
  let total: f64 = 0;
  core.wholeCosts = true;
  for (let set: u32 = 0, n = core.instance.sets; set < n; set++) {
    if (u32At(sizes, set) == 0) continue;
    const size = leftMembers(core.instance, rest, set, list);
    const cost = core.instance.costOf(set);
    setU32(core.sets, column, set);
    setF64(core.costs, column, cost);
    setU32(core.columnStart, column, start);
    for (let k: u32 = 0; k < size; k++) {
      setU32(core.columnRows, start + k, u32At(held, u32At(list, k)));
    }
    if (cost != Math.floor(cost)) core.wholeCosts = false;
    total += cost;
    start += size;
    column++;
  }
  setU32(core.columnStart, column, start);
  if (total > WHOLE) core.wholeCosts = false;
}

/** The columns of each row, ascending, from the rows of each column. */
function fillRows(core: Core): void {
  // Each row's start moves on as it fills, and is its successor's start in the end.
  for (let j: u32 = 0; j < core.n; j++) {
    for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
      const i = load<u32>(at);
      setU32(core.rowColumns, u32At(core.rowStart, i), j);
      addU32(core.rowStart, i, 1);
    }
  }
  for (let i = core.m; i > 0; i--) setU32(core.rowStart, i, u32At(core.rowStart, i - 1));
  setU32(core.rowStart, 0, 0);
}
