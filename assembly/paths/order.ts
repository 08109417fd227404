// One source's shortest paths: nodes in the order of their distance, distances, and who precedes whom.
//
// Breadth-first search where every length is 1, Dijkstra with a binary heap of (distance, node) pairs otherwise. Lengths
// within a relative 1e-12 of each other tie: u precedes v iff u was settled earlier and d(u) + length(u, v) is at most
// (1 + 1e-12) d(v). No predecessor is stored; the test is made anew wherever it is needed.
//
// A search's block, made by searchAlloc: 0 u32 order  4 u32 distances  8 u32 positions  12 u32 heap

import { alloc } from "../abi";
import { arcsOf, lengthsOf, neighboursOf, nodesOf, offsetsOf } from "./graph";

export const TIE: f64 = 1.0 + 1e-12;
/** The position of a node that the search did not reach. */
export const UNREACHED: u32 = 0xffffffff;

/** u32[n]: the nodes by distance. */
// @ts-ignore: decorator
@inline
export function orderOf(search: usize): usize {
  return <usize>load<u32>(search);
}

/** f64[n]: distances from the source. */
// @ts-ignore: decorator
@inline
export function distancesOf(search: usize): usize {
  return <usize>load<u32>(search, 4);
}

/** u32[n]: where in the order a node stands, or UNREACHED. */
// @ts-ignore: decorator
@inline
export function positionsOf(search: usize): usize {
  return <usize>load<u32>(search, 8);
}

/** Room for searches of the graph, in the arena; 0 where memory is out. */
export function searchAlloc(graph: usize): usize {
  const n = nodesOf(graph);
  const search = alloc(16);
  const order = alloc((n + 1) << 2);
  const distances = alloc(n << 3);
  const positions = alloc(n << 2);
  let heap: usize = 0;
  if (lengthsOf(graph) != 0) {
    heap = alloc((arcsOf(graph) + 2) << 4);
    if (heap == 0) return 0;
  }
  if (search == 0 || order == 0 || distances == 0 || positions == 0) return 0;
  store<u32>(search, <u32>order);
  store<u32>(search, <u32>distances, 4);
  store<u32>(search, <u32>positions, 8);
  store<u32>(search, <u32>heap, 12);
  memory.fill(positions, 0xff, (<usize>n) << 2);
  return search;
}

/** Finds the nodes that the source reaches; returns how many, itself included. O(m), with lengths O(m log m) */
export function searchFrom(graph: usize, search: usize, source: u32): u32 {
  if (lengthsOf(graph) != 0) return dijkstra(graph, search, source);
  return breadthFirst(graph, search, source);
}

/** Forgets the last search, which reached that many nodes. */
export function searchClear(search: usize, reached: u32): void {
  const positions = positionsOf(search);
  let at = orderOf(search);
  for (const end = at + ((<usize>reached) << 2); at < end; at += 4) {
    store<u32>(positions + ((<usize>load<u32>(at)) << 2), UNREACHED);
  }
}

function breadthFirst(graph: usize, search: usize, source: u32): u32 {
  const offsets = offsetsOf(graph);
  const neighbours = neighboursOf(graph);
  const order = orderOf(search);
  const distances = distancesOf(search);
  const positions = positionsOf(search);
  store<u32>(order, source);
  store<u32>(positions + ((<usize>source) << 2), 0);
  store<f64>(distances + ((<usize>source) << 3), 0);
  let reached: u32 = 1;
  for (let i: u32 = 0; i < reached; i++) {
    const u = load<u32>(order + ((<usize>i) << 2));
    const next = load<f64>(distances + ((<usize>u) << 3)) + 1;
    let at = neighbours + ((<usize>load<u32>(offsets + ((<usize>u) << 2))) << 2);
    const end = neighbours + ((<usize>load<u32>(offsets + ((<usize>u) << 2), 4)) << 2);
    for (; at < end; at += 4) {
      const v = load<u32>(at);
      if (load<u32>(positions + ((<usize>v) << 2)) != UNREACHED) continue;
      store<u32>(positions + ((<usize>v) << 2), reached);
      store<f64>(distances + ((<usize>v) << 3), next);
      store<u32>(order + ((<usize>reached) << 2), v);
      reached++;
    }
  }
  return reached;
}

