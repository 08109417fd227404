/**
 * The engine's own network: an undirected simple graph in compressed sparse rows. Node u's neighbours are
 * neighbours[offsets[u]] .. neighbours[offsets[u + 1] - 1], ascending; every edge stands in both rows.
 */
export interface Topology {
  /** One per node, unique; what people call it. */
  readonly names: readonly string[];
  /** n + 1. */
  readonly offsets: Uint32Array;
  /** 2 x edges. */
  readonly neighbours: Uint32Array;
  /** Positive length of each arc, beside neighbours (directions may differ); undefined: every edge has length 1. */
  readonly lengths: Float64Array | undefined;
}
