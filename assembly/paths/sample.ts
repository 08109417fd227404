// Sampled shortest paths: a random pair, then one of its shortest paths, each with equal probability.
//
// Balanced bidirectional breadth-first search: of two balls, one round each end, the one whose border has fewer arcs grows by
// a level until they meet (Borassi, Natale, KADABRA, ESA 2016). Where the last level meets the other ball's border, the path
// runs through node v with probability sigma_s(v) sigma_t(v) / sum, and back from there to u with sigma(u) / sum.
// Each sample is the set of nodes of its path, both ends included. Greedy maximum coverage of
// ceil(k ln n / eps^2) such sets is within 1 - 1/e - eps of the best group of k nodes with high probability (Mahmoody,
// Tsourakakis, Upfal, HEDGE, KDD 2016; Pellegrina, CentRA, KDD 2023, needs fewer), in shares of all pairs.
// Sample i has a stream of its own: any range of samples can be drawn on any thread. Lengths are not looked at.
//
// A side's levels hold scaled counts: past 2^256 a level's counts are divided by 2^256, which leaves every ratio as it is.

import { Status, alloc, inside, mark, release } from "../abi";
import { draw, unit } from "../random";
import { isGraph, neighboursOf, nodesOf, offsetsOf } from "./graph";

const LARGE: f64 = 1.157920892373162e77; // 2^256
/** Less than this beside 2^256 has no chance to be drawn; it stays positive so that a meeting is seen. */
const LEAST: f64 = 1e-150;
const UNSEEN: u32 = 0xffffffff;

// A side: 0 u32 queue  4 u32 distances u32[n]  8 u32 counts f64[n]  12 u32 begin of the border  16 u32 end  20 u32 radius
//   24 f64 arcs of the border

function sideAlloc(n: u32): usize {
  const side = alloc(32);
  const queue = alloc((n + 1) << 2);
  const distances = alloc(n << 2);
  const counts = alloc(n << 3);
  if (side == 0 || queue == 0 || distances == 0 || counts == 0) return 0;
  store<u32>(side, <u32>queue);
  store<u32>(side, <u32>distances, 4);
  store<u32>(side, <u32>counts, 8);
  memory.fill(distances, 0xff, (<usize>n) << 2);
  return side;
}

function sideStart(side: usize, node: u32): void {
  store<u32>(<usize>load<u32>(side), node);
  store<u32>(<usize>load<u32>(side, 4) + ((<usize>node) << 2), 0);
  store<f64>(<usize>load<u32>(side, 8) + ((<usize>node) << 3), 1);
  store<u32>(side, 0, 12);
  store<u32>(side, 1, 16);
  store<u32>(side, 0, 20);
  store<f64>(side, 0, 24);
}

function sideClear(side: usize): void {
  const queue = <usize>load<u32>(side);
  const distances = <usize>load<u32>(side, 4);
  const end = load<u32>(side, 16);
  for (let i: u32 = 0; i < end; i++) {
    store<u32>(distances + ((<usize>load<u32>(queue + ((<usize>i) << 2))) << 2), UNSEEN);
  }
}

