/**
 * pcapng captures (draft-ietf-opsawg-pcapng): sections and interfaces, either byte order per section; enhanced, simple
 * and obsolete packet blocks. Other blocks are passed over. No length field is believed before its bytes arrived.
 */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readU16, readU32 } from "../../files/integers.ts";
import type { ContactBatch, ReaderTally } from "./contact-batch.ts";
import { CONTACTS_PER_BATCH, createContactBatch } from "./contact-batch.ts";
import type { ContactFormat } from "./contact-format.ts";
import { findNetworkHeader } from "./link-layer.ts";
import { appendPacket } from "./packet.ts";
import { InterfaceTable } from "./pcapng-interfaces.ts";

/** Longer blocks are refused, as Wireshark does. */
const MAX_BLOCK_BYTES = 16 * 1024 * 1024;

/** The type of a section header block, the same in both byte orders: how a pcapng stream begins. */
const SECTION_HEADER = 0x0a0d0d0a;

const BlockType = { interfaceDescription: 1, obsoletePacket: 2, simplePacket: 3, enhancedPacket: 6 } as const;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const BYTE_ORDER_MAGIC_SWAPPED = 0x4d3c2b1a;
/** Type, length, and the length again behind the body. */
const MIN_BLOCK_BYTES = 12;
const MIN_SECTION_HEADER_BYTES = 28;

export const pcapng: ContactFormat = {
  format: "pcapng",
  detect: ({ magic }) => magic === SECTION_HEADER,
  read: (window, { name }, tally) => readPcapng(window, name, tally),
};

/**
 * Contacts of a pcapng stream, in batches; the batch is reused. A block that the stream's end cuts off is dropped with
 * a warning, and so are packets of interfaces with an unsupported link type.
 *
 * @throws InputError naming the byte of a malformed block; `unsupported link type N` if no interface has a supported one.
 */
async function* readPcapng(window: ByteWindow, name: string, tally: ReaderTally): AsyncGenerator<ContactBatch> {
  const decoder = new BlockDecoder(window, name, tally);
  while (await window.fill(MIN_BLOCK_BYTES)) {
    const wanted = decoder.decodeBlocks();
    // Also before waiting for more: a live capture's windows shall close while it is quiet.
    const { length } = decoder.batch;
    if (length === CONTACTS_PER_BATCH || (length > 0 && window.available < wanted)) {
      yield decoder.batch;
      decoder.batch.length = 0;
    }
    if (!(await window.fill(wanted))) break;
  }
  if (decoder.batch.length > 0) yield decoder.batch;
  if (window.available > 0) {
    tally.warnings.push(`the last block (byte ${window.offset}) is truncated and was left out`);
  }
  decoder.interfaces.finish(name, tally);
}

class BlockDecoder {
  readonly batch = createContactBatch();
  readonly interfaces = new InterfaceTable();
  private readonly window: ByteWindow;
  private readonly name: string;
  private readonly tally: ReaderTally;
  private littleEndian = true;
  private inSection = false;

  constructor(window: ByteWindow, name: string, tally: ReaderTally) {
    this.window = window;
    this.name = name;
    this.tally = tally;
  }

  /**
   * Decodes whole blocks in the window until the batch is full or no whole block is left; returns the bytes that the
   * next block needs.
   */
  decodeBlocks(): number {
    const { window, batch, tally } = this;
    const before = batch.length;
    let wanted = MIN_BLOCK_BYTES;
    while (batch.length < CONTACTS_PER_BATCH && window.end - window.start >= MIN_BLOCK_BYTES) {
      const type = readU32(window.bytes, window.start, this.littleEndian);
      if (type === SECTION_HEADER) this.readByteOrder();
      else if (!this.inSection) throw this.error(0, "block before any section header");
      const length = readU32(window.bytes, window.start + 4, this.littleEndian);
      this.checkLength(type, length);
      if (length > window.end - window.start) {
        wanted = length;
        break;
      }
      if (readU32(window.bytes, window.start + length - 4, this.littleEndian) !== length) {
        throw this.error(length - 4, `block length behind the block differs from the ${length} bytes in front of it`);
      }
      this.decodeBlock(type, window.start, window.start + length - 4);
      window.start += length;
    }
    tally.contacts += batch.length - before;
    return wanted;
  }

