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
import { at4, f64At, setF64, setU32, u32At } from "../array";
import { draw, unit } from "../random";
import { Graph, degreeAt, isGraph } from "./graph";
import { checkAccess } from "./traffic";

const LARGE: f64 = 1.157920892373162e77; // 2^256
/** Less than this beside 2^256 has no chance to be drawn; it stays positive so that a meeting is seen. */
const LEAST: f64 = 1e-150;
const UNSEEN: u32 = 0xffffffff;

/** The ball round one end. */
@unmanaged
class Side {
  /** u32[nodes]: the nodes seen, level by level. */
  queue: usize;
  /** u32[nodes]: distances from the end, or UNSEEN. */
  distances: usize;
  /** f64[nodes]: shortest paths to the end, scaled. */
  counts: usize;
  /** Where in the queue the border begins and ends. */
  begin: u32;
  end: u32;
  radius: u32;
  /** Arcs of the border. */
  arcs: f64;
}

/** A pair of nodes, searched from both. */
@unmanaged
class Pair {
  graph: Graph;
  source: Side;
  target: Side;
}

function newSide(n: u32): Side {
  const side = changetype<Side>(alloc(offsetof<Side>()));
  const queue = alloc((n + 1) << 2);
  const distances = alloc(n << 2);
  const counts = alloc(n << 3);
  if (changetype<usize>(side) == 0 || queue == 0 || distances == 0 || counts == 0) return changetype<Side>(0);
  side.queue = queue;
  side.distances = distances;
  side.counts = counts;
  memory.fill(distances, 0xff, (<usize>n) << 2);
  return side;
}

function newPair(graph: Graph): Pair {
  const pair = changetype<Pair>(alloc(offsetof<Pair>()));
  const source = newSide(graph.nodes);
  const target = newSide(graph.nodes);
  if (changetype<usize>(pair) == 0 || changetype<usize>(source) == 0 || changetype<usize>(target) == 0) {
    return changetype<Pair>(0);
  }
  pair.graph = graph;
  pair.source = source;
  pair.target = target;
  return pair;
}

function sideStart(side: Side, node: u32): void {
  setU32(side.queue, 0, node);
  setU32(side.distances, node, 0);
  setF64(side.counts, node, 1);
  side.begin = 0;
  side.end = 1;
  side.radius = 0;
  side.arcs = 0;
}

function sideClear(side: Side): void {
  const queue = side.queue;
  const distances = side.distances;
  const end = side.end;
  for (let i: u32 = 0; i < end; i++) setU32(distances, u32At(queue, i), UNSEEN);
}

/** Grows a side by a level; returns the sum over the nodes met of both sides' counts' products, 0 where none is met. */
function grow(graph: Graph, side: Side, other: Side): f64 {
  const offsets = graph.offsets;
  const neighbours = graph.neighbours;
  const queue = side.queue;
  const distances = side.distances;
  const counts = side.counts;
  const border = side.end;
  const next = side.radius + 1;
  let end = border;
  let arcs: f64 = 0;
  let most: f64 = 0;
  for (let i = side.begin; i < border; i++) {
    const u = u32At(queue, i);
    const count = f64At(counts, u);
    const row = at4(offsets, u);
    const stop = at4(neighbours, load<u32>(row, 4));
    for (let arc = at4(neighbours, load<u32>(row)); arc < stop; arc += 4) {
      const v = load<u32>(arc);
      const distance = u32At(distances, v);
      if (distance == UNSEEN) {
        setU32(distances, v, next);
        setF64(counts, v, count);
        setU32(queue, end, v);
        end++;
        arcs += <f64>degreeAt(offsets, v);
      } else if (distance == next) {
        const sum = f64At(counts, v) + count;
        setF64(counts, v, sum);
        most = max(most, sum);
      }
    }
  }
  const scale = most > LARGE ? 1 / LARGE : 1.0;
  const theirDistances = other.distances;
  const theirCounts = other.counts;
  let meeting: f64 = 0;
  for (let i = border; i < end; i++) {
    const v = u32At(queue, i);
    const count = max(f64At(counts, v) * scale, LEAST);
    setF64(counts, v, count);
    if (u32At(theirDistances, v) != UNSEEN) meeting += count * f64At(theirCounts, v);
  }
  side.begin = border;
  side.end = end;
  side.radius = next;
  side.arcs = arcs;
  return meeting;
}

/** The node of the side's border where the path crosses: drawn by the products of counts, which sum to `meeting`. */
function crossing(side: Side, other: Side, meeting: f64, random: f64): u32 {
  const queue = side.queue;
  const counts = side.counts;
  const theirDistances = other.distances;
  const theirCounts = other.counts;
  const end = side.end;
  let left = random * meeting;
  let last: u32 = 0;
  for (let i = side.begin; i < end; i++) {
    const v = u32At(queue, i);
    if (u32At(theirDistances, v) == UNSEEN) continue;
    last = v;
    left -= f64At(counts, v) * f64At(theirCounts, v);
    if (left < 0) break;
  }
  return last;
}

