// Traffic between access nodes: rates r(x,*) of A access nodes, of which each other one gets r(x,*) / (A - 1), or a matrix
// f64[A A] of rates per ordered pair, row = source, its diagonal ignored.

import { Status, alloc, inside, mark, release } from "../abi";
import { f64At, setU8, u32At, u8At } from "../array";
import { Graph, isGraph } from "./graph";

/** 2^100: sums of rates, and rates divided by scaled path counts, stay finite. */
const MOST: f64 = 1.2676506002282294e30;
/** Access nodes of the largest matrix. */
const MAX_PER_PAIR: u32 = 16383;


@unmanaged
export class Traffic {
  /** u32[count] */
  access: usize;
  count: u32;
  /** f64[count], or f64[count count] per pair. */
  rates: usize;
  perPair: bool;
}

/** Traffic as the exports take it, in the arena, unchecked; 0 where memory is out. */
export function newTraffic(access: usize, count: u32, rates: usize, perPair: bool): Traffic {
  const traffic = changetype<Traffic>(alloc(offsetof<Traffic>()));
  if (changetype<usize>(traffic) == 0) return traffic;
  traffic.access = access;
  traffic.count = count;
  traffic.rates = rates;
  traffic.perPair = perPair;
  return traffic;
}

/** Checks access nodes and their traffic: distinct nodes, rates >= 0 of a sum up to MOST. O(nodes + rates) */
export function traffic_check(graph: Graph, access: usize, count: u32, rates: usize, perPair: bool): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  const before = mark();
  const status = checkTraffic(newTraffic(access, count, rates, perPair), graph.nodes);
  release(before);
  return status;
}

/** traffic_check for a graph of so many nodes; traffic that memory had no room for is refused too. */
export function checkTraffic(traffic: Traffic, nodes: u32): i32 {
  if (changetype<usize>(traffic) == 0) return Status.OUT_OF_MEMORY;
  const count = traffic.count;
  if (traffic.perPair && count > MAX_PER_PAIR) return Status.BAD_PARAMETER;
  const checked = checkAccess(traffic.access, count, nodes);
  if (checked != Status.OK) return checked;
  const cells = traffic.perPair ? count * count : count;
  if (!inside(traffic.rates, cells, 8)) return Status.OUT_OF_BOUNDS;
  let sum: f64 = 0;
  for (let i: u32 = 0; i < cells; i++) {
    const rate = f64At(traffic.rates, i);
    sum += rate;
    if (!(rate >= 0 && sum <= MOST)) return Status.BAD_PARAMETER;
  }
  return Status.OK;
}

/** Whether access, u32[count], are distinct nodes. */
export function checkAccess(access: usize, count: u32, nodes: u32): i32 {
  if (count > nodes) return Status.BAD_PARAMETER;
  if (!inside(access, count, 4)) return Status.OUT_OF_BOUNDS;
  const before = mark();
  const seen = alloc(nodes);
  if (seen == 0) return Status.OUT_OF_MEMORY;
  memory.fill(seen, 0, nodes);
  release(before);
  for (let i: u32 = 0; i < count; i++) {
    const x = u32At(access, i);
    if (x >= nodes || u8At(seen, x) != 0) return Status.BAD_PARAMETER;
    setU8(seen, x, 1);
  }
  return Status.OK;
}

/** Writes w, the rate from access node i to each access node j: to the f64 that begins every 32 bytes, number places[j]. */
export function spreadRates(traffic: Traffic, i: u32, places: usize, out: usize): void {
  const count = traffic.count;
  const rates = traffic.rates;
  const perPair = traffic.perPair;
  const each = perPair || count < 2 ? 0 : f64At(rates, i) / <f64>(count - 1);
  for (let j: u32 = 0; j < count; j++) {
    let rate = each;
    if (j == i) rate = 0;
    else if (perPair) rate = f64At(rates, i * count + j);
    store<f64>(out + ((<usize>u32At(places, j)) << 5), rate);
  }
}
