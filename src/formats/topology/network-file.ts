/** What a topology file holds, once read. */
import type { Topology } from "../../network/topology.ts";

export type NodeAttributes = Readonly<Record<string, string | number | boolean>>;

/** Where nodes lie: degrees of longitude (x) and latitude (y), or a plane's units; NaN where the file does not tell. */
export interface Coordinates {
  readonly kind: "geographic" | "plane";
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Traffic between two nodes, given by index. */
export interface Demand {
  readonly source: number;
  readonly target: number;
  readonly value: number;
}

/** What a format's reader makes of a file. */
export interface ReadNetwork {
  /** Nodes in the order of the file; a node's name is its identifier there. */
  readonly topology: Topology;
  /** Whether lengths differ by direction. */
  readonly directedLengths: boolean;
  /** What people call the nodes, unique: labels that stand more than once end in ` (name)`; a node without one has its name. */
  readonly labels: readonly string[];
  /** What the file tells of each node; an empty record where that is nothing. */
  readonly attributes: readonly NodeAttributes[];
  readonly coordinates: Coordinates | undefined;
  /** Traffic that the file gives (SNDlib). */
  readonly demands: readonly Demand[] | undefined;
  /** What was counted and how it was taken: edges merged or dropped, nodes without edges and the like; one line each. */
  readonly notes: readonly string[];
}

export interface NetworkFile extends ReadNetwork {
  /** As the table of formats names it. */
  readonly format: string;
}
