/**
 * Tracing an attack back (Tang and Daniels, section V). A chain of stepping stones is a sequence of access nodes; each two
 * in a row have a session between them, which takes their route. Monitors cooperate by flooding H(M); the direct search
 * (figure 4) goes from node to node and needs every node to compare its own links.
 *
 * Where the paper is silent: correlation of one link at one monitor fails by itself with the false-negative rate, and takes
 * a link that is none of the chain's for one with the false-positive rate.
 */
import { chance } from "../numbers/random.ts";
import { requireNode } from "./limits.ts";
import { flood, monitorGraph } from "./monitor-graph.ts";
import { indexRoutes, type RouteIndex } from "./route-index.ts";
import type { Routes } from "./routes.ts";

export interface CorrelationOptions {
  /** Chance that a chain's link is not recognised at a monitor (direct search: at a node). Default 0. */
  readonly falseNegative?: number | undefined;
  /** Chance that another link is taken for one of the chain. Default 0. */
  readonly falsePositive?: number | undefined;
  /** Whole number; default 1. */
  readonly seed?: number | undefined;
}

export interface TracebackOptions extends CorrelationOptions {
  /** The monitor with the pattern. Default: the first one on the route of the last link that any monitor is on. */
  readonly start?: number | undefined;
}

export interface TracedLink {
  readonly from: number;
  readonly to: number;
  /** Monitors on its route that were reached, ascending. */
  readonly monitors: readonly number[];
  /** Whether one of them recognised it. */
  readonly found: boolean;
  /** The least round in which one did; undefined: none. */
  readonly round: number | undefined;
}

export interface Traceback {
  /** Undefined: no monitor is on any link of the chain, so nothing starts. */
  readonly start: number | undefined;
  readonly rounds: number;
  readonly messages: number;
  /** Monitors reached, the start included, and of how many. */
  readonly reached: number;
  readonly monitors: number;
  /** Links between monitors, and groups of monitors that reach each other. */
  readonly monitorLinks: number;
  readonly links: readonly TracedLink[];
  readonly found: number;
  /** Routes outside the chain that some reached monitor took for a part of it. */
  readonly falseLinks: number;
}

/**
 * Floods from a monitor and tells which links of the chain are found.
 * @throws RangeError for nodes, rates or a chain out of range
 */
export function simulateTraceback(
  placement: { readonly routes: Routes; readonly monitors: readonly number[] },
  chain: readonly number[],
  options: TracebackOptions = {},
): Traceback {
  const index = indexRoutes(placement.routes);
  const nodes = placement.routes.names.length;
  for (const node of placement.monitors) requireNode(node, nodes, "monitors");
  const monitors = [...new Set(placement.monitors)].sort((a, b) => a - b);
  const correlation = checkCorrelation(options);
  checkChain(chain, placement.routes);
  const routes = linksOf(chain).map(([from, to]) => index.routeOf(from, to));
  const onRoutes = routes.map((route) => monitorsOn(index, route, monitors));
  const start = options.start ?? onRoutes.findLast((on) => on.length > 0)?.[0];
  if (start !== undefined && !monitors.includes(start)) throw new RangeError(`start: node ${start} is no monitor`);
  const graph = monitorGraph(index, monitors);
  const spread = start === undefined ? undefined : flood(graph, monitors.indexOf(start));
  const roundOf = (node: number): number => spread?.rounds[monitors.indexOf(node)] ?? -1;
  const links = linksOf(chain).map(([from, to], i): TracedLink => {
    const reached = onRoutes[i].filter((node) => roundOf(node) !== -1);
    const matching = reached.filter((node) => recognises(correlation, node, routes[i], true)).map(roundOf);
    const round = matching.length === 0 ? undefined : Math.min(...matching);
    return { from, to, monitors: reached, found: round !== undefined, round };
  });
  const reached = monitors.filter((node) => roundOf(node) !== -1);
  return {
    start,
    rounds: spread?.eccentricity ?? 0,
    messages: spread?.messages ?? 0,
    reached: reached.length,
    monitors: monitors.length,
    monitorLinks: graph.reduce((sum, each) => sum + each.length, 0) / 2,
    links,
    found: links.filter((link) => link.found).length,
    falseLinks: falseLinks(index, reached, new Set(routes), correlation),
  };
}

