/** Monitors on a network whose traffic takes shortest paths (Tang and Daniels, sections III and IV). */
import type { AbstractGraph } from "graphology-types";
import { fromGraphology } from "../network/graphology.ts";
import type { Topology } from "../network/topology.ts";
import type { Traffic } from "../wasm/paths/paths.ts";
import { type Ends, pairRate, resolveEnds, resolveTraffic, type TrafficOptions } from "./access.ts";
import { type ResolvedLimits, resolveLimits } from "./limits.ts";
import { methodRow } from "./methods.ts";
import { counting } from "./objective.ts";
import { outcomeOf } from "./outcome.ts";
import { finish, partWorker, type Steps } from "./parts.ts";
import { pathObjective } from "./path-objective.ts";
import { placeOnRoutes } from "./place-on-routes.ts";
import type { Placement, PlacementOptions } from "./placement.ts";
import type { Routes } from "./routes.ts";
import { shortestRoutes } from "./shortest-routes.ts";

/**
 * Places monitors. The rate of each pair is shared equally by all its shortest paths, ends included where an end may have
 * a monitor. `bidirectional` and `two-way` take one route per ordered pair instead: see shortestRoutes and placeOnRoutes.
 *
 * @param network nodes are indices, of a graphology graph in its node order; a graph's edges have length 1 (fromGraphology
 * takes lengths from an attribute).
 * @throws RangeError for options out of range; PlacementError for what cannot be done
 */
export function placeMonitors(network: Topology | AbstractGraph, options: PlacementOptions): Placement {
  const topology = "neighbours" in network && "offsets" in network ? network : fromGraphology(network);
  const question = askedOf(topology, options);
  return finish(placing(question), partWorker(topology, question.traffic));
}

/** A placement's question, checked. */
export interface AskedPlacement {
  readonly topology: Topology;
  readonly options: PlacementOptions;
  readonly ends: Ends;
  readonly traffic: Traffic;
  readonly limits: ResolvedLimits;
}

/** @throws RangeError for options out of range; PlacementError where no candidate or traffic is left */
export function askedOf(topology: Topology, options: PlacementOptions): AskedPlacement {
  const ends = resolveEnds(topology, options.access);
  const traffic = resolveTraffic(ends.access, options);
  const limits = resolveLimits(options, topology.names.length, ends.candidates);
  return { topology, options, ends, traffic, limits };
}

/** The steps of placeMonitors, for who does their parts elsewhere. */
export function* placing({ topology, options, ends, traffic, limits }: AskedPlacement): Steps<Placement> {
  const row = methodRow(options.method ?? "greedy");
  const method = row.name;
  if ("onSamples" in row) return { method, ...(yield* row.onSamples(topology, ends, traffic, limits, options)) };
  if (!("onPaths" in row)) return placeOnRoutes(networkRoutes(topology, options), { ...options, method: row.name });
  const plain = yield* pathObjective(topology, ends, traffic, options.engine);
  const objective = counting(plain, row.looks(limits), limits.onProgress);
  const found = yield* row.onPaths({ topology, objective, limits });
  return { method, ...(yield* outcomeOf(objective, limits, found)) };
}

/** One shortest route per ordered pair of access nodes, with the pairs' rates where the options give any. */
export function networkRoutes(topology: Topology, options: TrafficOptions): Routes {
  const { access, candidates } = resolveEnds(topology, options.access);
  const given = options.rates !== undefined || options.traffic !== undefined;
  const traffic = resolveTraffic(access, options);
  return shortestRoutes(topology, access.slice().sort(), candidates, given ? sortedRate(traffic) : undefined);
}

/** r(x,y) by places in the sorted access nodes. */
function sortedRate(traffic: Traffic): (source: number, target: number) => number {
  const places = Array.from(traffic.access, (_, place) => place).sort((a, b) => traffic.access[a] - traffic.access[b]);
  const rate = pairRate(traffic);
  return (source, target) => rate(places[source], places[target]);
}
