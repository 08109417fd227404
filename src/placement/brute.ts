/**
 * Every set of k candidates (Tang and Daniels, section VI): the first in lexicographic order of those that observe most.
 * One look a set of k - 1; C(n, k - 1) looks.
 */
import { choose, inOrder, type Trail } from "./choose.ts";
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import { PlacementError } from "./placement.ts";
import { TIE } from "./ties.ts";

/** More sets than this are left to branch and bound. */
export const MOST_SETS = 2e7;

export interface SearchTrail extends Trail {
  readonly searched: number;
}

/**
 * With a coverage, the first k of 1, 2, ... that reaches it.
 * @throws PlacementError where there are too many sets to look at
 */
export function brute(objective: Objective, limits: ResolvedLimits): SearchTrail {
  const { free, coverage, costs, budget } = limits;
  if (coverage !== undefined && costs !== undefined) {
    throw new PlacementError("brute counts monitors for a coverage, not costs: leave the costs out, or use greedy");
  }
  const byBudget = costs === undefined ? Math.floor(budget * (1 + TIE)) : Number.POSITIVE_INFINITY;
  const most = Math.min(limits.monitors, free.length, byBudget);
  // With costs a smaller set may be all that fits; without, k is fixed, as f is monotone.
  const sizes = coverage === undefined && costs === undefined ? [most] : Array.from({ length: most + 1 }, (_, k) => k);
  const target = coverage === undefined ? Number.POSITIVE_INFINITY : coverage * objective.rate * (1 - TIE);
  let searched = 0;
  let best: Best = { nodes: [], observed: -1 };
  for (const size of sizes) {
    const sets = combinations(free.length, size);
    if (searched + sets > MOST_SETS) {
      throw new PlacementError(
        `brute would look at ${searched + sets} sets of ${size} among ${free.length} candidates, at most ${MOST_SETS} are allowed: use exact`,
      );
    }
    searched += sets;
    const found = bestOf(objective, limits, size);
    if (found.observed > best.observed * (1 + TIE)) best = found;
    if (best.observed >= target) break;
  }
  const trail = choose(objective, { ...limits, budget: Number.POSITIVE_INFINITY }, inOrder(best.nodes));
  const stopped = coverage !== undefined && best.observed >= target ? "coverage" : stopOf(limits, trail);
  return { ...trail, bound: trail.observed, leastMonitors: best.nodes.length, stopped, searched };
}

function stopOf(limits: ResolvedLimits, trail: Trail): Trail["stopped"] {
  if (trail.nodes.length >= limits.monitors) return "monitors";
  return trail.nodes.length < limits.free.length && limits.budget < Number.POSITIVE_INFINITY
    ? "budget"
    : "nothing adds";
}

interface Best {
  readonly nodes: readonly number[];
  readonly observed: number;
}

function bestOf(objective: Objective, limits: ResolvedLimits, size: number): Best {
  const { free, placed, budget, costs } = limits;
  let best: Best = { nodes: [], observed: -1 };
  const set: number[] = [];
  const take = (nodes: readonly number[], observed: number): void => {
    if (observed > best.observed * (1 + TIE)) best = { nodes, observed };
  };
  const visit = (from: number, left: number): void => {
    if (size > 0 && set.length < size - 1) {
      for (let i = from; i <= free.length - (size - set.length); i++) {
        set.push(free[i]);
        visit(i + 1, left - (costs === undefined ? 0 : costOf(limits, free[i])));
        set.pop();
      }
      return;
    }
    if (left < -TIE * budget) return;
    const { observed, gains } = objective.walk([...placed, ...set], 0).look();
    if (size === 0) take([], observed);
    for (let i = from; i < (size === 0 ? 0 : free.length); i++) {
      const last = free[i];
      if (costs !== undefined && costOf(limits, last) > left * (1 + TIE)) continue;
      if (observed + gains[last] > best.observed * (1 + TIE)) take([...set, last], observed + gains[last]);
    }
  };
  visit(0, budget);
  return best;
}

/** Without overflow for what is compared with MOST_SETS. */
export function combinations(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) count = (count * (n - Math.min(k, n - k) + i)) / i;
  return Math.round(count);
}
