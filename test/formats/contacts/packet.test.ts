import { describe, expect, it } from "vitest";
import { ethernet, ipv4, ipv6, join, mpls, pcap, pppoe, tagged, u16, udp } from "./capture-writer.ts";
import { collect } from "./collect.ts";

const A = "10.0.0.1";
const B = "192.0.2.7";
const A6 = "2001:db8::a";
const B6 = "2001:db8::b";
const v4 = ipv4(A, B);
const v6 = ipv6(A6, B6);

/** The contact of one frame as `source destination port`, or undefined. */
async function contactOf(frame: Uint8Array, linkType = 1, snapLength = 65535): Promise<string | undefined> {
  const { contacts, tally } = await collect(pcap([frame], { linkType, snapLength }));
  expect(tally.packets).toBe(1);
  return contacts.map(({ source, destination, port }) => `${source} ${destination} ${port}`)[0];
}

const found4 = `${A} ${B} 53`;
const found6 = `${A6} ${B6} 53`;

describe("the outermost IP header is found", () => {
  const sll = (type: number) => join(new Uint8Array(14), u16(type));
  const sll2 = (type: number) => join(u16(type), new Uint8Array(18));
  it.each<[string, number, Uint8Array, string]>([
    ["Ethernet", 1, ethernet(0x0800, v4), found4],
    ["Ethernet, IPv6", 1, ethernet(0x86dd, v6), found6],
    ["802.1Q", 1, ethernet(0x8100, tagged(0x0800, v4)), found4],
    ["802.1ad over 802.1Q", 1, ethernet(0x88a8, tagged(0x8100, tagged(0x86dd, v6))), found6],
    ["three tags of 0x9100", 1, ethernet(0x9100, tagged(0x9100, tagged(0x9100, tagged(0x0800, v4)))), found4],
    ["MPLS", 1, ethernet(0x8847, mpls([16], v4)), found4],
    ["a stack of MPLS labels, multicast", 1, ethernet(0x8848, mpls([16, 17, 18], v6)), found6],
    ["a tag and MPLS", 1, ethernet(0x8100, tagged(0x8847, mpls([3, 4], v4))), found4],
    ["PPPoE", 1, ethernet(0x8864, pppoe(0x0021, v4)), found4],
    ["PPPoE over QinQ, IPv6", 1, ethernet(0x88a8, tagged(0x8100, tagged(0x8864, pppoe(0x0057, v6)))), found6],
    ["LLC and SNAP", 1, ethernet(100, join([0xaa, 0xaa, 3, 0, 0, 0, 8, 0], v4)), found4],
    ["raw IP of BSD", 12, v4, found4],
    ["raw IP of OpenBSD", 14, v6, found6],
    ["raw IP", 101, v6, found6],
    ["raw IPv4", 228, v4, found4],
    ["raw IPv6", 229, v6, found6],
    ["null, little-endian", 0, join([2, 0, 0, 0], v4), found4],
    ["null, big-endian, FreeBSD's IPv6", 0, join([0, 0, 0, 28], v6), found6],
    ["null, macOS's IPv6", 0, join([30, 0, 0, 0], v6), found6],
    ["loop, NetBSD's IPv6", 108, join([0, 0, 0, 24], v6), found6],
    ["loop, Linux's IPv6", 108, join([0, 0, 0, 10], v6), found6],
    ["Linux cooked", 113, join(sll(0x0800), v4), found4],
    ["Linux cooked with a tag", 113, join(sll(0x8100), tagged(0x86dd, v6)), found6],
    ["Linux cooked 2", 276, join(sll2(0x86dd), v6), found6],
    ["Linux cooked 2 with a tag", 276, join(sll2(0x8100), tagged(0x0800, v4)), found4],
    ["Linux cooked 2 with MPLS", 276, join(sll2(0x8847), mpls([5], v4)), found4],
    ["PPP", 9, join(u16(0x0021), v4), found4],
    ["PPP with address and control", 9, join([0xff, 3], u16(0x0057), v6), found6],
    ["PPP with a compressed protocol", 9, join([0x21], v4), found4],
    ["PPP with MPLS", 9, join([0xff, 3], u16(0x0281), mpls([7], v4)), found4],
    ["PPP in HDLC-like framing", 50, join([0xff, 3], u16(0x0021), v4), found4],
    ["PPPoE without Ethernet", 51, pppoe(0x0021, v4), found4],
    ["Cisco HDLC", 104, join([0x0f, 0], u16(0x0800), v4), found4],
  ])("behind %s", async (_, linkType, frame, expected) => {
    expect(await contactOf(frame, linkType)).toBe(expected);
  });
});

