/** Checks how many monitors there may be and where, once, for every method. */
import { TIE } from "./ties.ts";

/** How many monitors there may be, and where. Nodes are indices. */
export interface Limits {
  /** At most this many monitors, placed ones not counted; more than there are candidates means all of them. */
  readonly monitors?: number | undefined;
  /** A share, above 0 and at most 1, of the rate of all pairs that have a path: the fewest monitors that observe it. */
  readonly coverage?: number | undefined;
  /** One per node, positive: what a monitor there costs. Absent: 1 each. Decimals add up as decimals: 0.1 + 0.2 is 0.3. */
  readonly costs?: ArrayLike<number> | undefined;
  /** For the costs of all monitors, placed ones not counted; exceeded by a relative 1e-12 at most. */
  readonly budget?: number | undefined;
  /** Nodes that get no monitor. */
  readonly forbidden?: Iterable<number> | undefined;
  /** Nodes that have a monitor already: they observe, cost nothing and count for no limit. */
  readonly placed?: Iterable<number> | undefined;
  /** Of `exact`: sets looked at (on routes: bounds computed), at most. Default 100,000. */
  readonly nodeBudget?: number | undefined;
  /** Of `brute` and `exact`: seconds, after which they give the best that they found. Default: no limit. */
  readonly timeLimit?: number | undefined;
  /** Told now and then how many sets were looked at, and how many it will be at most, or about. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export const DEFAULT_NODE_BUDGET = 100_000;

export interface ResolvedLimits {
  /** Infinity: no limit. */
  readonly monitors: number;
  readonly coverage: number | undefined;
  /** One per node, in units of 1 / units; undefined: 1 each. */
  readonly costs: Float64Array | undefined;
  /** In the same units; what a sum of costs may come to, the tolerance within. Infinity: no limit. */
  readonly budget: number;
  /** How many units a cost of 1 has: as many as make costs whole numbers, whose sums are exact; else 1. */
  readonly units: number;
  /** Candidates that are neither forbidden nor placed, ascending. */
  readonly free: Uint32Array;
  /** Ascending. */
  readonly placed: readonly number[];
  readonly nodeBudget: number;
  /** Seconds; Infinity: no limit. */
  readonly timeLimit: number;
  readonly onProgress: (done: number, total: number) => void;
}

/** @throws RangeError for a value out of its range, or a node that is none */
export function resolveLimits(limits: Limits, nodes: number, candidates: Uint32Array): ResolvedLimits {
  const { monitors, coverage, budget, nodeBudget = DEFAULT_NODE_BUDGET, timeLimit } = limits;
  if (monitors === undefined && coverage === undefined && budget === undefined) {
    throw new RangeError("how many monitors: monitors, coverage or budget is needed");
  }
  if (monitors !== undefined && !(Number.isInteger(monitors) && monitors >= 0)) {
    throw new RangeError(`monitors is ${monitors}, expected a whole number from 0 on`);
  }
  if (coverage !== undefined && !(coverage > 0 && coverage <= 1)) {
    throw new RangeError(`coverage is ${coverage}, expected a share above 0 and at most 1`);
  }
  for (const [name, value] of Object.entries({ budget, timeLimit })) {
    if (value !== undefined && !(value >= 0)) throw new RangeError(`${name} is ${value}, expected a number from 0 on`);
  }
  if (!(Number.isInteger(nodeBudget) && nodeBudget >= 1)) {
    throw new RangeError(`nodeBudget is ${nodeBudget}, expected a whole number from 1 on`);
  }
  const forbidden = nodeSet(limits.forbidden ?? [], nodes, "forbidden");
  const placed = nodeSet(limits.placed ?? [], nodes, "placed");
  for (const node of placed) if (forbidden.has(node)) throw new RangeError(`node ${node} is forbidden and placed`);
  return {
    monitors: monitors ?? Number.POSITIVE_INFINITY,
    coverage,
    ...inUnits(limits.costs === undefined ? undefined : checkCosts(limits.costs, nodes), budget),
    free: candidates.filter((node) => !forbidden.has(node) && !placed.has(node)),
    placed: [...placed].sort((a, b) => a - b),
    nodeBudget,
    timeLimit: timeLimit ?? Number.POSITIVE_INFINITY,
    onProgress: limits.onProgress ?? (() => {}),
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

/** Decimals of more places are added up as they are. */
const MOST_PLACES = 9;

/** Costs and budget in units in which costs are whole, if there are any. */
function inUnits(
  costs: Float64Array | undefined,
  budget = Number.POSITIVE_INFINITY,
): Pick<ResolvedLimits, "costs" | "budget" | "units"> {
  if (costs === undefined) return { costs, budget: Math.floor(budget * (1 + TIE)), units: 1 };
  for (let places = 0; places <= MOST_PLACES; places++) {
    const units = 10 ** places;
    const whole = costs.map((cost) => Math.round(cost * units));
    if (!whole.every((cost, node) => cost / units === costs[node])) continue;
    if (whole.reduce((sum, cost) => sum + cost, 0) > Number.MAX_SAFE_INTEGER) break;
    return { costs: whole, budget: Math.floor(budget * units * (1 + TIE)), units };
  }
  return { costs, budget: budget * (1 + TIE), units: 1 };
}

/** In units. */
export function costOf({ costs }: ResolvedLimits, node: number): number {
  return costs === undefined ? 1 : costs[node];
}
