/** scamper's traces as sc_warts2json writes them: one object per line; other measurements are skipped. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { readJsonRecords } from "./json-records.ts";
import { answering, inOrder, isHopNumber, ownNumber, ownText, ownValue } from "./replies.ts";
import type { GivenTrace, TracerouteTally } from "./traceroute.ts";
import { looksLikeJson, type TracerouteFormat, type TraceSource } from "./traceroute-format.ts";

export const scamper: TracerouteFormat = {
  format: "scamper",
  detect: (head) => looksLikeJson(head) && /"type"\s*:\s*"(?:trace|cycle-start|cycle-stop)"/.test(head.text),
  read: readScamper,
};

async function* readScamper(window: ByteWindow, name: string, tally: TracerouteTally): TraceSource {
  for await (const { value } of readJsonRecords(window, name, tally.warnings)) {
    const trace = traceOf(value);
    if (trace !== undefined) yield trace;
    else if (!/^cycle-/.test(ownText(value, "type") ?? "")) tally.skipped++;
  }
}

/** scamper lists replies, so a hop without any is silent; `hop_count` tells of silent ones at the end. */
function traceOf(record: object): GivenTrace | undefined {
  if (ownValue(record, "type") !== "trace") return undefined;
  const source = ownText(record, "src");
  const destination = ownText(record, "dst");
  if (source === undefined || destination === undefined) return undefined;
  const replies = new Map<number, string[]>();
  const listed = ownValue(record, "hops");
  for (const reply of Array.isArray(listed) ? listed : []) {
    const hop = ownValue(reply, "probe_ttl");
    const address = ownText(reply, "addr");
    if (!isHopNumber(hop) || address === undefined) continue;
    const addresses = replies.get(hop);
    if (addresses === undefined) replies.set(hop, [address]);
    else addresses.push(address);
  }
  const hops = new Map<number, string | null>([...replies].map(([hop, addresses]) => [hop, answering(addresses)]));
  const count = ownValue(record, "hop_count");
  if (isHopNumber(count) && !hops.has(count)) hops.set(count, null);
  const start = ownValue(record, "start");
  return {
    source,
    destination,
    hops: inOrder(hops),
    reached: ownValue(record, "stop_reason") === "COMPLETED",
    time: ownNumber(start, "sec") + (ownNumber(start, "usec") || 0) / 1e6,
    site: source,
  };
}
