// The trial of Section IV.C's complexities.
import { z } from "zod";
import { defineTrial } from "../../engine/define.ts";
import { buildTopology } from "../../network/build-topology.ts";
import type { Topology } from "../../network/topology.ts";
import { drawBelow, drawSubset, randomOf } from "../../numbers/random.ts";
import { placeMonitors } from "../../placement/place-monitors.ts";

/** Monitors that greedy is asked for, as a share of the nodes. */
const MONITORS = 1 / 25;

/**
 * Counts work, nodes and ends of links that a method looks at, on a random connected graph of n nodes and 2 n links, half
 * of its nodes access nodes.
 */
export const countWork = defineTrial(import.meta.url, "work", {
  parameters: z.strictObject({ nodes: z.int().min(4), trial: z.int().nonnegative(), seed: z.string() }),
  result: z.object({ kmax: z.number(), degree: z.number(), betweenness: z.number(), greedy: z.number() }),
  run: ({ nodes, seed }) => {
    const random = randomOf(seed);
    const links: number[] = [];
    for (let node = 1; node < nodes; node++) links.push(node, drawBelow(random, node));
    const topology = drawLinks(nodes, links, () => drawBelow(random, nodes));
    const access = drawSubset(random, nodes, nodes / 2);
    const monitors = Math.max(1, Math.round(nodes * MONITORS));
    const picks = placeMonitors(topology, { access, monitors, engine: "passes" }).monitors.length;
    const pass = access.reduce((sum, source) => sum + shortestPathWork(topology, source), 0);
    const everySource = topology.names.reduce((sum, _, source) => sum + shortestPathWork(topology, source), 0);
    return {
      degree: nodes + topology.neighbours.length,
      // Aggregated paths: one pass for the rates of all relays. Greedy makes one a pick.
      kmax: pass,
      greedy: picks * (pass + nodes),
      betweenness: everySource,
    };
  },
});

/** The tree's links, and as many further ones as make 2 n. */
function drawLinks(nodes: number, tree: readonly number[], draw: () => number): Topology {
  const links = [...tree];
  const known = new Set<number>();
  for (let at = 0; at < tree.length; at += 2) known.add(pairOf(nodes, tree[at], tree[at + 1]));
  while (known.size < 2 * nodes) {
    const [a, b] = [draw(), draw()];
    if (a === b || known.has(pairOf(nodes, a, b))) continue;
    known.add(pairOf(nodes, a, b));
    links.push(a, b);
  }
  return buildTopology(
    Array.from({ length: nodes }, (_, node) => String(node)),
    links,
  );
}

function pairOf(nodes: number, a: number, b: number): number {
  return Math.min(a, b) * nodes + Math.max(a, b);
}

/** A breadth-first search and the way back over its shortest paths: nodes taken, ends of links looked at. */
function shortestPathWork({ offsets, neighbours, names }: Topology, source: number): number {
  const depths = new Int32Array(names.length).fill(-1);
  const order = [source];
  depths[source] = 0;
  let work = 0;
  for (let i = 0; i < order.length; i++) {
    work += 1;
    for (let arc = offsets[order[i]]; arc < offsets[order[i] + 1]; arc++) {
      work += 1;
      if (depths[neighbours[arc]] !== -1) continue;
      depths[neighbours[arc]] = depths[order[i]] + 1;
      order.push(neighbours[arc]);
    }
  }
  for (let i = order.length - 1; i > 0; i--) {
    work += 1 + offsets[order[i] + 1] - offsets[order[i]];
  }
  return work;
}
