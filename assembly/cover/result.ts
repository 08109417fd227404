// What exact searches write: their picks, and the multipliers that certify a bound.

import { f64At, setF64, setU32, setU8, u32At, u8At } from "../array";
import { alloc } from "../abi";
import { Core } from "./core";
import { cover, coverPlaced, gainOf, restBytes, restInit } from "./gain";

/** What an exact search writes of itself. */
@unmanaged
export class ExactSummary {
  picks: f64;
  /** Weight that placed sets cover. */
  placed: f64;
  /** Weight covered in all. */
  covered: f64;
  cost: f64;
  /** Proven limit of what is sought. */
  bound: f64;
  nodes: f64;
  /** 1 where the picks are proven optimal. */
  optimal: f64;
}

/** Multipliers by row to multipliers by element, 0 where there is no row. */
export function writeMultipliers(core: Core, u: usize, multipliers: usize): void {
  memory.fill(multipliers, 0, core.instance.elements * 8);
  for (let i: u32 = 0; i < core.m; i++) {
    setF64(multipliers, u32At(core.elements, i), f64At(u, i));
  }
}

/** Writes the sets, ascending, and what they come to, weights added up as greedy does; false where memory is out. */
export function writePicks(core: Core, sets: usize, count: u32, picks: usize, summary: ExactSummary): bool {
  const instance = core.instance;
  const rest = alloc(restBytes(instance));
  const n = instance.sets;
  const picked = alloc(n);
  if (rest == 0 || picked == 0) return false;
  memory.fill(picked, 0, n);
  for (let k: u32 = 0; k < count; k++) setU8(picked, u32At(sets, k), 1);
  restInit(instance, rest);
  const placed = coverPlaced(instance, rest, core.states);
  let covered = placed;
  let cost: f64 = 0;
  let written: u32 = 0;
  for (let set: u32 = 0; set < n; set++) {
    if (u8At(picked, set) == 0) continue;
    setU32(picks, written++, set);
    covered += gainOf(instance, rest, set);
    cost += instance.costOf(set);
    cover(instance, rest, set);
  }
  summary.picks = <f64>count;
  summary.placed = placed;
  summary.covered = covered;
  summary.cost = cost;
  return true;
}
