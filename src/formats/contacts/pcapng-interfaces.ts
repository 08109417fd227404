/** The interfaces that a pcapng section has described: link type, snapshot length, and how to read their time. */

import { InputError } from "../../files/input-error.ts";
import { readU16, readU32 } from "../../files/integers.ts";
import type { ReaderTally } from "./contact-batch.ts";
import { isSupportedLinkType } from "./link-layer.ts";

const Option = { end: 0, timeResolution: 9, timeOffset: 14 } as const;

/** Columns per interface of the current section, and what the whole file had. */
export class InterfaceTable {
  readonly linkType: number[] = [];
  readonly supported: boolean[] = [];
  /** Bytes; 0 is no limit. */
  readonly snapLength: number[] = [];
  readonly ticksPerSecond: number[] = [];
  /** Seconds. */
  readonly timeOffset: number[] = [];
  /** Packets of interfaces with an unsupported link type, in all sections. */
  skippedPackets = 0;
  private anySupported = false;
  private readonly unsupportedLinkTypes = new Set<number>();
  private firstUnsupportedByte = 0;

  /** Interfaces are numbered from 0 again in every section. */
  startSection(): void {
    this.linkType.length = 0;
    this.supported.length = 0;
    this.snapLength.length = 0;
    this.ticksPerSecond.length = 0;
    this.timeOffset.length = 0;
  }

  /** @param at the block's body: link type, reserved, snapshot length, options up to `end`. @param offset the block's. */
  add(bytes: Uint8Array, at: number, end: number, littleEndian: boolean, offset: number): void {
    const linkType = readU16(bytes, at, littleEndian);
    const supported = isSupportedLinkType(linkType);
    if (!supported && this.unsupportedLinkTypes.size === 0) this.firstUnsupportedByte = offset + 8;
    if (supported) this.anySupported = true;
    else this.unsupportedLinkTypes.add(linkType);
    const id = this.linkType.length;
    this.linkType.push(linkType);
    this.supported.push(supported);
    this.snapLength.push(readU32(bytes, at + 4, littleEndian));
    this.ticksPerSecond.push(1e6);
    this.timeOffset.push(0);
    this.readOptions(id, bytes, at + 8, end, littleEndian);
  }

  /** @throws InputError if there were interfaces, and none of them with a supported link type. */
  finish(name: string, tally: ReaderTally): void {
    if (this.unsupportedLinkTypes.size === 0) return;
    const types = [...this.unsupportedLinkTypes].join(", ");
    if (!this.anySupported) {
      throw new InputError(name, { byte: this.firstUnsupportedByte }, `unsupported link type ${types}`);
    }
    if (this.skippedPackets > 0) {
      tally.warnings.push(`${this.skippedPackets} packets of interfaces with unsupported link type ${types}`);
    }
  }

  /** An option list that runs over its block's end is read as far as it goes: packets do not hang on it. */
  private readOptions(id: number, bytes: Uint8Array, from: number, end: number, littleEndian: boolean): void {
    let at = from;
    while (at + 4 <= end) {
      const code = readU16(bytes, at, littleEndian);
      const length = readU16(bytes, at + 2, littleEndian);
      const value = at + 4;
      if (code === Option.end || value + length > end) return;
      if (code === Option.timeResolution && length === 1) {
        const exponent = bytes[value] & 0x7f;
        this.ticksPerSecond[id] = (bytes[value] & 0x80) === 0 ? 10 ** exponent : 2 ** exponent;
      } else if (code === Option.timeOffset && length === 8) {
        const high = readU32(bytes, littleEndian ? value + 4 : value, littleEndian) | 0;
        const low = readU32(bytes, littleEndian ? value : value + 4, littleEndian);
        this.timeOffset[id] = high * 4294967296 + low;
      }
      at = value + length + (-length & 3);
    }
  }
}
