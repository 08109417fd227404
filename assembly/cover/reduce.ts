// Reductions of a core (Garfinkel and Nemhauser 1972; Beasley 1987): columns that another column makes needless, rows that
// are covered whenever another row is.

import { f64At, setU32, setU8, u32At, u8At } from "../array";
import { Core, columnAt, rowAt } from "./core";

/** Comparisons that a reduction may make at the root. */
export const ROOT_EFFORT: i64 = 100000000;

/** Open rows of column j, which it stamps with j + 1; the shortest of them, by its columns, to `shortest`. */
function stampColumn(core: Core, open: usize, stamps: usize, j: u32): u32 {
  let size: u32 = 0;
  shortest = u32.MAX_VALUE;
  let least = u32.MAX_VALUE;
  for (let at = columnAt(core, j), end = columnAt(core, j + 1); at < end; at += 4) {
    const i = load<u32>(at);
    if (u8At(open, i) == 0) continue;
    setU32(stamps, i, j + 1);
    size++;
    const length = <u32>(rowAt(core, i + 1) - rowAt(core, i));
    if (length < least) {
      least = length;
      shortest = i;
    }
  }
  return size;
}

let shortest: u32 = 0;

/** Alive columns of row i, which it stamps with i + 1; the shortest of them, by its rows, to `shortest`. */
function stampRow(core: Core, alive: usize, stamps: usize, i: u32): u32 {
  let size: u32 = 0;
  shortest = u32.MAX_VALUE;
  let least = u32.MAX_VALUE;
  for (let at = rowAt(core, i), end = rowAt(core, i + 1); at < end; at += 4) {
    const j = load<u32>(at);
    if (u8At(alive, j) == 0) continue;
    setU32(stamps, j, i + 1);
    size++;
    const length = <u32>(columnAt(core, j + 1) - columnAt(core, j));
    if (length < least) {
      least = length;
      shortest = j;
    }
  }
  return size;
}

/** Comparisons a call makes at most, so that a reduction never costs more than the search it spares. */
let allowed: i64 = 0;

/** The u32s in [at, end) whose flag is set: how many, and how many of them are stamped so. */
function countFlagged(at: usize, end: usize, flags: usize, stamps: usize, stamp: u32): void {
  flagged = 0;
  stamped = 0;
  allowed -= (end - at) >> 2;
  for (; at < end; at += 4) {
    const k = load<u32>(at);
    if (u8At(flags, k) == 0) continue;
    flagged++;
    if (u32At(stamps, k) == stamp) stamped++;
  }
}

let flagged: u32 = 0;
let stamped: u32 = 0;

/**
 * Drops columns whose open rows another alive column holds too, at no higher cost where costs count; of equal columns the
 * first stays. Columns without open rows drop as well. @param stamps m u32 of scratch
 * @param effort comparisons at most @returns how many dropped
 */
export function dropColumns(core: Core, alive: usize, open: usize, stamps: usize, byCost: bool, effort: i64): u32 {
  allowed = effort;
  memory.fill(stamps, 0, core.m * 4);
  let dropped: u32 = 0;
  for (let j: u32 = 0; j < core.n && allowed > 0; j++) {
    if (u8At(alive, j) == 0) continue;
    const size = stampColumn(core, open, stamps, j);
    if (size > 0 && !isDominated(core, alive, open, stamps, byCost, j, size, shortest)) continue;
    setU8(alive, j, 0);
    dropped++;
  }
  return dropped;
}

function isDominated(
  core: Core,
  alive: usize,
  open: usize,
  stamps: usize,
  byCost: bool,
  j: u32,
  size: u32,
  row: u32,
): bool {
  const cost = f64At(core.costs, j);
  for (let at = rowAt(core, row), last = rowAt(core, row + 1); at < last; at += 4) {
    const other = load<u32>(at);
    if (other == j || u8At(alive, other) == 0) continue;
    const otherCost = f64At(core.costs, other);
    if (byCost && otherCost > cost) continue;
    const first = columnAt(core, other);
    const end = columnAt(core, other + 1);
    if ((end - first) >> 2 < size) continue;
    countFlagged(first, end, open, stamps, j + 1);
    if (stamped < size) continue;
    if (flagged > size || other < j || (byCost && otherCost < cost)) return true;
  }
  return false;
}

/**
 * Closes rows that every solution covers because it covers another open row: those whose alive columns contain another's;
 * of equal rows the first stays. Rows need an alive column each. @param stamps n u32 of scratch
 * @param effort comparisons at most @returns how many closed
 */
export function closeRows(core: Core, alive: usize, open: usize, stamps: usize, effort: i64): u32 {
  allowed = effort;
  memory.fill(stamps, 0, core.n * 4);
  let closed: u32 = 0;
  for (let i: u32 = 0; i < core.m && allowed > 0; i++) {
    if (u8At(open, i) == 0) continue;
    const size = stampRow(core, alive, stamps, i);
    if (size == 0) continue;
    const column = shortest;
    for (let at = columnAt(core, column), end = columnAt(core, column + 1); at < end; at += 4) {
      const other = load<u32>(at);
      if (other == i || u8At(open, other) == 0) continue;
      const first = rowAt(core, other);
      const last = rowAt(core, other + 1);
      if ((last - first) >> 2 < size) continue;
      countFlagged(first, last, alive, stamps, i + 1);
      if (stamped < size || (flagged == size && other < i)) continue;
      setU8(open, other, 0);
      closed++;
    }
  }
  return closed;
}