export interface DirectSearch {
  /** Nodes that compared their links, in the order they were reached. */
  readonly visited: readonly number[];
  /** Links compared in all. */
  readonly comparisons: number;
  readonly links: readonly Pick<TracedLink, "from" | "to" | "found">[];
  readonly found: number;
  /** Links outside the chain that were followed. */
  readonly falseLinks: number;
}

/**
 * The direct search: from the chain's first node, each node compares the pattern with all sessions that leave it, one per
 * route, and follows what matches to nodes that were not visited. O(links compared)
 * @throws RangeError for rates or a chain out of range
 */
export function simulateDirectSearch(
  routes: Routes,
  chain: readonly number[],
  options: CorrelationOptions = {},
): DirectSearch {
  const index = indexRoutes(routes);
  const correlation = checkCorrelation(options);
  checkChain(chain, routes);
  const inChain = new Set(linksOf(chain).map(([from, to]) => index.routeOf(from, to)));
  const outgoing = new Map<number, number[]>();
  for (let route = 0; route < index.count; route++) {
    const source = routes.nodes[routes.offsets[route]];
    const list = outgoing.get(source);
    if (list === undefined) outgoing.set(source, [route]);
    else list.push(route);
  }
  const visited = new Set([chain[0]]);
  const matched = new Set<number>();
  let comparisons = 0;
  for (const node of visited) {
    for (const route of outgoing.get(node) ?? []) {
      comparisons++;
      if (!recognises(correlation, node, route, inChain.has(route))) continue;
      matched.add(route);
      visited.add(routes.nodes[routes.offsets[route + 1] - 1]);
    }
  }
  const links = linksOf(chain).map(([from, to]) => {
    const route = index.routeOf(from, to);
    return { from, to, found: matched.has(route) };
  });
  return {
    visited: [...visited],
    comparisons,
    links,
    found: links.filter((link) => link.found).length,
    falseLinks: [...matched].filter((route) => !inChain.has(route)).length,
  };
}

type Correlation = Required<{ [Key in keyof CorrelationOptions]: number }>;

function checkCorrelation({ falseNegative = 0, falsePositive = 0, seed = 1 }: CorrelationOptions): Correlation {
  for (const [name, rate] of Object.entries({ falseNegative, falsePositive })) {
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`${name} is ${rate}, expected a share from 0 to 1`);
  }
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed is ${seed}, expected a whole number`);
  return { falseNegative, falsePositive, seed };
}

function recognises(correlation: Correlation, node: number, route: number, inChain: boolean): boolean {
  const drawn = chance(correlation.seed, node, route);
  return inChain ? drawn >= correlation.falseNegative : drawn < correlation.falsePositive;
}

function checkChain(chain: readonly number[], { names, access }: Routes): void {
  if (chain.length < 2) throw new RangeError(`a chain of ${chain.length} nodes, expected two or more`);
  for (const node of chain) {
    requireNode(node, names.length, "chain");
    if (!access.includes(node)) throw new RangeError(`chain: ${names[node]} is no access node`);
  }
  for (const [from, to] of linksOf(chain)) {
    if (from === to) throw new RangeError(`chain: ${names[from]} follows itself`);
  }
}

function linksOf(chain: readonly number[]): readonly (readonly [from: number, to: number])[] {
  return chain.slice(1).map((to, i) => [chain[i], to] as const);
}

/** Monitors on a route, in its order; ascending where it is a link's list. */
function monitorsOn({ routes }: RouteIndex, route: number, monitors: readonly number[]): number[] {
  if (route === -1) return [];
  const on = new Set(routes.nodes.subarray(routes.offsets[route], routes.offsets[route + 1]));
  return monitors.filter((node) => on.has(node));
}

function falseLinks(
  index: RouteIndex,
  reached: readonly number[],
  chain: ReadonlySet<number>,
  correlation: Correlation,
): number {
  if (correlation.falsePositive === 0) return 0;
  const taken = new Set<number>();
  for (const node of reached) {
    for (const route of index.through.subarray(index.starts[node], index.starts[node + 1])) {
      if (!chain.has(route) && recognises(correlation, node, route, false)) taken.add(route);
    }
  }
  return taken.size;
}
