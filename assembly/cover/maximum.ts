// Exact maximum coverage by branch and bound, for small cases: at most k sets, under a budget if there is one.
//
// Depth first: a level picks its relaxation's most valuable column, searches below, then excludes it and goes on; bounds are
// maximum-bound.ts's. Columns that another one contains (at no higher cost) drop out first. The last two picks of an
// unbudgeted search are found by a scan of pairs by falling gains. Deterministic; a node is a bound computed. When the
// node budget ends, what was not searched leaves its bounds, the largest of which bounds the optimum.

import { f64At, setF64, setU32, setU8, u32At, u8At } from "../array";
import { Status, alloc, inside, mark, release } from "../abi";
import { buildCore } from "./core";
import { firstPicks } from "./greedy";
import { Instance, checkInstance } from "./instance";
import { lowerBound, relax } from "./maximum-bound";
import { Level, Maximum, newLevel, newMaximum } from "./maximum-state";
import { Rule, SLACK } from "./pick";
import { ROOT_EFFORT, dropColumns } from "./reduce";
import { ExactSummary, writeMultipliers, writePicks } from "./result";

/** Subgradient steps at the root and below it. */
const ROOT_STEPS: u32 = 400;
const STEPS: u32 = 16;

/**
 * Picks at most `limit` sets, of costs at most `budget` together, that cover the most weight.
 * @param budget >= 0, may be infinite @param nodes at least 1
 * @param picks min(limit, n) u32, ascending @param multipliers m f64 or 0: the root's u, 0 <= u <= w on what placed sets do
 * not cover; the weight placed, w - u there and the best sets by u bound the optimum
 * @returns a status. Exponential, but for the node budget
 */
export function exact_maximum(
  instance: Instance,
  states: usize,
  limit: u32,
  budget: f64,
  nodes: u32,
  picks: usize,
  multipliers: usize,
  summary: ExactSummary,
): i32 {
  const status = checkInstance(instance, states);
  if (status != Status.OK) return status;
  if (!(budget >= 0) || nodes == 0) return Status.BAD_PARAMETER;
  if (!inside(picks, min(limit, instance.sets), 4)) return Status.OUT_OF_BOUNDS;
  if (!inside(changetype<usize>(summary), offsetof<ExactSummary>(), 1)) return Status.OUT_OF_BOUNDS;
  if (multipliers != 0 && !inside(multipliers, instance.elements, 8)) return Status.OUT_OF_BOUNDS;
  const start = mark();
  const search = begin(instance, states, limit, budget);
  let done = !!search;
  if (done) {
    search.nodeLimit = nodes;
    done = descend(search) && write(search, picks, multipliers, summary);
  }
  release(start);
  return done ? Status.OK : Status.OUT_OF_MEMORY;
}

/** A search that has greedy's solution; 0 where memory is out. */
function begin(instance: Instance, states: usize, limit: u32, budget: f64): Maximum {
  const none = changetype<Maximum>(0);
  const core = buildCore(instance, states);
  if (!core) return none;
  const search = newMaximum(core, limit);
  if (!search) return none;
  search.budget = budget * SLACK;
  search.budgeted = budget != Infinity;
  const first = firstPicks(instance, states, search.budgeted ? Rule.BUDGETED : Rule.GAIN, limit, budget);
  if (!first) return none;
  search.best = first.summary.covered;
  search.bestCount = <u32>first.summary.picks;
  memory.copy(search.bestPicks, first.picks, search.bestCount * 4);
  return search;
}

/** Writes the best solution and what is proven of it; false where memory is out. */
function write(search: Maximum, picks: usize, multipliers: usize, summary: ExactSummary): bool {
  if (multipliers != 0) writeMultipliers(search.core, search.root, multipliers);
  if (!writePicks(search.core, search.bestPicks, search.bestCount, picks, summary)) return false;
  const proven = !search.improves(search.unsearched);
  summary.bound = proven ? summary.covered : search.rounded(search.unsearched);
  summary.nodes = <f64>search.nodes;
  summary.optimal = proven ? 1 : 0;
  return true;
}

/** The level that everything lies below; 0 where memory is out. */
function newRoot(search: Maximum): Level {
  const core = search.core;
  const root = newLevel(core);
  if (!root) return root;
  root.count = 0;
  root.covered = core.placed;
  root.spent = 0;
  root.bound = core.instance.total;
  memory.copy(root.rest, core.weights, core.m * 8);
  memory.copy(root.multipliers, core.weights, core.m * 8);
  memory.fill(root.alive, 1, core.n);
  // Every row counts, as nothing is picked yet.
  const open = alloc(core.m);
  if (open == 0) return changetype<Level>(0);
  memory.fill(open, 1, core.m);
  const reduction = search.reduction;
  reduction.alive = root.alive;
  reduction.open = open;
  reduction.byCost = search.budgeted;
  dropColumns(reduction, ROOT_EFFORT);
  return root;
}

