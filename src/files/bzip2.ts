/**
 * bzip2 streams, a block at a time. An own decoder: of the packages, unbzip2-stream hangs on a crafted run length and
 * decodes a file in one go, and wasm-bz2 stops behind the first of several streams.
 */
import { ByteWindow } from "./byte-window.ts";
import { BzipBits, type Huffman, readHuffmanCodes, TruncatedBzip2 } from "./bzip2-codes.ts";
import { InputError } from "./input-error.ts";

const LEVEL_BYTES = 100_000;
/** No block is longer than this: 900,000 symbols of at most 20 bits, and its tables. */
const MAX_BLOCK_BYTES = 2_400_000;
const PIECE_BYTES = 64 * 1024;
const GROUP_SYMBOLS = 50;
const BLOCK = 0x314159265359;
const END_OF_STREAM = 0x177245385090;

/** Whether at least 10 bytes are the head of a bzip2 stream. */
export function isBzip2(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x42 || bytes[at + 1] !== 0x5a || bytes[at + 2] !== 0x68) return false;
  const level = bytes[at + 3] - 0x30;
  const magic = new BzipBits(bytes, at + 4, at + 10).take48();
  return level >= 1 && level <= 9 && (magic === BLOCK || magic === END_OF_STREAM);
}

/** @throws InputError for malformed data; a truncated stream gives its whole blocks, and a warning. */
export async function* bunzip2(
  source: AsyncIterable<Uint8Array>,
  name: string,
  warnings: string[],
): AsyncGenerator<Uint8Array> {
  const window = new ByteWindow(source);
  const decoder = new BlockDecoder();
  let level = 0;
  let bit = 0;
  try {
    for (;;) {
      await window.fill(MAX_BLOCK_BYTES);
      if (level === 0 && window.available === 0) return;
      const bits = new BzipBits(window.bytes, window.start, window.end, bit);
      if (level === 0) level = readLevel(bits);
      const magic = bits.take48();
      if (magic === BLOCK) yield* decoder.decode(bits, level * LEVEL_BYTES);
      else if (magic === END_OF_STREAM) {
        bits.take(32);
        bits.align();
        level = 0;
      } else throw new RangeError("no block where one was expected");
      window.start = bits.byte;
      bit = bits.bit;
    }
  } catch (error) {
    if (error instanceof TruncatedBzip2) warnings.push("the bzip2 stream is truncated");
    else if (error instanceof RangeError) {
      throw new InputError(name, undefined, `malformed bzip2 data: ${error.message}`);
    } else throw error;
  } finally {
    await window.close();
  }
}

function readLevel(bits: BzipBits): number {
  const magic = bits.take(24);
  const level = bits.take(8) - 0x30;
  if (magic !== 0x425a68 || level < 1 || level > 9) throw new RangeError("no stream where one was expected");
  return level;
}

class BlockDecoder {
  /** Bytes of the block, and in the upper 24 bits the chain that undoes the Burrows-Wheeler transform. */
  private chain = new Uint32Array(0);
  private readonly counts = new Uint32Array(256);

  *decode(bits: BzipBits, capacity: number): Generator<Uint8Array> {
    if (this.chain.length < capacity) this.chain = new Uint32Array(capacity);
    const crc = bits.take(32);
    if (bits.take(1) !== 0) throw new RangeError("randomised blocks are obsolete");
    const origin = bits.take(24);
    const used = readUsedBytes(bits);
    const { codes, selectors } = readHuffmanCodes(bits, used.length + 2);
    const length = this.readSymbols(bits, used, codes, selectors, capacity);
    if (origin >= length) throw new RangeError("the block's origin lies behind its end");
    this.linkChain(length);
    yield* this.expandRuns(length, origin, crc);
  }

  /** Undoes Huffman codes, zero runs and move-to-front; returns the number of bytes. */
  private readSymbols(
    bits: BzipBits,
    used: Uint8Array,
    codes: readonly Huffman[],
    selectors: Uint8Array,
    capacity: number,
  ): number {
    const { chain } = this;
    const counts = this.counts.fill(0);
    const front = used.slice();
    const end = used.length + 1;
    let length = 0;
    let run = 0;
    let weight = 1;
    for (let group = 0; group < selectors.length; group++) {
      const code = codes[selectors[group]];
      for (let slot = 0; slot < GROUP_SYMBOLS; slot++) {
        const symbol = code.decode(bits);
        if (symbol <= 1) {
          run += weight << symbol;
          weight <<= 1;
          if (run > capacity - length) throw new RangeError("a run longer than its block");
          continue;
        }
        if (run > 0) {
          chain.fill(front[0], length, length + run);
          counts[front[0]] += run;
          length += run;
          run = 0;
        }
        weight = 1;
        if (symbol === end) return length;
        if (length === capacity) throw new RangeError("a block longer than its level");
        const value = front[symbol - 1];
        front.copyWithin(1, 0, symbol - 1);
        front[0] = value;
        counts[value]++;
        chain[length++] = value;
      }
    }
    throw new RangeError("a block without an end");
  }

  private linkChain(length: number): void {
    const { chain } = this;
    const counts = this.counts;
    let sum = 0;
    for (let value = 0; value < 256; value++) {
      const count = counts[value];
      counts[value] = sum;
      sum += count;
    }
    for (let at = 0; at < length; at++) chain[counts[chain[at] & 0xff]++] |= at << 8;
  }

  /** Four equal bytes are followed by how many more there are. */
  private *expandRuns(length: number, origin: number, expected: number): Generator<Uint8Array> {
    const { chain } = this;
    let piece = new Uint8Array(PIECE_BYTES);
    let filled = 0;
    let crc = 0xffffffff;
    let next = chain[origin] >>> 8;
    let previous = -1;
    let equal = 0;
    for (let at = 0; at < length; at++) {
      const entry = chain[next];
      const value = entry & 0xff;
      next = entry >>> 8;
      const repeats = equal === 4;
      const copies = repeats ? value : 1;
      const byte = repeats ? previous : value;
      equal = repeats ? 0 : value === previous ? equal + 1 : 1;
      previous = repeats ? -1 : value;
      for (let copy = 0; copy < copies; copy++) {
        crc = (crc << 8) ^ CRC[(crc >>> 24) ^ byte];
        piece[filled++] = byte;
        if (filled === PIECE_BYTES) {
          yield piece;
          piece = new Uint8Array(PIECE_BYTES);
          filled = 0;
        }
      }
    }
    if (filled > 0) yield piece.subarray(0, filled);
    if (~crc >>> 0 !== expected) throw new RangeError("a block's checksum does not fit");
  }
}

/** The byte values that the block uses, ascending. */
function readUsedBytes(bits: BzipBits): Uint8Array {
  const ranges = bits.take(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range++) {
    if ((ranges & (0x8000 >> range)) === 0) continue;
    const values = bits.take(16);
    for (let value = 0; value < 16; value++) if ((values & (0x8000 >> value)) !== 0) used.push(16 * range + value);
  }
  if (used.length === 0) throw new RangeError("a block that uses no bytes");
  return Uint8Array.from(used);
}

/** CRC-32, most significant bit first. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});
