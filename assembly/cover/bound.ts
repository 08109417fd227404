// The data-dependent bound: how good any picks are, whoever made them (Nemhauser, Wolsey, Fisher 1978; Leskovec et al. 2007,
// Theorem 4). With S covered, no choice covers more than S and the best gains over S that limit and budget allow, gains
// added up as if they did not overlap: the largest `limit` of them, or a fractional knapsack.

import { f64At, u32At } from "../array";
import { Heap, newHeap } from "../heap";
import { Status, alloc, inside, mark, release } from "../abi";
import { cover, coverPlaced, gainOf, gainsOf, restBytes, restInit } from "./gain";
import { listFree } from "./greedy";
import { Instance, checkInstance } from "./instance";
import { SLACK } from "./pick";

/** What a bound is computed with; raw memory. */
@unmanaged
class Bounding {
  instance: Instance;
  limit: u32;
  /** What sets may cost. */
  budget: f64;
  /** What is left to cover, as gain.ts says. */
  rest: usize;
  covered: f64;
  /** The free sets that fit the budget: `free` u32. */
  list: usize;
  free: u32;
  /** Of each of them, n f64. */
  gains: usize;
  heap: Heap;
}

/**
 * Bounds what `limit` free sets of costs within the budget can cover, placed sets' weight included: the least bound over
 * the placed sets with the first 0, 1, 2, 4, 8 ... and all picks.
 * @param picks count u32, sets @param out f64
 * @returns a status. O(n log(count)) gains
 */
export function upper_bound(
  instance: Instance,
  states: usize,
  limit: u32,
  budget: f64,
  picks: usize,
  count: u32,
  out: usize,
): i32 {
  const status = checkInstance(instance, states);
  if (status != Status.OK) return status;
  if (!(budget >= 0)) return Status.BAD_PARAMETER;
  if (!inside(picks, count, 4) || !inside(out, 8, 1)) return Status.OUT_OF_BOUNDS;
  for (let k: u32 = 0; k < count; k++) if (u32At(picks, k) >= instance.sets) return Status.BAD_PARAMETER;
  const start = mark();
  const bounding = begin(instance, states, limit, budget * SLACK);
  const done = !!bounding;
  if (done) store<f64>(out, boundPrefixes(bounding, picks, count));
  release(start);
  return done ? Status.OK : Status.OUT_OF_MEMORY;
}

/** 0 where memory is out. */
function begin(instance: Instance, states: usize, limit: u32, budget: f64): Bounding {
  const none = changetype<Bounding>(0);
  const n = instance.sets;
  const bounding = changetype<Bounding>(alloc(offsetof<Bounding>()));
  if (!bounding) return none;
  bounding.instance = instance;
  bounding.limit = limit;
  bounding.budget = budget;
  bounding.rest = alloc(restBytes(instance));
  bounding.list = alloc(n * 4);
  bounding.gains = alloc(n * 8);
  bounding.heap = newHeap(n);
  if (bounding.rest == 0 || bounding.list == 0 || bounding.gains == 0) return none;
  if (!bounding.heap) return none;
  restInit(instance, bounding.rest);
  bounding.covered = coverPlaced(instance, bounding.rest, states);
  bounding.free = listFree(instance, states, budget, bounding.list);
  return bounding;
}

function boundPrefixes(bounding: Bounding, picks: usize, count: u32): f64 {
  const instance = bounding.instance;
  const rest = bounding.rest;
  let least: f64 = Infinity;
  for (let k: u32 = 0; k <= count; k++) {
    if (popcnt(k) <= 1 || k == count) {
      gainsOf(instance, rest, bounding.list, bounding.free, bounding.gains);
      least = min<f64>(least, bounding.covered + bestCount(bounding));
      if (bounding.budget != Infinity) least = min<f64>(least, bounding.covered + bestFilling(bounding));
    }
    if (k == count) break;
    const set = u32At(picks, k);
    bounding.covered += gainOf(instance, rest, set);
    cover(instance, rest, set);
  }
  return least;
}

/** Sum of the largest `limit` gains. */
function bestCount(bounding: Bounding): f64 {
  const heap = bounding.heap;
  const gains = bounding.gains;
  heap.length = 0;
  for (let k: u32 = 0; k < bounding.free; k++) {
    const i = u32At(bounding.list, k);
    heap.append(-f64At(gains, i), i);
  }
  heap.order();
  let sum: f64 = 0;
  for (let k: u32 = 0; k < bounding.limit && heap.length > 0; k++) sum += f64At(gains, heap.pop());
  return sum;
}

/** The most gain that the budget buys if sets could be bought in part. */
function bestFilling(bounding: Bounding): f64 {
  const instance = bounding.instance;
  const heap = bounding.heap;
  const gains = bounding.gains;
  heap.length = 0;
  for (let k: u32 = 0; k < bounding.free; k++) {
    const i = u32At(bounding.list, k);
    const gain = f64At(gains, i);
    heap.append(gain == 0 ? 0 : -gain / instance.costOf(i), i);
  }
  heap.order();
  let sum: f64 = 0;
  // More than sums of costs that fit by rounding come to.
  let left = bounding.budget * SLACK;
  while (heap.length > 0) {
    const i = heap.pop();
    const gain = f64At(gains, i);
    const cost = instance.costOf(i);
    if (cost > left) return sum + gain * (max<f64>(left, 0) / cost);
    sum += gain;
    left -= cost;
  }
  return sum;
}
