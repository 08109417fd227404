// Betweenness over all pairs, one source at a time: for graphs with lengths (Brandes, 2001, with Dijkstra's search).

import { Status, inside, mark, release } from "../abi";
import { Graph, isGraph } from "./graph";
import { Pass, backward, flowAt, forward, newPass } from "./pass";
import { searchClear, searchFrom } from "./search";

/**
 * Half the pairs (s, t), s in [first, first + count), t any node, weighed by the share of their shortest paths that run
 * through each node, ends excluded: over all sources, each unordered pair counts once. out: f64[nodes], overwritten.
 * O(m log m) a source.
 */
export function betweenness_sources(graph: Graph, first: u32, count: u32, out: usize): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  const n = graph.nodes;
  if (first > n || count > n - first) return Status.BAD_PARAMETER;
  if (!inside(out, n, 8)) return Status.OUT_OF_BOUNDS;
  memory.fill(out, 0, (<usize>n) << 3);
  const before = mark();
  const pass = newPass(graph, 0);
  let status = changetype<usize>(pass) == 0 ? Status.OUT_OF_MEMORY : Status.OK;
  for (let s = first; s < first + count && status == Status.OK; s++) status = addSource(pass, s, out);
  release(before);
  return status;
}

function addSource(pass: Pass, s: u32, out: usize): i32 {
  const n = pass.search.graph.nodes;
  const flows = pass.flows;
  for (let v: u32 = 0; v < n; v++) {
    flowAt(flows, v).rate = 0.5;
    flowAt(flows, v).beta = 0;
  }
  searchFrom(pass.search, s);
  const status = forward(pass);
  if (status == Status.OK) backward(pass, false, out);
  searchClear(pass.search);
  return status;
}
