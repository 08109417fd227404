/** From traced routes to a network, and one route per ordered pair on it. */
import { buildTopology } from "../../network/build-topology.ts";
import type { Topology } from "../../network/topology.ts";
import type { Traceroute } from "./traceroute.ts";

export interface NetworkRoutesOptions {
  /** Which of a pair's traces is its route: the one seen most often, the latest of equals (the default); or the latest. */
  readonly choose?: "frequent" | "latest" | undefined;
  /**
   * What becomes of traces that did not reach their destination: left out (the default), or joined to it through one silent
   * hop, as destinations behind a firewall are.
   */
  readonly incomplete?: "leave-out" | "join" | undefined;
}

/** The route of an ordered pair. */
export interface NetworkRoute {
  readonly source: number;
  readonly target: number;
  /** From source to target, both included. */
  readonly nodes: Uint32Array;
  /** How many of the pair's traces took it, and how many there were. */
  readonly traces: number;
  readonly of: number;
}

export interface TracedNetwork {
  /** The union of the routes, undirected; routers in the order in which routes come upon them. */
  readonly topology: Topology;
  /** One per ordered pair, in the order of the pairs' first traces. */
  readonly routes: readonly NetworkRoute[];
  /** Nodes that are some route's source or target, ascending. */
  readonly accessNodes: Uint32Array;
  /** What was counted and how it was taken, one line each. */
  readonly notes: readonly string[];
}

interface Candidate {
  readonly path: readonly string[];
  count: number;
  /** Of the latest trace; the order of the file where there are no times. */
  time: number;
  order: number;
}

/**
 * The network that traces span. A silent hop is a node of its own per context: the routers that answered before and behind
 * it, how many are silent between them, and which of these it is; so equal gaps of two traces are the same routers, and no
 * others are.
 */
export function routesToNetwork(routes: Iterable<Traceroute>, options: NetworkRoutesOptions = {}): TracedNetwork {
  const { choose = "frequent", incomplete = "leave-out" } = options;
  const pairs = new Map<string, Map<string, Candidate>>();
  const counts = { leftOut: 0, untraced: 0, joined: 0, own: 0 };
  let order = 0;
  for (const route of routes) {
    order++;
    if (route.source === route.destination) {
      counts.own++;
      continue;
    }
    const candidates = entryOf(
      pairs,
      JSON.stringify([route.source, route.destination]),
      () => new Map<string, Candidate>(),
    );
    if (!route.complete && incomplete === "leave-out") {
      counts.leftOut++;
      continue;
    }
    if (!route.complete) counts.joined++;
    const path = pathOf(route);
    const candidate = entryOf(candidates, JSON.stringify(path), () => ({ path, count: 0, time: Number.NaN, order }));
    candidate.count++;
    candidate.order = order;
    if (!(route.time <= candidate.time)) candidate.time = route.time;
  }
  const traced = [...pairs.values()].filter((candidates) => candidates.size > 0);
  counts.untraced = pairs.size - traced.length;
  return networkOf(
    traced.map((candidates) => chooseRoute([...candidates.values()], choose)),
    counts,
  );
}

/** The names of a route's nodes, silent ones by their context. */
function pathOf(route: Traceroute): string[] {
  const hops = route.complete ? route.hops : [...route.hops, null];
  const path = [route.source];
  let silent = 0;
  for (const hop of [...hops, route.destination]) {
    if (hop === null) {
      silent++;
      continue;
    }
    const before = path[path.length - 1];
    for (let index = 1; index <= silent; index++) path.push(`* ${index}/${silent} between ${before} and ${hop}`);
    silent = 0;
    path.push(hop);
  }
  return path;
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

interface TraceCounts {
  leftOut: number;
  /** Pairs that have no complete trace. */
  untraced: number;
  joined: number;
  own: number;
}

interface Chosen {
  readonly candidate: Candidate;
  readonly of: number;
}

function chooseRoute(candidates: readonly Candidate[], choose: "frequent" | "latest"): Chosen {
  let best = candidates[0];
  for (const candidate of candidates) {
    const more = choose === "frequent" ? candidate.count - best.count : 0;
    if (more > 0 || (more === 0 && isLater(candidate, best))) best = candidate;
  }
  return { candidate: best, of: candidates.reduce((sum, candidate) => sum + candidate.count, 0) };
}

function isLater(candidate: Candidate, other: Candidate): boolean {
  if (candidate.time === other.time || Number.isNaN(candidate.time) || Number.isNaN(other.time)) {
    return candidate.order > other.order;
  }
  return candidate.time > other.time;
}

function networkOf(chosen: readonly Chosen[], counts: TraceCounts): TracedNetwork {
  const indices = new Map<string, number>();
  const edges: number[] = [];
  let silent = 0;
  const routes = chosen.map(({ candidate, of }): NetworkRoute => {
    const nodes = Uint32Array.from(candidate.path, (name) => {
      const known = indices.get(name);
      if (known !== undefined) return known;
      if (name.startsWith("* ")) silent++;
      indices.set(name, indices.size);
      return indices.size - 1;
    });
    for (let at = 1; at < nodes.length; at++) edges.push(nodes[at - 1], nodes[at]);
    return { source: nodes[0], target: nodes[nodes.length - 1], nodes, traces: candidate.count, of };
  });
  const access = new Set(routes.flatMap(({ source, target }) => [source, target]));
  const several = chosen.filter(({ candidate, of }) => candidate.count < of).length;
  const notes: string[] = [];
  const note = (count: number, one: string, many: string) => {
    if (count > 0) notes.push(`${count} ${count === 1 ? one : many}`);
  };
  note(counts.leftOut, "incomplete trace left out", "incomplete traces left out");
  note(counts.untraced, "pair has no complete trace", "pairs have no complete trace");
  note(counts.joined, "incomplete trace joined to its destination", "incomplete traces joined to their destinations");
  note(counts.own, "trace of a node to itself left out", "traces of a node to itself left out");
  note(several, "pair has other routes than its own", "pairs have other routes than their own");
  note(silent, "node stands for a silent hop", "nodes stand for silent hops");
  return {
    topology: buildTopology([...indices.keys()], edges),
    routes,
    accessNodes: Uint32Array.from(access).sort(),
    notes,
  };
}
