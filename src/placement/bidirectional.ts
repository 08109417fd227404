/**
 * Algorithm 3 of Tang and Daniels (section VI): monitors for both directions of traffic. A holds the uncovered routes
 * whose reverse is uncovered, B the uncovered ones whose reverse is covered, C the covered ones. A node is picked that is
 * on most routes of A; then, while B is not empty, nodes that are on most routes of B.
 *
 * Where the paper is silent: a node that covers both directions sends both to C; when no node left is on a route of B, it
 * returns to A; it stops when none left is on a route of A. Ties go to the lowest node. With rates, "most" is of rate.
 */
import { NOTHING, type Rule } from "./choose.ts";
import type { RouteIndex } from "./route-index.ts";
import { largest } from "./ties.ts";

const A = 0;
const B = 1;
const C = 2;

/** The rule of Algorithm 3, from the monitors that are there. O(routes' nodes) a pick */
export function bidirectionalRule(index: RouteIndex, placed: readonly number[]): Rule {
  const states = new Uint8Array(index.count);
  for (const node of placed) cover(index, states, node);
  let inner = states.includes(B);
  return (_look, fitting) => {
    let next = inner ? mostOn(index, states, B, fitting) : -1;
    if (next === -1) next = mostOn(index, states, A, fitting);
    if (next === -1) return undefined;
    cover(index, states, next);
    inner = states.includes(B);
    return next;
  };
}

/** FindMAXNode: of the nodes that fit, the one on most of the routes that are in a state; -1 where none is on any. */
function mostOn(index: RouteIndex, states: Uint8Array, state: number, fitting: readonly number[]): number {
  const { routes, rates, rate } = index;
  const on = new Float64Array(routes.names.length);
  for (let route = 0; route < index.count; route++) {
    if (states[route] !== state) continue;
    for (let at = routes.offsets[route]; at < routes.offsets[route + 1]; at++) on[routes.nodes[at]] += rates[route];
  }
  return largest(fitting, (node) => on[node], NOTHING * rate);
}

function cover({ reverse, starts, through }: RouteIndex, states: Uint8Array, node: number): void {
  for (let at = starts[node]; at < starts[node + 1]; at++) states[through[at]] = C;
  for (let at = starts[node]; at < starts[node + 1]; at++) {
    const back = reverse[through[at]];
    if (back !== -1 && states[back] === A) states[back] = B;
  }
}
