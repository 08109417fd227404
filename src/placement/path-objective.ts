/**
 * f over shortest paths: the rate of the access pairs whose traffic, shared equally by all their shortest paths, meets a
 * set of nodes (Tang and Daniels, section III; group betweenness of access pairs). In the paths kernel.
 */

import type { Topology } from "../network/topology.ts";
import { KernelError } from "../wasm/kernel/kernel.ts";
import * as Status from "../wasm/kernel/status.ts";
import {
  mergeObservations,
  type Observation,
  observationChunks,
  SuccessivePaths,
  type Traffic,
} from "../wasm/paths/paths.ts";
import { type Ends, unconnectedPairs } from "./access.ts";
import type { Objective, Walk } from "./objective.ts";
import { ask, type Steps } from "./parts.ts";

/** How gains are found: see PlacementOptions. */
export type GainEngine = "auto" | "passes" | "successive";

/** Three n x n matrices of more nodes take too much memory and time. */
const MOST_SUCCESSIVE = 3000;

/** Takes one look without monitors. */
export function* pathObjective(
  topology: Topology,
  { candidates }: Ends,
  traffic: Traffic,
  engine: GainEngine = "auto",
): Steps<Objective> {
  const accessNodes = traffic.access.length;
  const { connected, unconnected } = yield* observation(topology, accessNodes, []);
  return {
    nodes: topology.names.length,
    edges: topology.neighbours.length / 2,
    accessNodes,
    candidates,
    rate: connected,
    unconnectedPairs: unconnectedPairs(topology, traffic.access),
    unconnected,
    walk: (set, steps) => {
      const successive = takesSuccessive(topology, accessNodes, steps, engine);
      const walk = successive ? trySuccessive(topology, traffic, engine) : passWalk(topology, accessNodes);
      for (const node of set) walk.add(node);
      return walk;
    },
  };
}

/** Whether a walk of so many steps takes Puzis' successive update, which is not cut into parts. */
export function takesSuccessive(
  { names, neighbours }: Topology,
  accessNodes: number,
  steps: number,
  engine: GainEngine = "auto",
): boolean {
  const nodes = names.length;
  if (engine !== "auto") return engine === "successive";
  // A pass costs about what 2 (n + arcs) cells of a matrix cost.
  return (
    nodes <= MOST_SUCCESSIVE &&
    steps > 1 &&
    (accessNodes + steps) * nodes ** 2 < 2 * steps * accessNodes * (nodes + neighbours.length)
  );
}

/** One pass over the shortest-path DAGs: O(A (n + m)), with lengths O(A m log m). */
function* observation({ names }: Topology, accessNodes: number, monitors: readonly number[]): Steps<Observation> {
  const chunks = Array.from({ length: observationChunks(accessNodes) }, (_, chunk) => chunk);
  const parts = chunks.map((chunk) => ({ kind: "observation", monitors, chunk }) as const);
  return mergeObservations(yield* ask("observation", parts), names.length);
}

function passWalk(topology: Topology, accessNodes: number): Walk {
  const set: number[] = [];
  return {
    look: () => observation(topology, accessNodes, [...set]),
    add: (node) => {
      set.push(node);
    },
  };
}

/** Puzis' successive update: O(A n^2) to begin with, O(n^2) a node. */
function successiveWalk(paths: SuccessivePaths): Walk {
  let observed = 0;
  return {
    // biome-ignore lint/correctness/useYield: a generator, as its siblings are
    *look() {
      return { observed, gains: paths.gains() };
    },
    add: (node) => {
      observed += paths.gains()[node];
      paths.add(node);
    },
  };
}

/** Path counts beyond 2^53 are for passes only. */
function trySuccessive(topology: Topology, traffic: Traffic, engine: GainEngine): Walk {
  try {
    return successiveWalk(new SuccessivePaths(topology, traffic));
  } catch (error) {
    if (engine !== "auto" || !(error instanceof KernelError) || error.status !== Status.OUT_OF_RANGE) throw error;
    return passWalk(topology, traffic.access.length);
  }
}
