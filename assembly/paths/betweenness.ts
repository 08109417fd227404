// Betweenness over all pairs, one source at a time: for graphs with lengths (Brandes, 2001, with Dijkstra's search).

import { Status, alloc, inside, mark, release } from "../abi";
import { isGraph, nodesOf } from "./graph";
import { searchAlloc, searchClear, searchFrom } from "./order";
import { backward, forward } from "./pass";

/**
 * Half the pairs (s, t), s in [first, first + count), t any node, weighed by the share of their shortest paths that run
 * through each node, ends excluded: over all sources, each unordered pair counts once. out: f64[nodes], overwritten.
 * O(m log m) a source.
 */
export function betweenness_sources(graph: usize, first: u32, count: u32, out: usize): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  const n = nodesOf(graph);
  if (first > n || count > n - first) return Status.BAD_PARAMETER;
  if (!inside(out, n, 8)) return Status.OUT_OF_BOUNDS;
  memory.fill(out, 0, (<usize>n) << 3);
  const before = mark();
  const search = searchAlloc(graph);
  const values = alloc(n << 5);
  const none = alloc(n);
  if (search == 0 || values == 0 || none == 0) {
    release(before);
    return Status.OUT_OF_MEMORY;
  }
  memory.fill(none, 0, n);
  let status = Status.OK;
  for (let s = first; s < first + count && status == Status.OK; s++) {
    for (let v: u32 = 0; v < n; v++) {
      store<f64>(values + ((<usize>v) << 5), 0.5);
      store<f64>(values + ((<usize>v) << 5), 0, 24);
    }
    const reached = searchFrom(graph, search, s);
    status = forward(graph, search, reached, values, none);
    if (status == Status.OK) backward(graph, search, reached, values, none, false, out);
    searchClear(search, reached);
  }
  release(before);
  return status;
}
