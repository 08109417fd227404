// A batch: sources whose passes run in step over a plan, and what they work on.
//
// A node has eight lanes of f64. Out, a batch of eight sources has their sigma there; one of four, for observing, four of
// sigma, then four of tau, the paths that avoid M. Back, eight of beta, or four of beta and four of 0.

import { alloc } from "../abi";
import { setF64, setU32, setU8, u32At, u8At } from "../array";
import { Plan } from "./plan";

/** The kinds of batches; the type's bytes are the number of sources. */
export type Eight = u64;
export type Four = u32;

/** All that its pointers lead to is written before it is read. */
@unmanaged
export class Batch {
  core: u32;
  /** The core's arcs. */
  arcs: u32;
  /** u32[core + 1]: the plan's rows. */
  rows: usize;
  /** f64[core * 8]: sigma, or sigma and tau. */
  values: usize;
  /** f64[core * 8] */
  betas: usize;
  /** f64[core * 8]: a level's, before they are merged. */
  results: usize;
  /** u32[core * 8]: the nodes visited, level by level. */
  visits: usize;
  /** u8[core * 8]: the lanes that visited, by visit. */
  lanes: usize;
  /** u32[core + 2]: each level's first visit. */
  levels: usize;
  /** u8[core + 2]: the lanes divided before each level. */
  divided: usize;
  /** u8[core]: the lanes that visited a node. */
  visited: usize;
  /** u8[core]: not to be looked at, or not again. */
  marks: usize;
  /** u32[core + 1]: nodes to look at. */
  list: usize;
  /** How many levels hold visits. */
  depth: u32;
  /** f64[core]: the rate from each of eight sources to a node; f64[core * 4]: from each of four. */
  rates: usize;
  /** f64[8]: what each of eight sources weighs. */
  weights: usize;
  /** u8[core], of four sources: 1 in M. */
  removed: usize;
}

/** Room for batches over a plan, in the arena; 0 where memory is out. */
export function newBatch(plan: Plan): Batch {
  const core = plan.core;
  const batch = changetype<Batch>(alloc(offsetof<Batch>()));
  const values = alloc(core * 64 + 64);
  const betas = alloc(core * 64 + 64);
  const results = alloc(core * 64 + 64);
  const visits = alloc(core * 32 + 4);
  const lanes = alloc(core * 8 + 1);
  const levels = alloc(core * 4 + 12);
  const bytes = alloc(core * 3 + 9);
  const list = alloc(core * 4 + 4);
  const weights = alloc(64);
  if (changetype<usize>(batch) == 0 || values == 0 || betas == 0 || results == 0 || visits == 0 || lanes == 0) {
    return changetype<Batch>(0);
  }
  if (levels == 0 || bytes == 0 || list == 0 || weights == 0) return changetype<Batch>(0);
  batch.core = core;
  batch.arcs = plan.arcs;
  batch.rows = plan.rows;
  batch.values = lineOf(values);
  batch.betas = lineOf(betas);
  batch.results = lineOf(results);
  batch.visits = visits;
  batch.lanes = lanes;
  batch.levels = levels;
  batch.divided = bytes;
  batch.visited = bytes + core + 3;
  batch.marks = batch.visited + core + 3;
  batch.list = list;
  batch.weights = weights;
  return batch;
}

/** Where the next cache line begins: a node's lanes are one. */
// @ts-ignore: decorator
@inline
function lineOf(pointer: usize): usize {
  return (pointer + 63) & ~63;
}

/** Node v's lanes. */
// @ts-ignore: decorator
@inline
export function lanesAt(base: usize, v: u32): usize {
  return base + ((<usize>v) << 6);
}

/** Starts a batch whose first visits are its `count` sources, at most sizeof<T>() of them. */
export function startBatch<T>(batch: Batch, count: u32): void {
  const core = batch.core;
  memory.fill(batch.values, 0, (<usize>core) << 6);
  memory.fill(batch.betas, 0, (<usize>core) << 6);
  // Lanes without a source count as visited.
  memory.fill(batch.visited, <u8>((<u32>0xff) << count), core);
  memory.fill(batch.marks, 0, core);
  for (let l: u32 = 0; l < count; l++) {
    const s = u32At(batch.visits, l);
    setF64(lanesAt(batch.values, s), l, 1);
    if (sizeof<T>() == 4) setF64(lanesAt(batch.values, s), l + 4, u8At(batch.removed, s) != 0 ? 0 : 1);
    setU8(batch.lanes, l, 1 << l);
    setU8(batch.visited, s, u8At(batch.visited, s) | (1 << l));
  }
  setU32(batch.levels, 0, 0);
  setU32(batch.levels, 1, count);
  setU8(batch.divided, 0, 0);
}
