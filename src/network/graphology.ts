/** A topology from and to graphology's graphs. */
import { DirectedGraph, UndirectedGraph } from "graphology";
import type { AbstractGraph } from "graphology-types";
import { buildTopology, type EdgeTally, isLength } from "./build-topology.ts";
import type { Topology } from "./topology.ts";

export interface GraphologyOptions {
  /** The edge attribute that holds lengths; absent: every edge has length 1. */
  readonly lengthAttribute?: string | undefined;
  /** Filled in, where given. */
  readonly tally?: EdgeTally | undefined;
}

/**
 * The topology of a graphology graph of any kind, in its node order. Directions matter to lengths only: a directed edge's
 * length holds for its own direction, and for the other one if that has no edge.
 *
 * @throws RangeError for an edge whose length is absent or not positive.
 */
export function fromGraphology(graph: AbstractGraph, options: GraphologyOptions = {}): Topology {
  const { lengthAttribute, tally } = options;
  const names = graph.nodes();
  const indices = new Map(names.map((name, index) => [name, index]));
  const edges: number[] = [];
  const lengths: number[] | undefined = lengthAttribute === undefined ? undefined : [];
  const directed = graph.directedSize > 0;
  graph.forEachEdge((edge, attributes, source, target, _sourceAttributes, _targetAttributes, undirected) => {
    const length: unknown = lengthAttribute === undefined ? 1 : attributes[lengthAttribute];
    if (typeof length !== "number" || !isLength(length)) {
      throw new RangeError(`edge "${edge}" has ${lengthAttribute} ${length}, expected a positive number`);
    }
    const ends = [indices.get(source) ?? -1, indices.get(target) ?? -1];
    edges.push(...ends);
    lengths?.push(length);
    // Beside directed edges, an undirected one is one in each direction.
    if (directed && undirected) {
      edges.push(ends[1], ends[0]);
      lengths?.push(length);
    }
  });
  return buildTopology(names, edges, lengths, { directed, tally });
}

/**
 * The graphology graph of a topology, with lengths as the edge attribute `length`: undirected, or directed with both
 * directions of every edge if some edge's lengths differ by direction.
 */
export function toGraphology(topology: Topology): DirectedGraph | UndirectedGraph {
  const { names, offsets, neighbours, lengths } = topology;
  const directed = differsByDirection(topology);
  const graph = directed ? new DirectedGraph() : new UndirectedGraph();
  for (const name of names) graph.addNode(name);
  for (let node = 0; node < names.length; node++) {
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      if (!directed && neighbours[arc] < node) continue;
      graph.addEdge(names[node], names[neighbours[arc]], lengths === undefined ? {} : { length: lengths[arc] });
    }
  }
  return graph;
}

/** Whether some edge has another length in one direction than in the other. */
export function differsByDirection(topology: Topology): boolean {
  const { names, offsets, neighbours, lengths } = topology;
  if (lengths === undefined) return false;
  // Tails ascend, so the arcs back to a node come up in the order of its row.
  const next = offsets.slice();
  for (let node = 0; node < names.length; node++) {
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      if (lengths[next[neighbours[arc]]++] !== lengths[arc]) return true;
    }
  }
  return false;
}
