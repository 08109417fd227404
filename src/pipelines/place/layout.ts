/** Where a network's nodes are drawn. */
import { createRequire } from "node:module";
import { UndirectedGraph } from "graphology";
import type { Coordinates } from "../../formats/topology/network-file.ts";
import type { Topology } from "../../network/topology.ts";

/** A CommonJS module that is the function itself, while its types tell of a default export. */
const forceAtlas2: typeof import("graphology-layout-forceatlas2").default = createRequire(import.meta.url)(
  "graphology-layout-forceatlas2",
);

export interface Layout {
  /** In units of their own, y downwards; one unit is as long on both axes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly from: "file" | "forces";
}

/** Enough for what a page can show. */
const ITERATIONS = 300;
const LARGE = 1000;

/** The file's places where it has any: others lie at the middle of their neighbours. Else forces, from a circle. */
export function layOut(topology: Topology, coordinates: Coordinates | undefined): Layout {
  return coordinates === undefined ? byForces(topology) : byFile(topology, coordinates);
}

/** Degrees are drawn as they are at the network's middle latitude. */
function byFile(topology: Topology, { kind, x, y }: Coordinates): Layout {
  const known = Array.from(y).filter(Number.isFinite);
  const middle = (Math.min(...known) + Math.max(...known)) / 2;
  const across = kind === "geographic" ? Math.max(0.2, Math.cos((middle * Math.PI) / 180)) : 1;
  const layout = { x: x.map((value) => value * across), y: y.map((value) => -value) };
  fillIn(topology, layout.x, layout.y);
  return { ...layout, from: "file" };
}

/** Neighbours of what is known become known; what no known node reaches lies at the middle of all. */
function fillIn({ names, offsets, neighbours }: Topology, x: Float64Array, y: Float64Array): void {
  const known = Array.from(names, (_, node) => node).filter((node) => !Number.isNaN(x[node]));
  const mean = (values: Float64Array, nodes: readonly number[]) =>
    nodes.reduce((sum, node) => sum + values[node], 0) / nodes.length;
  const centre = [mean(x, known), mean(y, known)];
  for (let found = true; found; ) {
    found = false;
    const placed = names.flatMap((_, node) => {
      if (!Number.isNaN(x[node])) return [];
      const near = Array.from(neighbours.subarray(offsets[node], offsets[node + 1])).filter((v) => !Number.isNaN(x[v]));
      return near.length === 0 ? [] : [{ node, x: mean(x, near), y: mean(y, near) }];
    });
    for (const each of placed) {
      // Beside the middle, so that a leaf does not hide its neighbour.
      const turn = each.node * 2.4;
      const aside = 0.02 * (Math.max(...x.filter(Number.isFinite)) - Math.min(...x.filter(Number.isFinite)) || 1);
      x[each.node] = each.x + aside * Math.cos(turn);
      y[each.node] = each.y + aside * Math.sin(turn);
      found = true;
    }
  }
  names.forEach((_, node) => {
    if (!Number.isNaN(x[node])) return;
    x[node] = centre[0];
    y[node] = centre[1];
  });
}

/** ForceAtlas2 (Jacomy et al., PLoS ONE 9, 2014) from places on a spiral: the same for the same network. */
function byForces({ names, offsets, neighbours }: Topology): Layout {
  const graph = new UndirectedGraph();
  names.forEach((_, node) => {
    const [turn, radius] = [node * 2.399963, Math.sqrt(node + 1)];
    graph.addNode(node, { x: radius * Math.cos(turn), y: radius * Math.sin(turn) });
  });
  names.forEach((_, node) => {
    for (const next of neighbours.subarray(offsets[node], offsets[node + 1]))
      if (next > node) graph.addEdge(node, next);
  });
  const settings = { ...forceAtlas2.inferSettings(graph), barnesHutOptimize: names.length > LARGE };
  const iterations = Math.max(20, Math.round(ITERATIONS * Math.min(1, LARGE / names.length)));
  const places = forceAtlas2(graph, { iterations, settings });
  return {
    x: Float64Array.from(names, (_, node) => places[node].x),
    y: Float64Array.from(names, (_, node) => places[node].y),
    from: "forces",
  };
}
