/** pcap captures (draft-ietf-opsawg-pcap): both byte orders, micro- and nanoseconds, Kuznetzov's modified form. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readU16, readU32 } from "../../files/integers.ts";
import type { ContactBatch, ReaderTally } from "./contact-batch.ts";
import { CONTACTS_PER_BATCH, createContactBatch } from "./contact-batch.ts";
import type { ContactFormat } from "./contact-format.ts";
import { findNetworkHeader, isSupportedLinkType } from "./link-layer.ts";
import { appendPacket } from "./packet.ts";

/** Longer packets are refused: libpcap stops at 256 KiB, Linux's BIG TCP at 512 KiB; a longer one is a corrupt length. */
const MAX_PACKET_BYTES = 16 * 1024 * 1024;

const FILE_HEADER_BYTES = 24;

/** How this file's records are laid out. */
interface RecordLayout {
  readonly littleEndian: boolean;
  readonly ticksPerSecond: number;
  readonly headerBytes: number;
  readonly capturedLengthAt: number;
  readonly linkType: number;
}

/** The magic's bytes, read as big-endian, and what they say. */
const variants: ReadonlyMap<number, { littleEndian: boolean; ticksPerSecond: number; headerBytes: number }> = new Map([
  [0xa1b2c3d4, { littleEndian: false, ticksPerSecond: 1e6, headerBytes: 16 }],
  [0xd4c3b2a1, { littleEndian: true, ticksPerSecond: 1e6, headerBytes: 16 }],
  [0xa1b23c4d, { littleEndian: false, ticksPerSecond: 1e9, headerBytes: 16 }],
  [0x4d3cb2a1, { littleEndian: true, ticksPerSecond: 1e9, headerBytes: 16 }],
  [0xa1b2cd34, { littleEndian: false, ticksPerSecond: 1e6, headerBytes: 24 }],
  [0x34cdb2a1, { littleEndian: true, ticksPerSecond: 1e6, headerBytes: 24 }],
]);

export const pcap: ContactFormat = {
  format: "pcap",
  detect: ({ magic }) => magic !== undefined && variants.has(magic),
  read: (window, { name }, tally) => readPcap(window, name, tally),
};

/**
 * Contacts of a pcap stream, in batches; the batch is reused. A record that the stream's end cuts off is dropped with a
 * warning.
 *
 * @throws InputError for an unknown magic, an unsupported link type, or a record longer than MAX_PACKET_BYTES.
 */
async function* readPcap(window: ByteWindow, name: string, tally: ReaderTally): AsyncGenerator<ContactBatch> {
  if (!(await window.fill(FILE_HEADER_BYTES))) {
    throw new InputError(name, { byte: window.end }, "truncated pcap file header, expected 24 bytes");
  }
  const variant = variants.get(readU32(window.bytes, window.start, false));
  if (variant === undefined) throw new InputError(name, { byte: 0 }, "not a pcap file, expected its magic number");
  const { littleEndian, headerBytes } = variant;
  // The upper bits tell the length of a frame check sequence (draft-ietf-opsawg-pcap, section 4).
  const linkType = readU32(window.bytes, window.start + 20, littleEndian) & 0xffff;
  if (!isSupportedLinkType(linkType)) throw new InputError(name, { byte: 20 }, `unsupported link type ${linkType}`);
  // Before version 2.3 the original length came first (as libpcap has it).
  const minorVersion = readU16(window.bytes, window.start + 6, littleEndian);
  const layout = { ...variant, capturedLengthAt: minorVersion < 3 ? 12 : 8, linkType };
  window.start += FILE_HEADER_BYTES;

  const batch = createContactBatch();
  while (await window.fill(headerBytes)) {
    const wanted = decodeRecords(window, batch, tally, layout);
    // Also before waiting for more: a live capture's windows shall close while it is quiet.
    if (batch.length === CONTACTS_PER_BATCH || (batch.length > 0 && window.available < wanted)) {
      yield batch;
      batch.length = 0;
    }
    if (wanted - headerBytes > MAX_PACKET_BYTES) {
      const length = wanted - headerBytes;
      throw new InputError(
        name,
        { byte: window.offset + layout.capturedLengthAt },
        `packet of ${length} bytes, expected at most 16 MiB`,
      );
    }
    if (!(await window.fill(wanted))) break;
  }
  if (batch.length > 0) yield batch;
  if (window.available > 0) {
    tally.warnings.push(`the last packet record (byte ${window.offset}) is truncated and was left out`);
  }
}

/**
 * Decodes whole records in the window until the batch is full or no whole record is left. Returns the bytes that the
 * next record needs (its header's size where even that is not there).
 */
function decodeRecords(window: ByteWindow, batch: ContactBatch, tally: ReaderTally, layout: RecordLayout): number {
  const { littleEndian, ticksPerSecond, headerBytes, capturedLengthAt, linkType } = layout;
  const bytes = window.bytes;
  const end = window.end;
  let at = window.start;
  let packets = 0;
  const before = batch.length;
  let wanted = headerBytes;
  while (batch.length < CONTACTS_PER_BATCH && end - at >= headerBytes) {
    const captured = readU32(bytes, at + capturedLengthAt, littleEndian);
    if (captured + headerBytes > end - at) {
      wanted = captured + headerBytes;
      break;
    }
    const frame = at + headerBytes;
    at = frame + captured;
    packets++;
    const header = findNetworkHeader(bytes, frame, at, linkType);
    if (header < 0) continue;
    const time =
      readU32(bytes, frame - headerBytes, littleEndian) +
      readU32(bytes, frame - headerBytes + 4, littleEndian) / ticksPerSecond;
    appendPacket(batch, bytes, header, at, time);
  }
  tally.packets += packets;
  tally.contacts += batch.length - before;
  window.start = at;
  return wanted;
}