/** Grows a side by a level; returns the sum over the nodes met of both sides' counts' products, 0 where none is met. */
function grow(graph: usize, side: usize, other: usize): f64 {
  const offsets = offsetsOf(graph);
  const neighbours = neighboursOf(graph);
  const queue = <usize>load<u32>(side);
  const distances = <usize>load<u32>(side, 4);
  const counts = <usize>load<u32>(side, 8);
  const begin = load<u32>(side, 12);
  const border = load<u32>(side, 16);
  const next = load<u32>(side, 20) + 1;
  let end = border;
  let arcs: f64 = 0;
  let most: f64 = 0;
  for (let i = begin; i < border; i++) {
    const u = load<u32>(queue + ((<usize>i) << 2));
    const count = load<f64>(counts + ((<usize>u) << 3));
    let at = neighbours + ((<usize>load<u32>(offsets + ((<usize>u) << 2))) << 2);
    const stop = neighbours + ((<usize>load<u32>(offsets + ((<usize>u) << 2), 4)) << 2);
    for (; at < stop; at += 4) {
      const v = <usize>load<u32>(at);
      const distance = load<u32>(distances + (v << 2));
      if (distance == UNSEEN) {
        store<u32>(distances + (v << 2), next);
        store<f64>(counts + (v << 3), count);
        store<u32>(queue + ((<usize>end) << 2), <u32>v);
        end++;
        arcs += <f64>(load<u32>(offsets + (v << 2), 4) - load<u32>(offsets + (v << 2)));
      } else if (distance == next) {
        const sum = load<f64>(counts + (v << 3)) + count;
        store<f64>(counts + (v << 3), sum);
        most = max(most, sum);
      }
    }
  }
  const scale = most > LARGE ? 1 / LARGE : 1.0;
  let meeting: f64 = 0;
  const theirDistances = <usize>load<u32>(other, 4);
  const theirCounts = <usize>load<u32>(other, 8);
  for (let i = border; i < end; i++) {
    const v = <usize>load<u32>(queue + ((<usize>i) << 2));
    const count = max(load<f64>(counts + (v << 3)) * scale, LEAST);
    store<f64>(counts + (v << 3), count);
    if (load<u32>(theirDistances + (v << 2)) != UNSEEN) meeting += count * load<f64>(theirCounts + (v << 3));
  }
  store<u32>(side, border, 12);
  store<u32>(side, end, 16);
  store<u32>(side, next, 20);
  store<f64>(side, arcs, 24);
  return meeting;
}

/** The node of the side's border where the path crosses: drawn by the products of counts, which sum to `meeting`. */
function crossing(side: usize, other: usize, meeting: f64, random: f64): u32 {
  const queue = <usize>load<u32>(side);
  const counts = <usize>load<u32>(side, 8);
  const theirDistances = <usize>load<u32>(other, 4);
  const theirCounts = <usize>load<u32>(other, 8);
  const end = load<u32>(side, 16);
  let left = random * meeting;
  let last: u32 = 0;
  for (let i = load<u32>(side, 12); i < end; i++) {
    const v = <usize>load<u32>(queue + ((<usize>i) << 2));
    if (load<u32>(theirDistances + (v << 2)) == UNSEEN) continue;
    last = <u32>v;
    left -= load<f64>(counts + (v << 3)) * load<f64>(theirCounts + (v << 3));
    if (left < 0) break;
  }
  return last;
}

/** The neighbour one level nearer the side's centre, drawn by its count. */
function stepBack(graph: usize, side: usize, v: u32, random: f64): u32 {
  const offsets = offsetsOf(graph);
  const distances = <usize>load<u32>(side, 4);
  const counts = <usize>load<u32>(side, 8);
  const nearer = load<u32>(distances + ((<usize>v) << 2)) - 1;
  const first = neighboursOf(graph) + ((<usize>load<u32>(offsets + ((<usize>v) << 2))) << 2);
  const end = neighboursOf(graph) + ((<usize>load<u32>(offsets + ((<usize>v) << 2), 4)) << 2);
  let sum: f64 = 0;
  for (let at = first; at < end; at += 4) {
    const u = <usize>load<u32>(at);
    if (load<u32>(distances + (u << 2)) == nearer) sum += load<f64>(counts + (u << 3));
  }
  let left = random * sum;
  let last: u32 = 0;
  for (let at = first; at < end; at += 4) {
    const u = <usize>load<u32>(at);
    if (load<u32>(distances + (u << 2)) != nearer) continue;
    last = <u32>u;
    left -= load<f64>(counts + (u << 3));
    if (left < 0) break;
  }
  return last;
}

