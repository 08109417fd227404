// Preparing betweenness: trees folded away, what is left relabelled in breadth-first order.
//
// A node of degree 1 is folded into its neighbour, which may then have degree 1 itself (Baglioni et al., ASONAM 2012; Puzis
// et al., 2015, do it once or as here until none is left). A core node of mass c stands for itself and c - 1 folded nodes,
// as end of paths. What pairs of a tree's nodes, or of them and the outside, add is closed form: node v separates the
// pieces that its removal leaves, and each pair of nodes of different pieces is all v's. Whole numbers below 2^53: exact.
//
// A plan: 0 u32 magic "NVPP"  4 u32 nodes  8 u32 core nodes  12 u32 core arcs  16 u32 offsets u32[core + 1]
//   20 u32 neighbours, each a core node's label times 64, u32[arcs]  24 u32 core nodes' numbers in the graph u32[core]
//   28 u32 masses f64[core]  32 u32 closed form f64[nodes]  36 u32 folded  40 u64 0. Core nodes of one component are neighbours in number.

import { Status, alloc, inside, mark, release } from "../abi";
import { isGraph, neighboursOf, nodesOf, offsetsOf } from "./graph";

const MAGIC: u32 = 0x5050564e; // "NVPP"
const PLAN_BYTES: u32 = 48;
const NONE: u32 = 0xffffffff;
const FOLDED: u32 = 0xfffffffe;

/** Bytes of a plan's head. */
export function plan_bytes(): u32 {
  return PLAN_BYTES;
}

/** Whether the pointer leads to a plan that plan_init wrote, folded or not. */
export function isPlan(plan: usize, folded: u32): bool {
  return inside(plan, PLAN_BYTES, 1) && load<u32>(plan) == MAGIC && load<u32>(plan, 36) == folded;
}

/** Core nodes of a plan: the sources of its passes. */
export function plan_sources(plan: usize): u32 {
  return isPlan(plan, 0) || isPlan(plan, 1) ? load<u32>(plan, 8) : 0;
}

/**
 * Folds (for betweenness_batch) or not (for observe_batch) and relabels a graph; reserves the plan's arrays in the arena.
 * Lengths are not looked at. O(m)
 */
