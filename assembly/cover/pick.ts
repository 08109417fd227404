// The next set of a greedy run, by evaluating every set or lazily; both find the same one.

import { at4, f64At, setF64, setU32, u32At } from "../array";
import { Heap } from "../heap";
import { gainOf, gainsByRow, gainsOf } from "./gain";
import { Instance } from "./instance";

/** 1 less the relative tolerance within which values tie. */
export const TIE: f64 = 1 - 1e-12;

/** Times a budget, the most that costs may add up to: decimal ones, 0.1 + 0.2, use up a budget of 0.3. */
export const SLACK: f64 = 1 + 1e-12;

export namespace Rule {
  /** The most new weight. */
  export const GAIN: u32 = 0;
  /** The most new weight, as far as the target asks for it, for its cost; a free set is worth infinitely much. */
  export const RATIO: u32 = 1;
  /** The better of both, RATIO where they are equal; takes no target. */
  export const BUDGETED: u32 = 2;
}

/** What a run is asked for, and what it works on; raw memory, nothing managed. */
@unmanaged
export class Run {
  instance: Instance;
  states: usize;
  rule: u32;
  /** Picks at most. */
  most: u32;
  /** What the picks may cost. */
  budget: f64;
  /** Weight to cover, placed sets' included. */
  target: f64;
  lazy: bool;
  /** Of a run that is not lazy: one row after the other. */
  byRow: bool;
  /** What is left to cover, as gain.ts says. */
  rest: usize;
  /** Gain of each set when last evaluated, n f64. */
  values: usize;
  /** The sets still in question, ascending: `count` u32. */
  list: usize;
  count: u32;
  /** The same by falling key, keys negated; of a lazy run. */
  heap: Heap;
  /** The round in which each set was evaluated last, n u32. */
  stamps: usize;
  /** Room for n + 1 u32: places of the heap to be seen. */
  aside: usize;
  /** Cost of the picks so far. */
  spent: f64;
  /** Weight still missing to the target. */
  wanted: f64;
  round: u32;
  /** Keys that tie are equal. */
  exact: bool;
  /** Gains evaluated. */
  evaluations: f64;
}

/** Whether set i can be paid for. */
// @ts-ignore: decorator
@inline
function fits(run: Run, i: u32): bool {
  return run.spent + run.instance.costOf(i) <= run.budget;
}

/** What sets are compared by, as of their last evaluation. */
// @ts-ignore: decorator
@inline
function keyOf(run: Run, i: u32): f64 {
  const gain = f64At(run.values, i);
  return run.rule == Rule.GAIN || gain == 0 ? gain : min<f64>(gain, run.wanted) / run.instance.costOf(i);
}

/** Drops what does not fit or does not add, and evaluates the rest of the list. */
export function evaluateAll(run: Run): void {
  const sets = run.list;
  const count = keepFitting(run);
  if (run.byRow) gainsByRow(run.instance, run.rest, sets, count, run.values);
  else gainsOf(run.instance, run.rest, sets, count, run.values);
  run.evaluations += <f64>count;
  let kept: u32 = 0;
  for (let k: u32 = 0; k < count; k++) {
    const i = u32At(sets, k);
    if (f64At(run.values, i) <= 0) continue;
    setU32(sets, kept, i);
    kept++;
  }
  run.count = kept;
}

function keepFitting(run: Run): u32 {
  const sets = run.list;
  let kept: u32 = 0;
  for (let k: u32 = 0; k < run.count; k++) {
    const i = u32At(sets, k);
    if (!fits(run, i)) continue;
    setU32(sets, kept, i);
    kept++;
  }
  return kept;
}

/** Makes the heap of an evaluated list. */
export function fillHeap(run: Run): void {
  for (let k: u32 = 0; k < run.count; k++) {
    const i = u32At(run.list, k);
    run.heap.append(-keyOf(run, i), i);
  }
  run.heap.order();
}

/** The lowest index among the largest keys of an evaluated list, or -1. */
export function pickEagerly(run: Run): i32 {
  const first = run.list;
  const end = at4(first, run.count);
  let most: f64 = 0;
  for (let at = first; at < end; at += 4) most = max<f64>(most, keyOf(run, load<u32>(at)));
  if (!(most > 0)) return -1;
  for (let at = first; at < end; at += 4) {
    const i = load<u32>(at);
    if (keyOf(run, i) >= most * TIE) return i;
  }
  return -1;
}

/**
 * The same, from a heap of keys that may be out of date, hence too large. Once the top is up to date its key is the largest;
 * what remains, where ties may be unequal, is to bring up to date whatever may tie with it at a lower index: a walk over the
 * part of the heap whose keys reach that far. The pick leaves the heap.
 */
export function pickLazily(run: Run): i32 {
  if (!freshenTop(run)) return -1;
  const least = -run.heap.topKey * TIE;
  if (!(least > 0)) return -1;
  const place = run.exact ? 1 : placeOfTie(run, least);
  const pick = run.heap.itemAt(place);
  run.heap.removeAt(place);
  return pick;
}

/** The heap's place of the lowest set whose key is at least `least`. A set that falls sinks below the place it is seen at. */
function placeOfTie(run: Run, least: f64): u32 {
  const heap = run.heap;
  const length = heap.length;
  let best: u32 = 1;
  let pick = heap.topItem;
  let waiting: u32 = 1;
  setU32(run.aside, 0, 1);
  while (waiting > 0) {
    const place = u32At(run.aside, --waiting);
    if (-heap.keyAt(place) < least) continue;
    const set = heap.itemAt(place);
    if (set < pick && fits(run, set)) {
      if (u32At(run.stamps, set) != run.round) {
        refresh(run, place);
        setU32(run.aside, waiting++, place);
        continue;
      }
      pick = set;
      best = place;
    }
    const child = place << 1;
    if (child <= length) setU32(run.aside, waiting++, child);
    if (child < length) setU32(run.aside, waiting++, child + 1);
  }
  return best;
}

/** Evaluates tops until one stays on top; whether there is one. */
function freshenTop(run: Run): bool {
  while (run.heap.length > 0) {
    const top = run.heap.topItem;
    if (!fits(run, top)) run.heap.pop();
    else if (u32At(run.stamps, top) == run.round) return true;
    else refresh(run, 1);
  }
  return false;
}

/** Evaluates the set in a place of the heap. */
function refresh(run: Run, place: u32): void {
  const i = run.heap.itemAt(place);
  setF64(run.values, i, gainOf(run.instance, run.rest, i));
  setU32(run.stamps, i, run.round);
  run.evaluations++;
  run.heap.raiseAt(place, -keyOf(run, i));
}
