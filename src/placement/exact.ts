/**
 * The best placement by branch and bound on the submodular bound (bound.ts), greedy's as the first to beat. A node of the
 * search is a set with the gains beyond it; its children add a candidate each, in descending order of gain, and leave the
 * ones before it out. A child is looked at only where its parent's gains do not rule it out, and the last monitor of a
 * set needs no look at all. O(C(n, k - 1)) looks at worst; beyond the node budget or the time limit the best found, with what
 * is proven.
 */
import { mostAdded } from "./bound.ts";
import { choose, inOrder } from "./choose.ts";
import { type GreedyTrail, greedy } from "./greedy.ts";
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Look, Objective } from "./objective.ts";
import type { Steps } from "./parts.ts";
import { PlacementError } from "./placement-error.ts";
import { type CutShort, combinations, mostMonitors, type SearchTrail, timer } from "./search.ts";
import { TIE } from "./ties.ts";

/** A search for the most that so many monitors observe. */
export interface MaximumRequest {
  readonly monitors: number;
  /** A placement to beat, and what it observes. */
  readonly best: readonly number[];
  readonly observed: number;
  /** Enough to stop at. */
  readonly target: number;
  readonly nodeBudget: number;
}

export interface Maximum {
  readonly nodes: readonly number[];
  readonly observed: number;
  /** Proven for what was not searched; 0: nothing. */
  readonly unsearched: number;
  readonly searched: number;
  readonly cutShort: CutShort | undefined;
}

/** What a search is made of. */
export interface Searching {
  greedy(limits: ResolvedLimits): Steps<GreedyTrail>;
  find(request: MaximumRequest): Steps<Maximum>;
}

/** By looks at the objective. */
export function exact(objective: Objective, limits: ResolvedLimits): Steps<SearchTrail> {
  const secondsLeft = timer(limits);
  return exactly(objective, limits, {
    greedy: (within) => greedy(objective, within),
    find: (request) => searchSets(objective, limits, request, secondsLeft),
  });
}

/** Looks that exact takes at most, greedy's not counted. */
export function exactLooks(limits: ResolvedLimits): number {
  const most = mostMonitors(limits);
  let looks = 1;
  for (let size = 1; size < most && looks < limits.nodeBudget; size++) looks += combinations(limits.free.length, size);
  return Math.min(limits.nodeBudget, looks);
}

/**
 * The best placement, whatever searches. With a coverage: one search for each number of monitors, from the least that
 * greedy's bounds leave possible.
 * @throws PlacementError for a coverage with costs
 */
export function* exactly(objective: Objective, limits: ResolvedLimits, searching: Searching): Steps<SearchTrail> {
  const { coverage } = limits;
  if (coverage === undefined) return yield* most(objective, limits, searching);
  if (limits.costs !== undefined) {
    throw new PlacementError("exact counts monitors for a coverage, not costs: leave the costs out, or use greedy");
  }
  const target = coverage * objective.rate * (1 - TIE);
  const start = yield* searching.greedy(limits);
  if (start.stopped === "coverage") return yield* fewest(objective, limits, start, target, searching);
  const found = yield* most(objective, { ...limits, coverage: undefined }, searching);
  const stopped = found.observed >= target ? "coverage" : found.stopped;
  return { ...found, stopped, leastMonitors: start.leastMonitors };
}

function* most(objective: Objective, limits: ResolvedLimits, { greedy, find }: Searching): Steps<SearchTrail> {
  const start = yield* greedy(limits);
  const { nodes: best, observed } = start;
  const { nodeBudget } = limits;
  const monitors = mostMonitors(limits);
  const found = yield* find({ monitors, best, observed, target: Number.POSITIVE_INFINITY, nodeBudget });
  const trail = yield* ascending(objective, limits, found.nodes);
  const bound = Math.max(trail.observed, Math.min(start.bound, found.unsearched));
  const proven = bound <= trail.observed * (1 + TIE);
  const full = start.stopped === "nothing adds" && found.nodes.length === limits.monitors;
  return {
    ...trail,
    bound,
    stopped: full ? "monitors" : start.stopped,
    searched: found.searched,
    cutShort: proven ? undefined : found.cutShort,
    proven,
  };
}

function* fewest(
  objective: Objective,
  limits: ResolvedLimits,
  start: GreedyTrail,
  target: number,
  { find }: Searching,
): Steps<SearchTrail> {
  let { leastMonitors } = start;
  let best = start.nodes;
  let searched = 0;
  let cutShort: CutShort | undefined;
  for (let monitors = leastMonitors; monitors < best.length && cutShort === undefined; monitors++) {
    const nodeBudget = limits.nodeBudget - searched;
    const found = yield* find({ monitors, best: [], observed: -1, target, nodeBudget });
    searched += found.searched;
    if (found.observed >= target) best = found.nodes;
    else if (found.unsearched >= target) cutShort = found.cutShort ?? "node budget";
    else leastMonitors = monitors + 1;
  }
  const trail = yield* ascending(objective, limits, best);
  const bound = Math.max(trail.bound, trail.observed);
  const proven = cutShort === undefined;
  return { ...trail, stopped: "coverage", leastMonitors, searched, bound, cutShort, proven };
}

/** A set's trail, in ascending order. */
function ascending(objective: Objective, limits: ResolvedLimits, set: readonly number[]) {
  const all = { ...limits, coverage: undefined, monitors: set.length, budget: Number.POSITIVE_INFINITY };
  return choose(objective, all, inOrder([...set].sort((a, b) => a - b)));
}

interface Search extends MaximumRequest {
  readonly objective: Objective;
  readonly limits: ResolvedLimits;
  readonly secondsLeft: () => number;
  best: readonly number[];
  observed: number;
  unsearched: number;
  searched: number;
  cutShort: CutShort | undefined;
}

function* searchSets(
  objective: Objective,
  limits: ResolvedLimits,
  request: MaximumRequest,
  secondsLeft: () => number,
): Steps<Maximum> {
  const { placed, free, budget } = limits;
  const search: Search = {
    ...request,
    objective,
    limits,
    secondsLeft,
    unsearched: 0,
    searched: 1,
    cutShort: undefined,
  };
  const look = yield* objective.walk(placed, 0).look();
  if (look.observed > search.observed) {
    search.best = [];
    search.observed = look.observed;
  }
  yield* expand(search, look, [], Array.from(free), budget);
  const { best, observed, unsearched, searched, cutShort } = search;
  return { nodes: best, observed, unsearched, searched, cutShort };
}

/** Searches all sets of `set` and some of `allowed`. */
function* expand(search: Search, look: Look, set: readonly number[], allowed: number[], budget: number): Steps<void> {
  const { objective, limits, monitors } = search;
  const size = monitors - set.length;
  if (size <= 0) return;
  const { observed, gains } = look;
  const fitting = allowed.filter((node) => gains[node] > 0 && costOf(limits, node) <= budget);
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
    const cutShort =
      search.searched >= search.nodeBudget ? "node budget" : search.secondsLeft() <= 0 ? "time limit" : undefined;
    if (cutShort !== undefined) {
      search.cutShort = cutShort;
      search.unsearched = Math.max(search.unsearched, bound);
      return;
    }
    search.searched++;
    const child = yield* objective.walk([...limits.placed, ...set, node], 0).look();
    yield* expand(search, child, [...set, node], fitting.slice(i + 1), budget - cost);
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
