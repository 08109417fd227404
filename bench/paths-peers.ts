import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { UndirectedGraph } from "graphology";
import type betweennessCentrality from "graphology-metrics/centrality/betweenness.js";
import type { GraphArrays } from "#src/wasm/paths/paths.ts";

const betweenness: typeof betweennessCentrality.default = createRequire(import.meta.url)(
  "graphology-metrics/centrality/betweenness.js",
);

/** Every edge once. */
function edgesOf({ offsets, neighbours }: GraphArrays): [number, number][] {
  const edges: [number, number][] = [];
  for (let u = 0; u + 1 < offsets.length; u++) {
    for (const v of neighbours.subarray(offsets[u], offsets[u + 1])) if (u < v) edges.push([u, v]);
  }
  return edges;
}

/** A measured peer: CPU nanoseconds and the sum of its betweenness values. */
export interface PeerResult {
  readonly nanoseconds: number;
  readonly sum: number;
}

const IGRAPH = `
import json, sys, time, igraph
graph = igraph.Graph(**json.load(sys.stdin))
start = time.process_time()
values = graph.betweenness()
print(json.dumps([time.process_time() - start, sum(values), igraph.__version__]))
`;

/** igraph's C core by way of Debian's python3-igraph; undefined where it is not installed. */
export function igraph(graph: GraphArrays): (PeerResult & { readonly version: string }) | undefined {
  const input = JSON.stringify({ n: graph.offsets.length - 1, edges: edgesOf(graph) });
  try {
    execFileSync("/usr/bin/python3", ["-c", "import igraph"], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  const output = execFileSync("/usr/bin/python3", ["-c", IGRAPH], { input, encoding: "utf8" });
  const [seconds, sum, version] = JSON.parse(output);
  return { nanoseconds: seconds * 1e9, sum, version };
}

/** graphology-metrics' betweenness, not normalised; it counts ordered pairs of undirected graphs once as well. */
export function graphologyMetrics(graph: GraphArrays): () => PeerResult {
  const theirs = new UndirectedGraph();
  for (let v = 0; v + 1 < graph.offsets.length; v++) theirs.addNode(v);
  for (const [u, v] of edgesOf(graph)) theirs.addEdge(u, v);
  return () => {
    const start = process.cpuUsage();
    const values = betweenness(theirs, { normalized: false, getEdgeWeight: null });
    const { user } = process.cpuUsage(start);
    return { nanoseconds: user * 1e3, sum: Object.values(values).reduce((a, b) => a + b, 0) };
  };
}
