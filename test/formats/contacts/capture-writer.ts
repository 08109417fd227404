/** Small captures for the tests: frames from the inside out, and the pcap and pcapng files around them. */
import { parseIPv4, parseIPv6 } from "../../../src/formats/contacts/address.ts";

/** One behind the other. */
export function join(...parts: (Uint8Array | readonly number[])[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Network order. */
export function u16(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

export function udp(port: number, payload: Uint8Array = new Uint8Array(4)): Uint8Array {
  return join(u16(40000), u16(port), u16(8 + payload.length), u16(0), payload);
}

export interface IPv4Fields {
  readonly protocol?: number;
  readonly fragmentOffset?: number;
  readonly options?: readonly number[];
  readonly totalLength?: number;
}

export function ipv4(source: string, destination: string, payload = udp(53), fields: IPv4Fields = {}): Uint8Array {
  const { protocol = 17, fragmentOffset = 0, options = [] } = fields;
  const headerBytes = 20 + options.length;
  return join(
    [0x40 | (headerBytes / 4), 0],
    u16(fields.totalLength ?? headerBytes + payload.length),
    u16(1),
    u16(fragmentOffset),
    [64, protocol, 0, 0],
    addressOf(parseIPv4(source)),
    addressOf(parseIPv4(destination)),
    options,
    payload,
  );
}

export function ipv6(source: string, destination: string, payload = udp(53), next = 17): Uint8Array {
  const addresses = join(addressOf(parseIPv6(source)), addressOf(parseIPv6(destination)));
  return join([0x60, 0, 0, 0], u16(payload.length), [next, 64], addresses, payload);
}

export function ethernet(type: number, payload: Uint8Array): Uint8Array {
  return join([2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2], u16(type), payload);
}

/** A tag's control field and the EtherType behind it; the tag's own EtherType stands in front of it. */
export function tagged(type: number, payload: Uint8Array): Uint8Array {
  return join(u16(0x2064), u16(type), payload);
}

/** A label stack: the bottom bit is set in the last one. */
export function mpls(labels: readonly number[], payload: Uint8Array): Uint8Array {
  const entries = labels.map((label, index) => {
    const bottom = index === labels.length - 1 ? 1 : 0;
    return [(label >> 12) & 255, (label >> 4) & 255, ((label << 4) & 0xf0) | bottom, 64];
  });
  return join(...entries, payload);
}

export function pppoe(protocol: number, payload: Uint8Array): Uint8Array {
  return join([0x11, 0, 0, 1], u16(payload.length + 2), u16(protocol), payload);
}

export interface PcapFields {
  readonly littleEndian?: boolean;
  readonly magic?: number;
  readonly linkType?: number;
  readonly minorVersion?: number;
  /** Captured bytes per packet at most. */
  readonly snapLength?: number;
}

/** A packet per second from 1000 s on, each with a fraction of half a million ticks. */
export function pcap(packets: readonly Uint8Array[], fields: PcapFields = {}): Uint8Array {
  const { littleEndian = true, magic = 0xa1b2c3d4, linkType = 1, minorVersion = 4, snapLength = 65535 } = fields;
  const u32 = word(littleEndian);
  const version = littleEndian ? [2, 0, minorVersion, 0] : [0, 2, 0, minorVersion];
  const header = join(u32(magic), version, u32(0), u32(0), u32(snapLength), u32(linkType));
  const extra = magic === 0xa1b2cd34 ? new Uint8Array(8) : new Uint8Array(0);
  const records = packets.map((packet, index) => {
    const captured = packet.subarray(0, snapLength);
    const lengths = minorVersion < 3 ? [packet.length, captured.length] : [captured.length, packet.length];
    return join(u32(1000 + index), u32(500_000), u32(lengths[0]), u32(lengths[1]), extra, captured);
  });
  return join(header, ...records);
}

/** Writes the blocks of one pcapng section in one byte order. */
export class PcapngWriter {
  private readonly u32: (value: number) => Uint8Array;
  private readonly littleEndian: boolean;

  constructor(littleEndian = true) {
    this.littleEndian = littleEndian;
    this.u32 = word(littleEndian);
  }

  block(type: number, body: Uint8Array): Uint8Array {
    const padding = new Uint8Array(-body.length & 3);
    const length = this.u32(12 + body.length + padding.length);
    return join(this.u32(type), length, body, padding, length);
  }

  section(): Uint8Array {
    return this.block(0x0a0d0d0a, join(this.u32(0x1a2b3c4d), this.u16(1), this.u16(0), new Uint8Array(8).fill(255)));
  }

  /** @param options code and value of each. */
  interface(linkType: number, snapLength = 0, options: readonly [number, Uint8Array][] = []): Uint8Array {
    const list = options.map(([code, value]) =>
      join(this.u16(code), this.u16(value.length), value, new Uint8Array(-value.length & 3)),
    );
    return this.block(1, join(this.u16(linkType), this.u16(0), this.u32(snapLength), ...list, this.u32(0)));
  }

  enhanced(id: number, ticks: number, packet: Uint8Array): Uint8Array {
    return this.block(
      6,
      join(this.u32(id), this.time(ticks), this.u32(packet.length), this.u32(packet.length), packet),
    );
  }

  simple(packet: Uint8Array, captured = packet.length): Uint8Array {
    return this.block(3, join(this.u32(packet.length), packet.subarray(0, captured)));
  }

  obsolete(id: number, ticks: number, packet: Uint8Array): Uint8Array {
    const lengths = join(this.u32(packet.length), this.u32(packet.length));
    return this.block(2, join(this.u16(id), this.u16(0), this.time(ticks), lengths, packet));
  }

  private time(ticks: number): Uint8Array {
    return join(this.u32(Math.floor(ticks / 2 ** 32)), this.u32(ticks % 2 ** 32));
  }

  private u16(value: number): number[] {
    return this.littleEndian ? u16(value).reverse() : u16(value);
  }
}

function word(littleEndian: boolean): (value: number) => Uint8Array {
  return (value) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, littleEndian);
    return bytes;
  };
}

function addressOf(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new Error("the test's address is malformed");
  return bytes;
}
