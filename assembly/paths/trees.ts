// Trees folded away: a node of degree 1 is folded into its neighbour, which may then have degree 1 itself (Baglioni et al.,
// ASONAM 2012; Puzis et al., 2015, do it once or as here until none is left).
//
// A core node of mass c stands for itself and c - 1 folded nodes, as end of paths. What pairs of a tree's nodes, or of them
// and the outside, add is closed form: node v separates the pieces that its removal leaves, and each pair of nodes of
// different pieces is all v's. Whole numbers below 2^53: exact.

import { alloc } from "../abi";
import { setF64, setU32, u32At } from "../array";
import { Graph } from "./graph";

/** Labels that are none: of a node to be labelled, and of one that is folded. */
export const NONE: u32 = 0xffffffff;
export const FOLDED: u32 = 0xfffffffe;

/** A node and what is folded into it. */
@unmanaged
export class Mass {
  /** How many nodes that is. */
  size: f64;
  /** The sum of the folded pieces' squared sizes. */
  squares: f64;
  /** Nodes of the component. */
  component: f64;
}


@unmanaged
export class Trees {
  graph: Graph;
  /** Mass[nodes] */
  masses: usize;
  /** u32[nodes]: FOLDED, or NONE. */
  labels: usize;
  /** u32[nodes]: what a folded node is folded into. */
  parents: usize;
  /** u32[nodes]: the folded nodes, in order. */
  order: usize;
  /** u32[nodes]: degrees among the nodes that are not folded. */
  degrees: usize;
  /** How many are folded. */
  folded: u32;

  // @ts-ignore: decorator
  @inline
  mass(v: u32): Mass {
    return changetype<Mass>(this.masses + <usize>v * offsetof<Mass>());
  }
}

/** Every node a tree of its own, nothing folded, in the arena; 0 where memory is out. */
export function newTrees(graph: Graph): Trees {
  const n = graph.nodes;
  const trees = changetype<Trees>(alloc(offsetof<Trees>()));
  const masses = alloc(n * offsetof<Mass>());
  const lists = alloc(n << 4);
  if (changetype<usize>(trees) == 0 || masses == 0 || lists == 0) return changetype<Trees>(0);
  const bytes = (<usize>n) << 2;
  trees.graph = graph;
  trees.masses = masses;
  trees.labels = lists;
  trees.parents = lists + bytes;
  trees.order = trees.parents + bytes;
  trees.degrees = trees.order + bytes;
  trees.folded = 0;
  for (let v: u32 = 0; v < n; v++) {
    setU32(trees.degrees, v, graph.degree(v));
    setU32(trees.labels, v, NONE);
    trees.mass(v).size = 1;
    trees.mass(v).squares = 0;
  }
  return trees;
}

/** Folds until no degree is 1. */
export function foldTrees(trees: Trees): void {
  const graph = trees.graph;
  const neighbours = graph.neighbours;
  const labels = trees.labels;
  const degrees = trees.degrees;
  const order = trees.order;
  let listed: u32 = 0;
  for (let v: u32 = 0; v < graph.nodes; v++) if (u32At(degrees, v) == 1) setU32(order, listed++, v);
  let folded: u32 = 0;
  for (let i: u32 = 0; i < listed; i++) {
    const v = u32At(order, i);
    // Of the last two nodes of a tree, the second's degree has fallen to 0: it stays.
    if (u32At(degrees, v) != 1) continue;
    let e = graph.firstArc(v);
    while (u32At(labels, u32At(neighbours, e)) == FOLDED) e++;
    const p = u32At(neighbours, e);
    const size = trees.mass(v).size;
    trees.mass(p).size += size;
    trees.mass(p).squares += size * size;
    setU32(labels, v, FOLDED);
    setU32(trees.parents, v, p);
    setU32(order, folded++, v);
    const degree = u32At(degrees, p) - 1;
    setU32(degrees, p, degree);
    if (degree == 1) setU32(order, listed++, p);
  }
  trees.folded = folded;
}

/** Writes what pairs with an end in a folded tree add to each node, f64[nodes]; the core's masses know their components. */
export function closeForms(trees: Trees, closed: usize): void {
  for (let i = trees.folded; i-- > 0;) {
    const v = u32At(trees.order, i);
    trees.mass(v).component = trees.mass(u32At(trees.parents, v)).component;
  }
  const n = trees.graph.nodes;
  for (let v: u32 = 0; v < n; v++) {
    const mass = trees.mass(v);
    const size = mass.size;
    const all = mass.component;
    const outside = all - size;
    let pairs: f64;
    if (u32At(trees.labels, v) == FOLDED) pairs = ((all - 1) * (all - 1) - mass.squares - outside * outside) / 2;
    else pairs = ((size - 1) * (size - 1) - mass.squares) / 2 + (size - 1) * outside;
    setF64(closed, v, pairs);
  }
}
