/** Checks how many monitors there may be and where, once, for every method. */
import type { Limits } from "./placement.ts";

const DEFAULT_NODE_BUDGET = 100_000;

export interface ResolvedLimits {
  /** Infinity: no limit. */
  readonly monitors: number;
  readonly coverage: number | undefined;
  /** One per node; undefined: 1 each. */
  readonly costs: Float64Array | undefined;
  /** Infinity: no limit. */
  readonly budget: number;
  /** Candidates that are neither forbidden nor placed, ascending. */
  readonly free: Uint32Array;
  /** Ascending. */
  readonly placed: readonly number[];
  readonly nodeBudget: number;
}

/** @throws RangeError for a value out of its range, or a node that is none */
export function resolveLimits(limits: Limits, nodes: number, candidates: Uint32Array): ResolvedLimits {
  const { monitors, coverage, budget, nodeBudget = DEFAULT_NODE_BUDGET } = limits;
  if (monitors === undefined && coverage === undefined && budget === undefined) {
    throw new RangeError("how many monitors: monitors, coverage or budget is needed");
  }
  if (monitors !== undefined && !(Number.isInteger(monitors) && monitors >= 0)) {
    throw new RangeError(`monitors is ${monitors}, expected a whole number from 0 on`);
  }
  if (coverage !== undefined && !(coverage > 0 && coverage <= 1)) {
    throw new RangeError(`coverage is ${coverage}, expected a share above 0 and at most 1`);
  }
  if (budget !== undefined && !(budget >= 0)) throw new RangeError(`budget is ${budget}, expected a number from 0 on`);
  if (!(Number.isInteger(nodeBudget) && nodeBudget >= 1)) {
    throw new RangeError(`nodeBudget is ${nodeBudget}, expected a whole number from 1 on`);
  }
  const forbidden = nodeSet(limits.forbidden ?? [], nodes, "forbidden");
  const placed = nodeSet(limits.placed ?? [], nodes, "placed");
  for (const node of placed) if (forbidden.has(node)) throw new RangeError(`node ${node} is forbidden and placed`);
  return {
    monitors: monitors ?? Number.POSITIVE_INFINITY,
    coverage,
    costs: limits.costs === undefined ? undefined : checkCosts(limits.costs, nodes),
    budget: budget ?? Number.POSITIVE_INFINITY,
    free: candidates.filter((node) => !forbidden.has(node) && !placed.has(node)),
    placed: [...placed].sort((a, b) => a - b),
    nodeBudget,
  };
}

function nodeSet(indices: Iterable<number>, nodes: number, what: string): Set<number> {
  const set = new Set<number>();
  for (const node of indices) {
    requireNode(node, nodes, what);
    set.add(node);
  }
  return set;
}

/** @throws RangeError unless an index is a node's */
export function requireNode(node: number, nodes: number, what: string): void {
  if (Number.isInteger(node) && node >= 0 && node < nodes) return;
  throw new RangeError(`${what}: no node ${node} among ${nodes}`);
}

function checkCosts(costs: ArrayLike<number>, nodes: number): Float64Array {
  if (costs.length !== nodes) throw new RangeError(`${costs.length} costs for ${nodes} nodes`);
  for (let node = 0; node < nodes; node++) {
    if (!(costs[node] > 0 && costs[node] < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`cost of node ${node} is ${costs[node]}, expected a positive number`);
    }
  }
  return Float64Array.from(costs);
}

export function costOf({ costs }: ResolvedLimits, node: number): number {
  return costs === undefined ? 1 : costs[node];
}
