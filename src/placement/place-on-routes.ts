/** Monitors on known routes (Tang and Daniels, section VI). */
import { bidirectionalRule } from "./bidirectional.ts";
import { brute } from "./brute.ts";
import { bruteTwoWay } from "./brute-two-way.ts";
import { choose, type Trail } from "./choose.ts";
import { exact } from "./exact.ts";
import { greedy } from "./greedy.ts";
import { type ResolvedLimits, resolveLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import { type Extra, outcomeOf } from "./outcome.ts";
import type { Monitor, Placement, RouteMethod, RoutePlacementOptions } from "./placement.ts";
import { kmax, ranked } from "./ranking.ts";
import { indexRoutes, type RouteIndex, routeDegrees } from "./route-index.ts";
import { coverTwoWay, routeObjective } from "./route-objective.ts";
import type { Routes } from "./routes.ts";
import { twoWayRule } from "./two-way.ts";

/**
 * Places monitors on routes. Shares are of the routes' rate: without rates, of the ordered pairs that have a route.
 * `observed` counts routes that meet a monitor, `twoWay` those whose reverse route meets one as well (the two readings of
 * the paper's figure 7); a route whose reverse is not known is never two-way.
 *
 * @throws RangeError for options or routes out of range; PlacementError for what cannot be done
 */
export function placeOnRoutes(routes: Routes, options: RoutePlacementOptions): Placement {
  const index = indexRoutes(routes);
  const objective = routeObjective(index);
  const limits = resolveLimits(options, routes.names.length, routes.candidates);
  const { method = "greedy" } = options;
  const { trail, ...extra } = run(method, index, objective, limits, options);
  const placement = outcomeOf(method, objective, limits, trail, extra);
  return withTwoWay(index, placement);
}

function run(
  method: RouteMethod,
  index: RouteIndex,
  objective: Objective,
  limits: ResolvedLimits,
  { objective: aim = "observed" }: RoutePlacementOptions,
): Extra & { readonly trail: Trail } {
  switch (method) {
    case "greedy": {
      const trail = greedy(objective, limits);
      return { trail, guarantee: trail.guarantee };
    }
    case "kmax":
      return { trail: kmax(objective, limits) };
    case "degree":
      return { trail: ranked(objective, limits, routeDegrees(index.routes).degrees) };
    case "brute": {
      const trail = aim === "observed" ? brute(objective, limits) : bruteTwoWay(index, objective, limits);
      return { trail, searched: trail.searched, ...(aim === "observed" && { proven: true }) };
    }
    case "exact": {
      const trail = exact(objective, limits);
      return { trail, searched: trail.searched, proven: trail.proven };
    }
    case "bidirectional":
      return { trail: choose(objective, limits, bidirectionalRule(index, limits.placed)) };
    case "two-way":
      return { trail: choose(objective, limits, twoWayRule(index, limits.placed)) };
  }
}

function withTwoWay(index: RouteIndex, placement: Placement): Placement {
  const covered = new Uint8Array(index.count);
  const share = (part: number): number => (index.rate > 0 ? Math.min(1, part / index.rate) : 0);
  let rate = 0;
  for (const node of placement.placed) rate += coverTwoWay(index, covered, node);
  const monitors = placement.monitors.map((monitor): Monitor => {
    rate += coverTwoWay(index, covered, monitor.node);
    return { ...monitor, twoWay: share(rate) };
  });
  return { ...placement, monitors, twoWay: share(rate) };
}
