/** The project's own small captures: between them every link layer, packet block and odd record that is read. */
import { ethernet, ipv4, ipv6, join, mpls, PcapngWriter, pcap, pppoe, tagged, u16, udp } from "./capture-writer.ts";

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function sampleCaptures(): Sample[] {
  const v4 = ipv4("10.0.0.1", "192.0.2.7");
  const v6 = ipv6("2001:db8::a", "ff02::fb", join([17, 0, 1, 4, 0, 0, 0, 0], udp(5353)), 0);
  const frames = [
    ethernet(0x0800, v4),
    ethernet(0x86dd, v6),
    ethernet(0x0806, new Uint8Array(28)),
    ethernet(0x88a8, tagged(0x8100, tagged(0x0800, v4))),
    ethernet(0x8847, mpls([16, 17], v6)),
    ethernet(0x8864, pppoe(0x0021, v4)),
    ethernet(0x0800, ipv4("10.0.0.1", "10.0.0.3", udp(53), { fragmentOffset: 0x2000 })),
    ethernet(0x0800, ipv4("10.0.0.1", "10.0.0.4", udp(53, new Uint8Array(900)), { options: [1, 1, 1, 1] })),
  ];
  return [
    { name: "Ethernet in pcap", bytes: pcap(frames) },
    {
      name: "big-endian pcap with nanoseconds, snapped",
      bytes: pcap(frames, { littleEndian: false, magic: 0xa1b23c4d, snapLength: 60 }),
    },
    { name: "Linux cooked in pcap", bytes: pcap([join(new Uint8Array(14), u16(0x0800), v4)], { linkType: 113 }) },
    { name: "loopback in pcap", bytes: pcap([join([2, 0, 0, 0], v4), join([0, 0, 0, 30], v6)], { linkType: 0 }) },
    { name: "PPP in pcap", bytes: pcap([join([0xff, 3], u16(0x0021), v4), join(u16(0x0057), v6)], { linkType: 9 }) },
    { name: "little-endian pcapng", bytes: section(new PcapngWriter(), frames, v6) },
    {
      name: "pcapng with sections of both byte orders",
      bytes: join(section(new PcapngWriter(false), frames, v6), section(new PcapngWriter(), frames, v6)),
    },
    { name: "pcap with a truncated record", bytes: pcap(frames).slice(0, -5) },
  ];
}

function section(ng: PcapngWriter, frames: readonly Uint8Array[], raw: Uint8Array): Uint8Array {
  return join(
    ng.section(),
    ng.interface(1, 262144, [[9, Uint8Array.of(9)]]),
    ng.interface(101),
    ng.block(0x0bad, new Uint8Array(13)),
    ...frames.map((frame, index) => ng.enhanced(0, 1.7e18 + index, frame)),
    ng.simple(frames[0]),
    ng.obsolete(1, 1.7e15, raw),
    ng.enhanced(1, 1.7e15, raw),
  );
}
