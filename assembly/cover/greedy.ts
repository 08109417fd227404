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
import { Instance, State, checkInstance, stateOf } from "./instance";
import { Rule, Run, SLACK, TIE, evaluateAll, fillHeap, pickEagerly, pickLazily } from "./pick";

export namespace Evaluation {
  export const LAZY: u32 = 0;
  export const EAGER: u32 = 1;
  /** Eager, and one row after the other. */
  export const BY_ROW: u32 = 2;
}

/** What a run writes of itself. */
@unmanaged
export class Summary {
  picks: f64;
  /** Weight that placed sets cover. */
  placed: f64;
  /** Weight covered in all. */
  covered: f64;
  cost: f64;
  /** Gains computed. */
  evaluations: f64;
  /** The rule that gave it: GAIN or RATIO. */
  rule: f64;
}

/** Where a run writes: u32 per pick, f64 per pick. */
@unmanaged
export class Results {
  picks: usize;
  gains: usize;
  summary: Summary;
}

/**
 * Picks sets until `limit` are picked, none fits the rest of the budget, the target is covered (to 1e-12), or none adds.
 * @param states n u8 or 0: all free @param budget for the picks' costs, >= 0, may be infinite; exceeded by rounding only (SLACK)
 * @param target weight to cover, placed sets' included; infinite for none
 * @param picks min(limit, n) u32, in order @param gains as many f64, the weight each added
 * @returns a status. O(limit n) gains, lazily far fewer
 */
export function greedy(
  instance: Instance,
  states: usize,
  rule: u32,
  limit: u32,
  budget: f64,
  target: f64,
  evaluation: u32,
  picks: usize,
  gains: usize,
  summary: Summary,
): i32 {
  const status = checkInstance(instance, states);
  if (status != Status.OK) return status;
  if (rule > Rule.BUDGETED || evaluation > Evaluation.BY_ROW) return Status.BAD_PARAMETER;
  if (!(budget >= 0) || !(target >= 0)) return Status.BAD_PARAMETER;
  if (rule == Rule.BUDGETED && target != Infinity) return Status.BAD_PARAMETER;
  const most = min(limit, instance.sets);
  if (!inside(picks, most, 4) || !inside(gains, most, 8)) return Status.OUT_OF_BOUNDS;
  if (!inside(changetype<usize>(summary), offsetof<Summary>(), 1)) return Status.OUT_OF_BOUNDS;
  const start = mark();
  const run = newRun(instance, states, most, budget);
  const results = changetype<Results>(alloc(offsetof<Results>()));
  let done = !!run && !!results;
  if (done) {
    run.target = target;
    run.lazy = evaluation == Evaluation.LAZY;
    run.byRow = evaluation == Evaluation.BY_ROW;
    results.picks = picks;
    results.gains = gains;
    results.summary = summary;
    done = pickBy(rule, run, results);
  }
  release(start);
  return done ? Status.OK : Status.OUT_OF_MEMORY;
}

/** What greedy picks lazily, in the arena, for exact search to begin with; 0 where memory is out. */
export function firstPicks(instance: Instance, states: usize, rule: u32, limit: u32, budget: f64): Results {
  const none = changetype<Results>(0);
  const run = newRun(instance, states, min(limit, instance.sets), budget);
  if (!run) return none;
  const results = newResults(run.most);
  if (!results) return none;
  return pickBy(rule, run, results) ? results : none;
}

/** A lazy run without a target; 0 where memory is out. */
function newRun(instance: Instance, states: usize, most: u32, budget: f64): Run {
  const run = changetype<Run>(alloc(offsetof<Run>()));
  if (!run) return run;
  run.instance = instance;
  run.states = states;
  run.most = most;
  run.budget = budget * SLACK;
  run.target = Infinity;
  run.lazy = true;
  run.byRow = false;
  return run;
}

