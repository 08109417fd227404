import { describe, expect, it } from "vitest";
import { ethernet, ipv4, ipv6, join, PcapngWriter } from "./capture-writer.ts";
import { collect } from "./collect.ts";

const v4 = ipv4("10.0.0.1", "10.0.0.2");
const v6 = ipv6("fe80::1", "ff02::fb");
const frame = ethernet(0x0800, v4);
const little = new PcapngWriter();
const big = new PcapngWriter(false);

describe("a pcapng file", () => {
  it.each([
    ["little-endian", little],
    ["big-endian", big],
  ])("is read when %s, with every kind of packet block", async (_, ng) => {
    const packets = join(ng.enhanced(0, 2.5e6, frame), ng.simple(frame), ng.obsolete(1, 3e6, v6));
    const file = join(ng.section(), ng.interface(1), ng.interface(101), ng.block(0x0bad, new Uint8Array(9)), packets);
    const { contacts, tally } = await collect(file);
    expect(tally).toEqual({ format: "pcapng", packets: 3, contacts: 3, warnings: [] });
    expect(contacts.map(({ source }) => source)).toEqual(["10.0.0.1", "10.0.0.1", "fe80::1"]);
    expect(contacts.map(({ time }) => time)).toEqual([2.5, Number.NaN, 3]);
  });

  it("may have sections of either byte order, each with its own interfaces", async () => {
    const first = join(little.section(), little.interface(1), little.enhanced(0, 1e6, frame));
    const second = join(big.section(), big.interface(101), big.enhanced(0, 2e6, v6));
    const { contacts } = await collect(join(first, second, first));
    expect(contacts.map(({ time }) => time)).toEqual([1, 2, 1]);
  });

  it.each<[string, [number, Uint8Array][], number, number]>([
    ["microseconds, unless it says otherwise", [], 1.5e6, 1.5],
    ["nanoseconds", [[9, Uint8Array.of(9)]], 1.5e9, 1.5],
    ["a power of two", [[9, Uint8Array.of(0x80 | 10)]], 1536, 1.5],
    ["an offset", [[14, Uint8Array.of(0x10, 0x27, 0, 0, 0, 0, 0, 0)]], 1.5e6, 10001.5],
    ["a negative offset", [[14, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)]], 1.5e6, 0.5],
  ])("tells time in %s", async (_, options, ticks, seconds) => {
    const file = join(little.section(), little.interface(1, 0, options), little.enhanced(0, ticks, frame));
    expect((await collect(file)).contacts[0].time).toBe(seconds);
  });

  it("cuts simple packets at the interface's snapshot length", async () => {
    const file = (snap: number) => join(little.section(), little.interface(1, snap), little.simple(frame, snap));
    expect((await collect(file(32))).tally.contacts).toBe(0);
    expect((await collect(file(36))).contacts).toMatchObject([{ source: "10.0.0.1", port: 0 }]);
  });

  it("warns about packets of interfaces that are not supported, if others are", async () => {
    const packets = join(little.enhanced(0, 1, frame), little.enhanced(1, 1, frame), little.enhanced(1, 1, frame));
    const { tally } = await collect(join(little.section(), little.interface(1), little.interface(127), packets));
    expect(tally).toMatchObject({ packets: 3, contacts: 1 });
    expect(tally.warnings).toEqual(["2 packets of interfaces with unsupported link type 127"]);
  });

  it("is refused if no interface is supported", async () => {
    const file = join(little.section(), little.interface(127), little.interface(105), little.enhanced(0, 1, frame));
    const message = "sample: byte 36: unsupported link type 127, 105";
    await expect(collect(file)).rejects.toMatchObject({ name: "InputError", message });
  });

  it("loses only its truncated last block, with a warning", async () => {
    const head = join(little.section(), little.interface(1), little.enhanced(0, 1, frame));
    const whole = join(head, little.enhanced(0, 2, frame));
    for (let length = head.length + 1; length < whole.length; length++) {
      const { tally } = await collect(whole.subarray(0, length));
      expect(tally).toMatchObject({ packets: 1, contacts: 1 });
      expect(tally.warnings).toEqual([`the last block (byte ${head.length}) is truncated and was left out`]);
    }
  });
});

describe("a malformed pcapng block is refused by its byte", () => {
  const head = join(little.section(), little.interface(1));
  /** The head, then an enhanced packet block in which the word at `offset` is `value`. */
  const damaged = (offset: number, value: number) => {
    const file = join(head, little.enhanced(0, 1, frame));
    new DataView(file.buffer).setUint32(head.length + offset, value, true);
    return file;
  };
  const at = head.length;
  const length = little.enhanced(0, 1, frame).length;
  it.each([
    ["a length below 12", damaged(4, 8), `byte ${at + 4}: block of 8 bytes, expected at least 12`],
    [
      "a length that is no multiple of 4",
      damaged(4, 45),
      `byte ${at + 4}: block of 45 bytes, expected a multiple of 4`,
    ],
    [
      "a length beyond reason",
      damaged(4, 0x7ffffffc),
      `byte ${at + 4}: block of 2147483644 bytes, expected at most 16 MiB`,
    ],
    [
      "another length behind it",
      damaged(length - 4, 16),
      `byte ${at + length - 4}: block length behind the block differs from the ${length} bytes in front of it`,
    ],
    ["an unknown interface", damaged(8, 7), `byte ${at + 8}: packet of interface 7, but the section has described 1`],
    [
      "more captured than it holds",
      damaged(20, 5000),
      `byte ${at + 20}: captured length 5000, but the block has room for ${length - 32} bytes`,
    ],
    [
      "no byte-order magic",
      join(little.section().fill(0, 8, 12)),
      "byte 8: section without byte-order magic, expected 1a2b3c4d in either order",
    ],
    [
      "a packet block without room",
      join(head, little.block(6, new Uint8Array(8))),
      `byte ${at + 4}: enhanced packet block is too short, expected at least 32 bytes`,
    ],
  ])("%s", async (_, file, message) => {
    await expect(collect(file)).rejects.toMatchObject({ name: "InputError", message: `sample: ${message}` });
  });
});
