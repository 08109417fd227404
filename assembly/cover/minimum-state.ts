// What a search for the cheapest cover works on: raw memory, nothing managed.

import { f64At, setF64, setU32, setU8, u8At } from "../array";
import { Heap, newHeap } from "../heap";
import { alloc, mark } from "../abi";
import { Core } from "./core";
import { TIE } from "./pick";
import { Reduction, newReduction } from "./reduce";

/** Whole bounds are rounded up once this is taken off, which is far above their rounding error. */
const NEAR_WHOLE: f64 = 1e-6;

/** A partial solution: columns taken, columns excluded, rows left. */
@unmanaged
export class Level {
  /** Level above, or 0. */
  parent: usize;
  /** Where the arena stood before this level. */
  mark: usize;
  /** Columns taken; they are the first of search.path. */
  count: u32;
  spent: f64;
  /** No cover below this level costs less. */
  bound: f64;
  /** Columns that may still be taken, n u8. */
  alive: usize;
  /** Rows still to cover, m u8. */
  open: usize;
  /** m f64. */
  multipliers: usize;
}


@unmanaged
export class Minimum {
  core: Core;
  nodes: u32;
  nodeLimit: u32;
  /** Cost of the best cover, its size, its columns. */
  best: f64;
  bestCount: u32;
  bestColumns: usize;
  path: usize;
  /** The least bound of what was not searched; infinite: nothing. */
  unsearched: f64;
  /** Bound that branch leaves to its child. */
  childBound: f64;
  /** The root's multipliers, m f64. */
  root: usize;
  /** Reduced costs, n f64, under the multipliers evaluated last. */
  reduced: usize;
  /** Scratch: m f64, m f64, n u8, n u32, m u32, n pairs. */
  trial: usize;
  slope: usize;
  taken: usize;
  order: usize;
  reduction: Reduction;
  cover: usize;
  heap: Heap;

  /** Whether a bound leaves room for a cheaper cover. */
  improves(bound: f64): bool {
    return this.rounded(bound) < this.best * TIE;
  }

  /** A bound as it is reported. */
  rounded(bound: f64): f64 {
    return this.core.wholeCosts ? Math.ceil(bound - NEAR_WHOLE) : bound;
  }

  /** Takes column j at a level. */
  take(level: Level, j: u32): void {
    const core = this.core;
    setU32(this.path, level.count, j);
    level.count++;
    level.spent += f64At(core.costs, j);
    setU8(level.alive, j, 0);
    for (let at = core.columnAt(j), end = core.columnAt(j + 1); at < end; at += 4) {
      const i = load<u32>(at);
      if (u8At(level.open, i) == 0) continue;
      setU8(level.open, i, 0);
      setF64(level.multipliers, i, 0);
    }
  }
}

/** A level of its own memory; 0 where memory is out. */
export function newLevel(core: Core): Level {
  const before = mark();
  const block = alloc(offsetof<Level>());
  const alive = alloc(core.n);
  const open = alloc(core.m);
  const multipliers = alloc(core.m * 8);
  if (block == 0 || alive == 0 || open == 0 || multipliers == 0) return changetype<Level>(0);
  const level = changetype<Level>(block);
  level.parent = 0;
  level.mark = before;
  level.alive = alive;
  level.open = open;
  level.multipliers = multipliers;
  return level;
}

/** The search's own memory; 0 where memory is out. */
export function newMinimum(core: Core): Minimum {
  const none = changetype<Minimum>(0);
  const block = alloc(offsetof<Minimum>());
  if (block == 0) return none;
  const search = changetype<Minimum>(block);
  search.core = core;
  search.nodes = 0;
  search.best = Infinity;
  search.bestCount = 0;
  search.unsearched = Infinity;
  search.bestColumns = alloc(core.n * 4);
  search.path = alloc(core.n * 4);
  search.root = alloc(core.m * 8);
  search.reduced = alloc(core.n * 8);
  search.trial = alloc(core.m * 8);
  search.slope = alloc(core.m * 8);
  search.taken = alloc(core.n);
  search.order = alloc(core.n * 4);
  search.reduction = newReduction(core, alloc(max(core.n, core.m) * 4));
  search.cover = alloc(core.m * 4);
  search.heap = newHeap(core.n);
  if (search.bestColumns == 0 || search.path == 0 || search.root == 0 || search.reduced == 0) return none;
  if (search.trial == 0 || search.slope == 0 || search.taken == 0) return none;
  if (search.order == 0 || !search.reduction || search.cover == 0) return none;
  if (!search.heap) return none;
  // A certificate too, where no bound is computed.
  memory.fill(search.root, 0, core.m * 8);
  return search;
}
