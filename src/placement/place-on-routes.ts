/** Monitors on known routes (Tang and Daniels, section VI). */
import { resolveLimits } from "./limits.ts";
import { methodRow } from "./methods.ts";
import { counting } from "./objective.ts";
import { type Monitor, type Outcome, outcomeOf } from "./outcome.ts";
import { finish } from "./parts.ts";
import type { Placement, RoutePlacementOptions } from "./placement.ts";
import { indexRoutes, type RouteIndex } from "./route-index.ts";
import { coverTwoWay, routeObjective } from "./route-objective.ts";
import type { Routes } from "./routes.ts";

/**
 * Places monitors on routes. Shares are of the routes' rate: without rates, of the ordered pairs that have a route.
 * `observed` counts routes that meet a monitor, `twoWay` those whose reverse route meets one as well (the two readings of
 * the paper's figure 7); a route whose reverse is not known is never two-way.
 *
 * @throws RangeError for options or routes out of range; PlacementError for what cannot be done
 */
export function placeOnRoutes(routes: Routes, options: RoutePlacementOptions): Placement {
  const { method = "greedy", objective: aim = "observed" } = options;
  const row = methodRow(method);
  const index = indexRoutes(routes);
  const limits = resolveLimits(options, routes.names.length, routes.candidates);
  const objective = counting(routeObjective(index), row.looks(limits), limits.onProgress);
  const found = finish(row.onRoutes({ index, objective, limits, aim }));
  return { method, ...withTwoWay(index, finish(outcomeOf(objective, limits, found))) };
}

function withTwoWay(index: RouteIndex, outcome: Outcome): Outcome {
  const covered = new Uint8Array(index.count);
  const share = (part: number): number => (index.rate > 0 ? Math.min(1, part / index.rate) : 0);
  let rate = 0;
  for (const node of outcome.placed) rate += coverTwoWay(index, covered, node);
  const monitors = outcome.monitors.map((monitor): Monitor => {
    rate += coverTwoWay(index, covered, monitor.node);
    return { ...monitor, twoWay: share(rate) };
  });
  return { ...outcome, monitors, twoWay: share(rate) };
}
