// The graph that the kernel's functions work on: compressed sparse rows of an undirected simple graph, checked once.
//
// Rows ascend strictly and every edge stands in both, which the check proves by walking the rows in order with one cursor
// a node. Lengths may differ by direction, so the length of the opposite arc is laid beside each arc.

import { Status, alloc, inside, mark, release } from "../abi";
import { at4, f64At, setF64, setU32, u32At } from "../array";

const MAGIC: u32 = 0x4750564e; // "NVPG"
// So that every size in bytes fits 32 bits.
const MAX_NODES: u32 = 1 << 25;
const MAX_ARCS: u32 = 1 << 27;

/** A graph's head. */
@unmanaged
export class Graph {
  magic: u32;
  nodes: u32;
  arcs: u32;
  /** u32[nodes + 1] */
  offsets: usize;
  /** u32[arcs] */
  neighbours: usize;
  /** f64[arcs], or 0: all 1. */
  lengths: usize;
  /** f64[arcs], the length of each arc's opposite, or 0: all 1. */
  opposite: usize;

  /** The first of v's arcs; the next node's first is its end. */
  // @ts-ignore: decorator
  @inline
  firstArc(v: u32): u32 {
    return u32At(this.offsets, v);
  }

  // @ts-ignore: decorator
  @inline
  degree(v: u32): u32 {
    return degreeAt(this.offsets, v);
  }
}

/** The length of row v, by the rows' offsets. */
// @ts-ignore: decorator
@inline
export function degreeAt(offsets: usize, v: u32): u32 {
  const row = at4(offsets, v);
  return load<u32>(row, 4) - load<u32>(row);
}

const GRAPH_BYTES: u32 = offsetof<Graph>();

/** Whether the pointer leads to a graph that graph_init wrote. */
export function isGraph(graph: Graph): bool {
  return inside(changetype<usize>(graph), GRAPH_BYTES, 1) && graph.magic == MAGIC;
}

/** Bytes of a graph's head. */
export function graph_bytes(): u32 {
  return GRAPH_BYTES;
}

/**
 * Checks a graph and writes its head. offsets: u32[nodes + 1]; neighbours: u32[arcs]; lengths: f64[arcs], positive and
 * finite, or 0. The arrays must stay as they are while the head is in use; with lengths, f64[arcs] more are reserved.
 * OUT_OF_BOUNDS, INCONSISTENT (the rows are no undirected simple graph), BAD_PARAMETER (a length), OUT_OF_MEMORY. O(arcs)
 */
export function graph_init(
  graph: Graph,
  nodes: u32,
  arcs: u32,
  offsets: usize,
  neighbours: usize,
  lengths: usize,
): i32 {
  if (!inside(changetype<usize>(graph), GRAPH_BYTES, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(changetype<usize>(graph), 0, GRAPH_BYTES);
  if (nodes > MAX_NODES || arcs > MAX_ARCS) return Status.BAD_PARAMETER;
  if (!inside(offsets, nodes + 1, 4) || !inside(neighbours, arcs, 4)) return Status.OUT_OF_BOUNDS;
  if (lengths != 0 && !inside(lengths, arcs, 8)) return Status.OUT_OF_BOUNDS;
  if (lengths != 0) {
    graph.opposite = alloc(arcs << 3);
    if (graph.opposite == 0) return Status.OUT_OF_MEMORY;
  }
  graph.nodes = nodes;
  graph.arcs = arcs;
  graph.offsets = offsets;
  graph.neighbours = neighbours;
  graph.lengths = lengths;
  const before = mark();
  const cursors = alloc((nodes + 1) << 2);
  if (cursors == 0) return Status.OUT_OF_MEMORY;
  const status = checkRows(graph, cursors);
  release(before);
  // Without it the head is none.
  if (status == Status.OK) graph.magic = MAGIC;
  return status;
}

function checkRows(graph: Graph, cursors: usize): i32 {
  const nodes = graph.nodes;
  const offsets = graph.offsets;
  const neighbours = graph.neighbours;
  const lengths = graph.lengths;
  if (u32At(offsets, 0) != 0 || u32At(offsets, nodes) != graph.arcs) return Status.INCONSISTENT;
  for (let u: u32 = 0; u < nodes; u++) {
    if (u32At(offsets, u) > u32At(offsets, u + 1)) return Status.INCONSISTENT;
    setU32(cursors, u, u32At(offsets, u));
  }
  for (let u: u32 = 0; u < nodes; u++) {
    const first = u32At(offsets, u);
    const end = u32At(offsets, u + 1);
    for (let e = first; e < end; e++) {
      const v = u32At(neighbours, e);
      if (v >= nodes || v == u) return Status.INCONSISTENT;
      if (e > first && v <= u32At(neighbours, e - 1)) return Status.INCONSISTENT;
      // Sources come in ascending order, so v's next unmet neighbour is u, or the rows contradict each other.
      const back = u32At(cursors, v);
      if (back >= u32At(offsets, v + 1) || u32At(neighbours, back) != u) return Status.INCONSISTENT;
      setU32(cursors, v, back + 1);
      if (lengths != 0) {
        const length = f64At(lengths, e);
        if (!(length > 0 && length < Infinity)) return Status.BAD_PARAMETER;
        setF64(graph.opposite, back, length);
      }
    }
  }
  return Status.OK;
}
