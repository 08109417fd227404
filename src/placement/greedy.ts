/**
 * The greedy method (Tang and Daniels, Algorithm 2) in counts of shortest paths instead of lists of them: each time the
 * node that adds most to f. Ties go to the lowest node. Deviations: fractional coverage counts as such, and it stops when
 * nothing adds, where the paper's pseudocode takes a stale index.
 *
 * At least 1 - 1/e of the best k (Nemhauser, Wolsey, Fisher, 1978). O(k) looks.
 */
import { choose, NOTHING, type Rule, type Trail } from "./choose.ts";
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import type { Steps } from "./parts.ts";
import { largest } from "./ties.ts";

export interface GreedyTrail extends Trail {
  readonly guarantee: number;
}

/** How greedy compares nodes: by what they add, or by that for their cost. */
export type GreedyRule = "gain" | "ratio";
type Run = (rule: GreedyRule, limits: ResolvedLimits) => Steps<Trail>;

const E_SHARE = 1 - 1 / Math.E;

/**
 * Under a budget: the better of greedy by gain and greedy by gain for its cost, at least (1 - 1/e) / 2 of the best
 * (Leskovec et al., KDD 2007); a node that does not fit is passed over. For a coverage with costs: by gain, no more of it
 * than is missing, for its cost.
 */
export function greedy(objective: Objective, limits: ResolvedLimits): Steps<GreedyTrail> {
  return greedily(limits, (rule, within) =>
    choose(objective, within, rule === "gain" ? gainRule(objective.rate) : ratioRule(objective.rate, limits)),
  );
}

/** Which runs of greedy a question takes, whatever does them, and what they guarantee. */
export function* greedily(limits: ResolvedLimits, run: Run): Steps<GreedyTrail> {
  if (limits.costs === undefined) {
    // Without costs a budget is a number of monitors.
    const monitors = Math.min(limits.monitors, limits.budget);
    const trail = yield* run("gain", { ...limits, monitors, budget: Number.POSITIVE_INFINITY });
    const stopped = trail.stopped === "monitors" && monitors < limits.monitors ? "budget" : trail.stopped;
    return { ...trail, stopped, guarantee: limits.coverage === undefined ? E_SHARE : 0 };
  }
  if (limits.coverage !== undefined) return { ...(yield* run("ratio", limits)), guarantee: 0 };
  const first = yield* run("gain", limits);
  if (limits.budget === Number.POSITIVE_INFINITY) return { ...first, guarantee: E_SHARE };
  const second = yield* run("ratio", limits);
  const better = second.observed > first.observed * (1 + NOTHING) ? second : first;
  return {
    ...better,
    bound: Math.min(first.bound, second.bound),
    guarantee: limits.monitors === Number.POSITIVE_INFINITY ? E_SHARE / 2 : 0,
  };
}

function gainRule(rate: number): Rule {
  return ({ gains }, fitting) => {
    const next = largest(fitting, (node) => gains[node], NOTHING * rate);
    return next === -1 ? undefined : next;
  };
}

function ratioRule(rate: number, limits: ResolvedLimits): Rule {
  const target = limits.coverage === undefined ? Number.POSITIVE_INFINITY : limits.coverage * rate;
  return ({ gains, observed }, fitting) => {
    const adding = fitting.filter((node) => gains[node] > NOTHING * rate);
    const next = largest(adding, (node) => Math.min(gains[node], target - observed) / costOf(limits, node), 0);
    return next === -1 ? undefined : next;
  };
}
