/** Slow, obvious methods on routes: lists of nodes, sets of routes, the paper's pseudocode word by word. */
import type { Routes } from "../../src/placement/routes.ts";
import { randomStream } from "./random.ts";

type Lists = readonly (readonly number[])[];

/** Nodes below `sites` are access nodes, the others candidates. */
export function makeRoutes(names: readonly string[], sites: number, lists: Lists): Routes {
  const all = Uint32Array.from(names, (_, node) => node);
  const offsets = [0];
  for (const list of lists) offsets.push(offsets[offsets.length - 1] + list.length);
  return {
    names,
    access: all.slice(0, sites),
    candidates: all.slice(sites),
    offsets: Uint32Array.from(offsets),
    nodes: Uint32Array.from(lists.flat()),
    rates: undefined,
  };
}

export function randomRoutes(seed: number, sites: number, relays: number, missing: number) {
  const random = randomStream(seed);
  const lists: number[][] = [];
  for (let x = 0; x < sites; x++) {
    for (let y = 0; y < sites; y++) {
      if (x === y || random.unit() < missing) continue;
      const hops = new Set<number>();
      for (let hop = random.below(4); hop > 0; hop--) hops.add(sites + random.below(relays));
      lists.push([x, ...hops, y]);
    }
  }
  const names = Array.from({ length: sites + relays }, (_, node) => `r${node}`);
  return { routes: makeRoutes(names, sites, lists), lists };
}

function reverseOf(lists: Lists, route: readonly number[]) {
  return lists.find((other) => other[0] === route[route.length - 1] && other[other.length - 1] === route[0]);
}

/** Routes that a set is on, and those of them whose reverse it is on as well. */
export function covers(lists: Lists, set: readonly number[]) {
  const on = (route: readonly number[] | undefined) => route?.some((node) => set.includes(node)) === true;
  const observed = lists.filter(on);
  return { observed: observed.length, twoWay: observed.filter((route) => on(reverseOf(lists, route))).length };
}

/** Algorithm 3, with sets as the paper writes them. */
export function algorithmThree(lists: Lists, candidates: readonly number[], k: number): number[] {
  const A = new Set(lists);
  const B = new Set<readonly number[]>();
  const monitors: number[] = [];
  const findMax = (paths: Iterable<readonly number[]>): number | undefined => {
    let best: { node: number | undefined; count: number } = { node: undefined, count: 0 };
    for (const node of candidates) {
      const count = [...paths].filter((path) => path.includes(node)).length;
      if (!monitors.includes(node) && count > best.count) best = { node, count };
    }
    return best.node;
  };
  const choose = (node: number): void => {
    monitors.push(node);
    for (const path of [...B]) if (path.includes(node)) B.delete(path);
    const covered = [...A].filter((path) => path.includes(node));
    for (const path of covered) A.delete(path);
    for (const path of covered) {
      const back = reverseOf(lists, path);
      if (back !== undefined && A.delete(back)) B.add(back);
    }
  };
  while (A.size > 0 && monitors.length < k) {
    const x = findMax(A);
    if (x === undefined) break;
    choose(x);
    while (B.size > 0 && monitors.length < k) {
      const y = findMax(B);
      if (y === undefined) break;
      choose(y);
    }
  }
  return monitors;
}

/** Most newly two-way pairs, then most newly half-covered ones, then the lowest node. */
export function twoWayGreedy(lists: Lists, candidates: readonly number[], k: number): number[] {
  const set: number[] = [];
  const halves = (nodes: readonly number[]) =>
    lists.filter((route) => reverseOf(lists, route) !== undefined && covers([route], nodes).observed === 1).length;
  while (set.length < k) {
    let best = { node: -1, both: 0, half: 0 };
    for (const node of candidates) {
      if (set.includes(node)) continue;
      const after = [...set, node];
      const both = covers(lists, after).twoWay - covers(lists, set).twoWay;
      // What turned two-way left the half-covered pairs; new halves are counted by themselves.
      const newly = lists.filter((route) => {
        const back = reverseOf(lists, route);
        if (back === undefined) return false;
        const had = covers([route], set).observed + covers([back], set).observed;
        return had === 0 && covers([route], after).observed === 1 && covers([back], after).observed === 0;
      }).length;
      if (both > best.both || (both === best.both && newly > best.half)) best = { node, both, half: newly };
    }
    if (best.node === -1 || halves([...set, best.node]) === halves(set)) break;
    set.push(best.node);
  }
  return set;
}
