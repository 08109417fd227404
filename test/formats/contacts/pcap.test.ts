import { describe, expect, it } from "vitest";
import { ethernet, ipv4, ipv6, join, pcap } from "./capture-writer.ts";
import { collect } from "./collect.ts";

const packets = [ethernet(0x0800, ipv4("10.0.0.1", "10.0.0.2")), ethernet(0x86dd, ipv6("fe80::1", "ff02::fb"))];

describe("a pcap file", () => {
  it.each([
    ["microseconds", 0xa1b2c3d4, 1000.5],
    ["nanoseconds", 0xa1b23c4d, 1000.0005],
    ["Kuznetzov's records", 0xa1b2cd34, 1000.5],
  ])("is read in both byte orders, with %s", async (_, magic, time) => {
    for (const littleEndian of [true, false]) {
      const { contacts, tally } = await collect(pcap(packets, { magic, littleEndian }));
      expect(tally).toEqual({ format: "pcap", packets: 2, contacts: 2, warnings: [] });
      expect(contacts[0]).toEqual({ source: "10.0.0.1", destination: "10.0.0.2", port: 53, time });
      expect(contacts[1]).toMatchObject({ source: "fe80::1", destination: "ff02::fb", time: time + 1 });
    }
  });

  it("before version 2.3 has its lengths the other way round", async () => {
    const { tally } = await collect(pcap(packets, { minorVersion: 2, snapLength: 50 }));
    expect(tally).toMatchObject({ packets: 2, contacts: 1, warnings: [] });
  });

  it("may tell a frame check sequence in the upper bits of its link type", async () => {
    expect((await collect(pcap(packets, { linkType: 0x14000001 }))).tally.contacts).toBe(2);
  });

  it("may be empty of packets", async () => {
    expect((await collect(pcap([]))).tally).toEqual({ format: "pcap", packets: 0, contacts: 0, warnings: [] });
  });

  it("loses only its truncated last record, with a warning", async () => {
    const whole = pcap(packets);
    const second = 24 + 16 + packets[0].length;
    for (let length = second + 1; length < whole.length; length++) {
      const { tally } = await collect(whole.subarray(0, length));
      expect(tally).toMatchObject({ packets: 1, contacts: 1 });
      expect(tally.warnings).toEqual([`the last packet record (byte ${second}) is truncated and was left out`]);
    }
  });

  it("keeps batches apart from what was in them before", async () => {
    const many = Array.from({ length: 5000 }, (_, index) => packets[index & 1]);
    const { contacts } = await collect(pcap([...many, ...many.slice(1)]));
    expect(contacts).toHaveLength(9999);
    for (const { source } of contacts) expect(["10.0.0.1", "fe80::1"]).toContain(source);
  });

  it.each([
    ["an unsupported link type", pcap(packets, { linkType: 105 }), "sample: byte 20: unsupported link type 105"],
    [
      "a truncated header",
      pcap(packets).subarray(0, 20),
      "sample: byte 20: truncated pcap file header, expected 24 bytes",
    ],
    [
      "a length beyond reason",
      join(pcap([]), [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0]),
      "sample: byte 32: packet of 2147483647 bytes, expected at most 16 MiB",
    ],
  ])("with %s is refused", async (_, bytes, message) => {
    await expect(collect(bytes)).rejects.toMatchObject({ name: "InputError", message });
  });
});
