// Exact set cover of least cost by branch and bound, for small cases.
//
// Reductions first: dominated columns, rows implied by others, columns that a row needs (reduce.ts). Then depth first: a
// level takes the column of least reduced cost in the row with the fewest, searches below, then excludes it and goes on;
// bounds are minimum-bound.ts's, by which columns are fixed too. Deterministic; a node is a bound computed. When the node
// budget ends, what was not searched leaves its bounds, the least of which bounds the optimum.
// Elements of weight 0 need no cover.

import { f64At, setF64, setU32, setU8, u32At, u8At } from "../array";
import { Status, alloc, inside, mark, release } from "../abi";
import { Core, buildCore } from "./core";
import { firstPicks } from "./greedy";
import { Instance, checkInstance } from "./instance";
import { ExactSummary, writeMultipliers, writePicks } from "./result";
import { addColumn, firstMultipliers, keepCover, raiseBound } from "./minimum-bound";
import { Minimum, Level, newMinimum, newLevel } from "./minimum-state";
import { Rule } from "./pick";
import { ROOT_EFFORT, closeRows, dropColumns } from "./reduce";

/** Subgradient steps at the root and below it. */
const ROOT_STEPS: u32 = 600;
const STEPS: u32 = 24;
/** Comparisons that a reduction may make below the root, for each byte of columns. */
const NODE_EFFORT: u32 = 4;

/**
 * Picks sets that cover every element at the least cost, placed sets' elements aside.
 * @param nodes at least 1 @param picks n u32, ascending @param multipliers m f64 or 0: the root's u >= 0; the sum of u less
 * what sets' sums of u exceed their costs by bounds the optimum; where no cover
 * exists no picks, and cost and bound infinite
 * @returns a status. Exponential, but for the node budget
 */
export function exact_cover(
  instance: Instance,
  states: usize,
  nodes: u32,
  picks: usize,
  multipliers: usize,
  summary: ExactSummary,
): i32 {
  const status = checkInstance(instance, states);
  if (status != Status.OK) return status;
  if (nodes == 0) return Status.BAD_PARAMETER;
  if (!inside(picks, instance.sets, 4)) return Status.OUT_OF_BOUNDS;
  if (!inside(changetype<usize>(summary), offsetof<ExactSummary>(), 1)) return Status.OUT_OF_BOUNDS;
  if (multipliers != 0 && !inside(multipliers, instance.elements, 8)) return Status.OUT_OF_BOUNDS;
  const start = mark();
  const core = buildCore(instance, states);
  let done = false;
  if (core) {
    const search = newMinimum(core);
    if (search) {
      search.nodeLimit = nodes;
      done = (!core.complete || descend(search)) && write(search, picks, multipliers, summary);
    }
  }
  release(start);
  return done ? Status.OK : Status.OUT_OF_MEMORY;
}

/** Writes the best cover and what is proven of it; false where memory is out. */
function write(search: Minimum, picks: usize, multipliers: usize, summary: ExactSummary): bool {
  const core = search.core;
  if (multipliers != 0) writeMultipliers(core, search.root, multipliers);
  for (let k: u32 = 0; k < search.bestCount; k++) {
    setU32(search.bestColumns, k, u32At(core.sets, u32At(search.bestColumns, k)));
  }
  if (!writePicks(core, search.bestColumns, search.bestCount, picks, summary)) return false;
  if (!core.complete) summary.cost = Infinity;
  const proven = !core.complete || !search.improves(search.unsearched);
  summary.bound = proven ? summary.cost : search.rounded(search.unsearched);
  summary.nodes = <f64>search.nodes;
  summary.optimal = proven ? 1 : 0;
  return true;
}

/** The level that everything lies below; 0 where memory is out. */
function newRoot(core: Core): Level {
  const root = newLevel(core);
  if (!root) return root;
  root.count = 0;
  root.spent = 0;
  root.bound = 0;
  memory.fill(root.alive, 1, core.n);
  memory.fill(root.open, 1, core.m);
  memory.fill(root.multipliers, 0, core.m * 8);
  return root;
}

/** Greedy's cover, less what is needless, to begin with; false where memory is out. */
function beginGreedily(search: Minimum, open: usize): bool {
  const core = search.core;
  const first = firstPicks(core.instance, core.states, Rule.RATIO, core.instance.sets, Infinity);
  if (!first) return false;
  memory.fill(search.taken, 0, core.n);
  memory.fill(search.cover, 0, core.m * 4);
  for (let k: u32 = 0, count = <u32>first.summary.picks; k < count; k++) {
    addColumn(search, columnOf(core, u32At(first.picks, k)));
  }
  keepCover(search, open, 0, 0);
  return true;
}

/** The column of a set that has one. */
function columnOf(core: Core, set: u32): u32 {
  let low: u32 = 0;
  let high = core.n;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (u32At(core.sets, middle) <= set) low = middle;
    else high = middle;
  }
  return low;
}