/** Searches everything; false where memory is out. */
function descend(search: Maximum): bool {
  let level = newRoot(search);
  if (!level) return false;
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

/** Works on a level until it is done (-1) or branches: the column to include first, and to exclude here afterwards. */
function advance(search: Maximum, level: Level): i32 {
  if (search.budgeted && search.betters(level.covered)) {
    search.chosenCount = 0;
    search.record(level, level.covered);
  }
  if (!search.improves(level.bound)) return -1;
  const r = search.limit - level.count;
  listCandidates(search, level);
  if (r == 0 || level.candidates == 0) return -1;
  if (search.nodes >= search.nodeLimit) {
    search.unsearched = max<f64>(search.unsearched, level.bound);
    return -1;
  }
  search.nodes++;
  const root = search.nodes == 1;
  lowerBound(search, level, root ? ROOT_STEPS : r > 2 || search.budgeted ? STEPS : 0);
  if (root) memory.copy(search.root, level.multipliers, search.core.m * 8);
  if (!search.improves(level.bound)) return -1;
  if (!search.budgeted) {
    // The relaxation under u = w is exact for one pick, and has been tried; so has picking everything.
    if (r == 1 || level.candidates <= r) return -1;
    if (r == 2) {
      scanPairs(search, level);
      return -1;
    }
  }
  return branch(search, level);
}

/** Lists the columns that may still be picked, and bounds the level by what they cover together. */
function listCandidates(search: Maximum, level: Level): void {
  const core = search.core;
  let count: u32 = 0;
  let within = level.covered;
  memory.fill(search.cover, 0, core.m * 8);
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(level.alive, j) == 0) continue;
    let gain: f64 = 0;
    for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
      const i = load<u32>(at);
      const rest = f64At(level.rest, i);
      gain += rest;
      setF64(search.cover, i, rest);
    }
    if (gain == 0 || level.spent + f64At(core.costs, j) > search.budget) setU8(level.alive, j, 0);
    else setU32(level.list, count++, j);
  }
  for (let i: u32 = 0; i < core.m; i++) within += f64At(search.cover, i);
  level.candidates = count;
  level.bound = min<f64>(level.bound, within);
}

/** Fixes columns by their reduced values and chooses one to branch on; -1 where none is left. */
function branch(search: Maximum, level: Level): i32 {
  const bound = relax(search, level, level.multipliers);
  const core = search.core;
  search.childBound = level.bound;
  let pick = -1;
  let most: f64 = -1;
  const chosen = search.chosenCount;
  for (let k: u32 = 0; k < chosen; k++) {
    const j = u32At(search.chosen, k);
    const value = f64At(search.values, j);
    if (value > most) {
      most = value;
      pick = j;
    }
  }
  if (pick < 0) return -1;
  setU8(level.alive, pick, 0);
  if (search.budgeted || chosen < search.limit - level.count) return pick;
  const last = f64At(search.values, u32At(search.chosen, chosen - 1));
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(level.alive, j) == 0) continue;
    const value = f64At(search.values, j);
    if (value < last && !search.improves(bound - last + value)) setU8(level.alive, j, 0);
  }
  // Without the pick, the next column takes its place.
  level.bound = min<f64>(level.bound, bound - most + search.next);
  return pick;
}

/** The level below, with column j picked. */
function include(search: Maximum, level: Level, child: Level, j: u32): void {
  const core = search.core;
  child.parent = changetype<usize>(level);
  child.count = level.count + 1;
  child.bound = search.childBound;
  child.spent = level.spent + f64At(core.costs, j);
  memory.copy(child.alive, level.alive, core.n);
  memory.copy(child.rest, level.rest, core.m * 8);
  memory.copy(child.multipliers, level.multipliers, core.m * 8);
  let covered = level.covered;
  for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
    const i = load<u32>(at);
    covered += f64At(level.rest, i);
    setF64(child.rest, i, 0);
    setF64(child.multipliers, i, 0);
  }
  child.covered = covered;
  setU32(search.path, level.count, j);
}

/** The best two of the candidates. */
function scanPairs(search: Maximum, level: Level): void {
  const core = search.core;
  const count = level.candidates;
  relax(search, level, level.rest);
  const heap = search.heap;
  heap.length = 0;
  for (let k: u32 = 0; k < count; k++) heap.append(-f64At(search.values, u32At(level.list, k)), u32At(level.list, k));
  heap.order();
  for (let k: u32 = 0; k < count; k++) setU32(level.list, k, heap.pop());
  memory.fill(search.stamps, 0, core.m * 4);
  for (let k: u32 = 0; k + 1 < count; k++) {
    const a = u32At(level.list, k);
    const first = level.covered + f64At(search.values, a);
    if (!search.improves(first + f64At(search.values, u32At(level.list, k + 1)))) return;
    for (let at = core.columnAt(a), end = core.columnAt(a + 1); at < end; at += 4) {
      setU32(search.stamps, load<u32>(at), k + 1);
    }
    for (let l = k + 1; l < count; l++) {
      const b = u32At(level.list, l);
      if (!search.improves(first + f64At(search.values, b))) break;
      let covered = first;
      for (let at = core.columnAt(b), end = core.columnAt(b + 1); at < end; at += 4) {
        const i = load<u32>(at);
        if (u32At(search.stamps, i) != k + 1) covered += f64At(level.rest, i);
      }
      if (!search.betters(covered)) continue;
      setU32(search.chosen, 0, a);
      setU32(search.chosen, 1, b);
      search.chosenCount = 2;
      search.record(level, covered);
    }
  }
}
