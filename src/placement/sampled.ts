/**
 * Placement from sampled shortest paths, for networks too large to count all (Mahmoody, Tsourakakis, Upfal, HEDGE, KDD 2016;
 * as NetworKit's ApproxGroupBetweenness): ceil(k ln n / eps^2) random pairs, one of the shortest paths of each, then greedy
 * maximum coverage of these. With high probability at least 1 - 1/e - eps of the best k, in shares of all pairs' rate.
 *
 * As many further samples, drawn independently, tell what the monitors observe: those that chose them would flatter.
 */

import type { Topology } from "../network/topology.ts";
import { log } from "../numbers/math.ts";
import { CoverMemory, type ListSets } from "../wasm/cover/cover.ts";
import type { PathSamples, Traffic } from "../wasm/paths/paths.ts";
import { type Ends, unconnectedPairs } from "./access.ts";
import { mostAdded } from "./bound.ts";
import type { Stop } from "./choose.ts";
import type { ResolvedLimits } from "./limits.ts";
import type { Outcome } from "./outcome.ts";
import { ask, type Steps } from "./parts.ts";
import { PlacementError } from "./placement-error.ts";
import { mostMonitors } from "./search.ts";
import { TIE } from "./ties.ts";

export interface SamplingOptions {
  /** Of `sampled`: what the guarantee gives away, a share of all pairs. Default 0.05. */
  readonly epsilon?: number | undefined;
  /** Of `sampled`. Default 1. */
  readonly seed?: number | bigint | undefined;
}

const DEFAULT_EPSILON = 0.05;
const MOST_SAMPLES = 2 ** 24;
/** Of a part. Samples are the same however they are split. */
const PART_SAMPLES = 2048;

/** @throws PlacementError for lengths, a traffic matrix or costs, which samples do not take; RangeError for options out of range */
export function* sampled(
  topology: Topology,
  { candidates }: Ends,
  traffic: Traffic,
  limits: ResolvedLimits,
  { epsilon = DEFAULT_EPSILON, seed = 1 }: SamplingOptions,
): Steps<Outcome> {
  if (topology.lengths !== undefined) throw new PlacementError("sampled counts hops, not lengths: leave lengths out");
  if ("demands" in traffic) throw new PlacementError("sampled takes rates, no traffic between pairs: use greedy");
  if (limits.costs !== undefined) throw new PlacementError("sampled takes no costs: use greedy");
  if (!(epsilon > 0 && epsilon < 1)) throw new RangeError(`epsilon is ${epsilon}, expected a number between 0 and 1`);
  const nodes = topology.names.length;
  const { access, rates } = traffic;
  const sum = rates.reduce((a, b) => a + b, 0);
  if (sum === 0) throw new PlacementError("all rates are 0: there is nothing to sample");
  const most = mostMonitors(limits);
  // Without a number of monitors, of a coverage, as many as one may want.
  const samples = Math.ceil(
    ((Number.isFinite(limits.monitors) ? most : Math.min(most, 100)) * log(nodes)) / epsilon ** 2,
  );
  if (samples > MOST_SAMPLES) {
    throw new PlacementError(
      `epsilon ${epsilon} needs ${samples} samples, at most ${MOST_SAMPLES} are drawn: take a larger one`,
    );
  }
  const count = Math.max(samples, 1);
  const bits = String(BigInt.asUintN(64, BigInt(seed)));
  const chosenBy = yield* paths(bits, 0, count);
  const toldBy = yield* paths(bits, count, count);
  const cover = CoverMemory.create(listSets(chosenBy, nodes));
  const free = new Set(limits.free);
  const closed = Array.from({ length: nodes }, (_, node) => node).filter((node) => !free.has(node));
  const { placed, coverage } = limits;
  const target = coverage === undefined ? undefined : coverage * chosenBy.length;
  const found = cover.greedy({
    limit: most,
    forbidden: closed.filter((node) => !placed.includes(node)),
    placed,
    target,
  });
  const picks = Array.from(found.picks);
  const told = tell(toldBy, nodes, placed, picks);
  const share = (paths: number, of: readonly unknown[]): number => (of.length > 0 ? paths / of.length : 0);
  let observed = told.placed;
  const best =
    found.covered +
    mostAdded(gainsBeyond(chosenBy, nodes, [...placed, ...picks]), limits.free, limits, most, Number.POSITIVE_INFINITY);
  const p = share(told.covered, toldBy);
  const connected = (sum * (chosenBy.length + toldBy.length)) / (2 * count);
  const reach = share(tell(toldBy, nodes, [...placed, ...limits.free], []).placed, toldBy);
  return {
    nodes,
    edges: topology.neighbours.length / 2,
    accessNodes: access.length,
    candidates: candidates.length,
    monitors: picks.map((node, i) => {
      observed += told.gains[i];
      return { node, gain: share(told.gains[i], toldBy), observed: share(observed, toldBy) };
    }),
    placed,
    placedObserved: share(told.placed, toldBy),
    observed: p,
    rate: connected,
    unobservable: sum - connected + connected * (1 - reach),
    unconnectedPairs: unconnectedPairs(topology, access),
    unconnected: sum - connected,
    bound: Math.max(p, Math.min(1, share(best, chosenBy) + epsilon)),
    optimal: false,
    guarantee: coverage === undefined ? Math.max(0, 1 - 1 / Math.E - epsilon) : 0,
    cost: picks.length,
    stopped: stopOf(picks.length, most, limits, found.covered, target),
    sampling: { samples: count, epsilon, seed: String(seed), standardError: standardError(p, toldBy.length) },
  };
}

