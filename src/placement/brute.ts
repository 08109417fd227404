/**
 * Every set of k candidates (Tang and Daniels, section VI): the first in lexicographic order of those that observe most.
 * One look a set of k - 1; C(n, k - 1) looks.
 */
import { choose, inOrder, type Stop, type Trail } from "./choose.ts";
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import type { Steps } from "./parts.ts";
import { PlacementError } from "./placement-error.ts";
import { combinations, mostMonitors, type SearchTrail, timer } from "./search.ts";
import { TIE } from "./ties.ts";

/** More sets than this are left to branch and bound. */
export const MOST_SETS = 2e7;

/**
 * With a coverage, the first k of 1, 2, ... that reaches it. Where the time is up, the best so far.
 * @throws PlacementError where there are too many sets to look at
 */
export function* brute(objective: Objective, limits: ResolvedLimits): Steps<SearchTrail> {
  const { free, coverage, costs } = limits;
  if (coverage !== undefined && costs !== undefined) {
    throw new PlacementError("brute counts monitors for a coverage, not costs: leave the costs out, or use greedy");
  }
  const target = coverage === undefined ? Number.POSITIVE_INFINITY : coverage * objective.rate * (1 - TIE);
  const secondsLeft = timer(limits);
  let searched = 0;
  let best: Best = { nodes: [], observed: -1, complete: true };
  for (const size of setSizes(limits)) {
    const sets = combinations(free.length, size);
    if (searched + sets > MOST_SETS) {
      throw new PlacementError(
        `brute would look at ${searched + sets} sets of ${size} among ${free.length} candidates, at most ${MOST_SETS} are allowed: use exact`,
      );
    }
    searched += sets;
    const found = yield* bestOf(objective, limits, size, secondsLeft);
    const { complete } = found;
    if (found.observed > best.observed * (1 + TIE)) best = found;
    best = { ...best, complete };
    if (!complete || best.observed >= target) break;
  }
  const { nodes, complete } = best;
  const trail = yield* choose(objective, { ...limits, budget: Number.POSITIVE_INFINITY }, inOrder(nodes));
  const reached = coverage !== undefined && best.observed >= target;
  const found = { ...trail, stopped: reached ? "coverage" : stopOf(limits, trail), searched } as const;
  if (!complete) return { ...found, cutShort: "time limit", proven: false };
  return { ...found, bound: trail.observed, leastMonitors: nodes.length, cutShort: undefined, proven: true };
}

/** The sizes of sets to look at, in order. With costs a smaller set may be all that fits; without, f is monotone. */
function setSizes(limits: ResolvedLimits): readonly number[] {
  const most = mostMonitors(limits);
  if (limits.coverage === undefined && limits.costs === undefined) return [most];
  return Array.from({ length: most + 1 }, (_, k) => k);
}

/** Looks that brute takes at most; Infinity where it refuses. */
export function bruteLooks(limits: ResolvedLimits): number {
  let sets = 0;
  let looks = 0;
  for (const size of setSizes(limits)) {
    sets += combinations(limits.free.length, size);
    if (sets > MOST_SETS) return Number.POSITIVE_INFINITY;
    looks += combinations(limits.free.length, Math.max(0, size - 1));
  }
  return looks;
}

function stopOf(limits: ResolvedLimits, trail: Trail): Stop {
  if (trail.nodes.length >= limits.monitors) return "monitors";
  return trail.nodes.length < limits.free.length && limits.budget < Number.POSITIVE_INFINITY
    ? "budget"
    : "nothing adds";
}

interface Best {
  readonly nodes: readonly number[];
  readonly observed: number;
  /** Whether every set was looked at. */
  readonly complete: boolean;
}

function* bestOf(objective: Objective, limits: ResolvedLimits, size: number, secondsLeft: () => number): Steps<Best> {
  const { free, placed, budget, costs } = limits;
  let best: Best = { nodes: [], observed: -1, complete: true };
  let complete = true;
  const set: number[] = [];
  const take = (nodes: readonly number[], observed: number): void => {
    if (observed > best.observed * (1 + TIE)) best = { nodes, observed, complete: true };
  };
  function* visit(from: number, left: number): Steps<void> {
    if (size > 0 && set.length < size - 1) {
      for (let i = from; i <= free.length - (size - set.length) && complete; i++) {
        set.push(free[i]);
        yield* visit(i + 1, left - (costs === undefined ? 0 : costOf(limits, free[i])));
        set.pop();
      }
      return;
    }
    if (left < 0) return;
    // At least one set is looked at.
    if (best.observed >= 0 && secondsLeft() <= 0) {
      complete = false;
      return;
    }
    const { observed, gains } = yield* objective.walk([...placed, ...set], 0).look();
    if (size === 0) take([], observed);
    for (let i = from; i < (size === 0 ? 0 : free.length); i++) {
      const last = free[i];
      if (costs !== undefined && costOf(limits, last) > left) continue;
      if (observed + gains[last] > best.observed * (1 + TIE)) take([...set, last], observed + gains[last]);
    }
  }
  yield* visit(0, budget);
  return { ...best, complete };
}
