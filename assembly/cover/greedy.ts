// Greedy covering: maximum coverage, (partial) set cover, and coverage under a budget.
//
// - The most new weight first: within 1 - (1 - 1/k)^k >= 1 - 1/e of the best k sets (Nemhauser, Wolsey, Fisher 1978).
// - The most new weight for its cost first, up to a target: at most H(largest set) times the least cost of a full cover
//   (Chvatal 1979); for a share, Wolsey's form (1982), in which weight beyond the target counts nothing.
// - Under a budget: the better of both, each of which passes over sets that do not fit. The first pick by weight is the best
//   single set, so this is at least the modified greedy of Khuller, Moss, Naor (1999): (1 - 1/e)/2 of the optimum (there, and
//   Leskovec et al., KDD 2007); Tang et al. (SIGMETRICS 2021) prove 0.405 for the modified greedy.
// - Lazy evaluation: Minoux (1978), CELF (Leskovec et al. 2007). The same picks as the eager form, to the bit.
// Ties, which no paper settles: of the sets whose value is at least (1 - 1e-12) of the largest, the lowest index.

import { f64At, setF64, setU32 } from "../array";
import { newHeap } from "../heap";
import { Status, alloc, inside, mark, release } from "../abi";
import { cover, coverPlaced, restBytes, restInit } from "./gain";
import { State, checkInstance, costOf, hasWholeGains, hasWholeRatios, setsOf, stateOf } from "./instance";
import { Rule, Run, SLACK, TIE, evaluateAll, fillHeap, pickEagerly, pickLazily } from "./pick";

export namespace Evaluation {
  export const LAZY: u32 = 0;
  export const EAGER: u32 = 1;
  /** Eager, and one row after the other. */
  export const BY_ROW: u32 = 2;
}

/** f64s of a summary: picks, weight covered by placed sets, weight covered, cost, evaluations, rule that gave it. */
export const SUMMARY: u32 = 6;

/**
 * Picks sets until `limit` are picked, none fits the rest of the budget, the target is covered (to 1e-12), or none adds.
 * @param states n u8 or 0: all free @param budget for the picks' costs, >= 0, may be infinite; exceeded by rounding only (SLACK)
 * @param target weight to cover, placed sets' included; infinite for none
 * @param picks min(limit, n) u32, in order @param gains as many f64, the weight each added @param summary SUMMARY f64
 * @returns a status. O(limit n) gains, lazily far fewer
 */
export function greedy(
  instance: usize,
  states: usize,
  rule: u32,
  limit: u32,
  budget: f64,
  target: f64,
  evaluation: u32,
  picks: usize,
  gains: usize,
  summary: usize,
): i32 {
  const status = checkInstance(instance, states);
  if (status != Status.OK) return status;
  if (rule > Rule.BUDGETED || evaluation > Evaluation.BY_ROW) return Status.BAD_PARAMETER;
  if (!(budget >= 0) || !(target >= 0)) return Status.BAD_PARAMETER;
  if (rule == Rule.BUDGETED && target != Infinity) return Status.BAD_PARAMETER;
  const most = min(limit, setsOf(instance));
  if (!inside(picks, most, 4) || !inside(gains, most, 8) || !inside(summary, SUMMARY, 8)) return Status.OUT_OF_BOUNDS;
  const start = mark();
  const within = budget * SLACK;
  const first = rule == Rule.BUDGETED ? Rule.RATIO : rule;
  let done = pickSets(instance, states, first, most, within, target, evaluation, picks, gains, summary);
  if (done && rule == Rule.BUDGETED)
    done = betterByGain(instance, states, most, within, evaluation, picks, gains, summary);
  release(start);
  return done ? Status.OK : Status.OUT_OF_MEMORY;
}

