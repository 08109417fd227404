/** Synthetic captures in memory, the same bits on every run. */

export interface SyntheticCapture {
  readonly bytes: Uint8Array;
  readonly packets: number;
}

const ETHERNET_HEADER_BYTES = 14;
const PCAP_HEADER_BYTES = 24;
const PCAP_RECORD_HEADER_BYTES = 16;
const EPB_BYTES_AROUND_PACKET = 32;

/** A little-endian, microsecond pcap of Ethernet frames with IPv4 and UDP, each `frameBytes` long. */
export function syntheticPcap(packets: number, frameBytes: number): SyntheticCapture {
  const bytes = new Uint8Array(PCAP_HEADER_BYTES + packets * (PCAP_RECORD_HEADER_BYTES + frameBytes));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 262144, true);
  view.setUint32(20, 1, true);
  const random = xorshift(1);
  let at = PCAP_HEADER_BYTES;
  for (let packet = 0; packet < packets; packet++) {
    view.setUint32(at, 1_700_000_000 + Math.floor(packet / 1e6), true);
    view.setUint32(at + 4, packet % 1e6, true);
    view.setUint32(at + 8, frameBytes, true);
    view.setUint32(at + 12, frameBytes, true);
    writeFrame(view, at + PCAP_RECORD_HEADER_BYTES, frameBytes, random);
    at += PCAP_RECORD_HEADER_BYTES + frameBytes;
  }
  return { bytes, packets };
}

/** The same as a little-endian pcapng of one interface and enhanced packet blocks; `frameBytes` is a multiple of 4. */
export function syntheticPcapng(packets: number, frameBytes: number): SyntheticCapture {
  const blockBytes = EPB_BYTES_AROUND_PACKET + frameBytes;
  const bytes = new Uint8Array(28 + 20 + packets * blockBytes);
  const view = new DataView(bytes.buffer);
  writeWords(view, 0, [0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28]);
  writeWords(view, 28, [1, 20, 1, 262144, 20]);
  const random = xorshift(1);
  let at = 48;
  for (let packet = 0; packet < packets; packet++) {
    const time = 1.7e15 + packet;
    writeWords(view, at, [6, blockBytes, 0, Math.floor(time / 2 ** 32), time % 2 ** 32, frameBytes, frameBytes]);
    writeFrame(view, at + 28, frameBytes, random);
    view.setUint32(at + blockBytes - 4, blockBytes, true);
    at += blockBytes;
  }
  return { bytes, packets };
}

function writeWords(view: DataView, at: number, words: readonly number[]): void {
  for (const [index, word] of words.entries()) view.setUint32(at + 4 * index, word, true);
}

function writeFrame(view: DataView, at: number, frameBytes: number, random: () => number): void {
  view.setUint16(at + 12, 0x0800);
  const ip = at + ETHERNET_HEADER_BYTES;
  view.setUint8(ip, 0x45);
  view.setUint16(ip + 2, frameBytes - ETHERNET_HEADER_BYTES);
  view.setUint8(ip + 8, 64);
  view.setUint8(ip + 9, 17);
  view.setUint32(ip + 12, 0x0a000000 + (random() & 0xffff));
  view.setUint32(ip + 16, random());
  view.setUint16(ip + 20, 40000);
  view.setUint16(ip + 22, 53);
}

/** Marsaglia's xorshift32. */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
