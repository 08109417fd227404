/** The same question put to several methods. */
import type { AbstractGraph } from "graphology-types";
import type { Topology } from "../network/topology.ts";
import { METHODS, type Method, ROUTE_METHODS, type RouteMethod } from "./methods.ts";
import { placeMonitors } from "./place-monitors.ts";
import { placeOnRoutes } from "./place-on-routes.ts";
import type { Placement, PlacementOptions, RoutePlacementOptions } from "./placement.ts";
import { PlacementError } from "./placement-error.ts";
import type { Routes } from "./routes.ts";

/** A method's placement, or why it makes none. */
export type Compared =
  | { readonly method: Method; readonly placement: Placement }
  | { readonly method: Method; readonly reason: string };

/**
 * Placements by each method, in the order of METHODS. A method that cannot answer (too many sets for brute, lengths for
 * sampled) says why. `bidirectional` and `two-way` look at one route a pair, so that their shares differ in kind.
 * @throws RangeError for options out of range
 */
export function compareMethods(
  network: Topology | AbstractGraph,
  options: Omit<PlacementOptions, "method">,
  methods: readonly Method[] = METHODS,
): Compared[] {
  return methods.map((method) => attempt(method, () => placeMonitors(network, { ...options, method })));
}

/** Likewise on routes. */
export function compareOnRoutes(
  routes: Routes,
  options: Omit<RoutePlacementOptions, "method">,
  methods: readonly RouteMethod[] = ROUTE_METHODS,
): Compared[] {
  return methods.map((method) => attempt(method, () => placeOnRoutes(routes, { ...options, method })));
}

function attempt(method: Method, place: () => Placement): Compared {
  try {
    return { method, placement: place() };
  } catch (error) {
    if (!(error instanceof PlacementError)) throw error;
    return { method, reason: error.message };
  }
}
