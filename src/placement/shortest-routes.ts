/**
 * One shortest route per ordered pair of access nodes, where no routes are given: as routers forward by destination, each
 * node takes its lowest neighbour that lies on a shortest path to the target. Lengths may differ by direction, so that
 * there and back need not share a node. Lengths within a relative 1e-12 tie.
 *
 * O(A m log n) for A access nodes (unit lengths: O(A m)), and the routes' own nodes.
 */

import type { Topology } from "../network/topology.ts";
import { count } from "../text/numbers.ts";
import { PlacementError } from "./placement-error.ts";
import type { Routes } from "./routes.ts";
import { TIE } from "./ties.ts";

/** Room for the routes' nodes: 4 bytes each here, and as many again in an index of them. */
const MOST_NODES = 2 ** 27;
/** Bytes of a route and of a node on one, with all that placing on routes keeps of them. */
const ROUTE_BYTES = 40;
const NODE_BYTES = 12;

/**
 * @param access ascending; pairs without a path have no route.
 * @param rates rate of each ordered pair, by places in `access`; undefined: 1 each.
 * @throws PlacementError where the routes would take too much memory; it says how much
 */
export function shortestRoutes(
  topology: Topology,
  access: Uint32Array,
  candidates: Uint32Array,
  rates?: (source: number, target: number) => number,
): Routes {
  const pairs = access.length * (access.length - 1);
  if (2 * pairs > MOST_NODES) throw tooMany(access.length, pairs, 2 * pairs);
  const forward = forwarding(topology);
  const offsets = new Uint32Array(pairs + 1);
  const each = rates === undefined ? undefined : new Float64Array(pairs);
  let nodes = new Uint32Array(1 << 16);
  let routes = 0;
  let end = 0;
  // By source and then target would need all trees at once.
  for (let t = 0; t < access.length; t++) {
    const next = forward(access[t]);
    for (let s = 0; s < access.length; s++) {
      if (s === t || next[access[s]] === -1) continue;
      // No route has more nodes than the network.
      if (nodes.length < end + topology.names.length) nodes = grown(nodes, end + topology.names.length);
      for (let node = access[s]; node !== access[t]; node = next[node]) nodes[end++] = node;
      nodes[end++] = access[t];
      if (each !== undefined) each[routes] = rates?.(s, t) ?? 1;
      offsets[++routes] = end;
    }
    if (end > MOST_NODES) throw tooMany(access.length, routes, end, access.length / (t + 1));
  }
  return {
    names: topology.names,
    access,
    candidates,
    offsets: offsets.slice(0, routes + 1),
    nodes: nodes.slice(0, end),
    rates: each?.slice(0, routes),
  };
}

function grown(nodes: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(least, Math.min(2 * nodes.length, nodes.length + 2 ** 25)));
  larger.set(nodes);
  return larger;
}

/** @param times how often the routes counted come altogether, about */
function tooMany(accessNodes: number, routes: number, nodes: number, times = 1): PlacementError {
  const bytes = times * (ROUTE_BYTES * routes + NODE_BYTES * nodes);
  const needed = `${(bytes / 1e9).toFixed(1)} GB${times === 1 ? " at least" : ""}`;
  return new PlacementError(
    `one route for each ordered pair of ${count(accessNodes, "access node")} is ${count(Math.round(times * routes), "route")}, for which ${needed} would be needed, more than there is room for: name fewer access nodes`,
  );
}

/** Per target, each node's next one towards it; -1 where there is none, and at the target. */
function forwarding(topology: Topology): (target: number) => Int32Array {
  const { names, offsets, neighbours, lengths } = topology;
  const into = lengths === undefined ? undefined : oppositeLengths(topology, lengths);
  return (target) => {
    const { distances, order } = into === undefined ? breadthFirst(topology, target) : dijkstra(topology, into, target);
    const next = new Int32Array(names.length).fill(-1);
    const place = new Int32Array(names.length).fill(-1);
    order.forEach((node, i) => {
      place[node] = i;
    });
    for (const node of order) {
      if (node === target) continue;
      const limit = distances[node] * (1 + TIE);
      for (let arc = offsets[node]; arc < offsets[node + 1] && next[node] === -1; arc++) {
        const via = neighbours[arc];
        const length = lengths === undefined ? 1 : lengths[arc];
        // Only nodes that were settled before: lengths that vanish beside a distance must not lead in a circle.
        if (place[via] < place[node] && distances[via] + length <= limit) next[node] = via;
      }
    }
    return next;
  };
}

/** Length of the arc from neighbours[arc] to the node in whose row it stands. */
function oppositeLengths({ names, offsets, neighbours }: Topology, lengths: Float64Array): Float64Array {
  const cursor = offsets.slice();
  const opposite = new Float64Array(lengths.length);
  for (let node = 0; node < names.length; node++) {
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) opposite[arc] = lengths[cursor[neighbours[arc]]++];
  }
  return opposite;
}

interface Tree {
  /** To the target. */
  readonly distances: Float64Array;
  /** Nodes that reach it, nearest first. */
  readonly order: readonly number[];
}

function breadthFirst({ names, offsets, neighbours }: Topology, target: number): Tree {
  const distances = new Float64Array(names.length).fill(Number.POSITIVE_INFINITY);
  const order = [target];
  distances[target] = 0;
  for (let i = 0; i < order.length; i++) {
    const node = order[i];
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      const via = neighbours[arc];
      if (distances[via] < Number.POSITIVE_INFINITY) continue;
      distances[via] = distances[node] + 1;
      order.push(via);
    }
  }
  return { distances, order };
}

function dijkstra({ names, offsets, neighbours }: Topology, into: Float64Array, target: number): Tree {
  const distances = new Float64Array(names.length).fill(Number.POSITIVE_INFINITY);
  const settled = new Uint8Array(names.length);
  const order: number[] = [];
  const heap: Entry[] = [{ distance: 0, node: target }];
  distances[target] = 0;
  for (let top = pop(heap); top !== undefined; top = pop(heap)) {
    const { node } = top;
    if (settled[node] === 1) continue;
    settled[node] = 1;
    order.push(node);
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      const via = neighbours[arc];
      const distance = distances[node] + into[arc];
      if (distance >= distances[via]) continue;
      distances[via] = distance;
      push(heap, { distance, node: via });
    }
  }
  return { distances, order };
}

interface Entry {
  readonly distance: number;
  readonly node: number;
}

function before(a: Entry, b: Entry): boolean {
  return a.distance < b.distance || (a.distance === b.distance && a.node < b.node);
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  for (let parent = (at - 1) >> 1; at > 0 && before(entry, heap[parent]); parent = (at - 1) >> 1) {
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return top;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child++;
    if (!before(heap[child], last)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = last;
  return top;
}
