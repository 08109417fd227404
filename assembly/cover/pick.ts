// The next set of a greedy run, by evaluating every set or lazily; both find the same one.

import { gainOf, gainsByRow, gainsOf } from "./gain";
import { heapLength, heapTop, popTop, removeAt, sink } from "./heap";
import { costOf } from "./instance";

/** 1 less the relative tolerance within which values tie. */
export const TIE: f64 = 1 - 1e-12;

export namespace Rule {
  /** The most new weight. */
  export const GAIN: u32 = 0;
  /** The most new weight, as far as the target asks for it, for its cost; a free set is worth infinitely much. */
  export const RATIO: u32 = 1;
  /** The better of both, RATIO where they are equal; takes no target. */
  export const BUDGETED: u32 = 2;
}

/** What a run works on; raw memory, nothing managed. */
@unmanaged
export class Run {
  instance: usize;
  rule: u32;
  /** What is left to cover, as gain.ts says. */
  rest: usize;
  /** Gain of each set when last evaluated, n f64. */
  values: usize;
  /** What sets are compared by, n f64; the values themselves under GAIN. */
  keys: usize;
  /** u32 length, then the sets still in question: ascending, or a heap. */
  list: usize;
  /** The round in which each set was evaluated last, n u32. */
  stamps: usize;
  /** Room for n + 1 u32: places of the heap to be seen. */
  aside: usize;
  budget: f64;
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

// @ts-ignore: decorator
@inline
export function at8(base: usize, i: u32): usize {
  return base + ((<usize>i) << 3);
}

// @ts-ignore: decorator
@inline
export function at4(base: usize, i: u32): usize {
  return base + ((<usize>i) << 2);
}

/** Whether set i can be paid for; the sum itself is what never exceeds the budget. */
// @ts-ignore: decorator
@inline
function fits(run: Run, i: u32): bool {
  return run.spent + costOf(run.instance, i) <= run.budget;
}

function rate(run: Run, i: u32): void {
  const gain = load<f64>(at8(run.values, i));
  if (run.rule == Rule.GAIN) return;
  store<f64>(at8(run.keys, i), gain == 0 ? 0 : min<f64>(gain, run.wanted) / costOf(run.instance, i));
}

/** Drops what does not fit or does not add, and evaluates the rest of the list. */
export function evaluateAll(run: Run, byRow: bool): void {
  const sets = run.list + 4;
  const count = keepFitting(run);
  if (byRow) gainsByRow(run.instance, run.rest, sets, count, run.values);
  else gainsOf(run.instance, run.rest, sets, count, run.values);
  run.evaluations += <f64>count;
  let kept: u32 = 0;
  for (let k: u32 = 0; k < count; k++) {
    const i = load<u32>(at4(sets, k));
    if (load<f64>(at8(run.values, i)) <= 0) continue;
    rate(run, i);
    store<u32>(at4(sets, kept), i);
    kept++;
  }
  store<u32>(run.list, kept);
}

function keepFitting(run: Run): u32 {
  const sets = run.list + 4;
  const count = load<u32>(run.list);
  let kept: u32 = 0;
  for (let k: u32 = 0; k < count; k++) {
    const i = load<u32>(at4(sets, k));
    if (!fits(run, i)) continue;
    store<u32>(at4(sets, kept), i);
    kept++;
  }
  return kept;
}

/** The lowest index among the largest keys of an evaluated list, or -1. */
export function pickEagerly(run: Run): i32 {
  const first = run.list + 4;
  const end = at4(first, load<u32>(run.list));
  let most: f64 = 0;
  for (let at = first; at < end; at += 4) most = max<f64>(most, load<f64>(at8(run.keys, load<u32>(at))));
  if (!(most > 0)) return -1;
  for (let at = first; at < end; at += 4) {
    const i = load<u32>(at);
    if (load<f64>(at8(run.keys, i)) >= most * TIE) return i;
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
  const least = load<f64>(at8(run.keys, heapTop(run.list))) * TIE;
  if (!(least > 0)) return -1;
  const place = run.exact ? 1 : placeOfTie(run, least);
  const pick = load<u32>(at4(run.list, place));
  removeAt(run.list, run.keys, place);
  return pick;
}

/** The heap's place of the lowest set whose key is at least `least`. A set that falls sinks below the place it is seen at. */
function placeOfTie(run: Run, least: f64): u32 {
  const length = heapLength(run.list);
  let best: u32 = 1;
  let pick = heapTop(run.list);
  let waiting: u32 = 1;
  store<u32>(run.aside, 1);
  while (waiting > 0) {
    const place = load<u32>(at4(run.aside, --waiting));
    const set = load<u32>(at4(run.list, place));
    if (load<f64>(at8(run.keys, set)) < least) continue;
    if (set < pick && fits(run, set)) {
      if (load<u32>(at4(run.stamps, set)) != run.round) {
        refresh(run, set);
        sink(run.list, run.keys, place);
        store<u32>(at4(run.aside, waiting++), place);
        continue;
      }
      pick = set;
      best = place;
    }
    const child = place << 1;
    if (child <= length) store<u32>(at4(run.aside, waiting++), child);
    if (child < length) store<u32>(at4(run.aside, waiting++), child + 1);
  }
  return best;
}

/** Evaluates tops until one stays on top; whether there is one. */
function freshenTop(run: Run): bool {
  while (heapLength(run.list) > 0) {
    const top = heapTop(run.list);
    if (!fits(run, top)) popTop(run.list, run.keys);
    else if (load<u32>(at4(run.stamps, top)) == run.round) return true;
    else {
      refresh(run, top);
      sink(run.list, run.keys, 1);
    }
  }
  return false;
}

function refresh(run: Run, i: u32): void {
  store<f64>(at8(run.values, i), gainOf(run.instance, run.rest, i));
  store<u32>(at4(run.stamps, i), run.round);
  run.evaluations++;
  rate(run, i);
}
