/** From a byte stream of any known format to a stream of contacts. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { decompressed } from "../../files/decompressed.ts";
import { InputError } from "../../files/input-error.ts";
import { peekLines } from "../../files/lines.ts";
import { type ColumnOptions, planColumns } from "./columns.ts";
import type { ContactBatch, ContactReader, ReaderTally } from "./contacts.ts";
import { readDelimited } from "./delimited.ts";
import { detectCapture, detectText, FORMATS, type Format, isFormat } from "./detect.ts";
import { eveKeys, type JsonKeys, readJsonLines, zeekJsonKeys } from "./json-lines.ts";
import { readPcap } from "./pcap.ts";
import { readPcapng } from "./pcapng.ts";
import { readZeekTsv } from "./zeek-tsv.ts";

export interface OpenOptions extends ColumnOptions {
  /** The file's name for errors; "-" is standard input. */
  readonly name: string;
  /** One of FORMATS; told by content if absent. */
  readonly format?: string;
}

/**
 * Opens a stream: takes off gzip, zstd, bzip2 and xz, tells the format by content, and returns the reader of its contacts. Bytes
 * and lines in errors are those of the decompressed stream. Only the head of the stream is read before `batches` is.
 *
 * @throws InputError if the format is unknown, here or, for damage further on, while `batches` is consumed.
 */
export async function openContacts(input: AsyncIterable<Uint8Array>, options: OpenOptions): Promise<ContactReader> {
  const { name, format } = options;
  if (format !== undefined && !isFormat(format)) {
    throw new InputError(name, undefined, `unknown format "${format}", expected one of ${FORMATS.join(", ")}`);
  }
  const tally: ReaderTally = { format: format ?? "", packets: 0, contacts: 0, warnings: [] };
  const window = await decompressed(input, name, tally.warnings);
  try {
    const batches = await chooseReader(window, options, format, tally);
    return { tally, batches: closing(batches, window) };
  } catch (error) {
    await window.close();
    throw error;
  }
}

async function chooseReader(
  window: ByteWindow,
  options: OpenOptions,
  format: Format | undefined,
  tally: ReaderTally,
): Promise<AsyncGenerator<ContactBatch>> {
  const { name } = options;
  const capture = format === undefined && (await window.fill(4)) ? detectCapture(window) : format;
  if (capture === "pcap" || capture === "pcapng") {
    tally.format = capture;
    return capture === "pcap" ? readPcap(window, name, tally) : readPcapng(window, name, tally);
  }
  const head = await peekLines(window, 2);
  const text = format === undefined ? detectText(head, options, name) : format;
  switch (text) {
    case "zeek-tsv":
      tally.format = text;
      return readZeekTsv(window, name, tally);
    case "zeek-json":
    case "eve":
    case "json":
      tally.format = text;
      return readJsonLines(window, name, tally, chooseKeys(text, options));
    default: {
      const delimited = text === "argus" || text === "nfdump" || text === "csv" || text === "pairs" ? text : undefined;
      const plan = planColumns(head, options, delimited, name);
      tally.format = plan.format;
      return readDelimited(window, name, tally, plan);
    }
  }
}

function chooseKeys(format: "zeek-json" | "eve" | "json", options: OpenOptions): JsonKeys {
  const defaults = format === "eve" ? eveKeys : zeekJsonKeys;
  const { sourceColumn, destinationColumn } = options;
  if (
    (sourceColumn === undefined) !== (destinationColumn === undefined) ||
    (format === "json" && sourceColumn === undefined)
  ) {
    throw new InputError(options.name, undefined, "both the source key and the destination key must be given");
  }
  return {
    source: sourceColumn ?? defaults.source,
    destination: destinationColumn ?? defaults.destination,
    port: options.portColumn ?? (sourceColumn === undefined ? defaults.port : "dest_port"),
    protocol: defaults.protocol,
    time: options.timeColumn ?? (sourceColumn === undefined ? defaults.time : "timestamp"),
    anyIdentity: sourceColumn !== undefined,
  };
}

/** The source is told when a consumer stops early, or an error ends the stream. */
async function* closing(batches: AsyncGenerator<ContactBatch>, window: ByteWindow): AsyncGenerator<ContactBatch> {
  try {
    yield* batches;
  } finally {
    await window.close();
  }
}
