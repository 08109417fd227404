// What monitors observe in a graph without lengths: observe.ts's pass for four sources at once, by batch-forward.ts and batch-backward.ts.
//
// Sources are the access nodes in the plan's order, so that the four of a batch lie together. The plan is not folded: every
// node may be an end, a monitor or a candidate.

import { Status, alloc, mark, release } from "../abi";
import { at8, f64At, setF64, setU32, setU8, u32At, u8At } from "../array";
import { Batch, Four, lanesAt, newBatch, startBatch } from "./batch";
import { lanesStart } from "./lanes";
import { backward } from "./batch-backward";
import { forward } from "./batch-forward";
import { Observation, Totals, checkObservation, newObservation } from "./observation";
import { Plan, isPlan } from "./plan";
import { Traffic, newTraffic, spreadRates } from "./traffic";

const SOURCES: u32 = sizeof<Four>();

/** The access nodes by the plan's labels. */
@unmanaged
class Labelled {
  traffic: Traffic;
  /** u32[A]: their labels. */
  labels: usize;
  /** u32[A]: their numbers, by rising label. */
  order: usize;
}

/**
 * observe for a graph without lengths, by its unfolded plan; the range [first, first + count) is of the access nodes in the
 * plan's order. Parameters and results as observe's.
 */
export function observe_batch(
  plan: Plan,
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
  if (!isPlan(plan) || plan.folded != 0) return Status.BAD_MAGIC;
  const before = mark();
  const traffic = newTraffic(access, accessCount, rates, perPair);
  const observation = newObservation(traffic, removed, first, count, gains, totals);
  let status = checkObservation(observation, plan.nodes);
  if (status == Status.OK) status = batches(plan, observation);
  release(before);
  return status;
}

function batches(plan: Plan, observation: Observation): i32 {
  const n = plan.nodes;
  const batch = newBatch(plan);
  const sources = newLabelled(plan, observation.traffic);
  const rates = alloc(n << 5);
  const gains = alloc(n << 3);
  const removed = alloc(n);
  if (changetype<usize>(batch) == 0 || changetype<usize>(sources) == 0 || rates == 0 || gains == 0 || removed == 0) {
    return Status.OUT_OF_MEMORY;
  }
  lanesStart();
  memory.fill(changetype<usize>(observation.totals), 0, offsetof<Totals>());
  memory.fill(rates, 0, (<usize>n) << 5);
  memory.fill(gains, 0, (<usize>n) << 3);
  memory.fill(removed, 0, n);
  if (observation.removed != 0) {
    for (let label: u32 = 0; label < n; label++) {
      setU8(removed, label, u8At(observation.removed, u32At(plan.names, label)));
    }
  }
  batch.rates = rates;
  batch.removed = removed;
  const end = observation.first + observation.count;
  for (let i = observation.first; i < end; i += SOURCES) {
    startSources(batch, sources, i, min<u32>(SOURCES, end - i));
    const status = forward<Four>(batch);
    if (status != Status.OK) return status;
    addTotals(batch, sources, observation.totals);
    backward<Four>(batch, gains);
  }
  for (let label: u32 = 0; label < n; label++) setF64(observation.gains, u32At(plan.names, label), f64At(gains, label));
  return Status.OK;
}

/** The access nodes by label, in the arena; 0 where memory is out. */
function newLabelled(plan: Plan, traffic: Traffic): Labelled {
  const count = traffic.count;
  const labelled = changetype<Labelled>(alloc(offsetof<Labelled>()));
  const labels = alloc(count << 2);
  const order = alloc(count << 2);
  const before = mark();
  // Which access node a node is, plus 1.
  const numbers = alloc(plan.nodes << 2);
  release(before);
  if (changetype<usize>(labelled) == 0 || labels == 0 || order == 0 || numbers == 0) return changetype<Labelled>(0);
  memory.fill(numbers, 0, (<usize>plan.nodes) << 2);
  for (let i: u32 = 0; i < count; i++) setU32(numbers, u32At(traffic.access, i), i + 1);
  let listed: u32 = 0;
  for (let label: u32 = 0; label < plan.nodes; label++) {
    const number = u32At(numbers, u32At(plan.names, label));
    if (number == 0) continue;
    setU32(labels, number - 1, label);
    setU32(order, listed++, number - 1);
  }
  labelled.traffic = traffic;
  labelled.labels = labels;
  labelled.order = order;
  return labelled;
}

/** Starts sources [first, first + count) in label order, with their rates. */
function startSources(batch: Batch, sources: Labelled, first: u32, count: u32): void {
  if (count < SOURCES) memory.fill(batch.rates, 0, (<usize>batch.core) << 5);
  for (let l: u32 = 0; l < count; l++) {
    const i = u32At(sources.order, first + l);
    setU32(batch.visits, l, u32At(sources.labels, i));
    spreadRates(sources.traffic, i, sources.labels, batch.rates + ((<usize>l) << 3));
  }
  startBatch<Four>(batch, count);
}

function addTotals(batch: Batch, sources: Labelled, totals: Totals): void {
  const count = sources.traffic.count;
  const labels = sources.labels;
  for (let l: u32 = 0; l < SOURCES; l++) {
    const rates = at8(batch.rates, l);
    const values = at8(batch.values, l);
    let connected: f64 = 0;
    let unconnected: f64 = 0;
    let observed: f64 = 0;
    for (let j: u32 = 0; j < count; j++) {
      const t = u32At(labels, j);
      const rate = load<f64>(rates + ((<usize>t) << 5));
      const lane = lanesAt(values, t);
      const sigma = load<f64>(lane);
      if (sigma > 0) {
        connected += rate;
        observed += rate * ((sigma - load<f64>(lane, 32)) / sigma);
      } else {
        unconnected += rate;
      }
    }
    totals.add(connected, unconnected, observed);
  }
}
