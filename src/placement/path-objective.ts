/**
 * f over shortest paths: the rate of the access pairs whose traffic, shared equally by all their shortest paths, meets a
 * set of nodes (Tang and Daniels, section III; group betweenness of access pairs). In the paths kernel.
 */

import type { Topology } from "../network/topology.ts";
import { KernelError } from "../wasm/kernel/kernel.ts";
import { ObservedPaths, SuccessivePaths, type Traffic } from "../wasm/paths/paths.ts";
import { type Ends, unconnectedPairs } from "./access.ts";
import type { Objective, Walk } from "./objective.ts";
import { PlacementError, type PlacementOptions } from "./placement.ts";

/** Three n x n matrices of more nodes take too much memory and time. */
const MOST_SUCCESSIVE = 3000;
/** The kernel's status for path counts out of a double's range. */
const OUT_OF_RANGE = 9;

/** @throws PlacementError for a network with more shortest paths than a double can count */
export function pathObjective(
  topology: Topology,
  { candidates }: Ends,
  traffic: Traffic,
  engine: NonNullable<PlacementOptions["engine"]> = "auto",
): Objective {
  const paths = new ObservedPaths(topology, traffic);
  const { connected, unconnected } = counted(() => paths.observe());
  const nodes = topology.names.length;
  const accessNodes = traffic.access.length;
  const arcs = topology.neighbours.length;
  const successive = (steps: number): boolean =>
    engine === "successive" ||
    // A pass costs about what 2 (n + arcs) cells of a matrix cost.
    (engine === "auto" &&
      nodes <= MOST_SUCCESSIVE &&
      steps > 1 &&
      (accessNodes + steps) * nodes ** 2 < 2 * steps * accessNodes * (nodes + arcs));
  return {
    nodes,
    edges: arcs / 2,
    accessNodes,
    candidates,
    rate: connected,
    unconnectedPairs: unconnectedPairs(topology, traffic.access),
    unconnected,
    walk: (set, steps) => {
      const walk = successive(steps) ? trySuccessive(topology, traffic, paths, engine) : new PassWalk(paths);
      for (const node of set) walk.add(node);
      return walk;
    },
  };
}

/** One pass over the shortest-path DAGs a look: O(A (n + m)), with lengths O(A m log m). */
class PassWalk implements Walk {
  private readonly set: number[] = [];
  private readonly paths: ObservedPaths;

  constructor(paths: ObservedPaths) {
    this.paths = paths;
  }

  look() {
    return counted(() => this.paths.observe(Uint32Array.from(this.set)));
  }

  add(node: number): void {
    this.set.push(node);
  }
}

/** Puzis' successive update: O(A n^2) to begin with, O(n^2) a node. */
class SuccessiveWalk implements Walk {
  private observed = 0;
  private readonly paths: SuccessivePaths;

  constructor(paths: SuccessivePaths) {
    this.paths = paths;
  }

  look() {
    return { observed: this.observed, gains: this.paths.gains() };
  }

  add(node: number): void {
    this.observed += this.paths.gains()[node];
    this.paths.add(node);
  }
}

/** Path counts beyond 2^53 are for passes only. */
function trySuccessive(topology: Topology, traffic: Traffic, paths: ObservedPaths, engine: string): Walk {
  try {
    return new SuccessiveWalk(new SuccessivePaths(topology, traffic));
  } catch (error) {
    if (engine === "auto" && error instanceof KernelError && error.status === OUT_OF_RANGE) return new PassWalk(paths);
    throw error;
  }
}

/** Says what the kernel means by a count out of range. */
export function counted<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KernelError) || error.status !== OUT_OF_RANGE) throw error;
    throw new PlacementError(
      "some pair has more than 2^1024 shortest paths, which cannot be counted: take lengths that tell them apart",
    );
  }
}
