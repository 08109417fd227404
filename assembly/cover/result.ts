// What exact searches write: their picks, and the multipliers that certify a bound.

import { alloc } from "../abi";
import { Core } from "./core";
import { cover, coverPlaced, gainOf, restBytes, restInit } from "./gain";
import { costOf, elementsOf } from "./instance";
import { at4, at8 } from "./pick";

/** f64s of a summary: picks, weight placed, weight covered in all, cost, bound, nodes, 1 where proven optimal. */
export const EXACT_SUMMARY: u32 = 7;

/** Multipliers by row to multipliers by element, 0 where there is no row. */
export function writeMultipliers(core: Core, u: usize, multipliers: usize): void {
  memory.fill(multipliers, 0, elementsOf(core.instance) * 8);
  for (let i: u32 = 0; i < core.m; i++) {
    store<f64>(at8(multipliers, load<u32>(at4(core.elements, i))), load<f64>(at8(u, i)));
  }
}

/** Copies the sets and fills the summary's first four, weights added up as greedy adds them; false where memory is out. */
export function writePicks(core: Core, states: usize, sets: usize, count: u32, picks: usize, summary: usize): bool {
  const instance = core.instance;
  const rest = alloc(restBytes(instance));
  if (rest == 0) return false;
  restInit(instance, rest);
  const placed = coverPlaced(instance, rest, states);
  let covered = placed;
  let cost: f64 = 0;
  for (let k: u32 = 0; k < count; k++) {
    const set = load<u32>(at4(sets, k));
    store<u32>(at4(picks, k), set);
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

/** Sorts sets in place, ascending. Insertion sort: solutions are short. */
export function sortSets(sets: usize, count: u32): void {
  for (let k: u32 = 1; k < count; k++) {
    const set = load<u32>(at4(sets, k));
    let l = k;
    for (; l > 0 && load<u32>(at4(sets, l - 1)) > set; l--) store<u32>(at4(sets, l), load<u32>(at4(sets, l - 1)));
    store<u32>(at4(sets, l), set);
  }
}
