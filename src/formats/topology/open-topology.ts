/** From a byte stream of any known topology format to a network. */
import { ByteWindow } from "../byte-window.ts";
import { InputError } from "../input-error.ts";
import { readEdgeList } from "./edge-list.ts";
import { readGraphml } from "./graphml.ts";
import {
  isTopologyFormat,
  type NetworkFile,
  TOPOLOGY_FORMATS,
  type TopologyFormat,
  type TopologyOptions,
} from "./network-file.ts";

type Reader = (window: ByteWindow, options: TopologyOptions) => Promise<NetworkFile>;

const readers: Readonly<Partial<Record<TopologyFormat, Reader>>> = {
  graphml: readGraphml,
  "edge-list": readEdgeList,
};

/**
 * Reads a network: tells the format by content unless it is given.
 *
 * @throws InputError for an unknown format, malformed content, or a network without nodes.
 */
export async function openTopology(input: AsyncIterable<Uint8Array>, options: TopologyOptions): Promise<NetworkFile> {
  const { name, format } = options;
  if (format !== undefined && !isTopologyFormat(format)) {
    throw new InputError(name, undefined, `unknown format "${format}", expected one of ${TOPOLOGY_FORMATS.join(", ")}`);
  }
  const window = new ByteWindow(input);
  try {
    await window.fill(1);
    const told = format ?? (window.bytes[window.start] === 0x3c ? "graphml" : "edge-list");
    const read = readers[told];
    if (read === undefined) throw new InputError(name, undefined, `format "${told}" is not read yet`);
    return await read(window, options);
  } finally {
    await window.close();
  }
}