describe("no contact", () => {
  it.each<[string, number, Uint8Array]>([
    ["ARP", 1, ethernet(0x0806, new Uint8Array(28))],
    ["an empty frame", 1, new Uint8Array(0)],
    ["a frame shorter than its header", 1, new Uint8Array(13)],
    ["tags without end", 1, ethernet(0x8100, tagged(0x8100, tagged(0x8100, new Uint8Array(0))))],
    ["labels without a bottom", 1, ethernet(0x8847, new Uint8Array(40))],
    ["a pseudowire under a label", 1, ethernet(0x8847, mpls([16], join([0, 0, 0, 0], ethernet(0x0800, v4))))],
    ["PPPoE discovery", 1, ethernet(0x8863, pppoe(0x0021, v4))],
    ["PPPoE with a code", 1, ethernet(0x8864, join([0x11, 9], pppoe(0x0021, v4).subarray(2)))],
    ["PPP's link control", 9, join([0xff, 3], u16(0xc021), v4)],
    ["an unknown address family", 0, join([0, 47, 0, 108], v4)],
    ["an IP version of neither", 101, join([0x55], v4.subarray(1))],
    ["an IPv4 header of 4 words", 101, join([0x44], v4.subarray(1))],
  ])("comes from %s", async (_, linkType, frame) => {
    expect(await contactOf(frame, linkType)).toBeUndefined();
  });
});

describe("a tunnel", () => {
  it("counts by its outer header", async () => {
    expect(await contactOf(ethernet(0x0800, ipv4(A, B, v6, { protocol: 41 })))).toBe(`${A} ${B} 0`);
  });
});

describe("a snapped packet", () => {
  const frame = ethernet(0x0800, v4);
  it("counts from the IPv4 header's 20 bytes on, without a port that was not captured", async () => {
    expect(await contactOf(frame, 1, 14 + 19)).toBeUndefined();
    expect(await contactOf(frame, 1, 14 + 20)).toBe(`${A} ${B} 0`);
    expect(await contactOf(frame, 1, 14 + 23)).toBe(`${A} ${B} 0`);
    expect(await contactOf(frame, 1, 14 + 24)).toBe(found4);
  });

  it("counts from the IPv6 header's 40 bytes on", async () => {
    expect(await contactOf(v6, 101, 39)).toBeUndefined();
    expect(await contactOf(v6, 101, 40)).toBe(`${A6} ${B6} 0`);
    expect(await contactOf(v6, 101, 44)).toBe(found6);
  });
});

describe("the port", () => {
  const port = async (packet: Uint8Array) => Number((await contactOf(packet, 101))?.split(" ")[2]);

  it.each([
    ["TCP", 6, 53],
    ["UDP", 17, 53],
    ["DCCP", 33, 53],
    ["SCTP", 132, 53],
    ["UDP-Lite", 136, 53],
    ["ICMP", 1, 0],
    ["GRE", 47, 0],
  ])("of %s", async (_, protocol, expected) => {
    expect(await port(ipv4(A, B, udp(53), { protocol }))).toBe(expected);
    expect(await port(ipv6(A6, B6, udp(53), protocol))).toBe(expected);
  });

  it("lies behind IPv4 options", async () => {
    expect(await port(ipv4(A, B, udp(5353), { options: new Array(40).fill(1) }))).toBe(5353);
  });

  it("is in first fragments only", async () => {
    expect(await port(ipv4(A, B, udp(53), { fragmentOffset: 0x2000 }))).toBe(53);
    expect(await port(ipv4(A, B, udp(53), { fragmentOffset: 0x2001 }))).toBe(0);
    const fragment = (offset: number) => join([17, 0], u16(offset), [0, 0, 0, 1], udp(53));
    expect(await port(ipv6(A6, B6, fragment(1), 44))).toBe(53);
    expect(await port(ipv6(A6, B6, fragment(9), 44))).toBe(0);
  });

  it("is not read from Ethernet's padding", async () => {
    expect(await port(ipv4(A, B, udp(53), { totalLength: 20 }))).toBe(0);
    expect(await port(ipv4(A, B, udp(53), { totalLength: 0 }))).toBe(53);
    expect(await port(v6.map((byte, index) => (index === 5 ? 2 : byte)))).toBe(0);
    expect(await port(v6.map((byte, index) => (index === 5 ? 0 : byte)))).toBe(53);
  });

  it("lies behind IPv6 extension headers", async () => {
    const options = (next: number) => [next, 0, 1, 4, 0, 0, 0, 0];
    const authentication = join([17, 4], new Uint8Array(22));
    const routing = join([51, 2, 0, 0], new Uint8Array(20));
    const chain = join(options(60), options(43), routing, authentication, udp(443));
    expect(await port(ipv6(A6, B6, chain, 0))).toBe(443);
  });

  it("is 0 behind a chain of extension headers that has no end", async () => {
    expect(await port(ipv6(A6, B6, join(...new Array(64).fill([0, 0, 0, 0, 0, 0, 0, 0])), 0))).toBe(0);
    expect(await port(ipv6(A6, B6, join([0, 255], new Uint8Array(20)), 0))).toBe(0);
  });
});
