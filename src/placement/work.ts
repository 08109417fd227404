/** How much work a placement is, by the size of its question: the same on every machine, which is all that it is good for. */
import type { Topology } from "../network/topology.ts";
import type { ResolvedLimits } from "./limits.ts";
import { type Method, methodRow } from "./methods.ts";
import { takesSuccessive } from "./path-objective.ts";
import type { AskedPlacement } from "./place-monitors.ts";
import type { Routes } from "./routes.ts";

/** Nodes and arcs that a core passes in a second, roughly. */
const PACE = 1.6e8;
/** Of a look that takes next to nothing. */
const LEAST_LOOK = 3000;
/** Nodes of a route, where routes are not known yet. */
const ROUTE_NODES = 10;

/** Seconds of one core that a pass over all shortest paths takes, about. */
function lookSeconds({ names, neighbours }: Topology, accessNodes: number): number {
  return Math.max(LEAST_LOOK, accessNodes * (names.length + neighbours.length)) / PACE;
}

/** Seconds of one core that a method takes at most, or about; Infinity for a search that refuses. */
export function placementSeconds(asked: AskedPlacement, method: Method): number {
  const { topology, limits, traffic } = asked;
  const row = methodRow(method);
  const accessNodes = traffic.access.length;
  const look = lookSeconds(topology, accessNodes);
  if ("onSamples" in row) return look;
  if ("onPaths" in row) return (row.looks(limits) + 1) * look;
  return look + routeSeconds(accessNodes ** 2 * ROUTE_NODES, limits, method);
}

/** Likewise on routes. */
export function routePlacementSeconds({ nodes }: Routes, limits: ResolvedLimits, method: Method): number {
  return routeSeconds(nodes.length, limits, method);
}

function routeSeconds(nodes: number, limits: ResolvedLimits, method: Method): number {
  return (methodRow(method).looks(limits) * Math.max(LEAST_LOOK, nodes)) / PACE;
}

/** Looks that are worth to be spread over threads take as long. */
const WORTH_SPREADING = 0.02;

/** Whether a method's parts are worth to be done one by one: whole methods are quicker where parts are small. */
export function isInParts({ topology, options, traffic, limits }: AskedPlacement): boolean {
  const row = methodRow(options.method ?? "greedy");
  const accessNodes = traffic.access.length;
  if ("onSamples" in row) return true;
  if (!("onPaths" in row) || lookSeconds(topology, accessNodes) < WORTH_SPREADING) return false;
  // Searches walk no steps from where they look.
  const steps = row.proves ? 0 : Math.min(limits.monitors, limits.free.length);
  return !takesSuccessive(topology, accessNodes, steps, options.engine);
}
