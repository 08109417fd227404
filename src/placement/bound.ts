/**
 * Bounds that gains prove. f is monotone and submodular, so for every set S and every placement O within the limits
 * f(O) <= f(S + O) <= f(S) + sum of the gains of O's nodes beyond S: at most the k largest gains, or the best fractional
 * filling of the budget (Leskovec et al., Cost-effective outbreak detection in networks, KDD 2007, section 3.3).
 */
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Look } from "./objective.ts";

/** Looser than the test of what was reached, so that rounding proves nothing. */
const SLACK = 1e-9;

/** A target as bounds are held against it. */
export function looseTarget(target: number): number {
  return target * (1 - SLACK);
}

/** What no `monitors` further nodes of costs up to `budget` add, at most. O(n log n) */
export function mostAdded(
  gains: Float64Array,
  nodes: ArrayLike<number>,
  limits: ResolvedLimits,
  monitors: number,
  budget: number,
): number {
  const fitting = Array.from(nodes).filter((node) => costOf(limits, node) <= budget);
  const byCount = Float64Array.from(fitting, (node) => gains[node])
    .sort()
    .reverse();
  const count = Math.min(monitors, byCount.length);
  let most = 0;
  for (let i = 0; i < count; i++) most += byCount[i];
  return budget === Number.POSITIVE_INFINITY ? most : Math.min(most, filling(gains, fitting, limits, budget));
}

function filling(gains: Float64Array, fitting: readonly number[], limits: ResolvedLimits, budget: number): number {
  const best = fitting.filter((node) => gains[node] > 0);
  best.sort((a, b) => gains[b] / costOf(limits, b) - gains[a] / costOf(limits, a));
  let left = budget;
  let sum = 0;
  for (const node of best) {
    const share = Math.min(1, left / costOf(limits, node));
    sum += share * gains[node];
    left -= share * costOf(limits, node);
    if (left <= 0) break;
  }
  return sum;
}

/** f of the best placement within the limits, at most. */
export function upperBound({ observed, gains }: Look, limits: ResolvedLimits, monitors: number): number {
  return observed + mostAdded(gains, limits.free, limits, monitors, limits.budget);
}

/** The fewest monitors that any placement needs to observe the rate `target`, at least; Infinity: none does. */
export function leastMonitors({ observed, gains }: Look, { free }: ResolvedLimits, target: number): number {
  const enough = looseTarget(target);
  const sorted = Float64Array.from(free, (node) => gains[node])
    .sort()
    .reverse();
  let sum = observed;
  if (sum >= enough) return 0;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i];
    if (sum >= enough) return i + 1;
  }
  return Number.POSITIVE_INFINITY;
}
