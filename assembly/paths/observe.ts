// What monitors observe: the rate of the access pairs that a set M of nodes meets, and what each further node would add.
//
// One pass a source s over its shortest paths (Brandes, A faster algorithm for betweenness centrality, 2001, with M
// removed; Puzis, Elovici, Dolev, 2007, call f group betweenness). Forward: sigma(v), all shortest paths from s, and
// tau(v), those that meet no node of M. Backward: beta(v) = sum over t of w(t) (paths v to t that avoid M) / sigma(t). A path is
// an original shortest path, so M removed re-routes nothing. Pair (s, t) is observed to (sigma(t) - tau(t)) / sigma(t),
// and node v would add tau(v) beta(v): interior pairs and, as a node is on its own paths, pairs of which v is an end.
// With M empty the gain is the attack observe rate (Tang and Daniels). O(nodes + arcs) a source, with lengths O(m log m).
// traffic.ts says what traffic is.

import { Status, mark, release } from "../abi";
import { u32At } from "../array";
import { Graph, isGraph } from "./graph";
import { Observation, Totals, checkObservation, newObservation } from "./observation";
import { Pass, backward, flowAt, forward, newPass, startPass } from "./pass";
import { searchClear, searchFrom } from "./search";
import { Traffic, newTraffic } from "./traffic";

/**
 * The pass over access nodes [first, first + count); traffic as traffic_check takes it. removed: u8[nodes], 1 = in M, or 0.
 * gains: f64[nodes]; totals: f64[3] = rate of pairs with a path, rate of pairs without, rate observed by M. Both are
 * overwritten; partials of consecutive ranges add up to the whole.
 */
export function observe(
  graph: Graph,
  access: usize,
  accessCount: u32,
  rates: usize,
  perPair: bool,
  removed: usize,
  first: u32,
  count: u32,
  gains: usize,
  totals: Totals,
): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  const before = mark();
  const traffic = newTraffic(access, accessCount, rates, perPair);
  const observation = newObservation(traffic, removed, first, count, gains, totals);
  let status = checkObservation(observation, graph.nodes);
  if (status == Status.OK) status = passes(graph, observation);
  release(before);
  return status;
}

function passes(graph: Graph, observation: Observation): i32 {
  const pass = newPass(graph, observation.removed);
  if (changetype<usize>(pass) == 0) return Status.OUT_OF_MEMORY;
  memory.fill(observation.gains, 0, (<usize>graph.nodes) << 3);
  memory.fill(changetype<usize>(observation.totals), 0, offsetof<Totals>());
  const end = observation.first + observation.count;
  let status = Status.OK;
  for (let i = observation.first; i < end && status == Status.OK; i++) status = addSource(pass, observation, i);
  return status;
}

function addSource(pass: Pass, observation: Observation, i: u32): i32 {
  const traffic = observation.traffic;
  startPass(pass, traffic, i);
  searchFrom(pass.search, u32At(traffic.access, i));
  const status = forward(pass);
  if (status == Status.OK) {
    addTotals(pass, traffic, observation.totals);
    backward(pass, true, observation.gains);
  }
  searchClear(pass.search);
  return status;
}

function addTotals(pass: Pass, traffic: Traffic, totals: Totals): void {
  let connected: f64 = 0;
  let unconnected: f64 = 0;
  let observed: f64 = 0;
  const count = traffic.count;
  const access = traffic.access;
  const flows = pass.flows;
  const search = pass.search;
  for (let j: u32 = 0; j < count; j++) {
    const t = u32At(access, j);
    const flow = flowAt(flows, t);
    if (search.reaches(t)) {
      connected += flow.rate;
      observed += flow.rate * ((flow.sigma - flow.tau) / flow.sigma);
    } else {
      unconnected += flow.rate;
    }
  }
  totals.add(connected, unconnected, observed);
}
