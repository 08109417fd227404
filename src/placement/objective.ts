/** What monitors observe, as the methods see it: a monotone submodular function f of a set of nodes. */
import type { Observation } from "../wasm/paths/paths.ts";
import type { Steps } from "./parts.ts";

/** Rates, in the units of the traffic: f of a set, and per node what it would add to it, 0 for nodes of the set. */
export type Look = Pick<Observation, "observed" | "gains">;

/** A set that grows. */
export interface Walk {
  look(): Steps<Look>;
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
export function lookAt(objective: Objective, set: readonly number[]): Steps<Look> {
  return objective.walk(set, 0).look();
}

/** The same objective, which tells of every look how many there were, of `expected` or a few more. */
export function counting(
  objective: Objective,
  expected: number,
  onProgress: (done: number, total: number) => void,
): Objective {
  let looks = 0;
  return {
    ...objective,
    walk: (set, steps) => {
      const walk = objective.walk(set, steps);
      return {
        add: (node) => walk.add(node),
        *look() {
          const look = yield* walk.look();
          looks++;
          onProgress(looks, Math.max(looks, expected));
          return look;
        },
      };
    },
  };
}
