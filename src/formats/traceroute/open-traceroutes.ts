/** From a byte stream of any known traceroute format to routes. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { decompressed } from "../../files/decompressed.ts";
import { InputError } from "../../files/input-error.ts";
import { peekLines } from "../../files/lines.ts";
import { readHiPerConTracer } from "./hipercontracer.ts";
import { readPlainRoutes } from "./plain-routes.ts";
import { readRipeAtlas } from "./ripe-atlas.ts";
import { readScamper } from "./scamper.ts";
import { routeOf } from "./trace-route.ts";
import {
  isTracerouteFormat,
  TRACEROUTE_FORMATS,
  type Traceroute,
  type TracerouteFormat,
  type TracerouteOptions,
  type TracerouteReader,
  type TracerouteTally,
  type TraceSource,
} from "./traceroute.ts";

const BATCH_TRACES = 1024;
/** What is looked at to tell a format: JSON may be printed over many lines. */
const HEAD_LINES = 64;

const readers: Readonly<
  Record<TracerouteFormat, (window: ByteWindow, name: string, tally: TracerouteTally) => TraceSource>
> = {
  "ripe-atlas": readRipeAtlas,
  scamper: readScamper,
  hipercontracer: readHiPerConTracer,
  plain: readPlainRoutes,
};

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
  const { name, format } = options;
  if (format !== undefined && !isTracerouteFormat(format)) {
    throw new InputError(
      name,
      undefined,
      `unknown format "${format}", expected one of ${TRACEROUTE_FORMATS.join(", ")}`,
    );
  }
  const warnings: string[] = [];
  const window = await decompressed(input, name, warnings);
  try {
    const told = format ?? detectTraceroutes(await peekLines(window, HEAD_LINES), name);
    const tally = newTally(told, warnings);
    return { tally, batches: batchesOf(readers[told](window, name, tally), window, options, tally) };
  } catch (error) {
    await window.close();
    throw error;
  }
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

function newTally(format: TracerouteFormat, warnings: string[]): TracerouteTally {
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

/** @throws InputError if the first lines are none of the formats. */
function detectTraceroutes(head: readonly string[], name: string): TracerouteFormat {
  const first = head.findIndex((line) => line.trim() !== "");
  if (first < 0) throw new InputError(name, undefined, "empty input, expected traceroutes");
  const text = head.join("\n");
  const place = { line: first + 1 };
  const expected = `expected one of ${TRACEROUTE_FORMATS.join(", ")}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary data.
  if (/[\x00-\x08\x0e-\x1f]/.test(text.slice(0, 4096))) throw new InputError(name, place, `binary data, ${expected}`);
  if (/^\s*[{[]/.test(head[first])) {
    if (/"(?:prb_id|msm_id|dst_addr)"\s*:/.test(text)) return "ripe-atlas";
    if (/"type"\s*:\s*"(?:trace|cycle-start|cycle-stop)"/.test(text)) return "scamper";
    throw new InputError(name, place, "JSON of an unknown kind, expected RIPE Atlas or scamper traceroutes");
  }
  if (/^#\?\s*HPCT\b|^#T[a-z]?\s/m.test(text)) return "hipercontracer";
  if (/^\s*</.test(head[first])) throw new InputError(name, place, `markup, ${expected}`);
  return "plain";
}
