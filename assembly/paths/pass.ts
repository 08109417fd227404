// The two halves of one source's pass, over any lengths: path counts outwards, rates backwards (observe.ts has the algebra).
//
// A node's four f64 values: 0 w, the rate from the source to it; 8 sigma; 16 tau; 24 beta, to begin with 0.

import { Status } from "../abi";
import { PathStatus, neighboursOf, offsetsOf, oppositeLengthsOf } from "./graph";
import { TIE, distancesOf, lengthInto, orderOf, positionsOf } from "./order";

/** 2^960: 1 / sigma stays a normal double, with room for rates. */
const MOST: f64 = 9.7453140114e288;

/** Fills in sigma and tau of the nodes reached. OUT_OF_RANGE where a count passes 2^960. */
export function forward(graph: usize, search: usize, reached: u32, values: usize, removed: usize): i32 {
  const offsets = offsetsOf(graph);
  const neighbours = neighboursOf(graph);
  const into = oppositeLengthsOf(graph);
  const order = orderOf(search);
  const distances = distancesOf(search);
  const positions = positionsOf(search);
  const source = load<u32>(order);
  store<f64>(values + ((<usize>source) << 5), 1, 8);
  store<f64>(values + ((<usize>source) << 5), load<u8>(removed + source) != 0 ? 0 : 1, 16);
  for (let i: u32 = 1; i < reached; i++) {
    const v = load<u32>(order + ((<usize>i) << 2));
    const limit = load<f64>(distances + ((<usize>v) << 3)) * TIE;
    const end = load<u32>(offsets + ((<usize>v) << 2), 4);
    let sigma: f64 = 0;
    let tau: f64 = 0;
    for (let e = load<u32>(offsets + ((<usize>v) << 2)); e < end; e++) {
      const u = load<u32>(neighbours + ((<usize>e) << 2));
      if (load<u32>(positions + ((<usize>u) << 2)) >= i) continue;
      if (load<f64>(distances + ((<usize>u) << 3)) + lengthInto(into, e) > limit) continue;
      sigma += load<f64>(values + ((<usize>u) << 5), 8);
      tau += load<f64>(values + ((<usize>u) << 5), 16);
    }
    if (sigma > MOST) return PathStatus.OUT_OF_RANGE;
    store<f64>(values + ((<usize>v) << 5), sigma, 8);
    store<f64>(values + ((<usize>v) << 5), load<u8>(removed + v) != 0 ? 0 : tau, 16);
  }
  return Status.OK;
}

/**
 * Adds to gains what each node would observe: tau beta with ends, without them what is beyond the node only, and nothing
 * for the source.
 */
export function backward(
  graph: usize,
  search: usize,
  reached: u32,
  values: usize,
  removed: usize,
  ends: bool,
  gains: usize,
): void {
  const offsets = offsetsOf(graph);
  const neighbours = neighboursOf(graph);
  const into = oppositeLengthsOf(graph);
  const order = orderOf(search);
  const distances = distancesOf(search);
  const positions = positionsOf(search);
  for (let i = reached; i-- > 0;) {
    const v = load<u32>(order + ((<usize>i) << 2));
    if (load<u8>(removed + v) != 0) continue;
    const value = values + ((<usize>v) << 5);
    const beyond = load<f64>(value, 24);
    const beta = beyond + load<f64>(value) / load<f64>(value, 8);
    if (ends || i > 0) {
      const gain = gains + ((<usize>v) << 3);
      store<f64>(gain, load<f64>(gain) + load<f64>(value, 16) * (ends ? beta : beyond));
    }
    const limit = load<f64>(distances + ((<usize>v) << 3)) * TIE;
    const end = load<u32>(offsets + ((<usize>v) << 2), 4);
    for (let e = load<u32>(offsets + ((<usize>v) << 2)); e < end; e++) {
      const u = load<u32>(neighbours + ((<usize>e) << 2));
      if (load<u32>(positions + ((<usize>u) << 2)) >= i) continue;
      if (load<f64>(distances + ((<usize>u) << 3)) + lengthInto(into, e) > limit) continue;
      const earlier = values + ((<usize>u) << 5);
      store<f64>(earlier, load<f64>(earlier, 24) + beta, 24);
    }
  }
}
