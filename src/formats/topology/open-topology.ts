/** From a byte stream of any known topology format to a network. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { decompressed } from "../../files/decompressed.ts";
import { InputError } from "../../files/input-error.ts";
import { peekLines } from "../../files/lines.ts";
import { readAsRelationships } from "./as-relationships.ts";
import { readBrite } from "./brite.ts";
import { detectTopology, HEAD_RECORDS } from "./detect-topology.ts";
import { readEdgeList } from "./edge-list.ts";
import { readGml } from "./gml.ts";
import { readGraphml } from "./graphml.ts";
import { readMetis } from "./metis.ts";
import {
  isTopologyFormat,
  type NetworkFile,
  TOPOLOGY_FORMATS,
  type TopologyFormat,
  type TopologyOptions,
} from "./network-file.ts";
import { readNodeLink } from "./node-link.ts";
import { readRocketfuelRouters, readRocketfuelWeights } from "./rocketfuel.ts";
import { readSndlib } from "./sndlib.ts";

type Reader = (window: ByteWindow, options: TopologyOptions) => Promise<NetworkFile>;

const readers: Readonly<Record<TopologyFormat, Reader>> = {
  graphml: readGraphml,
  gml: readGml,
  "edge-list": readEdgeList,
  metis: readMetis,
  sndlib: readSndlib,
  "rocketfuel-cch": readRocketfuelRouters,
  "rocketfuel-weights": readRocketfuelWeights,
  brite: readBrite,
  "as-relationships": readAsRelationships,
  "node-link": readNodeLink,
};

/**
 * Reads a network: takes off compression, and tells the format by content unless it is given.
 *
 * @throws InputError for an unknown format, malformed content, or a network without nodes.
 */
export async function openTopology(input: AsyncIterable<Uint8Array>, options: TopologyOptions): Promise<NetworkFile> {
  const { name, format } = options;
  if (format !== undefined && !isTopologyFormat(format)) {
    throw new InputError(name, undefined, `unknown format "${format}", expected one of ${TOPOLOGY_FORMATS.join(", ")}`);
  }
  const warnings: string[] = [];
  const window = await decompressed(input, name, warnings);
  try {
    const told = format ?? detectTopology(await peekLines(window, HEAD_RECORDS), name);
    const network = await readers[told](window, options);
    return { ...network, notes: [...network.notes, ...warnings] };
  } finally {
    await window.close();
  }
}
