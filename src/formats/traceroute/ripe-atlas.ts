/** RIPE Atlas traceroute results: a list, or one per line. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { readJsonRecords } from "./json-records.ts";
import { answering, inOrder, isHopNumber, ownNumber, ownText, ownValue } from "./replies.ts";
import type { GivenTrace, TracerouteTally } from "./traceroute.ts";
import { looksLikeJson, type TracerouteFormat, type TraceSource } from "./traceroute-format.ts";

/** Atlas gives up, and then tries this hop once more. */
const LAST_TRY = 255;

export const ripeAtlas: TracerouteFormat = {
  format: "ripe-atlas",
  detect: (head) => looksLikeJson(head) && /"(?:prb_id|msm_id|dst_addr)"\s*:/.test(head.text),
  read: readRipeAtlas,
};

async function* readRipeAtlas(window: ByteWindow, name: string, tally: TracerouteTally): TraceSource {
  for await (const { value } of readJsonRecords(window, name, tally.warnings)) {
    const trace = traceOf(value);
    if (trace === undefined) tally.skipped++;
    else yield trace;
  }
}

/** Undefined for other measurements, and traces without addresses or results. */
function traceOf(record: object): GivenTrace | undefined {
  const type = ownValue(record, "type");
  if (type !== undefined && type !== "traceroute") return undefined;
  const from = ownText(record, "from");
  const source = ownText(record, "src_addr") ?? from;
  const destination = ownText(record, "dst_addr");
  const result = ownValue(record, "result");
  if (source === undefined || destination === undefined || !Array.isArray(result)) return undefined;
  const hops = new Map<number, string | null>();
  let late = 0;
  for (const entry of result) {
    const hop = ownValue(entry, "hop");
    const replies = ownValue(entry, "result");
    if (!isHopNumber(hop)) continue;
    const address = Array.isArray(replies) ? answering(addressesOf(replies)) : null;
    if (address === null && Array.isArray(replies) && replies.some(isLate)) late++;
    hops.set(hop === LAST_TRY ? Math.max(0, ...hops.keys()) + 1 : hop, address);
  }
  const probe = ownValue(record, "prb_id");
  return {
    source,
    destination,
    hops: inOrder(hops),
    late,
    reached: false,
    time: ownNumber(record, "timestamp"),
    site: typeof probe === "number" ? `probe ${probe}` : from,
  };
}

function addressesOf(replies: readonly unknown[]): string[] {
  return replies
    .filter((reply) => !isLate(reply))
    .map((reply) => ownText(reply, "from"))
    .filter((address) => address !== undefined);
}

/** A late reply is to another hop's probe. */
function isLate(reply: unknown): boolean {
  return ownValue(reply, "late") !== undefined;
}
