// The graph that the kernel's functions work on: compressed sparse rows of an undirected simple graph, checked once.
//
// Rows ascend strictly and every edge stands in both, which the check proves by walking the rows in order with one cursor
// a node. Lengths may differ by direction, so the length of the opposite arc is laid beside each arc.
//
//   0 u32 magic "NVPG"  4 u32 nodes  8 u32 arcs  12 u32 offsets  16 u32 neighbours  20 u32 lengths (0: all 1)
//   24 u32 lengths of the opposite arcs  28 u32 0

import { Status, alloc, inside, mark, release } from "../abi";

export const GRAPH_BYTES: u32 = 32;
const MAGIC: u32 = 0x4750564e; // "NVPG"
// So that every size in bytes fits 32 bits.
const MAX_NODES: u32 = 1 << 25;
const MAX_ARCS: u32 = 1 << 27;

export namespace PathStatus {
  /** Path counts leave the range of a double. */
  export const OUT_OF_RANGE: i32 = 9;
}

// @ts-ignore: decorator
@inline
export function nodesOf(graph: usize): u32 {
  return load<u32>(graph, 4);
}

// @ts-ignore: decorator
@inline
export function arcsOf(graph: usize): u32 {
  return load<u32>(graph, 8);
}

// @ts-ignore: decorator
@inline
export function offsetsOf(graph: usize): usize {
  return <usize>load<u32>(graph, 12);
}

// @ts-ignore: decorator
@inline
export function neighboursOf(graph: usize): usize {
  return <usize>load<u32>(graph, 16);
}

// @ts-ignore: decorator
@inline
export function lengthsOf(graph: usize): usize {
  return <usize>load<u32>(graph, 20);
}

// @ts-ignore: decorator
@inline
export function oppositeLengthsOf(graph: usize): usize {
  return <usize>load<u32>(graph, 24);
}

/** Whether the pointer leads to a graph that graph_init wrote. */
export function isGraph(graph: usize): bool {
  return inside(graph, GRAPH_BYTES, 1) && load<u32>(graph) == MAGIC;
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
  graph: usize,
  nodes: u32,
  arcs: u32,
  offsets: usize,
  neighbours: usize,
  lengths: usize,
): i32 {
  if (!inside(graph, GRAPH_BYTES, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(graph, 0, GRAPH_BYTES);
  if (nodes > MAX_NODES || arcs > MAX_ARCS) return Status.BAD_PARAMETER;
  if (!inside(offsets, nodes + 1, 4) || !inside(neighbours, arcs, 4)) return Status.OUT_OF_BOUNDS;
  if (lengths != 0 && !inside(lengths, arcs, 8)) return Status.OUT_OF_BOUNDS;
  let opposite: usize = 0;
  if (lengths != 0) {
    opposite = alloc(arcs << 3);
    if (opposite == 0) return Status.OUT_OF_MEMORY;
  }
  const before = mark();
  const cursors = alloc((nodes + 1) << 2);
  if (cursors == 0) return Status.OUT_OF_MEMORY;
  const status = checkRows(nodes, arcs, offsets, neighbours, lengths, opposite, cursors);
  release(before);
  if (status != Status.OK) return status;
  store<u32>(graph, nodes, 4);
  store<u32>(graph, arcs, 8);
  store<u32>(graph, <u32>offsets, 12);
  store<u32>(graph, <u32>neighbours, 16);
  store<u32>(graph, <u32>lengths, 20);
  store<u32>(graph, <u32>opposite, 24);
  store<u32>(graph, MAGIC);
  return Status.OK;
}

function checkRows(
  nodes: u32,
  arcs: u32,
  offsets: usize,
  neighbours: usize,
  lengths: usize,
  opposite: usize,
  cursors: usize,
): i32 {
  if (load<u32>(offsets) != 0 || load<u32>(offsets + ((<usize>nodes) << 2)) != arcs) return Status.INCONSISTENT;
  for (let u: u32 = 0; u < nodes; u++) {
    const first = load<u32>(offsets + ((<usize>u) << 2));
    if (first > load<u32>(offsets + ((<usize>u) << 2), 4)) return Status.INCONSISTENT;
    store<u32>(cursors + ((<usize>u) << 2), first);
  }
  for (let u: u32 = 0; u < nodes; u++) {
    const first = load<u32>(offsets + ((<usize>u) << 2));
    const end = load<u32>(offsets + ((<usize>u) << 2), 4);
    for (let e = first; e < end; e++) {
      const v = load<u32>(neighbours + ((<usize>e) << 2));
      if (v >= nodes || v == u) return Status.INCONSISTENT;
      if (e > first && v <= load<u32>(neighbours + ((<usize>(e - 1)) << 2))) return Status.INCONSISTENT;
      // Sources come in ascending order, so v's next unmet neighbour is u, or the rows contradict each other.
      const cursor = cursors + ((<usize>v) << 2);
      const back = load<u32>(cursor);
      if (back >= load<u32>(offsets + ((<usize>v) << 2), 4)) return Status.INCONSISTENT;
      if (load<u32>(neighbours + ((<usize>back) << 2)) != u) return Status.INCONSISTENT;
      store<u32>(cursor, back + 1);
      if (lengths != 0) {
        const length = load<f64>(lengths + ((<usize>e) << 3));
        if (!(length > 0 && length < Infinity)) return Status.BAD_PARAMETER;
        store<f64>(opposite + ((<usize>back) << 3), length);
      }
    }
  }
  return Status.OK;
}
