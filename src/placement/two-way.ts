/**
 * Greedy for pairs that are seen in both directions, this project's own: each time the node that makes most rate two-way
 * (route and reverse route observed), among equals the one that newly covers one direction of most. Ties go to the lowest
 * node. The share of two-way pairs is not submodular (a node may add only after another), so there is no guarantee.
 */
import { NOTHING, type Rule } from "./choose.ts";
import type { RouteIndex } from "./route-index.ts";
import { coverTwoWay } from "./route-objective.ts";
import { largest, TIE } from "./ties.ts";

/** The rule, from the monitors that are there. O(routes' nodes) a pick */
export function twoWayRule(index: RouteIndex, placed: readonly number[]): Rule {
  const covered = new Uint8Array(index.count);
  for (const node of placed) coverTwoWay(index, covered, node);
  return (_look, fitting) => {
    const { both, half } = scores(index, covered, fitting);
    const nothing = NOTHING * index.rate;
    let most = 0;
    for (const node of fitting) most = Math.max(most, both[node]);
    const equals = most <= nothing ? fitting : fitting.filter((node) => both[node] >= most * (1 - TIE));
    let next = largest(equals, (node) => half[node], nothing);
    if (next === -1 && most > nothing) next = Math.min(...equals);
    if (next === -1) return undefined;
    coverTwoWay(index, covered, next);
    return next;
  };
}

/** Per node: rate that becomes two-way, and rate of pairs of which one direction becomes covered. */
function scores(index: RouteIndex, covered: Uint8Array, fitting: readonly number[]) {
  const { routes, rates, reverse, starts, through } = index;
  const both = new Float64Array(routes.names.length);
  const half = new Float64Array(routes.names.length);
  // The node that last passed each route, so that a node on both directions of a pair is known.
  const mine = new Int32Array(index.count).fill(-1);
  for (const node of fitting) {
    for (let at = starts[node]; at < starts[node + 1]; at++) mine[through[at]] = node;
    for (let at = starts[node]; at < starts[node + 1]; at++) {
      const route = through[at];
      const back = reverse[route];
      if (covered[route] === 1 || back === -1) continue;
      // A pair met in both directions is counted half at each of them.
      if (covered[back] === 1) both[node] += rates[route] + rates[back];
      else if (mine[back] === node) both[node] += (rates[route] + rates[back]) / 2;
      else half[node] += rates[route];
    }
  }
  return { both, half };
}