/** Room for the results of so many picks; 0 where memory is out. */
function newResults(most: u32): Results {
  const none = changetype<Results>(0);
  const results = changetype<Results>(alloc(offsetof<Results>()));
  if (!results) return none;
  results.picks = alloc(most * 4);
  results.gains = alloc(most * 8);
  results.summary = changetype<Summary>(alloc(offsetof<Summary>()));
  if (results.picks == 0 || results.gains == 0 || !results.summary) return none;
  return results;
}

/** Picks by a rule; false where memory is out. */
function pickBy(rule: u32, run: Run, results: Results): bool {
  return rule == Rule.BUDGETED ? pickBetter(run, results) : pickSets(run, rule, results);
}

/** Picks by RATIO, or by GAIN where that covers more; false where memory is out. */
function pickBetter(run: Run, results: Results): bool {
  if (!pickSets(run, Rule.RATIO, results)) return false;
  const other = newResults(run.most);
  if (!other || !pickSets(run, Rule.GAIN, other)) return false;
  const evaluations = results.summary.evaluations + other.summary.evaluations;
  if (other.summary.covered * TIE > results.summary.covered) {
    memory.copy(results.picks, other.picks, run.most * 4);
    memory.copy(results.gains, other.gains, run.most * 8);
    memory.copy(changetype<usize>(results.summary), changetype<usize>(other.summary), offsetof<Summary>());
  }
  results.summary.evaluations = evaluations;
  return true;
}

/** One run by GAIN or RATIO; false where memory is out. */
function pickSets(run: Run, rule: u32, results: Results): bool {
  if (!begin(run, rule)) return false;
  const placed = coverPlaced(run.instance, run.rest, run.states);
  let covered = placed;
  let count: u32 = 0;
  for (; count < run.most && covered < run.target * TIE; count++) {
    run.wanted = run.target - covered;
    run.round = count;
    if (!run.lazy || count == 0) evaluateAll(run);
    if (run.lazy && count == 0) fillHeap(run);
    const pick = run.lazy ? pickLazily(run) : pickEagerly(run);
    if (pick < 0) break;
    const gain = f64At(run.values, pick);
    setU32(results.picks, count, pick);
    setF64(results.gains, count, gain);
    cover(run.instance, run.rest, pick);
    covered += gain;
    run.spent += run.instance.costOf(pick);
  }
  const summary = results.summary;
  summary.picks = <f64>count;
  summary.placed = placed;
  summary.covered = covered;
  summary.cost = run.spent;
  summary.evaluations = run.evaluations;
  summary.rule = <f64>rule;
  return true;
}

/** Also of an infinite target. */
function isWhole(target: f64): bool {
  return Math.floor(target) == target;
}

/** Everything to cover, every free set that fits the budget in question; false where memory is out. */
function begin(run: Run, rule: u32): bool {
  const instance = run.instance;
  const n = instance.sets;
  run.rule = rule;
  run.exact = rule == Rule.GAIN ? instance.wholeGains : instance.wholeRatios && isWhole(run.target);
  run.rest = alloc(restBytes(instance));
  run.values = alloc(n * 8);
  run.list = alloc(n * 4);
  run.stamps = alloc(n * 4);
  run.aside = alloc(n * 4 + 4);
  run.heap = newHeap(run.lazy ? n : 0);
  run.evaluations = 0;
  run.spent = 0;
  if (run.rest == 0 || run.values == 0 || run.list == 0) return false;
  if (run.stamps == 0 || run.aside == 0 || !run.heap) return false;
  restInit(instance, run.rest);
  memory.fill(run.stamps, 0, n * 4);
  run.count = listFree(instance, run.states, run.budget, run.list);
  return true;
}

/** Lists the free sets that fit the budget, ascending; returns how many. */
export function listFree(instance: Instance, states: usize, budget: f64, list: usize): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0, n = instance.sets; i < n; i++) {
    if (stateOf(states, i) == State.FREE && instance.costOf(i) <= budget) setU32(list, count++, i);
  }
  return count;
}
