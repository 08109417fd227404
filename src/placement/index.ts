/**
 * The placement room's public face, as the package exports it.
 *
 * @module netvantage/placement
 */

export { type BuildOptions, buildTopology, type EdgeTally } from "../network/build-topology.ts";
export type { GraphologyOptions } from "../network/graphology.ts";
export { fromGraphology, toGraphology } from "../network/graphology.ts";
export type { Topology } from "../network/topology.ts";
export { KernelError } from "../wasm/kernel/kernel.ts";
export { type Compared, compareMethods, compareOnRoutes } from "./compare.ts";
export { networkRoutes, placeMonitors } from "./place-monitors.ts";
export { placeOnRoutes } from "./place-on-routes.ts";
export {
  type Limits,
  METHODS,
  type Method,
  type Monitor,
  type Placement,
  PlacementError,
  type PlacementOptions,
  ROUTE_METHODS,
  type RouteMethod,
  type RoutePlacementOptions,
  type Sampling,
  type Stop,
} from "./placement.ts";
export type { Routes } from "./routes.ts";
export { shortestRoutes } from "./shortest-routes.ts";
export {
  type CorrelationOptions,
  type DirectSearch,
  simulateDirectSearch,
  simulateTraceback,
  type Traceback,
  type TracebackOptions,
  type TracedLink,
} from "./simulate-traceback.ts";
