/**
 * The heuristics of Tang and Daniels, section IV.B: nodes by a value of their own, best first, overlaps not looked at.
 * Ties go to the lowest node. A budget passes over what does not fit.
 */
import { choose, inOrder, type Trail } from "./choose.ts";
import type { ResolvedLimits } from "./limits.ts";
import { lookAt, type Objective } from "./objective.ts";
import { byValue } from "./ties.ts";

/** Nodes by their own attack observe rate, aor (Algorithm 1, of candidates only). */
export function kmax(objective: Objective, limits: ResolvedLimits): Trail {
  return ranked(objective, limits, lookAt(objective, []).gains);
}

/** Nodes by any value, one per node. */
export function ranked(objective: Objective, limits: ResolvedLimits, values: ArrayLike<number>): Trail {
  return choose(objective, limits, inOrder(byValue(limits.free, (node) => values[node])));
}
