// A graph without lengths, prepared for batches: trees folded away or not, what is left, the core, relabelled in breadth-first
// order, so that sources that are consecutive in number lie together.

import { Status, alloc, inside, mark, release } from "../abi";
import { setF64, setU32, u32At } from "../array";
import { Graph, isGraph } from "./graph";
import { FOLDED, NONE, Trees, closeForms, foldTrees, newTrees } from "./trees";

const MAGIC: u32 = 0x5050564e; // "NVPP"

/** A plan's head. Core nodes of one component are neighbours in number. */
@unmanaged
export class Plan {
  magic: u32;
  /** Of the graph. */
  nodes: u32;
  core: u32;
  /** Of the core. */
  arcs: u32;
  /** u32[core + 1]: where each row begins in memory. */
  rows: usize;
  /** u32[arcs]: neighbours, each a core node's label times 64. */
  neighbours: usize;
  /** u32[core]: the core nodes' numbers in the graph. */
  names: usize;
  /** f64[core]: how many nodes each stands for. */
  masses: usize;
  /** f64[nodes]: what pairs with an end in a folded tree add. */
  closed: usize;
  /** 1 or 0 */
  folded: u32;
}

const PLAN_BYTES: u32 = offsetof<Plan>();

/** Bytes of a plan's head. */
export function plan_bytes(): u32 {
  return PLAN_BYTES;
}

/** Whether the pointer leads to a plan that plan_init wrote. */
export function isPlan(plan: Plan): bool {
  return inside(changetype<usize>(plan), PLAN_BYTES, 1) && plan.magic == MAGIC;
}

/** Core nodes of a plan: the sources of its passes. */
export function plan_sources(plan: Plan): u32 {
  return isPlan(plan) ? plan.core : 0;
}

/**
 * Folds (for betweenness_batch) or not (for observe_batch) and relabels a graph; reserves the plan's arrays in the arena.
 * Lengths are not looked at. O(m)
 */
export function plan_init(plan: Plan, graph: Graph, fold: bool): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  if (!inside(changetype<usize>(plan), PLAN_BYTES, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(changetype<usize>(plan), 0, PLAN_BYTES);
  const n = graph.nodes;
  plan.closed = alloc(n << 3);
  plan.names = alloc(n << 2);
  plan.masses = alloc(n << 3);
  plan.rows = alloc((n + 1) << 2);
  plan.neighbours = alloc(graph.arcs << 2);
  const before = mark();
  const trees = newTrees(graph);
  release(before);
  if (plan.closed == 0 || plan.names == 0 || plan.masses == 0 || plan.rows == 0 || plan.neighbours == 0) {
    return Status.OUT_OF_MEMORY;
  }
  if (changetype<usize>(trees) == 0) return Status.OUT_OF_MEMORY;
  if (fold) foldTrees(trees);
  labelCore(plan, trees);
  closeForms(trees, plan.closed);
  buildRows(plan, trees);
  plan.nodes = n;
  plan.folded = fold ? 1 : 0;
  plan.magic = MAGIC;
  return Status.OK;
}

/** Labels what is left, each component breadth-first from a node of its largest degree. */
function labelCore(plan: Plan, trees: Trees): void {
  const names = plan.names;
  const n = trees.graph.nodes;
  let core: u32 = 0;
  for (let v: u32 = 0; v < n; v++) {
    if (u32At(trees.labels, v) != NONE) continue;
    let end = labelFrom(trees, names, v, core);
    let start = v;
    for (let i = core; i < end; i++) {
      const u = u32At(names, i);
      if (u32At(trees.degrees, u) > u32At(trees.degrees, start)) start = u;
    }
    for (let i = core; i < end; i++) setU32(trees.labels, u32At(names, i), NONE);
    end = labelFrom(trees, names, start, core);
    let nodes: f64 = 0;
    for (let i = core; i < end; i++) {
      const size = trees.mass(u32At(names, i)).size;
      setF64(plan.masses, i, size);
      nodes += size;
    }
    for (let i = core; i < end; i++) trees.mass(u32At(names, i)).component = nodes;
    core = end;
  }
  plan.core = core;
}

/** Labels a component from `core` on; returns the next free label. */
function labelFrom(trees: Trees, names: usize, start: u32, core: u32): u32 {
  const graph = trees.graph;
  const labels = trees.labels;
  setU32(labels, start, core);
  setU32(names, core, start);
  let end = core + 1;
  for (let i = core; i < end; i++) {
    const u = u32At(names, i);
    const stop = graph.firstArc(u + 1);
    for (let e = graph.firstArc(u); e < stop; e++) {
      const v = u32At(graph.neighbours, e);
      if (u32At(labels, v) != NONE) continue;
      setU32(labels, v, end);
      setU32(names, end, v);
      end++;
    }
  }
  return end;
}

/** Rows of the core in label order, ascending. */
function buildRows(plan: Plan, trees: Trees): void {
  const graph = trees.graph;
  const labels = trees.labels;
  const rows = plan.rows;
  let row = plan.neighbours;
  setU32(rows, 0, <u32>row);
  for (let i: u32 = 0; i < plan.core; i++) {
    row += (<usize>u32At(trees.degrees, u32At(plan.names, i))) << 2;
    setU32(rows, i + 1, <u32>row);
  }
  plan.arcs = <u32>((row - plan.neighbours) >> 2);
  // Sources in ascending order make every row ascend; rows serve as cursors and move one row down meanwhile.
  for (let i: u32 = 0; i < plan.core; i++) {
    const u = u32At(plan.names, i);
    const stop = graph.firstArc(u + 1);
    for (let e = graph.firstArc(u); e < stop; e++) {
      const label = u32At(labels, u32At(graph.neighbours, e));
      if (label >= FOLDED) continue;
      const cursor = u32At(rows, label);
      store<u32>(<usize>cursor, i << 6);
      setU32(rows, label, cursor + 4);
    }
  }
  for (let i = plan.core; i > 0; i--) setU32(rows, i, u32At(rows, i - 1));
  setU32(rows, 0, <u32>plan.neighbours);
}