/** Replaces a run's results by those of GAIN if they cover more; false where memory is out. */
function betterByGain(
  instance: usize,
  states: usize,
  most: u32,
  budget: f64,
  evaluation: u32,
  picks: usize,
  gains: usize,
  summary: usize,
): bool {
  const otherPicks = alloc(most * 4);
  const otherGains = alloc(most * 8);
  const other = alloc(SUMMARY * 8);
  if (otherPicks == 0 || otherGains == 0 || other == 0) return false;
  if (!pickSets(instance, states, Rule.GAIN, most, budget, Infinity, evaluation, otherPicks, otherGains, other)) {
    return false;
  }
  const evaluations = load<f64>(summary, 32) + load<f64>(other, 32);
  if (load<f64>(other, 16) * TIE > load<f64>(summary, 16)) {
    memory.copy(picks, otherPicks, most * 4);
    memory.copy(gains, otherGains, most * 8);
    memory.copy(summary, other, SUMMARY * 8);
  }
  store<f64>(summary, evaluations, 32);
  return true;
}

function pickSets(
  instance: usize,
  states: usize,
  rule: u32,
  most: u32,
  budget: f64,
  target: f64,
  evaluation: u32,
  picks: usize,
  gains: usize,
  summary: usize,
): bool {
  const lazy = evaluation == Evaluation.LAZY;
  const run = beginRun(instance, states, rule, budget, lazy);
  if (changetype<usize>(run) == 0) return false;
  run.exact = rule == Rule.GAIN ? hasWholeGains(instance) : hasWholeRatios(instance) && isWhole(target);
  const placed = coverPlaced(instance, run.rest, states);
  let covered = placed;
  let count: u32 = 0;
  for (; count < most && covered < target * TIE; count++) {
    run.wanted = target - covered;
    run.round = count;
    if (!lazy || count == 0) evaluateAll(run, evaluation == Evaluation.BY_ROW);
    if (lazy && count == 0) fillHeap(run);
    const pick = lazy ? pickLazily(run) : pickEagerly(run);
    if (pick < 0) break;
    const gain = f64At(run.values, pick);
    setU32(picks, count, pick);
    setF64(gains, count, gain);
    cover(instance, run.rest, pick);
    covered += gain;
    run.spent += costOf(instance, pick);
  }
  store<f64>(summary, <f64>count);
  store<f64>(summary, placed, 8);
  store<f64>(summary, covered, 16);
  store<f64>(summary, run.spent, 24);
  store<f64>(summary, run.evaluations, 32);
  store<f64>(summary, <f64>rule, 40);
  return true;
}

/** Also of an infinite target. */
function isWhole(target: f64): bool {
  return Math.floor(target) == target;
}

/** Everything to cover, every free set that fits the budget in question; 0 where memory is out. */
function beginRun(instance: usize, states: usize, rule: u32, budget: f64, lazy: bool): Run {
  const n = setsOf(instance);
  const block = alloc(offsetof<Run>());
  const none = changetype<Run>(0);
  if (block == 0) return none;
  const run = changetype<Run>(block);
  run.instance = instance;
  run.rule = rule;
  run.rest = alloc(restBytes(instance));
  run.values = alloc(n * 8);
  run.list = alloc(n * 4);
  run.stamps = alloc(n * 4);
  run.aside = alloc(n * 4 + 4);
  run.heap = newHeap(lazy ? n : 0);
  run.evaluations = 0;
  run.budget = budget;
  run.spent = 0;
  if (run.rest == 0 || run.values == 0 || run.list == 0) return none;
  if (run.stamps == 0 || run.aside == 0 || changetype<usize>(run.heap) == 0) return none;
  restInit(instance, run.rest);
  memory.fill(run.stamps, 0, n * 4);
  run.count = listFree(instance, states, budget, run.list);
  return run;
}

/** Lists the free sets that fit the budget, ascending; returns how many. */
export function listFree(instance: usize, states: usize, budget: f64, list: usize): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0, n = setsOf(instance); i < n; i++) {
    if (stateOf(states, i) == State.FREE && costOf(instance, i) <= budget) {
      setU32(list, count, i);
      count++;
    }
  }
  return count;
}
