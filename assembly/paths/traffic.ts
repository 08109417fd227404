// Traffic between access nodes: rates r(x,*) of A access nodes, of which each other one gets r(x,*) / (A - 1), or a matrix
// f64[A A] of rates per ordered pair, row = source, its diagonal ignored.

import { Status, alloc, inside, mark, release } from "../abi";
import { isGraph, nodesOf } from "./graph";

/** 2^100: sums of rates, and rates divided by scaled path counts, stay finite. */
const MOST: f64 = 1.2676506002282294e30;
/** Access nodes of the largest matrix. */
export const MAX_PER_PAIR: u32 = 16383;

/** Checks access nodes and their traffic: distinct nodes, rates >= 0 of a sum up to MOST. O(nodes + rates) */
export function traffic_check(graph: usize, access: usize, count: u32, rates: usize, perPair: bool): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  const n = nodesOf(graph);
  if (count > n || (perPair && count > MAX_PER_PAIR)) return Status.BAD_PARAMETER;
  const cells = perPair ? count * count : count;
  if (!inside(access, count, 4) || !inside(rates, cells, 8)) return Status.OUT_OF_BOUNDS;
  const before = mark();
  const seen = alloc(n);
  if (seen == 0) return Status.OUT_OF_MEMORY;
  memory.fill(seen, 0, n);
  release(before);
  for (let i: u32 = 0; i < count; i++) {
    const x = load<u32>(access + ((<usize>i) << 2));
    if (x >= n || load<u8>(seen + x) != 0) return Status.BAD_PARAMETER;
    store<u8>(seen + x, 1);
  }
  let sum: f64 = 0;
  for (let i: u32 = 0; i < cells; i++) {
    const rate = load<f64>(rates + ((<usize>i) << 3));
    sum += rate;
    if (!(rate >= 0 && sum <= MOST)) return Status.BAD_PARAMETER;
  }
  return Status.OK;
}

/** Writes w, the rate from access node i to every node. */
export function spreadRates(
  values: usize,
  access: usize,
  count: u32,
  rates: usize,
  perPair: bool,
  i: u32,
  n: u32,
): void {
  memory.fill(values, 0, (<usize>n) << 5);
  const each = perPair || count < 2 ? 0 : load<f64>(rates + ((<usize>i) << 3)) / <f64>(count - 1);
  const row = rates + ((<usize>(i * count)) << 3);
  for (let j: u32 = 0; j < count; j++) {
    if (j == i) continue;
    const rate = perPair ? load<f64>(row + ((<usize>j) << 3)) : each;
    store<f64>(values + ((<usize>load<u32>(access + ((<usize>j) << 2))) << 5), rate);
  }
}
