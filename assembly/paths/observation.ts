// What observe and observe_batch are called with, and what they add up: one definition, so that both refuse the same.

import { Status, alloc, inside } from "../abi";
import { Traffic, checkTraffic } from "./traffic";

/** Rates of ordered pairs of access nodes. */
@unmanaged
export class Totals {
  connected: f64;
  unconnected: f64;
  observed: f64;

  /** Adds what one source's pairs came to. */
  // @ts-ignore: decorator
  @inline
  add(connected: f64, unconnected: f64, observed: f64): void {
    this.connected += connected;
    this.unconnected += unconnected;
    this.observed += observed;
  }
}


@unmanaged
export class Observation {
  traffic: Traffic;
  /** u8[nodes]: 1 in M; or 0: M is empty. */
  removed: usize;
  /** The range of sources. */
  first: u32;
  count: u32;
  /** f64[nodes] */
  gains: usize;
  totals: Totals;
}

/** An observation in the arena, unchecked; 0 where memory is out. */
export function newObservation(
  traffic: Traffic,
  removed: usize,
  first: u32,
  count: u32,
  gains: usize,
  totals: Totals,
): Observation {
  const observation = changetype<Observation>(alloc(offsetof<Observation>()));
  if (changetype<usize>(observation) == 0) return observation;
  observation.traffic = traffic;
  observation.removed = removed;
  observation.first = first;
  observation.count = count;
  observation.gains = gains;
  observation.totals = totals;
  return observation;
}

/** Checks an observation of a graph of so many nodes; one that memory had no room for is refused too. */
export function checkObservation(observation: Observation, nodes: u32): i32 {
  if (changetype<usize>(observation) == 0) return Status.OUT_OF_MEMORY;
  const checked = checkTraffic(observation.traffic, nodes);
  if (checked != Status.OK) return checked;
  const sources = observation.traffic.count;
  if (observation.first > sources || observation.count > sources - observation.first) return Status.BAD_PARAMETER;
  if (!inside(observation.gains, nodes, 8)) return Status.OUT_OF_BOUNDS;
  if (!inside(changetype<usize>(observation.totals), 1, offsetof<Totals>())) return Status.OUT_OF_BOUNDS;
  if (observation.removed != 0 && !inside(observation.removed, nodes, 1)) return Status.OUT_OF_BOUNDS;
  return Status.OK;
}
