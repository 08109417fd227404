/** Slow, obvious placements: every shortest path as a list of nodes, every set of candidates. */

import { buildTopology } from "../../src/network/build-topology.ts";
import type { Topology } from "../../src/network/topology.ts";
import { randomStream } from "./random.ts";

/** All shortest paths from s to t, by search of all simple paths up to the distance. Lengths are small whole numbers or absent. */
export function allShortestPaths(topology: Topology, s: number, t: number): number[][] {
  const { offsets, neighbours, lengths } = topology;
  let best = Number.POSITIVE_INFINITY;
  let paths: number[][] = [];
  const visit = (path: number[], length: number): void => {
    const node = path[path.length - 1];
    if (length > best) return;
    if (node === t) {
      if (length < best) paths = [];
      best = length;
      paths.push([...path]);
      return;
    }
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      const next = neighbours[arc];
      if (!path.includes(next)) visit([...path, next], length + (lengths === undefined ? 1 : lengths[arc]));
    }
  };
  visit([s], 0);
  return paths;
}

/** Every ordered pair with its rate and its shortest paths. */
export interface Pair {
  readonly rate: number;
  readonly paths: readonly (readonly number[])[];
}

export function allPairs(
  topology: Topology,
  access: readonly number[],
  rate: (x: number, y: number) => number,
): Pair[] {
  const pairs: Pair[] = [];
  for (let x = 0; x < access.length; x++) {
    for (let y = 0; y < access.length; y++) {
      if (x !== y) pairs.push({ rate: rate(x, y), paths: allShortestPaths(topology, access[x], access[y]) });
    }
  }
  return pairs;
}

/** f(M): every path carries an equal share of its pair's rate. */
export function observedRate(pairs: readonly Pair[], set: readonly number[]): number {
  let sum = 0;
  for (const { rate, paths } of pairs) {
    const met = paths.filter((path) => path.some((node) => set.includes(node))).length;
    if (paths.length > 0) sum += (rate * met) / paths.length;
  }
  return sum;
}

export function totalRate(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { rate, paths }) => sum + (paths.length > 0 ? rate : 0), 0);
}

/** All subsets of k. */
export function* subsets(items: readonly number[], k: number): Generator<number[]> {
  if (k === 0) yield [];
  for (let i = 0; k > 0 && i + k <= items.length; i++) {
    for (const rest of subsets(items.slice(i + 1), k - 1)) yield [items[i], ...rest];
  }
}

/** The first set in lexicographic order that no other beats. */
export function bestSet(pairs: readonly Pair[], candidates: readonly number[], k: number) {
  let best: { set: number[]; observed: number } = { set: [], observed: -1 };
  for (const set of subsets(candidates, k)) {
    const observed = observedRate(pairs, set);
    if (observed > best.observed + 1e-9) best = { set, observed };
  }
  return best;
}

/** Greedy by f itself, ties to the lowest node. */
export function greedySet(pairs: readonly Pair[], candidates: readonly number[], k: number): number[] {
  const set: number[] = [];
  while (set.length < k) {
    const now = observedRate(pairs, set);
    let best = { node: -1, gain: 1e-9 };
    for (const node of candidates) {
      const gain = observedRate(pairs, [...set, node]) - now;
      if (gain > best.gain + 1e-9) best = { node, gain };
    }
    if (best.node === -1) break;
    set.push(best.node);
  }
  return set;
}

/** A random graph, connected or not; lengths 1 to 3, each direction its own, or none. */
export function randomTopology(seed: number, nodes: number, edges: number, lengths = false): Topology {
  const random = randomStream(seed);
  const list: number[] = [];
  const each: number[] = [];
  for (let edge = 0; edge < edges; edge++) {
    const [a, b] = [random.below(nodes), random.below(nodes)];
    if (a === b) continue;
    list.push(a, b, b, a);
    each.push(1 + random.below(3), 1 + random.below(3));
  }
  const names = Array.from({ length: nodes }, (_, node) => `n${node}`);
  return buildTopology(names, list, lengths ? each : undefined, { directed: lengths });
}
