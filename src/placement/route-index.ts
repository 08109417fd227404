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
  const ends = indexEnds(routes, count);
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
    reverse: reversed(ends),
    starts,
    through,
  };
}

interface Ends {
  readonly byPair: ReadonlyMap<number, number>;
  readonly nodes: number;
  readonly pairs: readonly (readonly [source: number, target: number])[];
}

function indexEnds({ names, access, offsets, nodes }: Routes, count: number): Ends {
  const ends = new Set(access);
  const byPair = new Map<number, number>();
  const pairs: [number, number][] = [];
  for (let route = 0; route < count; route++) {
    if (offsets[route + 1] < offsets[route] + 2) throw new RangeError(`route ${route} has no two ends`);
    const source = nodes[offsets[route]];
    const target = nodes[offsets[route + 1] - 1];
    if (!ends.has(source) || !ends.has(target))
      throw new RangeError(`route ${route} ends at a node that is no access node`);
    const pair = source * names.length + target;
    if (byPair.has(pair)) throw new RangeError(`two routes lead from ${names[source]} to ${names[target]}`);
    byPair.set(pair, route);
    pairs.push([source, target]);
  }
  return { byPair, nodes: names.length, pairs };
}

function reversed({ byPair, nodes, pairs }: Ends): Int32Array {
  return Int32Array.from(pairs, ([source, target]) => byPair.get(target * nodes + source) ?? -1);
}

/** Distinct neighbours of each node in the union of the routes, taken as undirected; and the links of that union. */
export function routeDegrees({ names, offsets, nodes }: Routes): { degrees: Uint32Array; links: number } {
  const links = new Set<number>();
  for (let route = 0; route + 1 < offsets.length; route++) {
    for (let at = offsets[route] + 1; at < offsets[route + 1]; at++) {
      const [a, b] = [nodes[at - 1], nodes[at]];
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
