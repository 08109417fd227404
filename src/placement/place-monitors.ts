/** Monitors on a network whose traffic takes shortest paths (Tang and Daniels, sections III and IV). */
import type { AbstractGraph } from "graphology-types";
import { fromGraphology } from "../network/graphology.ts";
import type { Topology } from "../network/topology.ts";
import { ShortestPaths, type Traffic } from "../wasm/paths/paths.ts";
import { type Ends, pairRate, resolveEnds, resolveTraffic } from "./access.ts";
import { brute } from "./brute.ts";
import type { Trail } from "./choose.ts";
import { exact } from "./exact.ts";
import { greedy } from "./greedy.ts";
import { type ResolvedLimits, resolveLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import { type Extra, outcomeOf } from "./outcome.ts";
import { counted, pathObjective } from "./path-objective.ts";
import { placeOnRoutes } from "./place-on-routes.ts";
import type { Method, Placement, PlacementOptions } from "./placement.ts";
import { kmax, ranked } from "./ranking.ts";
import type { Routes } from "./routes.ts";
import { sampled } from "./sampled.ts";
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
  const { method = "greedy" } = options;
  if (method === "bidirectional" || method === "two-way") {
    return placeOnRoutes(networkRoutes(topology, options), { ...options, method });
  }
  const ends = resolveEnds(topology, options.access);
  const traffic = resolveTraffic(ends.access, options);
  const limits = resolveLimits(options, topology.names.length, ends.candidates);
  if (method === "sampled") return sampled(topology, ends, traffic, limits, options);
  const objective = pathObjective(topology, ends, traffic, options.engine);
  const { trail, ...extra } = run(method, topology, objective, limits);
  return outcomeOf(method, objective, limits, trail, extra);
}

type PathMethod = Exclude<Method, "bidirectional" | "two-way" | "sampled">;

function run(
  method: PathMethod,
  topology: Topology,
  objective: Objective,
  limits: ResolvedLimits,
): Extra & { readonly trail: Trail } {
  switch (method) {
    case "greedy": {
      const trail = greedy(objective, limits);
      return { trail, guarantee: trail.guarantee };
    }
    case "kmax":
      return { trail: kmax(objective, limits) };
    case "degree":
      return { trail: ranked(objective, limits, degrees(topology)) };
    case "betweenness":
      return {
        trail: ranked(
          objective,
          limits,
          counted(() => new ShortestPaths(topology).betweenness()),
        ),
      };
    case "brute": {
      const trail = brute(objective, limits);
      return { trail, searched: trail.searched, proven: true };
    }
    case "exact": {
      const trail = exact(objective, limits);
      return { trail, searched: trail.searched, proven: trail.proven };
    }
  }
}

/** Neighbours, access nodes included. */
function degrees({ names, offsets }: Topology): Float64Array {
  return Float64Array.from(names, (_, node) => offsets[node + 1] - offsets[node]);
}

/** One shortest route per ordered pair of access nodes, with the pairs' rates where the options give any. */
export function networkRoutes(
  topology: Topology,
  options: Pick<PlacementOptions, "access" | "rates" | "traffic">,
): Routes {
  const { access, candidates } = resolveEnds(topology, options.access);
  const given = options.rates !== undefined || options.traffic !== undefined;
  const traffic = resolveTraffic(access, options);
  return shortestRoutes(topology, ...sorted({ access, candidates }), given ? sortedRate(traffic) : undefined);
}

function sorted({ access, candidates }: Ends): [access: Uint32Array, candidates: Uint32Array] {
  return [access.slice().sort(), candidates];
}

/** r(x,y) by places in the sorted access nodes. */
function sortedRate(traffic: Traffic): (source: number, target: number) => number {
  const places = Array.from(traffic.access, (_, place) => place).sort((a, b) => traffic.access[a] - traffic.access[b]);
  const rate = pairRate(traffic);
  return (source, target) => rate(places[source], places[target]);
}
