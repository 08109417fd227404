// What exact searches write: their picks, and the multipliers that certify a bound.

import { f64At, setF64, setU32, u32At, u8At } from "../array";
import { alloc } from "../abi";
import { Core } from "./core";
import { cover, coverPlaced, gainOf, restBytes, restInit } from "./gain";
import { costOf, elementsOf, setsOf } from "./instance";

/** f64s of a summary: picks, weight placed, weight covered in all, cost, bound, nodes, 1 where proven optimal. */
export const EXACT_SUMMARY: u32 = 7;

/** Multipliers by row to multipliers by element, 0 where there is no row. */
export function writeMultipliers(core: Core, u: usize, multipliers: usize): void {
  memory.fill(multipliers, 0, elementsOf(core.instance) * 8);
  for (let i: u32 = 0; i < core.m; i++) {
    setF64(multipliers, u32At(core.elements, i), f64At(u, i));
  }
}

/** Writes the sets, ascending, and the summary's first four, weights added up as greedy does; false where memory is out. */
export function writePicks(core: Core, states: usize, sets: usize, count: u32, picks: usize, summary: usize): bool {
  const instance = core.instance;
  const rest = alloc(restBytes(instance));
  const n = setsOf(instance);
  const picked = alloc(n);
  if (rest == 0 || picked == 0) return false;
  memory.fill(picked, 0, n);
  for (let k: u32 = 0; k < count; k++) store<u8>(picked + u32At(sets, k), 1);
  restInit(instance, rest);
  const placed = coverPlaced(instance, rest, states);
  let covered = placed;
  let cost: f64 = 0;
  let written: u32 = 0;
  for (let set: u32 = 0; set < n; set++) {
    if (u8At(picked, set) == 0) continue;
    setU32(picks, written++, set);
    covered += gainOf(instance, rest, set);
    cost += costOf(instance, set);
    cover(instance, rest, set);
  }
  store<f64>(summary, <f64>count);
  store<f64>(summary, placed, 8);
  store<f64>(summary, covered, 16);
  store<f64>(summary, cost, 24);
  return true;
}
