/**
 * The heuristics of Tang and Daniels, section IV.B: nodes by a value of their own, best first, overlaps not looked at.
 * Ties go to the lowest node. A budget passes over what does not fit.
 */
import type { Topology } from "../network/topology.ts";
import { addPartial } from "../wasm/paths/paths.ts";
import { choose, inOrder, type Trail } from "./choose.ts";
import type { ResolvedLimits } from "./limits.ts";
import { lookAt, type Objective } from "./objective.ts";
import { ask, type Steps } from "./parts.ts";
import { byValue } from "./ties.ts";

/** Nodes by their own attack observe rate, aor (Algorithm 1, of candidates only). */
export function* kmax(objective: Objective, limits: ResolvedLimits): Steps<Trail> {
  const { gains } = yield* lookAt(objective, []);
  return yield* ranked(objective, limits, gains);
}

/** Nodes by betweenness over all pairs of nodes, access nodes or not. */
export function* byBetweenness(objective: Objective, limits: ResolvedLimits): Steps<Trail> {
  const [first] = yield* ask("betweenness", [{ kind: "betweenness", chunk: 0 }]);
  const others = Array.from({ length: first.chunks - 1 }, (_, i) => ({ kind: "betweenness", chunk: i + 1 }) as const);
  const sum = first.sum.slice();
  for (const part of yield* ask("betweenness", others)) addPartial(sum, part.sum);
  return yield* ranked(objective, limits, sum);
}

/** Nodes by any value, one per node. */
export function ranked(objective: Objective, limits: ResolvedLimits, values: ArrayLike<number>): Steps<Trail> {
  return choose(objective, limits, inOrder(byValue(limits.free, (node) => values[node])));
}

/** Neighbours, access nodes included. */
export function degrees({ names, offsets }: Topology): Float64Array {
  return Float64Array.from(names, (_, node) => offsets[node + 1] - offsets[node]);
}