/** The neighbour one level nearer the side's centre, drawn by its count. */
function stepBack(graph: Graph, side: Side, v: u32, random: f64): u32 {
  const neighbours = graph.neighbours;
  const distances = side.distances;
  const counts = side.counts;
  const nearer = u32At(distances, v) - 1;
  const first = at4(neighbours, graph.firstArc(v));
  const end = at4(neighbours, graph.firstArc(v + 1));
  let sum: f64 = 0;
  for (let arc = first; arc < end; arc += 4) {
    const u = load<u32>(arc);
    if (u32At(distances, u) == nearer) sum += f64At(counts, u);
  }
  let left = random * sum;
  let last: u32 = 0;
  for (let arc = first; arc < end; arc += 4) {
    const u = load<u32>(arc);
    if (u32At(distances, u) != nearer) continue;
    last = u;
    left -= f64At(counts, u);
    if (left < 0) break;
  }
  return last;
}

/** Access node number i, drawn by the running sums of rates (f64[count]), or uniformly without. */
function drawAccess(cumulative: usize, count: u32, random: f64): u32 {
  if (cumulative == 0) return min(<u32>(random * <f64>count), count - 1);
  const target = random * f64At(cumulative, count - 1);
  let low: u32 = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (f64At(cumulative, middle) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether these are running sums of rates: never falling from at least 0, the last one positive and finite. */
function isCumulative(cumulative: usize, count: u32): bool {
  let before: f64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const sum = f64At(cumulative, i);
    if (!(sum >= before)) return false;
    before = sum;
  }
  return before > 0 && before < Infinity;
}

/**
 * Draws samples [first, first + count) of the stream: the source by its rate, the target among the others. cumulative:
 * f64[accessCount], running sums of the rates, the last one positive and finite, or 0 for equal rates. ends: u32[count],
 * where in nodes: u32[capacity] each sample's path ends; a pair without a path has none. info: u32[1], samples drawn, fewer
 * than count where the next does not fit. A few times sqrt(arcs) steps a sample in small worlds, O(arcs) at worst.
 */
export function sample_paths(
  graph: Graph,
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
  if (accessCount < 2 || first > 0xffffffff - count) return Status.BAD_PARAMETER;
  const checked = checkAccess(access, accessCount, graph.nodes);
  if (checked != Status.OK) return checked;
  if (!inside(ends, count, 4) || !inside(nodes, capacity, 4) || !inside(info, 1, 4)) return Status.OUT_OF_BOUNDS;
  if (cumulative != 0) {
    if (!inside(cumulative, accessCount, 8)) return Status.OUT_OF_BOUNDS;
    if (!isCumulative(cumulative, accessCount)) return Status.BAD_PARAMETER;
  }
  const before = mark();
  const pair = newPair(graph);
  release(before);
  if (changetype<usize>(pair) == 0) return Status.OUT_OF_MEMORY;
  const seed = ((<u64>seedHigh) << 32) | (<u64>seedLow);
  let used: u32 = 0;
  let drawn: u32 = 0;
  for (; drawn < count; drawn++) {
    const stream = draw(seed, <u64>first + drawn);
    const x = drawAccess(cumulative, accessCount, unit(draw(stream, 0)));
    let y = min(<u32>(unit(draw(stream, 1)) * <f64>(accessCount - 1)), accessCount - 2);
    if (y >= x) y++;
    sideStart(pair.source, u32At(access, x));
    sideStart(pair.target, u32At(access, y));
    const length = onePath(pair, stream, nodes + ((<usize>used) << 2), capacity - used);
    sideClear(pair.source);
    sideClear(pair.target);
    if (length > capacity - used) break;
    used += length;
    setU32(ends, drawn, used);
  }
  setU32(info, 0, drawn);
  return Status.OK;
}

/**
 * Writes a random shortest path's nodes, from where the searches met back to the source, then on to the target; returns how
 * many, 0 without a path, or more than room.
 */
function onePath(pair: Pair, stream: u64, out: usize, room: u32): u32 {
  const graph = pair.graph;
  const source = pair.source;
  const target = pair.target;
  let meeting: f64 = 0;
  let side = source;
  let other = target;
  do {
    const near = source.arcs <= target.arcs;
    side = near ? source : target;
    other = near ? target : source;
    meeting = grow(graph, side, other);
    // Until they meet, or the border is empty and there is no path.
  } while (meeting == 0 && side.begin < side.end);
  if (meeting == 0) return 0;
  const length = source.radius + target.radius + 1;
  if (length > room) return length;
  const v = crossing(side, other, meeting, unit(draw(stream, 2)));
  setU32(out, 0, v);
  let at: u32 = 1;
  for (let u = v; u32At(source.distances, u) > 0; at++) {
    u = stepBack(graph, source, u, unit(draw(stream, at + 2)));
    setU32(out, at, u);
  }
  for (let u = v; u32At(target.distances, u) > 0; at++) {
    u = stepBack(graph, target, u, unit(draw(stream, at + 2)));
    setU32(out, at, u);
  }
  return length;
}
