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
export type { TrafficOptions } from "./access.ts";
export type { Stop } from "./choose.ts";
export { type Compared, compareMethods, compareOnRoutes } from "./compare.ts";
export type { Limits } from "./limits.ts";
export { METHODS, type Method, ROUTE_METHODS, type RouteMethod } from "./methods.ts";
export type { Monitor, Outcome, Sampling } from "./outcome.ts";
export type { GainEngine } from "./path-objective.ts";
export { networkRoutes, placeMonitors } from "./place-monitors.ts";
export { placeOnRoutes } from "./place-on-routes.ts";
export type { Placement, PlacementOptions, RoutePlacementOptions } from "./placement.ts";
export { PlacementError } from "./placement-error.ts";
export type { Routes } from "./routes.ts";
export type { SamplingOptions } from "./sampled.ts";
export type { CutShort } from "./search.ts";
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
