/** What a placement of monitors is asked for, and what comes of it. place-monitors.ts makes one. */

/** In the order that comparisons list them. */
export const METHODS = [
  "greedy",
  "kmax",
  "degree",
  "betweenness",
  "brute",
  "exact",
  "bidirectional",
  "two-way",
  "sampled",
] as const;
export type Method = (typeof METHODS)[number];

/** The methods that look at one directed route per ordered pair. */
export const ROUTE_METHODS = ["greedy", "kmax", "degree", "brute", "exact", "bidirectional", "two-way"] as const;
export type RouteMethod = (typeof ROUTE_METHODS)[number];

/** How many monitors there may be, and where. Nodes are indices. */
export interface Limits {
  /** At most this many monitors, placed ones not counted; more than there are candidates means all of them. */
  readonly monitors?: number | undefined;
  /** A share, above 0 and at most 1, of the rate of all pairs that have a path: the fewest monitors that observe it. */
  readonly coverage?: number | undefined;
  /** One per node, positive: what a monitor there costs. Absent: 1 each. */
  readonly costs?: ArrayLike<number> | undefined;
  /** For the costs of all monitors, placed ones not counted. */
  readonly budget?: number | undefined;
  /** Nodes that get no monitor. */
  readonly forbidden?: Iterable<number> | undefined;
  /** Nodes that have a monitor already: they observe, cost nothing and count for no limit. */
  readonly placed?: Iterable<number> | undefined;
  /** Of `exact`: sets looked at, at most. Default 100,000. */
  readonly nodeBudget?: number | undefined;
}

/** At least one of `monitors`, `coverage` and `budget` is needed. */
export interface PlacementOptions extends Limits {
  /** Default greedy. */
  readonly method?: Method | undefined;
  /**
   * The ends of traffic. `all` (default): every node is both an end and a candidate. `degree-1`: the leaves; candidates are
   * the rest. A list of nodes: candidates are the rest, as in the paper.
   */
  readonly access?: "all" | "degree-1" | readonly number[] | undefined;
  /** r(x,*), one per access node in their order (`all` and `degree-1`: ascending); each other one gets r(x,*) / (A - 1). Default 1 each. */
  readonly rates?: ArrayLike<number> | undefined;
  /** r(x,y), A x A, row = source; the diagonal is ignored. Replaces rates. */
  readonly traffic?: ArrayLike<number> | undefined;
  /** Of `sampled`: what the guarantee gives away, a share of all pairs. Default 0.05. */
  readonly epsilon?: number | undefined;
  /** Of `sampled`. Default 1. */
  readonly seed?: number | bigint | undefined;
  /**
   * How greedy finds gains. `passes`: one pass over the shortest-path DAGs a pick. `successive`: Puzis' three matrices, up
   * to 3000 nodes or so. `auto` (default): by the work they take. Picks are the same.
   */
  readonly engine?: "auto" | "passes" | "successive" | undefined;
}

export interface RoutePlacementOptions extends Limits {
  /** Default greedy. */
  readonly method?: RouteMethod | undefined;
  /** Of `brute`: what is maximal. Default `observed`. */
  readonly objective?: "observed" | "two-way" | undefined;
}

/** A chosen node. Shares are of the rate of all pairs that have a path. */
export interface Monitor {
  readonly node: number;
  /** What it adds to the monitors before it. */
  readonly gain: number;
  /** What it and all before it observe. */
  readonly observed: number;
  /** On routes only: pairs whose route and reverse route are both observed by it and all before it. */
  readonly twoWay?: number;
}

/** Why no further monitor was placed. */
export type Stop = "monitors" | "coverage" | "budget" | "nothing adds";

export interface Placement {
  readonly method: Method;
  readonly nodes: number;
  /** Of a placement on routes: distinct undirected links that the routes take. */
  readonly edges: number;
  readonly accessNodes: number;
  readonly candidates: number;
  /** In the order they were chosen; of `brute` and `exact` ascending. */
  readonly monitors: readonly Monitor[];
  /** Placed before, ascending, and the share that they observe by themselves. */
  readonly placed: readonly number[];
  readonly placedObserved: number;
  /** Share of `rate` that all monitors observe. */
  readonly observed: number;
  /** Rate of all ordered pairs that have a path. On routes: of all routes given. */
  readonly rate: number;
  /** Rate that no placement observes: `unconnected`, and the part of `rate` that meets no candidate and no placed monitor. */
  readonly unobservable: number;
  /** Ordered pairs without a path (of a positive rate or not), and their rate. On routes: pairs without a route, 0. */
  readonly unconnectedPairs: number;
  readonly unconnected: number;
  /** A share that no placement within the same limits exceeds: proven, but for `sampled`, where it is an estimate. */
  readonly bound: number;
  /** Whether this placement is proven the best: no other observes more; with `coverage`, none needs fewer monitors (or less cost). */
  readonly optimal: boolean;
  /** The least share of the best placement that the method is sure to observe, 1 - 1/e and the like; 0 where there is none. */
  readonly guarantee: number;
  /** Cost of the monitors, placed ones not counted. */
  readonly cost: number;
  readonly stopped: Stop;
  /** With `coverage`: no placement reaches the share with fewer monitors (proven). */
  readonly leastMonitors?: number;
  /** Of `brute` and `exact`: sets looked at. */
  readonly searched?: number;
  /** Of `sampled`. */
  readonly sampling?: Sampling;
  /** On routes only: share of the ordered pairs' rate whose route and reverse route are both observed. */
  readonly twoWay?: number;
}

export interface Sampling {
  /** Sampled paths that the monitors were chosen by; as many others gave gain and observed. */
  readonly samples: number;
  readonly epsilon: number;
  readonly seed: string;
  /** Of `observed`. */
  readonly standardError: number;
}

/** A placement that cannot be made as asked; the message says what would do. */
export class PlacementError extends Error {
  override readonly name = "PlacementError";
}
