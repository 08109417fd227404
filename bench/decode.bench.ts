/** How fast captures and flow logs become contacts, from memory, the consumer doing nothing. */
import { Bench } from "tinybench";
import { openContacts } from "#src/formats/contacts/open-contacts.ts";
import { type SyntheticCapture, syntheticPcap, syntheticPcapng } from "./decode-captures.ts";

/** What a disk or a pipe hands over at a time. */
const CHUNK_BYTES = 1024 * 1024;

export interface DecodeRate {
  readonly name: string;
  /** Packets or records. */
  readonly packets: number;
  readonly bytes: number;
  /** Median of the runs. */
  readonly seconds: number;
  readonly packetsPerSecond: number;
  readonly bytesPerSecond: number;
}

/** Runs the suite and returns one rate per input: about 64 MB of 64-byte and 700-byte packets, and text logs. */
export async function decodeSuite(): Promise<DecodeRate[]> {
  const inputs: [string, SyntheticCapture][] = [
    ["pcap, 64-byte packets", syntheticPcap(800_000, 64)],
    ["pcapng, 64-byte packets", syntheticPcapng(800_000, 64)],
    ["pcap, 700-byte packets", syntheticPcap(200_000, 700)],
    ["pcapng, 700-byte packets", syntheticPcapng(200_000, 700)],
    ["pairs", textLog(300_000, (source, destination) => `${source} ${destination}\n`)],
    ["csv", textLog(200_000, (source, destination) => `${source},40000,${destination},53,udp\n`, CSV_HEADER)],
    ["csv, quoted", textLog(100_000, (source, destination) => `"${source}",1,"${destination}",53,"udp"\n`, CSV_HEADER)],
    ["zeek-json", textLog(100_000, zeekLine)],
  ];
  const bench = new Bench({ name: "decode", time: 1000, warmupTime: 200, iterations: 5 });
  for (const [name, { bytes, packets }] of inputs) bench.add(name, () => decode(name, bytes, packets));
  await bench.run();
  return bench.tasks.map((task, index) => {
    const { bytes, packets } = inputs[index][1];
    if (!("latency" in task.result)) throw new Error(`${task.name} did not run`);
    const seconds = task.result.latency.p50 / 1000;
    const rates = { packetsPerSecond: packets / seconds, bytesPerSecond: bytes.length / seconds };
    return { name: task.name, packets, bytes: bytes.length, seconds, ...rates };
  });
}

const CSV_HEADER = "src_ip,src_port,dst_ip,dst_port,proto\n";

async function decode(name: string, bytes: Uint8Array, packets: number): Promise<void> {
  const reader = await openContacts(chunks(bytes), { name });
  let contacts = 0;
  for await (const batch of reader.batches) contacts += batch.length;
  if (contacts !== packets) throw new Error(`${name}: ${contacts} contacts of ${packets} packets`);
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

function textLog(
  records: number,
  line: (source: string, destination: string) => string,
  header = "",
): SyntheticCapture {
  const lines: string[] = [header];
  for (let record = 0; record < records; record++) {
    const host = (record * 2654435761) >>> 0;
    lines.push(line(`10.0.${record & 255}.${(record >> 8) & 255}`, `${host >>> 24}.${(host >> 16) & 255}.7.9`));
  }
  return { bytes: new TextEncoder().encode(lines.join("")), packets: records };
}

function zeekLine(source: string, destination: string): string {
  const record = {
    ts: 1_700_000_000.25,
    uid: "CeXwwk4XHhkKHn7kag",
    "id.orig_h": source,
    "id.orig_p": 49158,
    "id.resp_h": destination,
    "id.resp_p": 80,
    proto: "tcp",
    duration: 0.0018,
    conn_state: "SF",
  };
  return `${JSON.stringify(record)}\n`;
}
