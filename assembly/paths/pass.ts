// The two halves of one source's pass, over any lengths: path counts outwards, rates backwards (observe.ts has the algebra).

import { Status, alloc } from "../abi";
import { addF64, f64At, u32At, u8At } from "../array";
import { Graph } from "./graph";
import { Search, TIE, lengthInto, newSearch } from "./search";
import { Traffic, spreadRates } from "./traffic";

/** 2^960: 1 / sigma stays a normal double, with room for rates. */
const MOST: f64 = 9.7453140114e288;

/** What a pass keeps of a node. */
@unmanaged
export class Flow {
  /** w, the rate from the source to it. */
  rate: f64;
  sigma: f64;
  tau: f64;
  /** To begin with 0. */
  beta: f64;
}


@unmanaged
export class Pass {
  search: Search;
  /** Flow[nodes] */
  flows: usize;
  /** u8[nodes]: 1 in M. */
  removed: usize;
}

/** What is kept of node v. */
// @ts-ignore: decorator
@inline
export function flowAt(flows: usize, v: u32): Flow {
  return changetype<Flow>(flows + ((<usize>v) << 5));
}

/** Room for passes, in the arena; removed 0: M is empty. 0 where memory is out. */
export function newPass(graph: Graph, removed: usize): Pass {
  const n = graph.nodes;
  const pass = changetype<Pass>(alloc(offsetof<Pass>()));
  const search = newSearch(graph);
  const flows = alloc(n << 5);
  const none = removed == 0 ? alloc(n) : removed;
  if (changetype<usize>(pass) == 0 || changetype<usize>(search) == 0 || flows == 0 || none == 0) {
    return changetype<Pass>(0);
  }
  if (removed == 0) memory.fill(none, 0, n);
  pass.search = search;
  pass.flows = flows;
  pass.removed = none;
  return pass;
}

/** Clears the flows and writes the rates of access node i. */
export function startPass(pass: Pass, traffic: Traffic, i: u32): void {
  memory.fill(pass.flows, 0, (<usize>pass.search.graph.nodes) << 5);
  spreadRates(traffic, i, traffic.access, pass.flows);
}

/** Fills in sigma and tau of the nodes that the search reached. OUT_OF_RANGE where a count passes 2^960. */
export function forward(pass: Pass): i32 {
  const search = pass.search;
  const offsets = search.graph.offsets;
  const neighbours = search.graph.neighbours;
  const opposite = search.graph.opposite;
  const order = search.order;
  const distances = search.distances;
  const positions = search.positions;
  const reached = search.reached;
  const flows = pass.flows;
  const removed = pass.removed;
  const source = u32At(order, 0);
  flowAt(flows, source).sigma = 1;
  flowAt(flows, source).tau = u8At(removed, source) != 0 ? 0 : 1;
  for (let i: u32 = 1; i < reached; i++) {
    const v = u32At(order, i);
    const limit = f64At(distances, v) * TIE;
    const end = u32At(offsets, v + 1);
    let sigma: f64 = 0;
    let tau: f64 = 0;
    for (let e = u32At(offsets, v); e < end; e++) {
      const u = u32At(neighbours, e);
      if (u32At(positions, u) >= i) continue;
      if (f64At(distances, u) + lengthInto(opposite, e) > limit) continue;
      sigma += flowAt(flows, u).sigma;
      tau += flowAt(flows, u).tau;
    }
    if (sigma > MOST) return Status.OUT_OF_RANGE;
    flowAt(flows, v).sigma = sigma;
    flowAt(flows, v).tau = u8At(removed, v) != 0 ? 0 : tau;
  }
  return Status.OK;
}

/**
 * Adds to gains what each node would observe: tau beta with ends, without them what is beyond the node only, and nothing
 * for the source.
 */
export function backward(pass: Pass, ends: bool, gains: usize): void {
  const search = pass.search;
  const offsets = search.graph.offsets;
  const neighbours = search.graph.neighbours;
  const opposite = search.graph.opposite;
  const order = search.order;
  const distances = search.distances;
  const positions = search.positions;
  const flows = pass.flows;
  const removed = pass.removed;
  for (let i = search.reached; i-- > 0;) {
    const v = u32At(order, i);
    if (u8At(removed, v) != 0) continue;
    const flow = flowAt(flows, v);
    const beyond = flow.beta;
    const beta = beyond + flow.rate / flow.sigma;
    if (ends || i > 0) addF64(gains, v, flow.tau * (ends ? beta : beyond));
    const limit = f64At(distances, v) * TIE;
    const end = u32At(offsets, v + 1);
    for (let e = u32At(offsets, v); e < end; e++) {
      const u = u32At(neighbours, e);
      if (u32At(positions, u) >= i) continue;
      if (f64At(distances, u) + lengthInto(opposite, e) > limit) continue;
      flowAt(flows, u).beta += beta;
    }
  }
}
