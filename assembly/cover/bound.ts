// The data-dependent bound: how good any picks are, whoever made them (Nemhauser, Wolsey, Fisher 1978; Leskovec et al. 2007,
// Theorem 4). With S covered, no choice covers more than S and the best gains over S that limit and budget allow, gains
// added up as if they did not overlap: the largest `limit` of them, or a fractional knapsack.

import { f64At, u32At } from "../array";
import { Heap, newHeap } from "../heap";
import { Status, alloc, inside, mark, release } from "../abi";
import { cover, coverPlaced, gainOf, gainsOf, restBytes, restInit } from "./gain";
import { listFree } from "./greedy";
import { checkInstance, costOf, setsOf } from "./instance";
import { SLACK } from "./pick";

/**
 * Bounds what `limit` free sets of costs within the budget can cover, placed sets' weight included: the least bound over
 * the placed sets with the first 0, 1, 2, 4, 8 ... and all picks.
 * @param picks count u32, sets @param out f64
 * @returns a status. O(n log(count)) gains
 */
export function upper_bound(
  instance: usize,
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
  const n = setsOf(instance);
  for (let k: u32 = 0; k < count; k++) if (u32At(picks, k) >= n) return Status.BAD_PARAMETER;
  const start = mark();
  const done = boundPrefixes(instance, states, limit, budget * SLACK, picks, count, out);
  release(start);
  return done ? Status.OK : Status.OUT_OF_MEMORY;
}

function boundPrefixes(
  instance: usize,
  states: usize,
  limit: u32,
  budget: f64,
  picks: usize,
  count: u32,
  out: usize,
): bool {
  const n = setsOf(instance);
  const rest = alloc(restBytes(instance));
  const list = alloc(n * 4);
  const heap = newHeap(n);
  const gains = alloc(n * 8);
  if (rest == 0 || list == 0 || gains == 0 || changetype<usize>(heap) == 0) return false;
  restInit(instance, rest);
  let covered = coverPlaced(instance, rest, states);
  const free = listFree(instance, states, budget, list);
  let least: f64 = Infinity;
  for (let k: u32 = 0; k <= count; k++) {
    if (popcnt(k) <= 1 || k == count) {
      gainsOf(instance, rest, list, free, gains);
      least = min<f64>(least, covered + bestCount(limit, list, free, heap, gains));
      if (budget != Infinity) least = min<f64>(least, covered + bestFilling(instance, budget, list, free, heap, gains));
    }
    if (k == count) break;
    const set = u32At(picks, k);
    covered += gainOf(instance, rest, set);
    cover(instance, rest, set);
  }
  store<f64>(out, least);
  return true;
}

/** Sum of the largest `limit` gains. */
function bestCount(limit: u32, list: usize, free: u32, heap: Heap, gains: usize): f64 {
  heap.length = 0;
  for (let k: u32 = 0; k < free; k++) heap.append(-f64At(gains, u32At(list, k)), u32At(list, k));
  heap.order();
  let sum: f64 = 0;
  for (let k: u32 = 0; k < limit && heap.length > 0; k++) sum += f64At(gains, heap.pop());
  return sum;
}

/** The most gain that the budget buys if sets could be bought in part. */
function bestFilling(instance: usize, budget: f64, list: usize, free: u32, heap: Heap, gains: usize): f64 {
  heap.length = 0;
  for (let k: u32 = 0; k < free; k++) {
    const i = u32At(list, k);
    const gain = f64At(gains, i);
    heap.append(gain == 0 ? 0 : -gain / costOf(instance, i), i);
  }
  heap.order();
  let sum: f64 = 0;
  // More than sums of costs that fit by rounding come to.
  let left = budget * SLACK;
  while (heap.length > 0) {
    const i = heap.pop();
    const gain = f64At(gains, i);
    const cost = costOf(instance, i);
    if (cost > left) return sum + gain * (max<f64>(left, 0) / cost);
    sum += gain;
    left -= cost;
  }
  return sum;
}
