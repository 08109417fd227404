import { asRelationships } from "./as-relationships.ts";
import { brite } from "./brite.ts";
import { edgeList } from "./edge-list.ts";
import { gml } from "./gml.ts";
import { graphml } from "./graphml.ts";
import { metis } from "./metis.ts";
import { nodeLink } from "./node-link.ts";
import { rocketfuelCch, rocketfuelWeights } from "./rocketfuel.ts";
import { sndlib } from "./sndlib.ts";
import type { TopologyFormat } from "./topology-format.ts";

/** The formats of networks that can be read, in the order in which they are tried; an edge list is what no other is. */
export const TOPOLOGY_FORMATS: readonly TopologyFormat[] = [
  graphml,
  gml,
  sndlib,
  nodeLink,
  brite,
  rocketfuelCch,
  asRelationships,
  metis,
  rocketfuelWeights,
  edgeList,
];
