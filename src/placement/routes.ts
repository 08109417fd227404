/** Routes that are known, one per ordered pair of access nodes: what Section VI of Tang and Daniels works on. */

/**
 * Directed routes in compressed rows. Route i runs over nodes[offsets[i]] .. nodes[offsets[i + 1] - 1], in order, both ends
 * included: the first is the access node it starts at, the last the one it leads to. No node stands twice on a route, and
 * no ordered pair has two routes.
 */
export interface Routes {
  /** One per node, unique. */
  readonly names: readonly string[];
  /** The ends of routes, ascending. */
  readonly access: Uint32Array;
  /** Nodes that may get a monitor, ascending: usually all that are no access node. */
  readonly candidates: Uint32Array;
  /** Routes + 1, from 0 on. */
  readonly offsets: Uint32Array;
  readonly nodes: Uint32Array;
  /** Rate of each route, finite and not negative; undefined: 1 each, so that shares are shares of ordered pairs. */
  readonly rates: Float64Array | undefined;
}
