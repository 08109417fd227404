/** What monitors observe, as the methods see it: a monotone submodular function f of a set of nodes. */

/** Rates, in the units of the traffic. */
export interface Look {
  /** f of the set: the rate that it observes. */
  readonly observed: number;
  /** Per node, what it would add to f; 0 for nodes of the set. */
  readonly gains: Float64Array;
}

/** A set that grows. */
export interface Walk {
  look(): Look;
  add(node: number): void;
}

export interface Objective {
  readonly nodes: number;
  readonly edges: number;
  readonly accessNodes: number;
  /** Ascending. */
  readonly candidates: Uint32Array;
  /** Rate of all pairs that have a path. */
  readonly rate: number;
  /** Ordered pairs without a path and their rate. */
  readonly unconnectedPairs: number;
  readonly unconnected: number;
  /** Starts from a set; `steps` is how many nodes it may grow by. */
  walk(set: readonly number[], steps: number): Walk;
}

/** f of one set, and the gains beyond it. */
export function lookAt(objective: Objective, set: readonly number[]): Look {
  return objective.walk(set, 0).look();
}
