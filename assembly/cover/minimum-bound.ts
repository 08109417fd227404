// Lower bounds on what the rows still open cost to cover, and covers found on the way.
//
// Lagrangian relaxation of the rows (Beasley 1987; Fisher 1981): with multipliers u >= 0 the bound is sum u_i + the sum of
// the negative reduced costs c_j - (u over j's open rows). Any u is a valid certificate. Subgradient steps of Polyak's
// length (Held, Wolfe, Crowder 1974) raise it towards the linear relaxation's bound, from the row-wise least of cost per
// row on. Covers: the columns of reduced cost <= 0, the cheapest by reduced cost for rows they leave, less what is needless.

import { addU32, at4, at8, f64At, setF64, setU32, setU8, u32At, u8At } from "../array";
import { Minimum, Level } from "./minimum-state";
import { TIE } from "./pick";

/** Sets every open row's multiplier to the least cost per open row of its alive columns. */
export function firstMultipliers(search: Minimum, level: Level): void {
  const core = search.core;
  for (let i: u32 = 0; i < core.m; i++) if (u8At(level.open, i)) setF64(level.multipliers, i, Infinity);
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(level.alive, j) == 0) continue;
    let size: u32 = 0;
    const end = core.columnAt(j + 1);
    for (let at = core.columnAt(j); at < end; at += 4) size += u8At(level.open, load<u32>(at));
    const share = f64At(core.costs, j) / <f64>size;
    for (let at = core.columnAt(j); at < end; at += 4) {
      const i = load<u32>(at);
      if (u8At(level.open, i) == 0) continue;
      setF64(level.multipliers, i, min<f64>(share, f64At(level.multipliers, i)));
    }
  }
}

/** The bound under u; reduced costs are in search.reduced afterwards. u is 0 on rows that are not open. */
export function relax(search: Minimum, level: Level, u: usize): f64 {
  const core = search.core;
  let bound = level.spent;
  for (let i: u32 = 0; i < core.m; i++) if (u8At(level.open, i)) bound += f64At(u, i);
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(level.alive, j) == 0) continue;
    let cost = f64At(core.costs, j);
    for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
      const i = load<u32>(at);
      if (u8At(level.open, i)) cost -= f64At(u, i);
    }
    setF64(search.reduced, j, cost);
    if (cost < 0) bound += cost;
  }
  return bound;
}

/** One step up from search.trial; false where there is nowhere to go. */
function stepUp(search: Minimum, level: Level, bound: f64, step: f64): bool {
  const core = search.core;
  for (let i: u32 = 0; i < core.m; i++) setF64(search.slope, i, u8At(level.open, i) ? 1 : 0);
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(level.alive, j) == 0 || f64At(search.reduced, j) >= 0) continue;
    for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
      const i = load<u32>(at);
      if (u8At(level.open, i)) setF64(search.slope, i, f64At(search.slope, i) - 1);
    }
  }
  let norm: f64 = 0;
  for (let i: u32 = 0; i < core.m; i++) {
    const slope = f64At(search.slope, i);
    // A multiplier of 0 moves upwards only.
    if (slope < 0 && f64At(search.trial, i) <= 0) setF64(search.slope, i, 0);
    else norm += slope * slope;
  }
  if (norm == 0) return false;
  // A target a little beyond the best cover keeps the steps from dying out as the gap closes.
  const length = (step * (search.best * 1.02 - bound)) / norm;
  for (let i: u32 = 0; i < core.m; i++) {
    const slope = f64At(search.slope, i);
    if (slope == 0) continue;
    const at = at8(search.trial, i);
    store<f64>(at, max<f64>(0, load<f64>(at) + length * slope));
  }
  return true;
}

/**
 * Raises the level's bound by up to `steps` subgradient steps, leaves the best multipliers in level.multipliers, and their
 * reduced costs in search.reduced. @returns the bound under them
 */
