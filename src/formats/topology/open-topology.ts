/** From a byte stream of any known topology format to a network. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { peekLines } from "../../files/lines.ts";
import { expectedFormats, openFormat } from "../open-format.ts";
import { TOPOLOGY_FORMATS } from "./formats.ts";
import type { NetworkFile } from "./network-file.ts";
import { isComment, type TopologyFormat, type TopologyHead, type TopologyOptions } from "./topology-format.ts";

/** How many records are looked at to tell a format, and how many characters of each line. */
const HEAD_RECORDS = 64;
const LOOKED_AT = 1024;

/**
 * Reads a network: takes off compression, and tells the format by content unless it is given.
 *
 * @throws InputError for an unknown format, malformed content, or a network without nodes.
 */
export async function openTopology(input: AsyncIterable<Uint8Array>, options: TopologyOptions): Promise<NetworkFile> {
  const tell = (window: ByteWindow) => detectTopology(window, options.name);
  const { format, window, warnings } = await openFormat(input, options, TOPOLOGY_FORMATS, tell);
  try {
    const network = await format.read(window, options);
    return { format: format.format, ...network, notes: [...network.notes, ...warnings] };
  } finally {
    await window.close();
  }
}

async function detectTopology(window: ByteWindow, name: string): Promise<TopologyFormat> {
  const lines = (await peekLines(window, HEAD_RECORDS)).map((line) => line.slice(0, LOOKED_AT));
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first < 0) throw new InputError(name, undefined, "empty input, expected a network");
  const head = headOf(lines, lines[first].trim());
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary data.
  const binary = /[\x00-\x08\x0e-\x1f]/.test(head.first);
  const format = binary ? undefined : TOPOLOGY_FORMATS.find(({ detect }) => detect(head, name));
  if (format !== undefined) return format;
  const what = binary ? "binary data" : head.first.startsWith("<") ? "XML of an unknown kind" : "a JSON list";
  throw new InputError(name, { line: first + 1 }, `${what}, ${expectedFormats(TOPOLOGY_FORMATS)}`);
}

function headOf(lines: readonly string[], first: string): TopologyHead {
  const record = lines.findIndex((line) => line.trim() !== "" && !isComment(line.trim()));
  return { first, lines, records: /^[<[{]/.test(first) || record < 0 ? [] : lines.slice(record) };
}
