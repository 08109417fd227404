/** What a topology file holds, once read. */
import type { Topology } from "../../network/topology.ts";

/** The formats that can be read, as `--format` takes them. */
export const TOPOLOGY_FORMATS = [
  "graphml",
  "gml",
  "edge-list",
  "metis",
  "sndlib",
  "rocketfuel-cch",
  "rocketfuel-weights",
  "brite",
  "as-relationships",
  "node-link",
] as const;
export type TopologyFormat = (typeof TOPOLOGY_FORMATS)[number];

/** Whether a name is one of TOPOLOGY_FORMATS. */
export function isTopologyFormat(name: string): name is TopologyFormat {
  return TOPOLOGY_FORMATS.some((format) => format === name);
}

export interface TopologyOptions {
  /** The file's name for errors; "-" is standard input. */
  readonly name: string;
  /** One of TOPOLOGY_FORMATS; told by content if absent. */
  readonly format?: string;
  /**
   * The edge attribute that holds lengths; absent: every edge has length 1. GraphML, GML, node-link JSON: its name. BRITE:
   * `length`, `delay` or `bandwidth`. SNDlib: an element of the link, such as `routingCost` or `preInstalledModule.cost`.
   * METIS: `weight`. Edge list: `length`, the third column. Rocketfuel's weights and latencies are lengths always.
   */
  readonly lengths?: string;
}

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

export interface NetworkFile {
  readonly format: TopologyFormat;
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
