// Upper bounds on what the picks still to come can cover.
//
// max sum w_i y_i, y_i <= sum of x_j over i's columns, sum x_j <= r (and sum c_j x_j <= B): with multipliers 0 <= u <= w on
// the coupling rows the relaxation is sum (w_i - u_i) + the best r columns by v_j = the sum of u over j's rows (a fractional
// knapsack under a budget). u = w is the submodular bound of Nemhauser and Wolsey (1978); from there subgradient steps of
// Polyak's length (Held, Wolfe, Crowder 1974) go down towards the linear relaxation. Any u is a valid certificate.

import { addF64, at8, f64At, setF64, setU32, u32At } from "../array";
import { Core } from "./core";
import { Level, Maximum } from "./maximum-state";
import { SLACK } from "./pick";

/** Values v_j of the alive columns under the multipliers u. */
function evaluate(search: Maximum, level: Level, u: usize): void {
  const core = search.core;
  for (let k: u32 = 0, count = level.candidates; k < count; k++) {
    const j = u32At(level.list, k);
    let value: f64 = 0;
    for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
      value += f64At(u, load<u32>(at));
    }
    setF64(search.values, j, value);
  }
}

/** Fills the heap with the candidates, by value or by value for cost. */
function fillHeap(search: Maximum, level: Level, byCost: bool): void {
  const heap = search.heap;
  heap.length = 0;
  const count = level.candidates;
  for (let k: u32 = 0; k < count; k++) {
    const j = u32At(level.list, k);
    const value = f64At(search.values, j);
    heap.append(byCost && value > 0 ? -value / f64At(search.core.costs, j) : -value, j);
  }
  heap.order();
}

/** The best r columns to search.chosen; returns their value, and leaves the next one's in search.next. */
function chooseCount(search: Maximum, level: Level): f64 {
  fillHeap(search, level, false);
  const r = min(search.limit - level.count, level.candidates);
  let sum: f64 = 0;
  for (let k: u32 = 0; k < r; k++) {
    const j = search.heap.pop();
    setU32(search.chosen, k, j);
    sum += f64At(search.values, j);
  }
  search.chosenCount = r;
  search.part = 1;
  search.next = search.heap.length > 0 ? -search.heap.topKey : 0;
  return sum;
}

/** The best fractional filling of the budget to search.chosen, of the last one only search.part. */
function chooseBudget(search: Maximum, level: Level): f64 {
  fillHeap(search, level, true);
  let sum: f64 = 0;
  // More than sums of costs that fit by rounding come to.
  let left = search.budget * SLACK - level.spent;
  let count: u32 = 0;
  let part: f64 = 1;
  while (search.heap.length > 0 && part == 1) {
    const j = search.heap.pop();
    const cost = f64At(search.core.costs, j);
    if (cost > left) part = max<f64>(left, 0) / cost;
    setU32(search.chosen, count, j);
    sum += part * f64At(search.values, j);
    left -= cost;
    count++;
  }
  search.chosenCount = count;
  search.part = part;
  return sum;
}

/** The bound under u; the relaxation's columns are in search.chosen afterwards. */
export function relax(search: Maximum, level: Level, u: usize): f64 {
  evaluate(search, level, u);
  let slack: f64 = level.covered;
  for (let i: u32 = 0, m = search.core.m; i < m; i++) {
    slack += f64At(level.rest, i) - f64At(u, i);
  }
  if (!search.budgeted) return slack + chooseCount(search, level);
  const byBudget = slack + chooseBudget(search, level);
  if (search.limit - level.count >= level.candidates) return byBudget;
  const byCount = slack + chooseCount(search, level);
  if (byCount <= byBudget) return byCount;
  chooseBudget(search, level);
  return byBudget;
}

/** How often the relaxation covers each row, to search.cover. */
function countCover(search: Maximum): void {
  const core = search.core;
  memory.fill(search.cover, 0, core.m * 8);
  for (let k: u32 = 0; k < search.chosenCount; k++) {
    const j = u32At(search.chosen, k);
    const share = k + 1 == search.chosenCount ? search.part : 1;
    for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
      addF64(search.cover, load<u32>(at), share);
    }
  }
}

/** One step from search.trial, whose bound is `bound`, to search.trial; false where there is nowhere to go. */
function stepDown(search: Maximum, level: Level, bound: f64, step: f64): bool {
  const m = search.core.m;
  let norm: f64 = 0;
  for (let i: u32 = 0; i < m; i++) {
    const rest = f64At(level.rest, i);
    const u = f64At(search.trial, i);
    const cover = f64At(search.cover, i);
    let slope = cover - 1;
    // At an end of its range a multiplier moves inwards only.
    if (rest == 0 || (u >= rest && slope < 0) || (u <= 0 && slope > 0)) slope = 0;
    setF64(search.cover, i, slope);
    norm += slope * slope;
  }
  if (norm == 0) return false;
  const length = (step * (bound - search.best)) / norm;
  for (let i: u32 = 0; i < m; i++) {
    const slope = f64At(search.cover, i);
    if (slope == 0) continue;
    const at = at8(search.trial, i);
    store<f64>(at, min<f64>(f64At(level.rest, i), max<f64>(0, load<f64>(at) - length * slope)));
  }
  return true;
}

/**
 * Lowers the level's bound by up to `steps` subgradient steps, and leaves the best multipliers in level.multipliers and
 * their relaxation in search.chosen. What the relaxations choose is tried as a solution.
 */
export function lowerBound(search: Maximum, level: Level, steps: u32): void {
  const m = search.core.m;
  memory.copy(search.trial, level.rest, m * 8);
  let least = relax(search, level, search.trial);
  tryChosen(search, level);
  for (let i: u32 = 0; i < m; i++) {
    const u = at8(search.trial, i);
    store<f64>(u, min<f64>(load<f64>(u), f64At(level.multipliers, i)));
  }
  memory.copy(level.multipliers, level.rest, m * 8);
  let step: f64 = 1.5;
  let worse: u32 = 0;
  for (let k: u32 = 0; k < steps && search.improves(least); k++) {
    const bound = relax(search, level, search.trial);
    tryChosen(search, level);
    if (bound < least) {
      least = bound;
      worse = 0;
      memory.copy(level.multipliers, search.trial, m * 8);
    } else if (++worse >= 6) {
      worse = 0;
      step *= 0.5;
    }
    if (!stepDown(search, level, bound, step)) break;
  }
  level.bound = min<f64>(level.bound, least);
}

/** Takes the relaxation's columns as a solution, if it is one and the best so far. */
function tryChosen(search: Maximum, level: Level): void {
  countCover(search);
  if (search.budgeted) return;
  let covered = level.covered;
  for (let i: u32 = 0, m = search.core.m; i < m; i++) {
    if (f64At(search.cover, i) >= 1) covered += f64At(level.rest, i);
  }
  if (search.betters(covered)) search.record(level, covered);
}
