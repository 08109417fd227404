// Shortest paths the slow, obvious way: every path of every pair is written out.
import type { GraphArrays, Traffic } from "../../src/wasm/paths/paths.ts";

/** An edge and its lengths there and back. */
export type Edge = readonly [u: number, v: number, there?: number, back?: number];

/** Compressed rows of an undirected simple graph; later repeats of an edge are dropped. */
export function graphOf(nodes: number, edges: readonly Edge[]): GraphArrays & { lengths: Float64Array | undefined } {
  const rows = Array.from({ length: nodes }, () => new Map<number, number>());
  for (const [u, v, there = 1, back = there] of edges) {
    if (u === v || rows[u]!.has(v)) continue;
    rows[u]!.set(v, there);
    rows[v]!.set(u, back);
  }
  const sorted = rows.map((row) => [...row].sort(([a], [b]) => a - b));
  const offsets = new Uint32Array(nodes + 1);
  sorted.forEach((row, u) => {
    offsets[u + 1] = offsets[u]! + row.length;
  });
  const weighted = edges.some((edge) => edge.length > 2);
  return {
    offsets,
    neighbours: Uint32Array.from(sorted.flatMap((row) => row.map(([v]) => v))),
    lengths: weighted ? Float64Array.from(sorted.flatMap((row) => row.map(([, length]) => length))) : undefined,
  };
}

/** Distances of all pairs by Floyd and Warshall. */
function distances({ offsets, neighbours, lengths }: GraphArrays): number[][] {
  const n = offsets.length - 1;
  const d = Array.from({ length: n }, (_, u) => Array.from({ length: n }, (_, v) => (u === v ? 0 : Infinity)));
  for (let u = 0; u < n; u++) {
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) d[u]![neighbours[e]!] = lengths?.[e] ?? 1;
  }
  for (let k = 0; k < n; k++) {
    for (let u = 0; u < n; u++) {
      for (let v = 0; v < n; v++) d[u]![v] = Math.min(d[u]![v]!, d[u]![k]! + d[k]![v]!);
    }
  }
  return d;
}

/** paths[s][t]: every shortest path from s to t as its list of nodes, ends included. */
export function shortestPaths(graph: GraphArrays): number[][][][] {
  const { offsets, neighbours, lengths } = graph;
  const n = offsets.length - 1;
  const d = distances(graph);
  const from = (u: number, s: number, t: number): number[][] => {
    if (u === t) return [[t]];
    const paths: number[][] = [];
    for (let e = offsets[u]!; e < offsets[u + 1]!; e++) {
      const v = neighbours[e]!;
      const through = d[s]![u]! + (lengths?.[e] ?? 1) + d[v]![t]!;
      if (Math.abs(through - d[s]![t]!) < 1e-9) for (const rest of from(v, s, t)) paths.push([u, ...rest]);
    }
    return paths;
  };
  return Array.from({ length: n }, (_, s) =>
    Array.from({ length: n }, (_, t) => (d[s]![t]! < Infinity ? from(s, s, t) : [])),
  );
}

/** Betweenness: each unordered pair once (half of each ordered one), ends excluded. */
export function betweennessOracle(graph: GraphArrays): number[] {
  const paths = shortestPaths(graph);
  const n = paths.length;
  return Array.from({ length: n }, (_, v) => {
    let sum = 0;
    for (let s = 0; s < n; s++) {
      for (let t = 0; t < n; t++) {
        const all = paths[s]![t]!;
        if (s !== t && s !== v && t !== v && all.length > 0) {
          sum += all.filter((path) => path.includes(v)).length / all.length / 2;
        }
      }
    }
    return sum;
  });
}

/** r(x, y) of the i-th and the j-th access node. */
export function rateOf(traffic: Traffic, i: number, j: number): number {
  const count = traffic.access.length;
  return "demands" in traffic ? traffic.demands[i * count + j]! : traffic.rates[i]! / (count - 1);
}

/** Rates with and without a path, and what a set of monitors observes: a monitor on an end observes the pair. */
export function observedOracle(paths: number[][][][], traffic: Traffic, monitors: readonly number[]) {
  let connected = 0;
  let unconnected = 0;
  let observed = 0;
  traffic.access.forEach((x, i) => {
    traffic.access.forEach((y, j) => {
      if (i === j) return;
      const all = paths[x]![y]!;
      const rate = rateOf(traffic, i, j);
      if (all.length === 0) unconnected += rate;
      else {
        connected += rate;
        observed += (rate * all.filter((path) => path.some((v) => monitors.includes(v))).length) / all.length;
      }
    });
  });
  return { connected, unconnected, observed };
}