  private readByteOrder(): void {
    const magic = readU32(this.window.bytes, this.window.start + 8, true);
    if (magic !== BYTE_ORDER_MAGIC && magic !== BYTE_ORDER_MAGIC_SWAPPED) {
      throw this.error(8, "section without byte-order magic, expected 1a2b3c4d in either order");
    }
    this.littleEndian = magic === BYTE_ORDER_MAGIC;
  }

  private checkLength(type: number, length: number): void {
    const least = type === SECTION_HEADER ? MIN_SECTION_HEADER_BYTES : MIN_BLOCK_BYTES;
    if (length < least) throw this.error(4, `block of ${length} bytes, expected at least ${least}`);
    if ((length & 3) !== 0) throw this.error(4, `block of ${length} bytes, expected a multiple of 4`);
    if (length > MAX_BLOCK_BYTES) throw this.error(4, `block of ${length} bytes, expected at most 16 MiB`);
  }

  /** The whole block lies in the window; `end` is where its trailing length begins. */
  private decodeBlock(type: number, start: number, end: number): void {
    const { littleEndian } = this;
    const { bytes } = this.window;
    switch (type) {
      case BlockType.enhancedPacket:
        this.need(end - start >= 28, "enhanced packet", 28);
        this.decodePacket(readU32(bytes, start + 8, littleEndian), start + 12, start + 28, end);
        break;
      case BlockType.obsoletePacket:
        this.need(end - start >= 28, "packet", 28);
        this.decodePacket(readU16(bytes, start + 8, littleEndian), start + 12, start + 28, end);
        break;
      case BlockType.simplePacket:
        this.need(end - start >= 12, "simple packet", 12);
        this.decodeSimplePacket(start, end);
        break;
      case BlockType.interfaceDescription:
        this.need(end - start >= 16, "interface description", 16);
        this.interfaces.add(bytes, start + 8, end, littleEndian, this.window.offset);
        break;
      case SECTION_HEADER:
        this.inSection = true;
        this.interfaces.startSection();
        break;
    }
  }

  /** `times` is the offset of: time (high, low), captured length, original length. */
  private decodePacket(id: number, times: number, frame: number, end: number): void {
    const { littleEndian, interfaces } = this;
    const { bytes, start } = this.window;
    const captured = readU32(bytes, times + 8, littleEndian);
    if (captured > end - frame) {
      throw this.error(
        times + 8 - start,
        `captured length ${captured}, but the block has room for ${end - frame} bytes`,
      );
    }
    const linkType = this.linkTypeOf(id);
    this.tally.packets++;
    const header = findNetworkHeader(bytes, frame, frame + captured, linkType);
    if (header < 0) return;
    const high = readU32(bytes, times, littleEndian);
    const low = readU32(bytes, times + 4, littleEndian);
    const time = (high * 4294967296 + low) / interfaces.ticksPerSecond[id] + interfaces.timeOffset[id];
    appendPacket(this.batch, bytes, header, frame + captured, time);
  }

  /** A simple packet belongs to interface 0, has no time, and is as long as the interface's snapshot length allows. */
  private decodeSimplePacket(start: number, end: number): void {
    const { bytes } = this.window;
    const linkType = this.linkTypeOf(0);
    const snapLength = this.interfaces.snapLength[0];
    const original = readU32(bytes, start + 8, this.littleEndian);
    const expected = snapLength === 0 ? original : Math.min(original, snapLength);
    const frame = start + 12;
    const frameEnd = Math.min(frame + expected, end);
    this.tally.packets++;
    const header = findNetworkHeader(bytes, frame, frameEnd, linkType);
    if (header >= 0) appendPacket(this.batch, bytes, header, frameEnd, Number.NaN);
  }

  private linkTypeOf(id: number): number {
    const { interfaces } = this;
    if (id >= interfaces.linkType.length) {
      throw this.error(8, `packet of interface ${id}, but the section has described ${interfaces.linkType.length}`);
    }
    if (!interfaces.supported[id]) interfaces.skippedPackets++;
    return interfaces.linkType[id];
  }

  private need(enough: boolean, what: string, bytes: number): void {
    if (!enough) throw this.error(4, `${what} block is too short, expected at least ${bytes + 4} bytes`);
  }

  private error(offsetInBlock: number, what: string): InputError {
    return new InputError(this.name, { byte: this.window.offset + offsetInBlock }, what);
  }
}
