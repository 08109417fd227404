// One source's shortest paths: nodes in the order of their distance, distances, and who precedes whom.
//
// Breadth-first search where every length is 1, Dijkstra otherwise. Lengths within a relative 1e-12 of each other tie: u
// precedes v iff u was settled earlier and d(u) + length(u, v) is at most (1 + 1e-12) d(v). No predecessor is stored; the
// test is made anew wherever it is needed.

import { alloc } from "../abi";
import { at4, f64At, setF64, setU32, u32At } from "../array";
import { Heap, newHeap } from "../heap";
import { Graph } from "./graph";

export const TIE: f64 = 1.0 + 1e-12;
/** The position of a node that the search did not reach. */
const UNREACHED: u32 = 0xffffffff;


@unmanaged
export class Search {
  graph: Graph;
  /** u32[nodes]: the nodes by distance. */
  order: usize;
  /** f64[nodes]: distances from the source. */
  distances: usize;
  /** u32[nodes]: where in the order a node stands, or UNREACHED. */
  positions: usize;
  /** What Dijkstra's search is to look at, by distance; 0 without lengths. */
  heap: Heap;
  /** How many nodes were reached, the source included. */
  reached: u32;

  // @ts-ignore: decorator
  @inline
  reaches(v: u32): bool {
    return u32At(this.positions, v) != UNREACHED;
  }
}

/** Room for searches of the graph, in the arena; 0 where memory is out. */
export function newSearch(graph: Graph): Search {
  const n = graph.nodes;
  const none = changetype<Search>(0);
  const search = changetype<Search>(alloc(offsetof<Search>()));
  const order = alloc((n + 1) << 2);
  const distances = alloc(n << 3);
  const positions = alloc(n << 2);
  if (changetype<usize>(search) == 0 || order == 0 || distances == 0 || positions == 0) return none;
  search.graph = graph;
  search.order = order;
  search.distances = distances;
  search.positions = positions;
  search.heap = changetype<Heap>(0);
  if (graph.lengths != 0) {
    search.heap = newHeap(graph.arcs + 1);
    if (changetype<usize>(search.heap) == 0) return none;
  }
  memory.fill(positions, 0xff, (<usize>n) << 2);
  return search;
}

/** Finds the nodes that the source reaches. O(m), with lengths O(m log m) */
export function searchFrom(search: Search, source: u32): void {
  if (search.graph.lengths != 0) dijkstra(search, source);
  else breadthFirst(search, source);
}

/** Forgets the last search. */
export function searchClear(search: Search): void {
  const order = search.order;
  const positions = search.positions;
  const reached = search.reached;
  for (let i: u32 = 0; i < reached; i++) setU32(positions, u32At(order, i), UNREACHED);
}

function breadthFirst(search: Search, source: u32): void {
  const offsets = search.graph.offsets;
  const neighbours = search.graph.neighbours;
  const order = search.order;
  const distances = search.distances;
  const positions = search.positions;
  setU32(order, 0, source);
  setU32(positions, source, 0);
  setF64(distances, source, 0);
  let reached: u32 = 1;
  for (let i: u32 = 0; i < reached; i++) {
    const u = u32At(order, i);
    const next = f64At(distances, u) + 1;
    const row = at4(offsets, u);
    const end = at4(neighbours, load<u32>(row, 4));
    for (let arc = at4(neighbours, load<u32>(row)); arc < end; arc += 4) {
      const v = load<u32>(arc);
      if (u32At(positions, v) != UNREACHED) continue;
      setU32(positions, v, reached);
      setF64(distances, v, next);
      setU32(order, reached, v);
      reached++;
    }
  }
  search.reached = reached;
}

function dijkstra(search: Search, source: u32): void {
  const offsets = search.graph.offsets;
  const neighbours = search.graph.neighbours;
  const lengths = search.graph.lengths;
  const order = search.order;
  const positions = search.positions;
  const heap = search.heap;
  let reached: u32 = 0;
  heap.push(0, source);
  while (heap.length > 0) {
    const distance = heap.topKey;
    const u = heap.pop();
    if (u32At(positions, u) != UNREACHED) continue;
    setU32(positions, u, reached);
    setF64(search.distances, u, distance);
    setU32(order, reached, u);
    reached++;
    const end = u32At(offsets, u + 1);
    for (let e = u32At(offsets, u); e < end; e++) {
      const v = u32At(neighbours, e);
      if (u32At(positions, v) == UNREACHED) heap.push(distance + f64At(lengths, e), v);
    }
  }
  search.reached = reached;
}

/** Length of the opposite arc of arc e: from e's head to the node whose row e stands in. */
// @ts-ignore: decorator
@inline
export function lengthInto(opposite: usize, e: u32): f64 {
  return opposite == 0 ? 1.0 : f64At(opposite, e);
}
