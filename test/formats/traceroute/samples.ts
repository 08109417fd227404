/** Small traceroutes in every format. */
import { readTraceroutes } from "../../../src/formats/traceroute/open-traceroutes.ts";
import type { Traceroute, TracerouteTally } from "../../../src/formats/traceroute/traceroute.ts";
import type { TracerouteOptions } from "../../../src/formats/traceroute/traceroute-format.ts";
import { chunked } from "../contacts/collect.ts";

const reply = (from: string, more: object = {}) => ({ from, ttl: 60, size: 28, rtt: 1.5, ...more });
const silent = { x: "*" };

function atlas(probe: number, result: readonly unknown[], more: object = {}): object {
  return {
    fw: 5080,
    prb_id: probe,
    msm_id: 1,
    type: "traceroute",
    src_addr: "192.168.0.2",
    from: `203.0.113.${probe}`,
    dst_addr: "192.0.2.9",
    timestamp: 1700000000 + probe,
    result,
    ...more,
  };
}

const hop = (number: number, ...replies: unknown[]) => ({ hop: number, result: replies });

/** Two probes behind equal private addresses; silence, two answers to one hop, late replies, a loop, a last try. */
export const atlasResults: readonly object[] = [
  atlas(1, [
    hop(1, reply("192.168.0.1"), reply("192.168.0.1")),
    hop(2, silent, silent),
    hop(3, reply("198.51.100.3"), reply("198.51.100.4"), reply("198.51.100.4")),
    hop(4, reply("192.0.2.9")),
  ]),
  atlas(2, [
    hop(1, reply("192.168.0.1")),
    hop(2, reply("198.51.100.4")),
    hop(3, reply("192.168.0.1", { late: 2 }), silent),
    hop(4, reply("10.0.0.1")),
    hop(5, reply("192.0.2.9")),
  ]),
  atlas(3, [
    hop(1, reply("198.51.100.1")),
    hop(2, reply("198.51.100.2")),
    hop(3, reply("198.51.100.1")),
    hop(4, silent),
  ]),
  atlas(4, [hop(1, reply("198.51.100.1")), hop(2, silent), hop(255, silent)]),
  atlas(5, [hop(1, reply("198.51.100.1")), hop(255, reply("192.0.2.9"))]),
  { type: "ping", prb_id: 6, dst_addr: "192.0.2.9", src_addr: "192.0.2.1", result: [] },
  atlas(7, [{ error: "connect failed" }], { dst_addr: "" }),
];

export const scamperLines = [
  { type: "cycle-start", list_name: "default", id: 0, hostname: "monitor", start_time: 1700000000 },
  {
    type: "trace",
    version: "0.1",
    method: "icmp-echo-paris",
    src: "192.0.2.1",
    dst: "192.0.2.9",
    stop_reason: "COMPLETED",
    stop_data: 0,
    start: { sec: 1700000000, usec: 500000, ftime: "2023-11-14 22:13:20" },
    hop_count: 4,
    attempts: 2,
    firsthop: 1,
    hops: [
      { addr: "10.0.0.1", probe_ttl: 1, probe_id: 1, probe_size: 44, rtt: 0.4, reply_ttl: 64 },
      { addr: "10.0.0.1", probe_ttl: 1, probe_id: 2, probe_size: 44, rtt: 0.4, reply_ttl: 64 },
      { addr: "198.51.100.3", probe_ttl: 3, probe_id: 1, probe_size: 44, rtt: 0.4, reply_ttl: 62 },
      { addr: "192.0.2.9", probe_ttl: 4, probe_id: 1, probe_size: 44, rtt: 0.4, reply_ttl: 61 },
    ],
  },
  {
    type: "trace",
    src: "192.0.2.1",
    dst: "192.0.2.8",
    stop_reason: "GAPLIMIT",
    hop_count: 3,
    hops: [{ addr: "10.0.0.1", probe_ttl: 1 }],
  },
  { type: "trace", src: "192.0.2.1", dst: "192.0.2.7", stop_reason: "GAPLIMIT", hop_count: 5 },
  { type: "ping", src: "192.0.2.1", dst: "192.0.2.7" },
  { type: "cycle-stop", list_name: "default", id: 0, hostname: "monitor", stop_time: 1700000001 },
]
  .map((record) => `${JSON.stringify(record)}\n`)
  .join("");

const v2hop = (number: number, status: number, address: string) =>
  `\t1795a9a23c629fbf ${number} 56 ${status} 116666aa 117720 19410 40428729 57465605 16899746 16778688 ${address}`;

export const hpct2 = `#? HPCT Traceroute 2 HiPerConTracer/2.0.0
#Ti 12345678 10.44.33.111 192.0.2.9 1795a9a23c629fbf 0 4 0 44 90e1 0 0 300 a7cfb997ef00d133
${v2hop(1, 1, "10.44.32.1")}
${v2hop(2, 200, "192.0.2.9")}
${v2hop(3, 1, "2001:DB8:0:0::1")}
${v2hop(4, 255, "192.0.2.9")}
#Tu 12345678 10.44.33.111 192.0.2.8 1795a9a23c629fbf 0 3 0 44 90e1 0 0 100 a7cfb997ef00d133
${v2hop(1, 1, "10.44.32.1")}
${v2hop(2, 102, "198.51.100.2")}
${v2hop(3, 200, "192.0.2.8")}
`;

export const hpct1 = `#? HPCT Traceroute 1 HiPerConTracer/1.6.7
#T 10.44.33.111 192.0.2.9 5f2ab51d57c80 0 90e1 3 200 a7cfb997ef00d133 0 44
\t 1 1 377 10.44.32.1
\t 2 c8 3000000 192.0.2.9
\t 3 ff 5377 192.0.2.9
`;

export const plain = "# x y hop hop\nA B r1 r2\nB A r3 * r1 # back\nA,C,r1,*,*,C\nC B\nA D r1 r2 r1 r5\n";

export function read(
  text: string | Uint8Array,
  options: Partial<TracerouteOptions> = {},
  chunk = 65536,
): Promise<{ routes: readonly Traceroute[]; tally: TracerouteTally }> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return readTraceroutes(chunked(bytes, [chunk]), { name: "sample", ...options });
}
