/**
 * Greedy, exact and their bounds on routes, in the cover kernel: a node is the set of the routes through it, a route weighs
 * its rate.
 */
import { CoverMemory } from "../wasm/cover/cover.ts";
import { looseTarget } from "./bound.ts";
import { stopOf, type Trail } from "./choose.ts";
import { exactly, type Maximum, type MaximumRequest } from "./exact.ts";
import { type GreedyRule, type GreedyTrail, greedily } from "./greedy.ts";
import { costOf, type ResolvedLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import type { Steps } from "./parts.ts";
import type { RouteIndex } from "./route-index.ts";
import { type SearchTrail, timer } from "./search.ts";
import { TIE } from "./ties.ts";

interface RouteCover {
  readonly cover: CoverMemory;
  /** Nodes that get no monitor. */
  readonly forbidden: readonly number[];
}

function coverOf({ routes, count, starts, through }: RouteIndex, { free, placed, costs }: ResolvedLimits): RouteCover {
  const allowed = new Set([...free, ...placed]);
  return {
    cover: CoverMemory.create({ elements: count, offsets: starts, members: through }, { weights: routes.rates, costs }),
    forbidden: Array.from(routes.names, (_, node) => node).filter((node) => !allowed.has(node)),
  };
}

/** greedy.ts, on routes. O(k) times the nodes of all routes at worst */
export function greedyCover(index: RouteIndex, limits: ResolvedLimits): Steps<GreedyTrail> {
  return greedyBy(coverOf(index, limits), index.rate, limits);
}

/** exact.ts, on routes: the search is assembly/cover/maximum.ts. */
export function exactCover(index: RouteIndex, objective: Objective, limits: ResolvedLimits): Steps<SearchTrail> {
  const routes = coverOf(index, limits);
  const secondsLeft = timer(limits);
  return exactly(objective, limits, {
    greedy: (within) => greedyBy(routes, index.rate, within),
    find: (request) => maximum(routes, limits, request, secondsLeft),
  });
}

function greedyBy(routes: RouteCover, rate: number, limits: ResolvedLimits): Steps<GreedyTrail> {
  // Nothing to wait for: the kernel does all of it in one call.
  // biome-ignore lint/correctness/useYield: a generator, as its siblings are
  return greedily(limits, function* (rule, within): Steps<Trail> {
    return pickGreedily(routes, rate, within, rule);
  });
}

function pickGreedily({ cover, forbidden }: RouteCover, rate: number, limits: ResolvedLimits, rule: GreedyRule): Trail {
  const { placed, free, monitors, budget, coverage } = limits;
  const limit = Math.min(monitors, free.length);
  const target = coverage === undefined ? undefined : coverage * rate;
  const found = cover.greedy({ forbidden, placed, rule, limit, budget, target });
  const nodes = Array.from(found.picks);
  const trail = {
    nodes,
    gains: Array.from(found.gains),
    placedObserved: found.placed,
    observed: found.covered,
    cost: found.cost,
  };
  const beyond = (picks: number, most: number, within = Number.POSITIVE_INFINITY): number =>
    cover.upperBound({ forbidden, placed: [...placed, ...nodes.slice(0, picks)], limit: most, budget: within });
  return { ...trail, stopped: stopped(trail, limits, target, beyond), ...proven(trail, limits, target, beyond) };
}

/** What no so many further nodes within a budget exceed, beyond the placed ones and the first picks. */
type Beyond = (picks: number, most: number, budget?: number) => number;
type Picked = Pick<Trail, "nodes" | "observed" | "cost">;

function stopped(
  { nodes, observed, cost }: Picked,
  limits: ResolvedLimits,
  target = Number.POSITIVE_INFINITY,
  beyond: Beyond,
): Trail["stopped"] {
  if (observed >= target * (1 - TIE)) return "coverage";
  if (nodes.length >= limits.monitors) return "monitors";
  const picked = new Set(nodes);
  const left = Array.from(limits.free).filter((node) => !picked.has(node));
  const fitting = left.filter((node) => costOf(limits, node) <= limits.budget - cost);
  return stopOf(left.length, fitting.length, () => beyond(nodes.length, 1) > observed);
}

/** The least bound that the sets on the way prove, as choose.ts has it. */
function proven(
  { nodes }: Picked,
  limits: ResolvedLimits,
  target: number | undefined,
  beyond: Beyond,
): Pick<Trail, "bound" | "leastMonitors"> {
  const { free, budget } = limits;
  const most = Math.min(limits.monitors, free.length);
  const sets = Array.from({ length: nodes.length + 1 }, (_, picks) => picks);
  if (target === undefined) {
    return { bound: Math.min(...sets.map((picks) => beyond(picks, most, budget))), leastMonitors: 0 };
  }
  const same = Math.min(nodes.length, most);
  const enough = looseTarget(target);
  let least = 0;
  for (const picks of sets) while (least <= free.length && beyond(picks, least) < enough) least++;
  return {
    bound: Math.min(beyond(0, same, budget), beyond(nodes.length, same, budget)),
    leastMonitors: least > free.length ? Number.POSITIVE_INFINITY : least,
  };
}

/**
 * The search cannot be paused, but is the same each time: it is begun anew with up to four times the nodes until it is complete,
 * or the node budget is used up, or the time would be.
 */
// biome-ignore lint/correctness/useYield: a generator, as its siblings are
function* maximum(
  { cover, forbidden }: RouteCover,
  { placed, budget, onProgress }: ResolvedLimits,
  { monitors, best, observed, nodeBudget }: MaximumRequest,
  secondsLeft: () => number,
): Steps<Maximum> {
  for (let nodes = 1; ; ) {
    const before = secondsLeft();
    const found = cover.exactMaximum({ forbidden, placed, limit: monitors, budget, nodes });
    onProgress(found.nodes, nodeBudget);
    const left = secondsLeft();
    const affordable = left === Number.POSITIVE_INFINITY ? left : (nodes * left) / (before - left);
    const next = Math.floor(Math.min(4 * nodes, nodeBudget, affordable));
    if (!found.optimal && next > nodes) {
      nodes = next;
      continue;
    }
    const better = found.covered > observed * (1 + TIE);
    return {
      nodes: better ? Array.from(found.picks) : best,
      observed: better ? found.covered : observed,
      unsearched: found.optimal ? 0 : found.bound,
      searched: found.nodes,
      cutShort: found.optimal ? undefined : nodes >= nodeBudget ? "node budget" : "time limit",
    };
  }
}