export function raiseBound(search: Minimum, level: Level, steps: u32): f64 {
  const m = search.core.m;
  memory.copy(search.trial, level.multipliers, m * 8);
  let most = -Infinity;
  let step: f64 = 1.5;
  let worse: u32 = 0;
  for (let k: u32 = 0; k <= steps; k++) {
    const bound = relax(search, level, search.trial);
    if (bound > most) {
      if (bound > most + 1e-3 * Math.abs(most)) worse = 0;
      most = bound;
      memory.copy(level.multipliers, search.trial, m * 8);
      construct(search, level);
      if (!search.improves(most)) break;
    } else if (++worse >= 8) {
      worse = 0;
      step *= 0.6;
    }
    if (!stepUp(search, level, bound, step)) break;
  }
  level.bound = max<f64>(level.bound, most);
  return relax(search, level, level.multipliers);
}

/** Builds a cover from the reduced costs, and keeps it if it is the best so far. */
function construct(search: Minimum, level: Level): void {
  const core = search.core;
  memory.fill(search.taken, 0, core.n);
  memory.fill(search.cover, 0, core.m * 4);
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(level.alive, j) && f64At(search.reduced, j) <= 0) addColumn(search, j);
  }
  for (let i: u32 = 0; i < core.m; i++) {
    if (u8At(level.open, i) == 0 || u32At(search.cover, i) > 0) continue;
    let best = -1;
    let least: f64 = Infinity;
    for (let at = core.rowAt(i), end = core.rowAt(i + 1); at < end; at += 4) {
      const j = load<u32>(at);
      if (u8At(level.alive, j) == 0 || f64At(search.reduced, j) >= least) continue;
      least = f64At(search.reduced, j);
      best = j;
    }
    if (best < 0) return;
    addColumn(search, best);
  }
  keepCover(search, level.open, level.count, level.spent);
}

/** Adds a column to the cover under construction. */
export function addColumn(search: Minimum, j: u32): void {
  const core = search.core;
  setU8(search.taken, j, 1);
  for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
    addU32(search.cover, load<u32>(at), 1);
  }
}

/** Takes needless columns out of the cover under construction, dear ones first, and keeps the rest if it is the best. */
export function keepCover(search: Minimum, open: usize, pathCount: u32, spent: f64): void {
  const core = search.core;
  const count = orderTaken(search);
  let cost = spent;
  let kept: u32 = 0;
  for (let k: u32 = 0; k < count; k++) {
    const j = u32At(search.order, k);
    if (isNeedless(search, open, j)) continue;
    cost += f64At(core.costs, j);
    setU32(search.order, kept, j);
    kept++;
  }
  if (!(cost < search.best * TIE) && search.best != Infinity) return;
  search.best = cost;
  search.bestCount = pathCount + kept;
  memory.copy(search.bestColumns, search.path, pathCount * 4);
  memory.copy(at4(search.bestColumns, pathCount), search.order, kept * 4);
}

/** The columns taken, to search.order: by falling cost, equal costs by falling index. */
function orderTaken(search: Minimum): u32 {
  const core = search.core;
  const heap = search.heap;
  heap.length = 0;
  let count: u32 = 0;
  for (let j: u32 = 0; j < core.n; j++) {
    if (u8At(search.taken, j) == 0) continue;
    heap.append(f64At(core.costs, j), j);
    count++;
  }
  heap.order();
  for (let k = count; k > 0; k--) setU32(search.order, k - 1, heap.pop());
  return count;
}

/** Whether other columns taken cover column j's open rows too; then it is taken out. */
function isNeedless(search: Minimum, open: usize, j: u32): bool {
  const core = search.core;
  const end = core.columnAt(j + 1);
  for (let at = core.columnAt(j); at < end; at += 4) {
    const i = load<u32>(at);
    if (u8At(open, i) && u32At(search.cover, i) < 2) return false;
  }
  for (let at = core.columnAt(j); at < end; at += 4) {
    addU32(search.cover, load<u32>(at), -1);
  }
  return true;
}
