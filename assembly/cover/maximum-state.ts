// What a search for maximum coverage works on: raw memory, nothing managed.

import { at4, setU32, u32At } from "../array";
import { Heap, newHeap } from "../heap";
import { alloc, mark } from "../abi";
import { Core } from "./core";

import { TIE } from "./pick";
import { Reduction, newReduction } from "./reduce";

/** Whole bounds are rounded down once this is added, which is far above their rounding error. */
const NEAR_WHOLE: f64 = 1e-6;
/** 1 less the relative tolerance within which a bound is no better than the best: under a budget, whose bounds have SLACK. */
const BUDGET_TIE: f64 = 1 - 4e-12;

/** A partial solution: picks made, columns excluded, what is left. */
@unmanaged
export class Level {
  /** Level above, or 0. */
  parent: usize;
  /** Where the arena stood before this level. */
  mark: usize;
  /** Picks made; they are the first of search.path. */
  count: u32;
  covered: f64;
  spent: f64;
  /** No solution below this level covers more. */
  bound: f64;
  /** Columns that may still be picked, n u8. */
  alive: usize;
  /** Weight or 0 per row, m f64. */
  rest: usize;
  /** m f64. */
  multipliers: usize;
  /** Columns that are alive, fit and add: u32s, ascending, with their gains by column, f64. */
  list: usize;
  candidates: u32;
}


@unmanaged
export class Maximum {
  core: Core;
  limit: u32;
  /** What all picks may cost. */
  budget: f64;
  budgeted: bool;
  nodes: u32;
  nodeLimit: u32;
  /** Weight of the best solution, its size, its sets. */
  best: f64;
  bestCount: u32;
  bestPicks: usize;
  path: usize;
  /** The largest bound of what was not searched; -1: nothing. */
  unsearched: f64;
  /** Scratch: f64 per column, columns by falling key, u32 per column, f64 per row, f64 per row, u32 per row. */
  values: usize;
  heap: Heap;
  chosen: usize;
  cover: usize;
  trial: usize;
  stamps: usize;
  reduction: Reduction;
  chosenCount: u32;
  part: f64;
  next: f64;
  /** Bound of the level that branch leaves to its child. */
  childBound: f64;
  /** The root's multipliers, m f64. */
  root: usize;

  /** Whether a bound leaves room for a better solution. */
  improves(bound: f64): bool {
    if (this.core.wholeWeights) return Math.floor(bound + NEAR_WHOLE) > this.best;
    return bound * (this.budgeted ? BUDGET_TIE : TIE) > this.best;
  }

  /** A bound as it is reported. */
  rounded(bound: f64): f64 {
    return this.core.wholeWeights ? Math.floor(bound + NEAR_WHOLE) : bound;
  }

  /** Whether a weight is better than the best. */
  betters(weight: f64): bool {
    return weight * TIE > this.best;
  }

  /** The level's picks and the chosen columns are the best solution so far. */
  record(level: Level, covered: f64): void {
    this.best = covered;
    this.bestCount = level.count + this.chosenCount;
    const sets = this.core.sets;
    for (let k: u32 = 0; k < this.bestCount; k++) {
      const from = k < level.count ? at4(this.path, k) : at4(this.chosen, k - level.count);
      setU32(this.bestPicks, k, u32At(sets, load<u32>(from)));
    }
  }
}

/** A level of its own memory; 0 where memory is out. */
export function newLevel(core: Core): Level {
  const before = mark();
  const block = alloc(offsetof<Level>());
  const alive = alloc(core.n);
  const rest = alloc(core.m * 8);
  const multipliers = alloc(core.m * 8);
  const list = alloc(core.n * 4);
  if (block == 0 || alive == 0 || rest == 0 || multipliers == 0 || list == 0) return changetype<Level>(0);
  const level = changetype<Level>(block);
  level.parent = 0;
  level.mark = before;
  level.alive = alive;
  level.rest = rest;
  level.multipliers = multipliers;
  level.list = list;
  return level;
}

/** The search's own memory; 0 where memory is out. */
export function newMaximum(core: Core, limit: u32): Maximum {
  const none = changetype<Maximum>(0);
  const block = alloc(offsetof<Maximum>());
  if (block == 0) return none;
  const search = changetype<Maximum>(block);
  search.core = core;
  search.limit = min(limit, core.n);
  search.values = alloc(core.n * 8);
  search.heap = newHeap(core.n);
  search.chosen = alloc(core.n * 4);
  search.cover = alloc(core.m * 8);
  search.trial = alloc(core.m * 8);
  search.stamps = alloc(core.m * 4);
  search.reduction = newReduction(core, search.stamps);
  search.path = alloc(core.n * 4);
  search.bestPicks = alloc(core.instance.sets * 4);
  search.root = alloc(core.m * 8);
  if (search.values == 0 || !search.heap || search.chosen == 0 || search.cover == 0) return none;
  if (
    search.trial == 0 ||
    search.stamps == 0 ||
    !search.reduction ||
    search.path == 0 ||
    search.bestPicks == 0 ||
    search.root == 0
  )
    return none;
  search.nodes = 0;
  search.unsearched = -1;
  search.best = 0;
  search.bestCount = 0;
  // A certificate too, where no bound is computed.
  memory.fill(search.root, 0, core.m * 8);
  return search;
}