/** Searches everything; false where memory is out. */
function descend(search: Minimum): bool {
  let level = newRoot(search.core);
  if (!level || !beginGreedily(search, level.open)) return false;
  while (level) {
    const j = advance(search, level);
    if (j < 0) {
      const done = level;
      level = changetype<Level>(level.parent);
      release(done.mark);
      continue;
    }
    const child = newLevel(search.core);
    if (!child) return false;
    include(search, level, child, j);
    level = child;
  }
  return true;
}

/** Works on a level until it is done (-1) or branches: the column to take first, and to exclude here afterwards. */
function advance(search: Minimum, level: Level): i32 {
  const core = search.core;
  while (search.improves(level.bound) && reduce(search, level) && search.improves(level.spent)) {
    if (!hasOpen(core, level)) {
      memory.fill(search.taken, 0, core.n);
      keepCover(search, level.open, level.count, level.spent);
      return -1;
    }
    if (search.nodes >= search.nodeLimit) {
      search.unsearched = min<f64>(search.unsearched, level.bound);
      return -1;
    }
    const root = search.nodes++ == 0;
    if (root) firstMultipliers(search, level);
    const bound = raiseBound(search, level, root ? ROOT_STEPS : STEPS);
    if (root) memory.copy(search.root, level.multipliers, core.m * 8);
    if (!search.improves(level.bound)) return -1;
    if (!fix(search, level, bound)) return branch(search, level, bound);
  }
  return -1;
}

/** Takes columns that a row needs and drops what is dominated, until nothing changes; false where a row has none left. */
function reduce(search: Minimum, level: Level): bool {
  const core = search.core;
  const effort = search.nodes == 0 ? ROOT_EFFORT : <i64>NODE_EFFORT * (core.columnAt(core.n) - core.columnRows);
  const reduction = search.reduction;
  reduction.alive = level.alive;
  reduction.open = level.open;
  let changed = true;
  while (changed) {
    changed = false;
    for (let i: u32 = 0; i < core.m; i++) {
      if (u8At(level.open, i) == 0) continue;
      let last: u32 = 0;
      let count: u32 = 0;
      for (let at = core.rowAt(i), end = core.rowAt(i + 1); at < end && count < 2; at += 4) {
        if (u8At(level.alive, load<u32>(at)) == 0) continue;
        last = load<u32>(at);
        count++;
      }
      if (count == 0) return false;
      if (count > 1) continue;
      search.take(level, last);
      // For the certificate: the row's multiplier pays for the column that only it has.
      setF64(level.multipliers, i, f64At(core.costs, last));
      changed = true;
    }
    if (closeRows(reduction, effort) > 0) changed = true;
    if (dropColumns(reduction, effort) > 0) changed = true;
  }
  return true;
}

function hasOpen(core: Core, level: Level): bool {
  for (let i: u32 = 0; i < core.m; i++) if (u8At(level.open, i)) return true;
  return false;
}

/** Drops columns that no better cover has and takes those that each has, by reduced costs; whether any was taken. */
function fix(search: Minimum, level: Level, bound: f64): bool {
  const core = search.core;
  let took = false;
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(level.alive, j) == 0) continue;
    const reduced = f64At(search.reduced, j);
    if (search.improves(bound + Math.abs(reduced))) continue;
    if (reduced < 0) {
      search.take(level, j);
      took = true;
    } else setU8(level.alive, j, 0);
  }
  return took;
}

/** The column of least reduced cost in the row with the fewest, which this level excludes from now on. */
function branch(search: Minimum, level: Level, bound: f64): i32 {
  const core = search.core;
  let pick = -1;
  let fewest = u32.MAX_VALUE;
  for (let i: u32 = 0; i < core.m; i++) {
    if (u8At(level.open, i) == 0) continue;
    let count: u32 = 0;
    let best = -1;
    let least: f64 = Infinity;
    for (let at = core.rowAt(i), end = core.rowAt(i + 1); at < end; at += 4) {
      const j = load<u32>(at);
      if (u8At(level.alive, j) == 0) continue;
      count++;
      if (f64At(search.reduced, j) < least) {
        least = f64At(search.reduced, j);
        best = j;
      }
    }
    // A row whose columns were all dropped: nothing better lies below.
    if (count == 0) return -1;
    if (count >= fewest) continue;
    fewest = count;
    pick = best;
  }
  const reduced = f64At(search.reduced, pick);
  search.childBound = max<f64>(level.bound, bound + max<f64>(reduced, 0));
  level.bound = max<f64>(level.bound, bound - min<f64>(reduced, 0));
  setU8(level.alive, pick, 0);
  return pick;
}

/** The level below, with column j taken. */
function include(search: Minimum, level: Level, child: Level, j: u32): void {
  const core = search.core;
  child.parent = changetype<usize>(level);
  child.count = level.count;
  child.spent = level.spent;
  child.bound = search.childBound;
  memory.copy(child.alive, level.alive, core.n);
  memory.copy(child.open, level.open, core.m);
  memory.copy(child.multipliers, level.multipliers, core.m * 8);
  search.take(child, j);
}
