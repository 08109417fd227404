/** From a byte stream of any known format to a stream of contacts. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readU32 } from "../../files/integers.ts";
import { peekLines } from "../../files/lines.ts";
import { expectedFormats, openFormat } from "../open-format.ts";
import type { ContactBatch, ContactReader, ReaderTally } from "./contact-batch.ts";
import { type ContactFormat, type ContactOptions, HEAD_RECORDS } from "./contact-format.ts";
import { CONTACT_FORMATS } from "./formats.ts";
import { looksLikeJson, parseObject } from "./json-lines.ts";

/**
 * Opens a stream: takes off gzip, zstd, bzip2 and xz, tells the format by content, and returns the reader of its contacts. Bytes
 * and lines in errors are those of the decompressed stream. Only the head of the stream is read before `batches` is.
 *
 * @throws InputError if the format is unknown, here or, for damage further on, while `batches` is consumed.
 */
export async function openContacts(input: AsyncIterable<Uint8Array>, options: ContactOptions): Promise<ContactReader> {
  const tell = (window: ByteWindow) => detectContacts(window, options);
  const { format, window, warnings } = await openFormat(input, options, CONTACT_FORMATS, tell);
  const tally: ReaderTally = { format: format.format, packets: 0, contacts: 0, warnings };
  return { tally, batches: readAndClose(format, window, options, tally) };
}

/** The source is told when a consumer stops early, or an error ends the stream. */
async function* readAndClose(
  format: ContactFormat,
  window: ByteWindow,
  options: ContactOptions,
  tally: ReaderTally,
): AsyncGenerator<ContactBatch> {
  try {
    yield* format.read(window, options, tally);
  } finally {
    await window.close();
  }
}

/** Captures first, by 4 bytes: a live one may have no more for a while. */
async function detectContacts(window: ByteWindow, options: ContactOptions): Promise<ContactFormat> {
  const magic = (await window.fill(4)) ? readU32(window.bytes, window.start, false) : undefined;
  const capture = CONTACT_FORMATS.find(({ detect }) => detect({ magic, lines: [], line: "" }, options));
  if (capture !== undefined) return capture;
  const lines = await peekLines(window, HEAD_RECORDS);
  const first = lines.findIndex((text) => text.trim() !== "");
  if (first < 0) throw new InputError(options.name, undefined, "empty input, expected a capture or a flow log");
  const line = lines[first];
  // Markup would pass as columns.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary data.
  if (!/^\s*<|[\x00-\x08\x0e-\x1f\ufffd]/.test(line.slice(0, 4096))) {
    const format = CONTACT_FORMATS.find(({ detect }) => detect({ magic, lines, line }, options));
    if (format !== undefined) return format;
    if (looksLikeJson(line)) throw new InputError(options.name, { line: first + 1 }, jsonObstacle(line));
  }
  throw new InputError(options.name, { byte: 0 }, `unknown format, ${expectedFormats(CONTACT_FORMATS)}`);
}

function jsonObstacle(line: string): string {
  if (parseObject(line) === undefined) return "not a JSON object, expected one per line";
  return "JSON without addresses, expected id.orig_h and id.resp_h, src_ip and dest_ip, or the source and destination keys";
}
