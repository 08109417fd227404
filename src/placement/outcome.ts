/** From what a method chose to the placement that is told: shares instead of rates, and what is proven. */
import type { Trail } from "./choose.ts";
import type { ResolvedLimits } from "./limits.ts";
import { lookAt, type Objective } from "./objective.ts";
import type { Method, Placement } from "./placement.ts";
import { TIE } from "./ties.ts";

/** What a method knows beyond its trail. */
export interface Extra {
  readonly guarantee?: number | undefined;
  readonly searched?: number | undefined;
  /** Of a search: whether it was complete. Without it the bound tells. */
  readonly proven?: boolean | undefined;
}

export function outcomeOf(
  method: Method,
  objective: Objective,
  limits: ResolvedLimits,
  trail: Trail,
  { guarantee = 0, searched, proven }: Extra = {},
): Placement {
  const { rate } = objective;
  const share = (part: number): number => (rate > 0 ? Math.min(1, part / rate) : 0);
  const reach = lookAt(objective, [...limits.placed, ...limits.free]).observed;
  const missed = rate - reach > rate * TIE ? rate - reach : 0;
  // Never below what was observed, whatever the summation order.
  const bound = Math.max(trail.observed, Math.min(trail.bound, reach));
  const optimal = proven ?? isOptimal(limits, trail, bound);
  let observed = trail.placedObserved;
  return {
    method,
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
    cost: trail.cost,
    stopped: trail.stopped,
    ...(limits.coverage !== undefined && { leastMonitors: leastOf(trail) }),
    ...(searched !== undefined && { searched }),
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
