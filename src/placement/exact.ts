/**
 * The best placement by branch and bound on the submodular bound (bound.ts), greedy's as the first to beat. A node of the
 * search is a set with the gains beyond it; its children add a candidate each, in descending order of gain, and leave the
 * ones before it out. A child is looked at only where its parent's gains do not rule it out, and the last monitor of a
 * set needs no look at all. O(C(n, k - 1)) looks at worst; beyond the node budget the best found, with what is proven.
 */
import { mostAdded } from "./bound.ts";
import type { SearchTrail } from "./brute.ts";
import { choose, inOrder } from "./choose.ts";
import { greedy } from "./greedy.ts";
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Look, Objective } from "./objective.ts";
import { PlacementError } from "./placement.ts";
import { TIE } from "./ties.ts";

interface Search {
  readonly objective: Objective;
  readonly limits: ResolvedLimits;
  readonly monitors: number;
  best: readonly number[];
  observed: number;
  /** Enough to stop at. */
  readonly target: number;
  /** Proven for what was not searched. */
  open: number;
  /** Sets left to look at. */
  left: number;
}

export interface ExactTrail extends SearchTrail {
  /** Whether the node budget sufficed. */
  readonly proven: boolean;
}

/**
 * With a coverage: one search for each number of monitors, from the least that greedy's bounds leave possible.
 * @throws PlacementError for a coverage with costs
 */
export function exact(objective: Objective, limits: ResolvedLimits): ExactTrail {
  if (limits.coverage !== undefined) return fewest(objective, limits, limits.coverage);
  const start = greedy(objective, limits);
  const byBudget = limits.costs === undefined ? Math.floor(limits.budget * (1 + TIE)) : Number.POSITIVE_INFINITY;
  const monitors = Math.min(limits.monitors, limits.free.length, byBudget);
  const search = newSearch(objective, limits, monitors, start.nodes, start.observed, limits.nodeBudget);
  run(search);
  return finish(search, limits, start.bound, start.stopped);
}

function newSearch(
  objective: Objective,
  limits: ResolvedLimits,
  monitors: number,
  best: readonly number[],
  observed: number,
  left: number,
  target = Number.POSITIVE_INFINITY,
): Search {
  return { objective, limits, monitors, best, observed, target, open: 0, left };
}

function run(search: Search): void {
  const { placed, free, budget } = search.limits;
  const look = search.objective.walk(placed, 0).look();
  search.left--;
  if (look.observed > search.observed) {
    search.best = [];
    search.observed = look.observed;
  }
  expand(search, look, [], Array.from(free), budget);
}

/** Searches all sets of `set` and some of `allowed`. */
function expand(search: Search, look: Look, set: readonly number[], allowed: number[], budget: number): void {
  const { objective, limits, monitors } = search;
  const size = monitors - set.length;
  if (size <= 0) return;
  const { observed, gains } = look;
  const fitting = allowed.filter((node) => gains[node] > 0 && costOf(limits, node) <= budget * (1 + TIE));
  fitting.sort((a, b) => gains[b] - gains[a] || a - b);
  for (let i = 0; i < fitting.length; i++) {
    const node = fitting[i];
    // Of the sets that hold this node or later ones only.
    const bound = observed + addedBy(search, gains, fitting, i, size, budget);
    if (bound <= search.observed * (1 + TIE) || search.observed >= search.target) return;
    const cost = costOf(limits, node);
    if (observed + gains[node] > search.observed * (1 + TIE)) {
      search.best = [...set, node];
      search.observed = observed + gains[node];
    }
    if (size === 1) continue;
    const withNode = observed + gains[node] + addedBy(search, gains, fitting, i + 1, size - 1, budget - cost);
    if (withNode <= search.observed * (1 + TIE)) continue;
    if (search.left <= 0) {
      search.open = Math.max(search.open, bound);
      return;
    }
    search.left--;
    const child = objective.walk([...limits.placed, ...set, node], 0).look();
    expand(search, child, [...set, node], fitting.slice(i + 1), budget - cost);
  }
}

/** What `size` nodes of sorted ones, from the i-th on, add at most. */
function addedBy(
  { limits }: Search,
  gains: Float64Array,
  sorted: readonly number[],
  i: number,
  size: number,
  budget: number,
): number {
  if (budget < Number.POSITIVE_INFINITY) return mostAdded(gains, sorted.slice(i), limits, size, budget);
  let sum = 0;
  for (let at = i; at < Math.min(sorted.length, i + size); at++) sum += gains[sorted[at]];
  return sum;
}

function finish(search: Search, limits: ResolvedLimits, bound: number, stopped: SearchTrail["stopped"]): ExactTrail {
  const { objective, best, open } = search;
  const ascending = [...best].sort((a, b) => a - b);
  const unlimited = { ...limits, coverage: undefined, monitors: best.length, budget: Number.POSITIVE_INFINITY };
  const trail = choose(objective, unlimited, inOrder(ascending));
  const limit = Math.max(trail.observed, Math.min(bound, open));
  return {
    ...trail,
    bound: limit,
    stopped: stopped === "nothing adds" && best.length === limits.monitors ? "monitors" : stopped,
    searched: limits.nodeBudget - search.left,
    proven: limit <= trail.observed * (1 + TIE),
  };
}

function fewest(objective: Objective, limits: ResolvedLimits, coverage: number): ExactTrail {
  if (limits.costs !== undefined) {
    throw new PlacementError("exact counts monitors for a coverage, not costs: leave the costs out, or use greedy");
  }
  const target = coverage * objective.rate * (1 - TIE);
  const start = greedy(objective, limits);
  let { leastMonitors } = start;
  let best: readonly number[] = start.nodes;
  let left = limits.nodeBudget;
  if (start.stopped !== "coverage") {
    const most = exact(objective, { ...limits, coverage: undefined });
    return most.observed >= target ? { ...most, stopped: "coverage", leastMonitors } : { ...most, leastMonitors };
  }
  let proven = true;
  for (let k = leastMonitors; k < best.length && proven; k++) {
    const search = newSearch(objective, limits, k, [], -1, left, target);
    run(search);
    left = search.left;
    if (search.observed >= target) best = search.best;
    else if (search.open >= target) proven = false;
    else leastMonitors = k + 1;
  }
  const all = { ...limits, coverage: undefined, monitors: best.length, budget: Number.POSITIVE_INFINITY };
  const trail = choose(objective, all, inOrder([...best].sort((a, b) => a - b)));
  const searched = limits.nodeBudget - left;
  return {
    ...trail,
    stopped: "coverage",
    leastMonitors,
    searched,
    bound: Math.max(trail.bound, trail.observed),
    proven,
  };
}