/** Access node number i, drawn by the running sums of rates (f64[count]), or uniformly without. */
function drawAccess(cumulative: usize, count: u32, random: f64): u32 {
  if (cumulative == 0) return min(<u32>(random * <f64>count), count - 1);
  const target = random * load<f64>(cumulative + ((<usize>(count - 1)) << 3));
  let low: u32 = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<f64>(cumulative + ((<usize>middle) << 3)) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Draws samples [first, first + count) of the stream: the source by its rate, the target among the others. cumulative:
 * f64[accessCount], running sums of the rates, the last one positive and finite, or 0 for equal rates. ends: u32[count],
 * where in nodes: u32[capacity] each sample's path ends; a pair without a path has none. info: u32[1], samples drawn, fewer
 * than count where the next does not fit. A few times sqrt(arcs) steps a sample in small worlds, O(arcs) at worst.
 */
export function sample_paths(
  graph: usize,
  access: usize,
  accessCount: u32,
  cumulative: usize,
  seedLow: u32,
  seedHigh: u32,
  first: u32,
  count: u32,
  capacity: u32,
  ends: usize,
  nodes: usize,
  info: usize,
): i32 {
  if (!isGraph(graph)) return Status.BAD_MAGIC;
  const n = nodesOf(graph);
  if (accessCount < 2 || accessCount > n || first > 0xffffffff - count) return Status.BAD_PARAMETER;
  if (!inside(access, accessCount, 4) || !inside(ends, count, 4)) return Status.OUT_OF_BOUNDS;
  if (!inside(nodes, capacity, 4) || !inside(info, 1, 4)) return Status.OUT_OF_BOUNDS;
  if (cumulative != 0 && !inside(cumulative, accessCount, 8)) return Status.OUT_OF_BOUNDS;
  for (let i: u32 = 0; i < accessCount; i++) {
    if (load<u32>(access + ((<usize>i) << 2)) >= n) return Status.BAD_PARAMETER;
  }
  const before = mark();
  const a = sideAlloc(n);
  const b = sideAlloc(n);
  if (a == 0 || b == 0) {
    release(before);
    return Status.OUT_OF_MEMORY;
  }
  const seed = ((<u64>seedHigh) << 32) | (<u64>seedLow);
  let used: u32 = 0;
  let drawn: u32 = 0;
  for (; drawn < count; drawn++) {
    const stream = draw(seed, <u64>first + drawn);
    const x = drawAccess(cumulative, accessCount, unit(draw(stream, 0)));
    let y = min(<u32>(unit(draw(stream, 1)) * <f64>(accessCount - 1)), accessCount - 2);
    if (y >= x) y++;
    const source = load<u32>(access + ((<usize>x) << 2));
    const target = load<u32>(access + ((<usize>y) << 2));
    const length = onePath(graph, a, b, source, target, stream, nodes + ((<usize>used) << 2), capacity - used);
    if (length > capacity - used) break;
    used += length;
    store<u32>(ends + ((<usize>drawn) << 2), used);
  }
  store<u32>(info, drawn);
  release(before);
  return Status.OK;
}

/** Writes a random shortest path's nodes, from where the searches met back to s, then on to t; returns how many, 0 without a path, or more than room. */
function onePath(graph: usize, a: usize, b: usize, s: u32, t: u32, stream: u64, out: usize, room: u32): u32 {
  if (s == t) return 0;
  sideStart(a, s);
  sideStart(b, t);
  let meeting: f64 = 0;
  let side = a;
  while (true) {
    side = load<f64>(a, 24) <= load<f64>(b, 24) ? a : b;
    meeting = grow(graph, side, side == a ? b : a);
    // Met, or the border is empty and there is no path.
    if (meeting > 0 || load<u32>(side, 12) == load<u32>(side, 16)) break;
  }
  let length: u32 = 0;
  if (meeting > 0) {
    length = load<u32>(a, 20) + load<u32>(b, 20) + 1;
    if (length <= room) {
      const v = crossing(side, side == a ? b : a, meeting, unit(draw(stream, 2)));
      store<u32>(out, v);
      let index: u64 = 3;
      let at = out + 4;
      for (let which: u32 = 0; which < 2; which++) {
        const end = which == 0 ? a : b;
        let u = v;
        while (load<u32>(<usize>load<u32>(end, 4) + ((<usize>u) << 2)) > 0) {
          u = stepBack(graph, end, u, unit(draw(stream, index)));
          index++;
          store<u32>(at, u);
          at += 4;
        }
      }
    }
  }
  sideClear(a);
  sideClear(b);
  return length;
}