/** The nodes of each of the samples [first, first + count) that has a path. */
function* paths(seed: string, first: number, count: number): Steps<Uint32Array[]> {
  const parts = Array.from({ length: Math.ceil(count / PART_SAMPLES) }, (_, i) => {
    const done = i * PART_SAMPLES;
    return { kind: "samples", seed, first: first + done, count: Math.min(PART_SAMPLES, count - done) } as const;
  });
  return (yield* ask("samples", parts)).flatMap(withPath);
}

function standardError(share: number, samples: number): number {
  return samples > 0 ? Math.sqrt((share * (1 - share)) / samples) : 0;
}

function stopOf(
  picks: number,
  most: number,
  { monitors }: ResolvedLimits,
  covered: number,
  target = Number.POSITIVE_INFINITY,
): Stop {
  if (covered >= target * (1 - TIE)) return "coverage";
  if (picks < most) return "nothing adds";
  return picks >= monitors ? "monitors" : "budget";
}

/** The sampled pairs that have a path, as lists of its nodes. */
function withPath({ ends, nodes }: PathSamples): Uint32Array[] {
  const lists: Uint32Array[] = [];
  let from = 0;
  for (const to of ends) {
    if (to > from) lists.push(nodes.subarray(from, to));
    from = to;
  }
  return lists;
}

/** Per node, the samples that it is on. */
function listSets(samples: readonly Uint32Array[], nodes: number): ListSets {
  const offsets = new Uint32Array(nodes + 1);
  for (const path of samples) for (const node of path) offsets[node + 1]++;
  for (let node = 0; node < nodes; node++) offsets[node + 1] += offsets[node];
  const next = offsets.slice();
  const members = new Uint32Array(offsets[nodes]);
  samples.forEach((path, sample) => {
    for (const node of path) members[next[node]++] = sample;
  });
  return { elements: samples.length, offsets, members };
}

/** Samples that each pick adds, and that the placed nodes have before. */
function tell(samples: readonly Uint32Array[], nodes: number, placed: readonly number[], picks: readonly number[]) {
  const order = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY);
  picks.forEach((node, i) => {
    order[node] = i;
  });
  for (const node of placed) order[node] = -1;
  const gains = picks.map(() => 0);
  let before = 0;
  let covered = 0;
  for (const path of samples) {
    const first = path.reduce((least, node) => Math.min(least, order[node]), Number.POSITIVE_INFINITY);
    if (first === Number.POSITIVE_INFINITY) continue;
    covered++;
    if (first === -1) before++;
    else gains[first]++;
  }
  return { gains, placed: before, covered };
}

function gainsBeyond(samples: readonly Uint32Array[], nodes: number, set: readonly number[]): Float64Array {
  const covered = new Set(set);
  const gains = new Float64Array(nodes);
  for (const path of samples) {
    if (path.some((node) => covered.has(node))) continue;
    for (const node of path) gains[node]++;
  }
  return gains;
}
