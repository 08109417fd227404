// Betweenness over all pairs of a graph without lengths: eight sources at once, consecutive in the plan's order.
//
// Brandes (A faster algorithm for betweenness centrality, 2001) in the algebra of observe.ts, by batch-forward.ts and batch-backward.ts. Masses of folded
// trees weigh the ends of paths (trees.ts).

import { Status, alloc, inside, mark, release } from "../abi";
import { addF64, f64At, setF64, setU32, u32At } from "../array";
import { Batch, Eight, newBatch, startBatch } from "./batch";
import { lanesStart } from "./lanes";
import { backward } from "./batch-backward";
import { forward } from "./batch-forward";
import { Plan, isPlan } from "./plan";

/**
 * betweenness_sources for a graph without lengths, over core nodes [first, first + count) of its plan; the range that begins
 * with 0 brings the folded trees' closed form. out: f64[nodes], overwritten. O(core arcs) a source.
 */
export function betweenness_batch(plan: Plan, first: u32, count: u32, out: usize): i32 {
  if (!isPlan(plan) || plan.folded == 0) return Status.BAD_MAGIC;
  const n = plan.nodes;
  const core = plan.core;
  if (first > core || count > core - first) return Status.BAD_PARAMETER;
  if (!inside(out, n, 8)) return Status.OUT_OF_BOUNDS;
  const before = mark();
  const batch = newBatch(plan);
  const sums = alloc(core << 3);
  release(before);
  if (changetype<usize>(batch) == 0 || sums == 0) return Status.OUT_OF_MEMORY;
  lanesStart();
  memory.fill(sums, 0, (<usize>core) << 3);
  for (let s = first; s < first + count; s += sizeof<Eight>()) {
    const status = addBatch(batch, plan.masses, s, min<u32>(sizeof<Eight>(), first + count - s), sums);
    if (status != Status.OK) return status;
  }
  if (first == 0) memory.copy(out, plan.closed, (<usize>n) << 3);
  else memory.fill(out, 0, (<usize>n) << 3);
  for (let i: u32 = 0; i < core; i++) addF64(out, u32At(plan.names, i), f64At(sums, i));
  return Status.OK;
}

/** Adds what each core node is between sources [first, first + count) and all others. */
function addBatch(batch: Batch, masses: usize, first: u32, count: u32, sums: usize): i32 {
  batch.rates = masses;
  memory.fill(batch.weights, 0, 64);
  for (let l: u32 = 0; l < count; l++) {
    setU32(batch.visits, l, first + l);
    setF64(batch.weights, l, 0.5 * f64At(masses, first + l));
  }
  startBatch<Eight>(batch, count);
  const status = forward<Eight>(batch);
  if (status == Status.OK) backward<Eight>(batch, sums);
  return status;
}
