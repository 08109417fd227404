/** From a byte stream of any known traceroute format to routes. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { peekLines } from "../../files/lines.ts";
import { expectedFormats, openFormat } from "../open-format.ts";
import { TRACEROUTE_FORMATS } from "./formats.ts";
import { routeOf } from "./route-of-trace.ts";
import type { Traceroute, TracerouteReader, TracerouteTally } from "./traceroute.ts";
import { looksLikeJson, type TracerouteFormat, type TracerouteOptions, type TraceSource } from "./traceroute-format.ts";

const BATCH_TRACES = 1024;
/** What is looked at to tell a format: JSON may be printed over many lines. */
const HEAD_LINES = 64;

/**
 * Opens a stream of traceroutes: takes off compression (gzip, zstd, bzip2, xz), tells the format by content, and returns
 * the reader of its routes. Only the head of the stream is read before `batches` is.
 *
 * @throws InputError if the format is unknown, here or, for damage further on or no trace at all, while `batches` is consumed.
 */
export async function openTraceroutes(
  input: AsyncIterable<Uint8Array>,
  options: TracerouteOptions,
): Promise<TracerouteReader> {
  const tell = (window: ByteWindow) => detectTraceroutes(window, options.name);
  const { format, window, warnings } = await openFormat(input, options, TRACEROUTE_FORMATS, tell);
  const tally = newTally(format.format, warnings);
  return { tally, batches: batchesOf(format.read(window, options.name, tally), window, options, tally) };
}

/** Reads a stream of traceroutes whole; see openTraceroutes. */
export async function readTraceroutes(
  input: AsyncIterable<Uint8Array>,
  options: TracerouteOptions,
): Promise<{ readonly routes: readonly Traceroute[]; readonly tally: TracerouteTally }> {
  const { tally, batches } = await openTraceroutes(input, options);
  const routes: Traceroute[] = [];
  for await (const batch of batches) for (const route of batch) routes.push(route);
  return { routes, tally };
}

function newTally(format: string, warnings: string[]): TracerouteTally {
  const hops = { hops: 0, silentHops: 0, lateHops: 0, repeatedHops: 0 };
  return { format, traces: 0, complete: 0, ...hops, loops: 0, skipped: 0, warnings };
}

async function* batchesOf(
  traces: TraceSource,
  window: ByteWindow,
  options: TracerouteOptions,
  tally: TracerouteTally,
): AsyncGenerator<readonly Traceroute[]> {
  try {
    let batch: Traceroute[] = [];
    for await (const trace of traces) {
      batch.push(routeOf(trace, options.aliases, tally));
      if (batch.length === BATCH_TRACES) {
        yield batch;
        batch = [];
      }
    }
    if (tally.traces === 0) throw new InputError(options.name, undefined, "no traceroutes");
    if (batch.length > 0) yield batch;
  } finally {
    await window.close();
  }
}

async function detectTraceroutes(window: ByteWindow, name: string): Promise<TracerouteFormat> {
  const lines = await peekLines(window, HEAD_LINES);
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first < 0) throw new InputError(name, undefined, "empty input, expected traceroutes");
  const head = { first: lines[first], text: lines.join("\n") };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary data.
  const binary = /[\x00-\x08\x0e-\x1f]/.test(head.text.slice(0, 4096));
  const format = binary ? undefined : TRACEROUTE_FORMATS.find(({ detect }) => detect(head));
  if (format !== undefined) return format;
  const json = !binary && looksLikeJson(head);
  const what = json
    ? "JSON of an unknown kind, expected RIPE Atlas or scamper traceroutes"
    : `${binary ? "binary data" : "markup"}, ${expectedFormats(TRACEROUTE_FORMATS)}`;
  throw new InputError(name, { line: first + 1 }, what);
}
