// What monitors observe: the rate of the access pairs that a set M of nodes meets, and what each further node would add.
//
// One pass a source s over its shortest paths (Brandes, A faster algorithm for betweenness centrality, 2001, with M
// removed; Puzis, Elovici, Dolev, 2007, call f group betweenness). Forward: sigma(v), all shortest paths from s, and
// tau(v), those that meet no node of M. Backward: beta(v) = sum over t of w(t) (paths v to t that avoid M) / sigma(t). A path is
// an original shortest path, so M removed re-routes nothing. Pair (s, t) is observed to (sigma(t) - tau(t)) / sigma(t),
// and node v would add tau(v) beta(v): interior pairs and, as a node is on its own paths, pairs of which v is an end.
// With M empty the gain is the attack observe rate (Tang and Daniels). O(nodes + arcs) a source, with lengths O(m log m).
// traffic.ts says what traffic is.

import { Status, alloc, inside, mark, release } from "../abi";
import { nodesOf } from "./graph";
import { positionsOf, searchAlloc, searchClear, searchFrom } from "./order";
import { backward, forward } from "./pass";
import { spreadRates, traffic_check } from "./traffic";

/**
 * The pass over access nodes [first, first + count); traffic as traffic_check takes it. removed: u8[nodes], 1 = in M, or 0.
 * gains: f64[nodes]; totals: f64[3] = rate of pairs with a path, rate of pairs without, rate observed by M. Both are
 * overwritten; partials of consecutive ranges add up to the whole.
 */
export function observe(
  graph: usize,
  access: usize,
  accessCount: u32,
  rates: usize,
  perPair: bool,
  removed: usize,
  first: u32,
  count: u32,
  gains: usize,
  totals: usize,
): i32 {
  const checked = traffic_check(graph, access, accessCount, rates, perPair);
  if (checked != Status.OK) return checked;
  const n = nodesOf(graph);
  if (first > accessCount || count > accessCount - first) return Status.BAD_PARAMETER;
  if (!inside(gains, n, 8) || !inside(totals, 3, 8)) return Status.OUT_OF_BOUNDS;
  if (removed != 0 && !inside(removed, n, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(gains, 0, (<usize>n) << 3);
  memory.fill(totals, 0, 24);
  const before = mark();
  const search = searchAlloc(graph);
  const values = alloc(n << 5);
  const none = alloc(n);
  if (search == 0 || values == 0 || none == 0) {
    release(before);
    return Status.OUT_OF_MEMORY;
  }
  memory.fill(none, 0, n);
  if (removed == 0) removed = none;
  let status = Status.OK;
  for (let i = first; i < first + count && status == Status.OK; i++) {
    const source = load<u32>(access + ((<usize>i) << 2));
    spreadRates(values, access, accessCount, rates, perPair, i, n);
    const reached = searchFrom(graph, search, source);
    status = forward(graph, search, reached, values, removed);
    if (status == Status.OK) {
      countTotals(search, reached, values, access, accessCount, totals);
      backward(graph, search, reached, values, removed, true, gains);
    }
    searchClear(search, reached);
  }
  release(before);
  return status;
}

function countTotals(search: usize, reached: u32, values: usize, access: usize, count: u32, totals: usize): void {
  let connected: f64 = 0;
  let unconnected: f64 = 0;
  let observed: f64 = 0;
  const positions = positionsOf(search);
  for (let j: u32 = 0; j < count; j++) {
    const t = <usize>load<u32>(access + ((<usize>j) << 2));
    const rate = load<f64>(values + (t << 5));
    if (load<u32>(positions + (t << 2)) >= reached) {
      unconnected += rate;
      continue;
    }
    const sigma = load<f64>(values + (t << 5), 8);
    connected += rate;
    observed += rate * ((sigma - load<f64>(values + (t << 5), 16)) / sigma);
  }
  store<f64>(totals, load<f64>(totals) + connected);
  store<f64>(totals, load<f64>(totals, 8) + unconnected, 8);
  store<f64>(totals, load<f64>(totals, 16) + observed, 16);
}
