/** The placement room's public face, as the package exports it. */
export { type Compared, compareMethods, compareOnRoutes } from "./compare.ts";
export {
  type BuildOptions,
  buildTopology,
  type EdgeTally,
  fromGraphology,
  type GraphologyOptions,
  toGraphology,
} from "./graph.ts";
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
export type { Topology } from "./topology.ts";
export {
  type CorrelationOptions,
  type DirectSearch,
  simulateDirectSearch,
  simulateTraceback,
  type Traceback,
  type TracebackOptions,
  type TracedLink,
} from "./traceback.ts";
