// Reductions of a core (Garfinkel and Nemhauser 1972; Beasley 1987): columns that another column makes needless, rows that
// are covered whenever another row is.

import { alloc } from "../abi";
import { f64At, setU32, setU8, u32At, u8At } from "../array";
import { Core } from "./core";

/** Comparisons that a reduction may make at the root. */
export const ROOT_EFFORT: i64 = 100000000;


@unmanaged
export class Reduction {
  core: Core;
  /** Columns that may still be picked, n u8, and rows still to cover, m u8. */
  alive: usize;
  open: usize;
  /** Whether a column must not cost more than the one it makes needless. */
  byCost: bool;
  /** Scratch: u32 per row or column. */
  stamps: usize;
  /** Comparisons left to a call, so that a reduction never costs more than the search it spares. */
  effort: i64;
  /** Of the column (row) stamped last: its open rows (alive columns), and the one of them with the fewest entries. */
  size: u32;
  shortest: u32;
  /** Of the entries counted last: those that are in question, and those of them that are stamped. */
  flagged: u32;
  stamped: u32;
}

/** A reduction by cost; 0 where memory is out. @param stamps max(n, m) u32, or m for columns only; 0: memory is out */
export function newReduction(core: Core, stamps: usize): Reduction {
  const block = alloc(offsetof<Reduction>());
  if (block == 0 || stamps == 0) return changetype<Reduction>(0);
  const reduction = changetype<Reduction>(block);
  reduction.core = core;
  reduction.stamps = stamps;
  reduction.byCost = true;
  return reduction;
}

/** Stamps the open rows of column j with j + 1. */
function stampColumn(reduction: Reduction, j: u32): void {
  const core = reduction.core;
  const open = reduction.open;
  let size: u32 = 0;
  let shortest = u32.MAX_VALUE;
  let least = u32.MAX_VALUE;
  for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
    const i = load<u32>(at);
    if (u8At(open, i) == 0) continue;
    setU32(reduction.stamps, i, j + 1);
    size++;
    const length = <u32>(core.rowAt(i + 1) - core.rowAt(i));
    if (length < least) {
      least = length;
      shortest = i;
    }
  }
  reduction.size = size;
  reduction.shortest = shortest;
}

/** Stamps the alive columns of row i with i + 1. */
function stampRow(reduction: Reduction, i: u32): void {
  const core = reduction.core;
  const alive = reduction.alive;
  let size: u32 = 0;
  let shortest = u32.MAX_VALUE;
  let least = u32.MAX_VALUE;
  for (let at = core.rowAt(i), end = core.rowAt(i + 1); at < end; at += 4) {
    const j = load<u32>(at);
    if (u8At(alive, j) == 0) continue;
    setU32(reduction.stamps, j, i + 1);
    size++;
    const length = <u32>(core.columnAt(j + 1) - core.columnAt(j));
    if (length < least) {
      least = length;
      shortest = j;
    }
  }
  reduction.size = size;
  reduction.shortest = shortest;
}

/** Counts the u32s in [at, end) whose flag is set, and those of them that are stamped so. */
function countEntries(reduction: Reduction, at: usize, end: usize, flags: usize, stamp: u32): void {
  const stamps = reduction.stamps;
  let flagged: u32 = 0;
  let stamped: u32 = 0;
  reduction.effort -= (end - at) >> 2;
  for (; at < end; at += 4) {
    const k = load<u32>(at);
    if (u8At(flags, k) == 0) continue;
    flagged++;
    if (u32At(stamps, k) == stamp) stamped++;
  }
  reduction.flagged = flagged;
  reduction.stamped = stamped;
}

/**
 * Drops columns whose open rows another alive column holds too, at no higher cost where costs count; of equal columns the
 * first stays. Columns without open rows drop as well. @param effort comparisons at most @returns how many dropped
 */
export function dropColumns(reduction: Reduction, effort: i64): u32 {
  const core = reduction.core;
  reduction.effort = effort;
  memory.fill(reduction.stamps, 0, core.m * 4);
  let dropped: u32 = 0;
  for (let j: u32 = 0; j < core.n && reduction.effort > 0; j++) {
    if (u8At(reduction.alive, j) == 0) continue;
    stampColumn(reduction, j);
    if (reduction.size > 0 && !isDominated(reduction, j)) continue;
    setU8(reduction.alive, j, 0);
    dropped++;
  }
  return dropped;
}

/** Whether another column makes column j, which is stamped, needless. */
function isDominated(reduction: Reduction, j: u32): bool {
  const core = reduction.core;
  const row = reduction.shortest;
  const size = reduction.size;
  const cost = f64At(core.costs, j);
  for (let at = core.rowAt(row), last = core.rowAt(row + 1); at < last; at += 4) {
    const other = load<u32>(at);
    if (other == j || u8At(reduction.alive, other) == 0) continue;
    const otherCost = f64At(core.costs, other);
    if (reduction.byCost && otherCost > cost) continue;
    const first = core.columnAt(other);
    const end = core.columnAt(other + 1);
    if ((end - first) >> 2 < size) continue;
    countEntries(reduction, first, end, reduction.open, j + 1);
    if (reduction.stamped < size) continue;
    if (reduction.flagged > size || other < j || (reduction.byCost && otherCost < cost)) return true;
  }
  return false;
}

/**
 * Closes rows that every solution covers because it covers another open row: those whose alive columns contain another's;
 * of equal rows the first stays. Rows need an alive column each.
 * @param effort comparisons at most @returns how many closed
 */
export function closeRows(reduction: Reduction, effort: i64): u32 {
  const core = reduction.core;
  reduction.effort = effort;
  memory.fill(reduction.stamps, 0, core.n * 4);
  let closed: u32 = 0;
  for (let i: u32 = 0; i < core.m && reduction.effort > 0; i++) {
    if (u8At(reduction.open, i) == 0) continue;
    stampRow(reduction, i);
    const size = reduction.size;
    if (size == 0) continue;
    const column = reduction.shortest;
    for (let at = core.columnAt(column), end = core.columnAt(column + 1); at < end; at += 4) {
      const other = load<u32>(at);
      if (other == i || u8At(reduction.open, other) == 0) continue;
      const first = core.rowAt(other);
      const last = core.rowAt(other + 1);
      if ((last - first) >> 2 < size) continue;
      countEntries(reduction, first, last, reduction.alive, i + 1);
      if (reduction.stamped < size || (reduction.flagged == size && other < i)) continue;
      setU8(reduction.open, other, 0);
      closed++;
    }
  }
  return closed;
}