export function plan_init(plan: usize, graph: usize, fold: bool): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  if (!inside(plan, PLAN_BYTES, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(plan, 0, PLAN_BYTES);
  const n = nodesOf(graph);
  const closed = alloc(n << 3);
  const names = alloc(n << 2);
  const masses = alloc(n << 3);
  const offsets = alloc((n + 1) << 2);
  const neighbours = alloc(load<u32>(graph, 8) << 2);
  const before = mark();
  const folding = alloc(n * 24);
  const lists = alloc(n << 4);
  release(before);
  if (closed == 0 || names == 0 || masses == 0 || offsets == 0 || neighbours == 0 || folding == 0 || lists == 0) {
    return Status.OUT_OF_MEMORY;
  }
  const labels = lists;
  const parents = lists + ((<usize>n) << 2);
  const removed = parents + ((<usize>n) << 2);
  const degrees = removed + ((<usize>n) << 2);
  const folded = foldTrees(graph, fold, folding, labels, parents, removed, degrees);
  const core = labelCore(graph, folding, labels, degrees, names, masses);
  closeForms(folding, parents, removed, folded, labels, n, closed);
  store<u32>(plan, n, 4);
  store<u32>(plan, core, 8);
  store<u32>(plan, buildRows(graph, labels, names, core, offsets, neighbours), 12);
  store<u32>(plan, <u32>offsets, 16);
  store<u32>(plan, <u32>neighbours, 20);
  store<u32>(plan, <u32>names, 24);
  store<u32>(plan, <u32>masses, 28);
  store<u32>(plan, <u32>closed, 32);
  store<u32>(plan, fold ? 1 : 0, 36);
  store<u32>(plan, MAGIC);
  return Status.OK;
}

// A node while folding, 24 bytes of f64: 0 size, itself and what is folded into it; 8 sum of its folded pieces' squared sizes;
// 16 nodes of its component.

/** Folds until no degree is 1; lists the folded nodes in order and returns how many. */
function foldTrees(
  graph: usize,
  fold: bool,
  folding: usize,
  labels: usize,
  parents: usize,
  removed: usize,
  degrees: usize,
): u32 {
  const n = nodesOf(graph);
  const offsets = offsetsOf(graph);
  const neighbours = neighboursOf(graph);
  let listed: u32 = 0;
  for (let v: u32 = 0; v < n; v++) {
    const at = (<usize>v) << 2;
    const degree = load<u32>(offsets + at, 4) - load<u32>(offsets + at);
    store<u32>(degrees + at, degree);
    store<u32>(labels + at, NONE);
    store<f64>(folding + <usize>v * 24, 1);
    store<f64>(folding + <usize>v * 24, 0, 8);
    if (degree != 1 || !fold) continue;
    store<u32>(removed + ((<usize>listed) << 2), v);
    listed++;
  }
  let folded: u32 = 0;
  for (let i: u32 = 0; i < listed; i++) {
    const v = load<u32>(removed + ((<usize>i) << 2));
    // Of the last two nodes of a tree, the second's degree has fallen to 0: it stays.
    if (load<u32>(degrees + ((<usize>v) << 2)) != 1) continue;
    let e = load<u32>(offsets + ((<usize>v) << 2));
    let p = load<u32>(neighbours + ((<usize>e) << 2));
    while (load<u32>(labels + ((<usize>p) << 2)) == FOLDED) {
      e++;
      p = load<u32>(neighbours + ((<usize>e) << 2));
    }
    const size = load<f64>(folding + <usize>v * 24);
    const parent = folding + <usize>p * 24;
    store<f64>(parent, load<f64>(parent) + size);
    store<f64>(parent, load<f64>(parent, 8) + size * size, 8);
    store<u32>(labels + ((<usize>v) << 2), FOLDED);
    store<u32>(parents + ((<usize>v) << 2), p);
    store<u32>(removed + ((<usize>folded) << 2), v);
    folded++;
    const degree = load<u32>(degrees + ((<usize>p) << 2)) - 1;
    store<u32>(degrees + ((<usize>p) << 2), degree);
    if (degree == 1) {
      store<u32>(removed + ((<usize>listed) << 2), p);
      listed++;
    }
  }
  return folded;
}

/** Labels what is left, each component breadth-first from a node of its largest degree; returns how many nodes that is. */
function labelCore(graph: usize, folding: usize, labels: usize, degrees: usize, names: usize, masses: usize): u32 {
  const n = nodesOf(graph);
  let core: u32 = 0;
  for (let v: u32 = 0; v < n; v++) {
    if (load<u32>(labels + ((<usize>v) << 2)) != NONE) continue;
    let end = labelFrom(graph, labels, names, v, core);
    let start = v;
    for (let i = core; i < end; i++) {
      const u = load<u32>(names + ((<usize>i) << 2));
      if (load<u32>(degrees + ((<usize>u) << 2)) > load<u32>(degrees + ((<usize>start) << 2))) start = u;
    }
    for (let i = core; i < end; i++) store<u32>(labels + ((<usize>load<u32>(names + ((<usize>i) << 2))) << 2), NONE);
    end = labelFrom(graph, labels, names, start, core);
    let nodes: f64 = 0;
    for (let i = core; i < end; i++) {
      const mass = load<f64>(folding + <usize>load<u32>(names + ((<usize>i) << 2)) * 24);
      store<f64>(masses + ((<usize>i) << 3), mass);
      nodes += mass;
    }
    for (let i = core; i < end; i++) {
      store<f64>(folding + <usize>load<u32>(names + ((<usize>i) << 2)) * 24, nodes, 16);
    }
    core = end;
  }
  return core;
}

/** Labels a component from `core` on; returns the next free label. */
function labelFrom(graph: usize, labels: usize, names: usize, start: u32, core: u32): u32 {
  const offsets = offsetsOf(graph);
  const neighbours = neighboursOf(graph);
  store<u32>(labels + ((<usize>start) << 2), core);
  store<u32>(names + ((<usize>core) << 2), start);
  let end = core + 1;
  for (let i = core; i < end; i++) {
    const u = load<u32>(names + ((<usize>i) << 2));
    const stop = load<u32>(offsets + ((<usize>u) << 2), 4);
    for (let e = load<u32>(offsets + ((<usize>u) << 2)); e < stop; e++) {
      const v = load<u32>(neighbours + ((<usize>e) << 2));
      if (load<u32>(labels + ((<usize>v) << 2)) != NONE) continue;
      store<u32>(labels + ((<usize>v) << 2), end);
      store<u32>(names + ((<usize>end) << 2), v);
      end++;
    }
  }
  return end;
}

/** The pairs that folding took away, by the nodes between them. */
function closeForms(
  folding: usize,
  parents: usize,
  removed: usize,
  folded: u32,
  labels: usize,
  n: u32,
  closed: usize,
): void {
  for (let i = folded; i-- > 0;) {
    const v = <usize>load<u32>(removed + ((<usize>i) << 2));
    store<f64>(folding + v * 24, load<f64>(folding + <usize>load<u32>(parents + (v << 2)) * 24, 16), 16);
  }
  for (let v: usize = 0; v < <usize>n; v++) {
    const size = load<f64>(folding + v * 24);
    const squares = load<f64>(folding + v * 24, 8);
    const all = load<f64>(folding + v * 24, 16);
    const outside = all - size;
    let pairs: f64;
    if (load<u32>(labels + (v << 2)) == FOLDED) pairs = ((all - 1) * (all - 1) - squares - outside * outside) / 2;
    else pairs = ((size - 1) * (size - 1) - squares) / 2 + (size - 1) * outside;
    store<f64>(closed + (v << 3), pairs);
  }
}

/** Rows of the core in label order, ascending; returns the number of arcs. */
function buildRows(graph: usize, labels: usize, names: usize, core: u32, offsets: usize, neighbours: usize): u32 {
  const from = offsetsOf(graph);
  const arcs = neighboursOf(graph);
  let total: u32 = 0;
  store<u32>(offsets, 0);
  for (let i: u32 = 0; i < core; i++) {
    const u = load<u32>(names + ((<usize>i) << 2));
    const stop = load<u32>(from + ((<usize>u) << 2), 4);
    for (let e = load<u32>(from + ((<usize>u) << 2)); e < stop; e++) {
      const label = load<u32>(labels + ((<usize>load<u32>(arcs + ((<usize>e) << 2))) << 2));
      if (label < FOLDED) total++;
    }
    store<u32>(offsets + ((<usize>i) << 2), total, 4);
  }
  // Sources in ascending order make every row ascend; offsets serve as cursors and move one row down meanwhile.
  for (let i: u32 = 0; i < core; i++) {
    const u = load<u32>(names + ((<usize>i) << 2));
    const stop = load<u32>(from + ((<usize>u) << 2), 4);
    for (let e = load<u32>(from + ((<usize>u) << 2)); e < stop; e++) {
      const label = load<u32>(labels + ((<usize>load<u32>(arcs + ((<usize>e) << 2))) << 2));
      if (label >= FOLDED) continue;
      const cursor = offsets + ((<usize>label) << 2);
      const at = load<u32>(cursor);
      store<u32>(neighbours + ((<usize>at) << 2), i << 6);
      store<u32>(cursor, at + 1);
    }
  }
  for (let i = core; i > 0; i--) store<u32>(offsets + ((<usize>i) << 2), load<u32>(offsets + ((<usize>(i - 1)) << 2)));
  store<u32>(offsets, 0);
  return total;
}
