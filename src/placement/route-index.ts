/** Routes, looked up by node and by their reverse. */
import type { Routes } from "./routes.ts";

export interface RouteIndex {
  readonly routes: Routes;
  readonly count: number;
  /** Rate of each route. */
  readonly rates: Float64Array;
  /** Of all routes. */
  readonly rate: number;
  /** Per route, the one in the opposite direction, or -1. */
  readonly reverse: Int32Array;
  /** The route from a source to a target; -1: none. O(log routes) */
  readonly routeOf: (source: number, target: number) => number;
  /** Node v's routes are through[starts[v]] .. through[starts[v + 1] - 1], ascending. */
  readonly starts: Uint32Array;
  readonly through: Uint32Array;
}

/**
 * Checks routes and indexes them. O(nodes of all routes)
 * @throws RangeError for routes that contradict routes.ts
 */
export function indexRoutes(routes: Routes): RouteIndex {
  const { names, offsets, nodes, rates } = routes;
  const count = offsets.length - 1;
  if (count < 0 || offsets[0] !== 0 || offsets[count] !== nodes.length) {
    throw new RangeError(`offsets of routes do not run from 0 to ${nodes.length}`);
  }
  if (rates !== undefined && rates.length !== count) throw new RangeError(`${rates.length} rates for ${count} routes`);
  const routeOf = indexEnds(routes, count);
  const starts = new Uint32Array(names.length + 1);
  const last = new Int32Array(names.length).fill(-1);
  for (let route = 0; route < count; route++) {
    const rate = rates === undefined ? 1 : rates[route];
    if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY)) throw new RangeError(`route ${route} has rate ${rate}`);
    for (let at = offsets[route]; at < offsets[route + 1]; at++) {
      const node = nodes[at];
      if (node >= names.length) throw new RangeError(`route ${route} names node ${node}, there are ${names.length}`);
      if (last[node] === route) throw new RangeError(`route ${route} passes ${names[node]} twice`);
      last[node] = route;
      starts[node + 1]++;
    }
  }
  for (let node = 0; node < names.length; node++) starts[node + 1] += starts[node];
  const next = starts.slice();
  const through = new Uint32Array(nodes.length);
  for (let route = 0; route < count; route++) {
    for (let at = offsets[route]; at < offsets[route + 1]; at++) through[next[nodes[at]]++] = route;
  }
  const each = rates ?? new Float64Array(count).fill(1);
  return {
    routes,
    count,
    rates: each,
    rate: each.reduce((a, b) => a + b, 0),
    reverse: Int32Array.from({ length: count }, (_, route) =>
      routeOf(targetOf(routes, route), sourceOf(routes, route)),
    ),
    routeOf,
    starts,
    through,
  };
}

function sourceOf({ offsets, nodes }: Routes, route: number): number {
  return nodes[offsets[route]];
}

function targetOf({ offsets, nodes }: Routes, route: number): number {
  return nodes[offsets[route + 1] - 1];
}

/** Routes by source, then target: two stable counting sorts, and a search in a source's rows. */
function indexEnds(routes: Routes, count: number): RouteIndex["routeOf"] {
  const { names, access, offsets } = routes;
  const isEnd = new Uint8Array(names.length);
  for (const node of access) isEnd[node] = 1;
  for (let route = 0; route < count; route++) {
    if (offsets[route + 1] < offsets[route] + 2) throw new RangeError(`route ${route} has no two ends`);
    if (isEnd[sourceOf(routes, route)] !== 1 || isEnd[targetOf(routes, route)] !== 1) {
      throw new RangeError(`route ${route} ends at a node that is no access node`);
    }
  }
  const all = Uint32Array.from({ length: count }, (_, route) => route);
  const byTarget = sortedBy(all, names.length, (route) => targetOf(routes, route)).order;
  const { order, starts } = sortedBy(byTarget, names.length, (route) => sourceOf(routes, route));
  for (let at = 1; at < count; at++) {
    const [source, target] = [sourceOf(routes, order[at]), targetOf(routes, order[at])];
    if (sourceOf(routes, order[at - 1]) === source && targetOf(routes, order[at - 1]) === target) {
      throw new RangeError(`two routes lead from ${names[source]} to ${names[target]}`);
    }
  }
  return (source, target) => {
    let low = starts[source];
    const end = starts[source + 1];
    for (let high = end; low < high; ) {
      const middle = (low + high) >> 1;
      if (targetOf(routes, order[middle]) < target) low = middle + 1;
      else high = middle;
    }
    return low < end && targetOf(routes, order[low]) === target ? order[low] : -1;
  };
}

/** A stable order by a key below `keys`, and where each key's entries start. */
function sortedBy(list: Uint32Array, keys: number, keyOf: (entry: number) => number) {
  const starts = new Uint32Array(keys + 1);
  for (const entry of list) starts[keyOf(entry) + 1]++;
  for (let key = 0; key < keys; key++) starts[key + 1] += starts[key];
  const next = starts.slice();
  const order = new Uint32Array(list.length);
  for (const entry of list) order[next[keyOf(entry)]++] = entry;
  return { order, starts };
}

/** Distinct neighbours of each node in the union of the routes, taken as undirected; and the links of that union. */
export function routeDegrees({ names, offsets, nodes }: Routes): { degrees: Uint32Array; links: number } {
  const links = new Set<number>();
  const known = new Int32Array(names.length).fill(-1);
  for (let route = 0; route + 1 < offsets.length; route++) {
    for (let at = offsets[route] + 1; at < offsets[route + 1]; at++) {
      const [a, b] = [nodes[at - 1], nodes[at]];
      // Routes to one target take the same link, one after the other.
      if (known[a] === b) continue;
      known[a] = b;
      links.add(Math.min(a, b) * names.length + Math.max(a, b));
    }
  }
  const degrees = new Uint32Array(names.length);
  for (const link of links) {
    degrees[Math.floor(link / names.length)]++;
    degrees[link % names.length]++;
  }
  return { degrees, links: links.size };
}
