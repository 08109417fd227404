/** HiPerConTracer's Traceroute results, versions 1 and 2: a line that begins with #T, then one per hop. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { inOrder, isHopNumber } from "./replies.ts";
import type { GivenTrace, TracerouteTally } from "./traceroute.ts";
import { looksLikeJson, type TracerouteFormat, type TraceSource } from "./traceroute-format.ts";

/** Status of a hop: 1 and 100 to 199 come from a router, 200 to 254 from none, 255 from the destination. */
const FIRST_SILENT = 200;
const DESTINATION = 255;
const HEXADECIMAL = /^[0-9a-f]{1,16}$/i;

interface Heading {
  readonly version: 1 | 2;
  readonly source: string;
  readonly destination: string;
  readonly time: number;
  /** How many hops the heading tells; the last trace of a file that was cut off has fewer. */
  readonly told: number;
  readonly line: number;
  readonly hops: Map<number, string | null>;
  reached: boolean;
}

export const hiPerConTracer: TracerouteFormat = {
  format: "hipercontracer",
  detect: (head) => !looksLikeJson(head) && /^#\?\s*HPCT\b|^#T[a-z]?\s/m.test(head.text),
  read: readHiPerConTracer,
};

async function* readHiPerConTracer(window: ByteWindow, name: string, tally: TracerouteTally): TraceSource {
  let heading: Heading | undefined;
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index];
      const line = first + index;
      if (text.trim() === "") continue;
      if (text.startsWith("#")) {
        if (heading !== undefined) yield traceOf(heading);
        heading = headingOf(text, name, line);
        if (heading === undefined && !text.startsWith("#?")) tally.skipped++;
      } else if (/^\s/.test(text)) {
        if (heading === undefined) throw new InputError(name, { line }, "a hop without a heading, expected #T first");
        addHop(heading, text.trim().split(/\s+/), name, line);
      } else throw new InputError(name, { line }, "expected a heading (#T ...) or a hop, which begins with a tab");
    }
  }
  if (heading === undefined) return;
  if (heading.hops.size < heading.told && !heading.reached) {
    tally.warnings.push(`the last trace (line ${heading.line}) has ${heading.hops.size} of ${heading.told} hops`);
  }
  yield traceOf(heading);
}

/** Undefined for other measurements' lines and for comments. */
function headingOf(text: string, name: string, line: number): Heading | undefined {
  if (!/^#T[a-z]?\s/.test(text)) {
    const [mark, format, kind] = text.split(/\s+/, 3);
    if (mark === "#?" && format === "HPCT" && kind !== "Traceroute") {
      throw new InputError(name, { line }, "results of another measurement, expected HPCT Traceroute");
    }
    return undefined;
  }
  const columns = text.split(/\s+/);
  const version = columns[0] === "#T" ? 1 : 2;
  // Version 2 begins with a measurement's number and counts nanoseconds, version 1 microseconds.
  const [source, destination, timestamp] = columns.slice(version, version + 3);
  if (timestamp === undefined || !HEXADECIMAL.test(timestamp)) {
    throw new InputError(name, { line }, "malformed heading, expected source, destination and a hexadecimal timestamp");
  }
  const told = Number(columns[6]);
  return {
    version,
    source,
    destination,
    time: Number.parseInt(timestamp, 16) / (version === 1 ? 1e6 : 1e9),
    told: isHopNumber(told) ? told : 0,
    line,
    hops: new Map(),
    reached: false,
  };
}

/** Version 2: time hop size status ... address; version 1: hop status (hexadecimal) rtt address. */
function addHop(heading: Heading, columns: readonly string[], name: string, line: number): void {
  const second = heading.version === 2;
  const hop = Number(columns[second ? 1 : 0]);
  const status = second ? Number(columns[3]) : Number.parseInt(columns[1] ?? "", 16);
  const address = second ? columns[11] : columns[3];
  if (!isHopNumber(hop) || !Number.isInteger(status) || address === undefined) {
    throw new InputError(name, { line }, `malformed hop of a version ${heading.version} trace`);
  }
  if (status === DESTINATION) heading.reached = true;
  // A silent hop's line names the destination.
  if (status < FIRST_SILENT || status === DESTINATION) heading.hops.set(hop, address);
  else if (!heading.hops.has(hop)) heading.hops.set(hop, null);
}

function traceOf(heading: Heading): GivenTrace {
  const { source, destination, hops, reached, time } = heading;
  return { source, destination, hops: inOrder(hops), reached, time, site: undefined };
}
