/** Tells a format by the first bytes and lines of a stream. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readU32 } from "../../files/integers.ts";
import type { ColumnOptions } from "./columns.ts";
import { lookUp, parseObject } from "./json-lines.ts";
import { isPcapMagic } from "./pcap.ts";
import { SECTION_HEADER } from "./pcapng.ts";

/** The formats that can be read, as `--format` takes them. */
export const FORMATS = [
  "pcap",
  "pcapng",
  "zeek-tsv",
  "zeek-json",
  "eve",
  "json",
  "argus",
  "nfdump",
  "csv",
  "pairs",
] as const;
export type Format = (typeof FORMATS)[number];

/** Whether a name is one of FORMATS. */
export function isFormat(name: string): name is Format {
  return FORMATS.some((format) => format === name);
}

/** The capture format of a stream whose first 4 bytes lie in the window, or undefined if it is none. */
export function detectCapture(window: ByteWindow): "pcap" | "pcapng" | undefined {
  const magic = readU32(window.bytes, window.start, false);
  if (magic === SECTION_HEADER) return "pcapng";
  return isPcapMagic(magic) ? "pcap" : undefined;
}

/**
 * The text format of a stream by its first lines: one of Zeek's, Suricata's, JSON lines with named keys, or
 * "delimited", whose columns tell the rest.
 *
 * @throws InputError if the lines are no text, or JSON without known keys.
 */
export function detectText(
  head: readonly string[],
  options: ColumnOptions,
  name: string,
): "zeek-tsv" | "zeek-json" | "eve" | "json" | "delimited" {
  const line = 1 + head.findIndex((text) => text.trim() !== "");
  if (line === 0) throw new InputError(name, undefined, "empty input, expected a capture or a flow log");
  const text = head[line - 1];
  // Markup would pass as columns.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary data.
  if (/^\s*<|[\x00-\x08\x0e-\x1f\ufffd]/.test(text.slice(0, 4096))) {
    throw new InputError(name, { byte: 0 }, `unknown format, expected one of ${FORMATS.join(", ")}`);
  }
  if (/^#(separator|fields)\b/.test(text)) return "zeek-tsv";
  if (!/^\s*[{[]/.test(text)) return "delimited";
  const record = parseObject(text);
  if (record === undefined) throw new InputError(name, { line }, "not a JSON object, expected one per line");
  if (options.sourceColumn !== undefined && options.destinationColumn !== undefined) return "json";
  if (lookUp(record, "id.orig_h") !== undefined) return "zeek-json";
  if (lookUp(record, "src_ip") !== undefined || lookUp(record, "event_type") !== undefined) return "eve";
  if (lookUp(record, "ts") !== undefined && lookUp(record, "uid") !== undefined) return "zeek-json";
  throw new InputError(
    name,
    { line },
    "JSON without addresses, expected id.orig_h and id.resp_h, src_ip and dest_ip, or the source and destination keys",
  );
}