function dijkstra(graph: usize, search: usize, source: u32): u32 {
  const offsets = offsetsOf(graph);
  const neighbours = neighboursOf(graph);
  const lengths = lengthsOf(graph);
  const order = orderOf(search);
  const distances = distancesOf(search);
  const positions = positionsOf(search);
  const heap = <usize>load<u32>(search, 12);
  let reached: u32 = 0;
  let waiting = push(heap, 0, 0, source);
  while (waiting > 0) {
    const distance = load<f64>(heap + 16);
    const u = load<u32>(heap + 16, 8);
    waiting = pop(heap, waiting);
    if (load<u32>(positions + ((<usize>u) << 2)) != UNREACHED) continue;
    store<u32>(positions + ((<usize>u) << 2), reached);
    store<f64>(distances + ((<usize>u) << 3), distance);
    store<u32>(order + ((<usize>reached) << 2), u);
    reached++;
    const end = load<u32>(offsets + ((<usize>u) << 2), 4);
    for (let e = load<u32>(offsets + ((<usize>u) << 2)); e < end; e++) {
      const v = load<u32>(neighbours + ((<usize>e) << 2));
      if (load<u32>(positions + ((<usize>v) << 2)) != UNREACHED) continue;
      waiting = push(heap, waiting, distance + load<f64>(lengths + ((<usize>e) << 3)), v);
    }
  }
  return reached;
}

/** Adds to a heap of `size` 16-byte entries, the first at heap + 16; returns the new size. */
function push(heap: usize, size: u32, key: f64, node: u32): u32 {
  let at = size + 1;
  while (at > 1) {
    const parent = heap + ((<usize>(at >> 1)) << 4);
    if (!before(key, node, parent)) break;
    const hole = heap + ((<usize>at) << 4);
    store<u64>(hole, load<u64>(parent));
    store<u32>(hole, load<u32>(parent, 8), 8);
    at >>= 1;
  }
  const hole = heap + ((<usize>at) << 4);
  store<f64>(hole, key);
  store<u32>(hole, node, 8);
  return size + 1;
}

/** Drops the least entry; returns the new size. */
function pop(heap: usize, size: u32): u32 {
  const last = heap + ((<usize>size) << 4);
  const key = load<f64>(last);
  const node = load<u32>(last, 8);
  size--;
  let at: u32 = 1;
  for (let child: u32 = 2; child <= size; child = at << 1) {
    let from = heap + ((<usize>child) << 4);
    if (child < size && before(load<f64>(from, 16), load<u32>(from, 24), from)) {
      child++;
      from += 16;
    }
    if (before(key, node, from)) break;
    const hole = heap + ((<usize>at) << 4);
    store<u64>(hole, load<u64>(from));
    store<u32>(hole, load<u32>(from, 8), 8);
    at = child;
  }
  const hole = heap + ((<usize>at) << 4);
  store<f64>(hole, key);
  store<u32>(hole, node, 8);
  return size;
}

/** Whether (key, node) comes before the entry: by distance, then by index. */
// @ts-ignore: decorator
@inline
function before(key: f64, node: u32, entry: usize): bool {
  const other = load<f64>(entry);
  return key < other || (key == other && node < load<u32>(entry, 8));
}

/** Length of the opposite arc of arc e: from e's head to the node whose row e stands in. */
// @ts-ignore: decorator
@inline
export function lengthInto(opposite: usize, e: u32): f64 {
  return opposite == 0 ? 1.0 : load<f64>(opposite + ((<usize>e) << 3));
}
