import type { GraphArrays } from "#src/wasm/paths/paths.ts";

/** Uniform numbers in [0, 1) of a seed (mulberry32, Ettinger, public domain). */
function uniform(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

/** Edges met so far: undirected, simple, and the list of their ends, a node as often as its degree. */
class Edges {
  readonly rows: Set<number>[];
  readonly ends: number[] = [];
  count = 0;

  constructor(nodes: number) {
    this.rows = Array.from({ length: nodes }, () => new Set<number>());
  }

  add(u: number, v: number): boolean {
    if (u === v || this.rows[u]!.has(v)) return false;
    this.rows[u]!.add(v);
    this.rows[v]!.add(u);
    this.ends.push(u, v);
    this.count++;
    return true;
  }

  arrays(): GraphArrays {
    const offsets = new Uint32Array(this.rows.length + 1);
    const neighbours = new Uint32Array(2 * this.count);
    let at = 0;
    this.rows.forEach((row, u) => {
      for (const v of [...row].sort((a, b) => a - b)) neighbours[at++] = v;
      offsets[u + 1] = at;
    });
    return { offsets, neighbours };
  }
}

/** Barabasi and Albert's graph: every new node joins `perNode` others, drawn by their degrees. */
export function barabasiAlbert(nodes: number, perNode: number, seed: number): GraphArrays {
  const next = uniform(seed);
  const edges = new Edges(nodes);
  for (let v = 1; v <= perNode; v++) for (let u = 0; u < v; u++) edges.add(u, v);
  for (let v = perNode + 1; v < nodes; v++) {
    const drawn = edges.ends.length;
    for (let joined = 0; joined < perNode; ) {
      if (edges.add(edges.ends[Math.floor(next() * drawn)]!, v)) joined++;
    }
  }
  return edges.arrays();
}

/**
 * A graph like a map of routers: a core of 65 % of the nodes grown as a tree, 60 % of whose joints are drawn by degree; further
 * edges inside the core, half of their ends by degree; the other 35 % of the nodes are leaves, their joints drawn by degree.
 * About 40 % of the nodes have degree 1.
 */
export function routerLike(nodes: number, edgeCount: number, seed: number): GraphArrays {
  const next = uniform(seed);
  const edges = new Edges(nodes);
  const core = Math.floor(nodes * 0.65);
  const byDegree = (): number => edges.ends[Math.floor(next() * edges.ends.length)]!;
  edges.add(0, 1);
  for (let v = 2; v < core; v++) edges.add(next() < 0.6 ? byDegree() : Math.floor(next() * v), v);
  while (edges.count < edgeCount - (nodes - core)) {
    edges.add(next() < 0.5 ? byDegree() : Math.floor(next() * core), Math.floor(next() * core));
  }
  const inner = edges.ends.slice();
  for (let v = core; v < nodes; v++) edges.add(inner[Math.floor(next() * inner.length)]!, v);
  return edges.arrays();
}

/** Share of the nodes that have one neighbour. */
export function leafShare({ offsets }: GraphArrays): number {
  const nodes = offsets.length - 1;
  let leaves = 0;
  for (let v = 0; v < nodes; v++) if (offsets[v + 1]! - offsets[v]! === 1) leaves++;
  return leaves / nodes;
}
