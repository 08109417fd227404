/** Places monitors one by one, by any rule, and keeps what is proven on the way. */
import { leastMonitors, upperBound } from "./bound.ts";
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Look, Objective } from "./objective.ts";
import type { Steps } from "./parts.ts";
import { TIE } from "./ties.ts";

/** The next node, of those that fit what is left of the limits; undefined: none is worth it. */
export type Rule = (look: Look, fitting: readonly number[]) => number | undefined;

/** Why no further monitor was placed. */
export type Stop = "monitors" | "coverage" | "budget" | "nothing adds";

/** Rates, where Placement has shares. */
export interface Trail {
  readonly nodes: readonly number[];
  readonly gains: readonly number[];
  readonly placedObserved: number;
  readonly observed: number;
  /** In the limits' units. */
  readonly cost: number;
  readonly stopped: Stop;
  /** Proven limit of what any placement of the same limits observes; with a coverage, of as many monitors. */
  readonly bound: number;
  readonly leastMonitors: number;
}

/** f falls below this share of the rate only by rounding. */
export const NOTHING = 1e-12;

/**
 * Follows a rule until a limit, the coverage or nothing is left. One look a monitor, and one more. The bound is the least
 * that any of the sets on the way proves.
 */
export function* choose(objective: Objective, limits: ResolvedLimits, rule: Rule): Steps<Trail> {
  const { placed, free, monitors, coverage, budget } = limits;
  const target = coverage === undefined ? Number.POSITIVE_INFINITY : coverage * objective.rate;
  const walk = objective.walk(placed, Math.min(monitors, free.length));
  const chosen = new Set<number>();
  const gains: number[] = [];
  const first = yield* walk.look();
  let look = first;
  let observed = first.observed;
  let cost = 0;
  let bound = Number.POSITIVE_INFINITY;
  let least = 0;
  let stopped: Stop;
  for (;;) {
    bound = Math.min(bound, upperBound({ ...look, observed }, limits, monitors));
    if (coverage !== undefined) least = Math.max(least, leastMonitors({ ...look, observed }, limits, target));
    if (observed >= target * (1 - TIE)) {
      stopped = "coverage";
      break;
    }
    const next = chosen.size < monitors ? nextOf(rule, look, limits, chosen, budget - cost) : "monitors";
    if (typeof next === "string") {
      stopped = next;
      break;
    }
    const gain = Math.max(0, look.gains[next]);
    chosen.add(next);
    gains.push(gain);
    observed += gain;
    cost += costOf(limits, next);
    walk.add(next);
    look = yield* walk.look();
  }
  if (coverage !== undefined) {
    const same = Math.min(chosen.size, monitors);
    bound = Math.min(upperBound(first, limits, same), upperBound({ ...look, observed }, limits, same));
  }
  const nodes = [...chosen];
  return { nodes, gains, placedObserved: first.observed, observed, cost, stopped, bound, leastMonitors: least };
}

function nextOf(
  rule: Rule,
  look: Look,
  limits: ResolvedLimits,
  chosen: ReadonlySet<number>,
  budget: number,
): number | Stop {
  const left = Array.from(limits.free).filter((node) => !chosen.has(node));
  const fitting = left.filter((node) => costOf(limits, node) <= budget);
  const next = fitting.length === 0 ? undefined : rule(look, fitting);
  return next ?? stopOf(left.length, fitting.length, () => left.some((node) => look.gains[node] > 0));
}

/** Why nothing was chosen: of the free nodes that are left, so many fit, and some of them all may add or not. */
export function stopOf(left: number, fitting: number, adds: () => boolean): Stop {
  if (fitting === 0) return left === 0 ? "nothing adds" : "budget";
  return fitting < left && adds() ? "budget" : "nothing adds";
}

/** The rule that takes nodes in a given order. */
export function inOrder(order: Iterable<number>): Rule {
  const nodes = order[Symbol.iterator]();
  return (_look, fitting) => {
    const fits = new Set(fitting);
    for (let next = nodes.next(); !next.done; next = nodes.next()) if (fits.has(next.value)) return next.value;
    return undefined;
  };
}
