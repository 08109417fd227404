/** f on routes: the rate of the routes that meet a set of nodes (Tang and Daniels, section VI). */
import { requireNode } from "./limits.ts";
import type { Look, Objective, Walk } from "./objective.ts";
import type { Steps } from "./parts.ts";
import { type RouteIndex, routeDegrees } from "./route-index.ts";

/** A set's looks cost O(1) each, an addition the nodes of the routes that it newly covers. */
export function routeObjective(index: RouteIndex): Objective {
  const { routes, count, rate } = index;
  const accessNodes = routes.access.length;
  const alone = gainsOf(index, new Uint8Array(count));
  return {
    nodes: routes.names.length,
    edges: routeDegrees(routes).links,
    accessNodes,
    candidates: routes.candidates,
    rate,
    unconnectedPairs: accessNodes * (accessNodes - 1) - count,
    unconnected: 0,
    walk: (set) => {
      const walk = new RouteWalk(index, alone);
      for (const node of set) {
        requireNode(node, routes.names.length, "monitors");
        walk.add(node);
      }
      return walk;
    },
  };
}

class RouteWalk implements Walk {
  private observed = 0;
  private readonly gains: Float64Array;
  private readonly covered: Uint8Array;
  private readonly index: RouteIndex;

  constructor(index: RouteIndex, alone: Float64Array) {
    this.index = index;
    this.gains = alone.slice();
    this.covered = new Uint8Array(index.count);
  }

  // biome-ignore lint/correctness/useYield: a generator, as its siblings are
  *look(): Steps<Look> {
    return { observed: this.observed, gains: this.gains.slice() };
  }

  add(node: number): void {
    const { routes, rates, starts, through } = this.index;
    const fractions = routes.rates !== undefined;
    for (let at = starts[node]; at < starts[node + 1]; at++) {
      const route = through[at];
      if (this.covered[route] === 1) continue;
      this.covered[route] = 1;
      this.observed += rates[route];
      for (let hop = routes.offsets[route]; hop < routes.offsets[route + 1]; hop++) {
        this.gains[routes.nodes[hop]] -= rates[route];
      }
    }
    // Differences of whole numbers are exact, those of rates are not.
    if (fractions) this.gains.set(gainsOf(this.index, this.covered));
  }
}

/** Per node, the rate of its routes that are not covered. */
function gainsOf({ routes, count, rates }: RouteIndex, covered: Uint8Array): Float64Array {
  const gains = new Float64Array(routes.names.length);
  for (let route = 0; route < count; route++) {
    if (covered[route] === 1) continue;
    for (let at = routes.offsets[route]; at < routes.offsets[route + 1]; at++) gains[routes.nodes[at]] += rates[route];
  }
  return gains;
}

/** The rate of the routes that a set covers together with their reverse. */
export function twoWayRate(index: RouteIndex, set: Iterable<number>): number {
  const covered = new Uint8Array(index.count);
  let rate = 0;
  for (const node of set) rate += coverTwoWay(index, covered, node);
  return rate;
}

/** Covers a node's routes; returns the rate of those that are now covered in both directions, and were not before. */
export function coverTwoWay(
  { rates, reverse, starts, through }: RouteIndex,
  covered: Uint8Array,
  node: number,
): number {
  let rate = 0;
  for (let at = starts[node]; at < starts[node + 1]; at++) {
    const route = through[at];
    if (covered[route] === 1) continue;
    covered[route] = 1;
    const back = reverse[route];
    if (back !== -1 && covered[back] === 1) rate += rates[route] + rates[back];
  }
  return rate;
}
