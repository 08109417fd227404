/** Builds a topology from edges in any order. */
import type { Topology } from "./topology.ts";

/** What became of the edges that were given. */
export interface EdgeTally {
  /** Edges given, all of them. */
  given: number;
  /** Edges of the topology. */
  kept: number;
  /** Edges from a node to itself: dropped. */
  selfLoops: number;
  /** Further edges between the same two nodes (in the same direction, if directed): merged, the shortest length wins. */
  parallel: number;
  /** Directed edges without one in the opposite direction: the opposite gets the same length. */
  oneWay: number;
  /** Nodes without an edge. */
  isolated: number;
}

export interface BuildOptions {
  /** Whether an edge's length is that of its own direction only. */
  readonly directed?: boolean | undefined;
  /** Filled in, where given. */
  readonly tally?: EdgeTally | undefined;
}

export function newEdgeTally(): EdgeTally {
  return { given: 0, kept: 0, selfLoops: 0, parallel: 0, oneWay: 0, isolated: 0 };
}

/**
 * The topology of an edge list: self-loops are dropped, parallel edges merged (the shortest length wins), rows sorted.
 *
 * @param names one per node, unique.
 * @param edges pairs of node indices, one behind the other: source, target, source, target ...
 * @param lengths one per edge, positive and finite; absent: every edge has length 1.
 * @throws RangeError for an index that is no node, a length that is not positive, or a name that stands twice.
 */
export function buildTopology(
  names: readonly string[],
  edges: ArrayLike<number>,
  lengths?: ArrayLike<number>,
  options: BuildOptions = {},
): Topology {
  checkNames(names);
  checkEdges(names.length, edges, lengths);
  const arcs = sortArcs(names.length, edges, lengths);
  return mergeArcs(names, arcs, edges.length / 2, options);
}

/** Every edge in both directions, sorted by tail, then head; self-loops are gone. */
interface Arcs {
  readonly tails: Uint32Array;
  readonly heads: Uint32Array;
  /** 1 for the direction that an edge was given in. */
  readonly given: Uint8Array;
  readonly lengths: Float64Array | undefined;
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new RangeError(`two nodes have the name "${name}"`);
    seen.add(name);
  }
}

function checkEdges(nodes: number, edges: ArrayLike<number>, lengths: ArrayLike<number> | undefined): void {
  if (edges.length % 2 !== 0) throw new RangeError("edges must be pairs of node indices");
  if (lengths !== undefined && lengths.length !== edges.length / 2) {
    throw new RangeError(`${lengths.length} lengths for ${edges.length / 2} edges`);
  }
  for (let slot = 0; slot < edges.length; slot++) {
    const node = edges[slot];
    if (!Number.isInteger(node) || node < 0 || node >= nodes) {
      throw new RangeError(`edge ${slot >> 1} names node ${node}, there are ${nodes}`);
    }
  }
  for (let edge = 0; lengths !== undefined && edge < lengths.length; edge++) {
    if (!isLength(lengths[edge]))
      throw new RangeError(`edge ${edge} has length ${lengths[edge]}, expected a positive one`);
  }
}

/** Whether a number can be an edge's length: positive and finite. */
export function isLength(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY;
}

/** Two stable counting sorts, by head and then by tail. */
function sortArcs(nodes: number, edges: ArrayLike<number>, lengths: ArrayLike<number> | undefined): Arcs {
  let count = 0;
  for (let at = 0; at < edges.length; at += 2) if (edges[at] !== edges[at + 1]) count += 2;
  const unsorted: Arcs = {
    tails: new Uint32Array(count),
    heads: new Uint32Array(count),
    given: new Uint8Array(count),
    lengths: lengths === undefined ? undefined : new Float64Array(count),
  };
  let arc = 0;
  for (let at = 0; at < edges.length; at += 2) {
    if (edges[at] === edges[at + 1]) continue;
    for (let side = 0; side < 2; side++, arc++) {
      unsorted.tails[arc] = edges[at + side];
      unsorted.heads[arc] = edges[at + 1 - side];
      unsorted.given[arc] = 1 - side;
      if (unsorted.lengths !== undefined && lengths !== undefined) unsorted.lengths[arc] = lengths[at >> 1];
    }
  }
  const byHead = reorder(unsorted, orderBy(nodes, unsorted.heads));
  return reorder(byHead, orderBy(nodes, byHead.tails));
}

/** The stable order of the arcs by a key below `nodes`. */
function orderBy(nodes: number, keys: Uint32Array): Uint32Array {
  const next = new Uint32Array(nodes + 1);
  for (const key of keys) next[key + 1]++;
  for (let node = 0; node < nodes; node++) next[node + 1] += next[node];
  const order = new Uint32Array(keys.length);
  for (let arc = 0; arc < keys.length; arc++) order[next[keys[arc]]++] = arc;
  return order;
}

function reorder(arcs: Arcs, order: Uint32Array): Arcs {
  const { lengths } = arcs;
  return {
    tails: order.map((arc) => arcs.tails[arc]),
    heads: order.map((arc) => arcs.heads[arc]),
    given: Uint8Array.from(order, (arc) => arcs.given[arc]),
    lengths: lengths === undefined ? undefined : Float64Array.from(order, (arc) => lengths[arc]),
  };
}

/** One arc per run of equal (tail, head); directed: lengths given in the other direction count only if there is no own. */
function mergeArcs(names: readonly string[], arcs: Arcs, given: number, options: BuildOptions): Topology {
  const { tails, heads, lengths } = arcs;
  const directed = options.directed === true;
  const offsets = new Uint32Array(names.length + 1);
  const neighbours = new Uint32Array(heads.length);
  const kept = lengths === undefined ? undefined : new Float64Array(heads.length);
  let count = 0;
  let oneWay = 0;
  let parallel = 0;
  for (let from = 0, to = 0; from < heads.length; from = to) {
    let own = 0;
    while (to < heads.length && tails[to] === tails[from] && heads[to] === heads[from]) own += arcs.given[to++];
    const other = to - from - own;
    if (directed) {
      parallel += Math.max(0, own - 1);
      if (other === 0) oneWay++;
    } else parallel += own;
    if (lengths !== undefined && kept !== undefined) {
      kept[count] = shortest(lengths, arcs.given, from, to, directed && own > 0);
    }
    offsets[tails[from] + 1]++;
    neighbours[count++] = heads[from];
  }
  const isolated = names.reduce((sum, _, node) => sum + (offsets[node + 1] === 0 ? 1 : 0), 0);
  for (let node = 0; node < names.length; node++) offsets[node + 1] += offsets[node];
  const { tally } = options;
  if (tally !== undefined) {
    tally.given += given;
    tally.kept += count / 2;
    tally.selfLoops += given - heads.length / 2;
    tally.parallel += directed ? parallel : parallel - count / 2;
    tally.oneWay += oneWay;
    tally.isolated += isolated;
  }
  return { names, offsets, neighbours: neighbours.slice(0, count), lengths: kept?.slice(0, count) };
}

function shortest(lengths: Float64Array, given: Uint8Array, from: number, to: number, ownOnly: boolean): number {
  let least = Number.POSITIVE_INFINITY;
  for (let arc = from; arc < to; arc++) {
    if (!ownOnly || given[arc] === 1) least = Math.min(least, lengths[arc]);
  }
  return least;
}
