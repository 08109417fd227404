/** From what a method chose to what is told of it: shares instead of rates, and what is proven. */
import type { Stop, Trail } from "./choose.ts";
import type { ResolvedLimits } from "./limits.ts";
import { lookAt, type Objective } from "./objective.ts";
import type { Steps } from "./parts.ts";
import type { CutShort } from "./search.ts";
import { TIE } from "./ties.ts";

/** A chosen node. Shares are of the rate of all pairs that have a path. */
export interface Monitor {
  readonly node: number;
  /** What it adds to the monitors before it. */
  readonly gain: number;
  /** What it and all before it observe. */
  readonly observed: number;
  /** On routes only: pairs whose route and reverse route are both observed by it and all before it. */
  readonly twoWay?: number | undefined;
}

export interface Sampling {
  /** Sampled paths that the monitors were chosen by; as many others gave gain and observed. */
  readonly samples: number;
  readonly epsilon: number;
  readonly seed: string;
  /** Of `observed`. */
  readonly standardError: number;
}

/** A placement, whatever method made it. */
export interface Outcome {
  readonly nodes: number;
  /** Of a placement on routes: distinct undirected links that the routes take. */
  readonly edges: number;
  readonly accessNodes: number;
  readonly candidates: number;
  /** In the order they were chosen; of `brute` and `exact` ascending. */
  readonly monitors: readonly Monitor[];
  /** Placed before, ascending, and the share that they observe by themselves. */
  readonly placed: readonly number[];
  readonly placedObserved: number;
  /** Share of `rate` that all monitors observe. */
  readonly observed: number;
  /** Rate of all ordered pairs that have a path. On routes: of all routes given. */
  readonly rate: number;
  /** Rate that no placement observes: `unconnected`, and the part of `rate` that meets no candidate and no placed monitor. */
  readonly unobservable: number;
  /** Ordered pairs without a path (of a positive rate or not), and their rate. On routes: pairs without a route, 0. */
  readonly unconnectedPairs: number;
  readonly unconnected: number;
  /** A share that no placement within the same limits exceeds: proven, but for `sampled`, where it is an estimate. */
  readonly bound: number;
  /** Whether this placement is proven the best: no other observes more; with `coverage`, none needs fewer monitors (or less cost). */
  readonly optimal: boolean;
  /** The least share of the best placement that the method is sure to observe, 1 - 1/e and the like; 0 where there is none. */
  readonly guarantee: number;
  /** Cost of the monitors, placed ones not counted. */
  readonly cost: number;
  readonly stopped: Stop;
  /** With `coverage`: no placement reaches the share with fewer monitors (proven). */
  readonly leastMonitors?: number | undefined;
  /** Of `brute` and `exact`: sets looked at; of `exact` on routes: bounds computed. */
  readonly searched?: number | undefined;
  /** Of `brute` and `exact`: what ended the search before it was complete, so that better placements may exist. */
  readonly cutShort?: CutShort | undefined;
  /** Of `sampled`. */
  readonly sampling?: Sampling | undefined;
  /** On routes only: share of the ordered pairs' rate whose route and reverse route are both observed. */
  readonly twoWay?: number | undefined;
}

/** What a method found: its trail, and what it knows beyond that. */
export interface Found {
  readonly trail: Trail;
  readonly guarantee?: number | undefined;
  readonly searched?: number | undefined;
  readonly cutShort?: CutShort | undefined;
  /** Of a search: whether it was complete. Without it the bound tells. */
  readonly proven?: boolean | undefined;
}

export function* outcomeOf(
  objective: Objective,
  limits: ResolvedLimits,
  { trail, guarantee = 0, searched, cutShort, proven }: Found,
): Steps<Outcome> {
  const { rate } = objective;
  const share = (part: number): number => (rate > 0 ? Math.min(1, part / rate) : 0);
  const reach = (yield* lookAt(objective, [...limits.placed, ...limits.free])).observed;
  const missed = rate - reach > rate * TIE ? rate - reach : 0;
  // Never below what was observed, whatever the summation order.
  const bound = Math.max(trail.observed, Math.min(trail.bound, reach));
  const optimal = proven ?? isOptimal(limits, trail, bound);
  let observed = trail.placedObserved;
  return {
    nodes: objective.nodes,
    edges: objective.edges,
    accessNodes: objective.accessNodes,
    candidates: objective.candidates.length,
    monitors: trail.nodes.map((node, i) => {
      observed += trail.gains[i];
      return { node, gain: share(trail.gains[i]), observed: share(observed) };
    }),
    placed: limits.placed,
    placedObserved: share(trail.placedObserved),
    observed: share(trail.observed),
    rate,
    unobservable: objective.unconnected + missed,
    unconnectedPairs: objective.unconnectedPairs,
    unconnected: objective.unconnected,
    bound: share(bound),
    optimal,
    guarantee: optimal ? 1 : guarantee,
    cost: trail.cost / limits.units,
    stopped: trail.stopped,
    leastMonitors: limits.coverage === undefined ? undefined : leastOf(trail),
    searched,
    cutShort,
  };
}

/** A coverage that nothing reaches has no least number; what was placed then is as much as there is. */
function leastOf({ leastMonitors, nodes }: Trail): number {
  return Number.isFinite(leastMonitors) ? Math.min(leastMonitors, nodes.length) : nodes.length;
}

function isOptimal(limits: ResolvedLimits, trail: Trail, bound: number): boolean {
  const most = bound <= trail.observed * (1 + TIE);
  if (limits.coverage === undefined) return most;
  if (trail.stopped === "coverage") return limits.costs === undefined && trail.nodes.length <= trail.leastMonitors;
  return most;
}
