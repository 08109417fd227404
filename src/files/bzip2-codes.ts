/** Bits and Huffman codes of bzip2 blocks. */

/** The data ends inside a block. */
export class TruncatedBzip2 extends Error {}

const MAX_CODE_BITS = 20;

/** Bits of a byte array, most significant first. */
export class BzipBits {
  /** Of the next bit: its byte, and its place in there. */
  byte: number;
  bit: number;
  private readonly bytes: Uint8Array;
  private readonly end: number;

  constructor(bytes: Uint8Array, start: number, end: number, bit = 0) {
    this.bytes = bytes;
    this.byte = start;
    this.end = end;
    this.bit = bit;
  }

  /** @throws TruncatedBzip2 behind the end. */
  take(count: number): number {
    let value = 0;
    for (let left = count; left > 0; ) {
      if (this.byte >= this.end) throw new TruncatedBzip2();
      const width = Math.min(left, 8 - this.bit);
      const part = (this.bytes[this.byte] >> (8 - this.bit - width)) & ((1 << width) - 1);
      value = value * 2 ** width + part;
      left -= width;
      this.bit += width;
      if (this.bit === 8) {
        this.bit = 0;
        this.byte++;
      }
    }
    return value;
  }

  takeBit(): number {
    if (this.byte >= this.end) throw new TruncatedBzip2();
    const value = (this.bytes[this.byte] >> (7 - this.bit)) & 1;
    if (this.bit++ === 7) {
      this.bit = 0;
      this.byte++;
    }
    return value;
  }

  take48(): number {
    return this.take(24) * 2 ** 24 + this.take(24);
  }

  align(): void {
    if (this.bit === 0) return;
    this.bit = 0;
    this.byte++;
  }
}

/** A canonical code: symbols in the order of their codes, and per length the codes' first value. */
export class Huffman {
  private readonly symbols: Uint16Array;
  private readonly counts = new Uint16Array(MAX_CODE_BITS + 1);
  private readonly shortest: number;

  constructor(lengths: Uint8Array) {
    for (const length of lengths) this.counts[length]++;
    this.symbols = new Uint16Array(lengths.length);
    this.shortest = Math.min(...lengths);
    let at = 0;
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      for (let symbol = 0; symbol < lengths.length; symbol++)
        if (lengths[symbol] === length) this.symbols[at++] = symbol;
    }
  }

  decode(bits: BzipBits): number {
    let length = this.shortest;
    let code = bits.take(length);
    let first = 0;
    let index = 0;
    for (;;) {
      const count = this.counts[length];
      if (code - first < count) return this.symbols[index + code - first];
      if (length === MAX_CODE_BITS) throw new RangeError("a code that no symbol has");
      index += count;
      first = (first + count) * 2;
      code = code * 2 + bits.takeBit();
      length++;
    }
  }
}

/** Two to six codes, and which of them each group of symbols uses. */
export function readHuffmanCodes(bits: BzipBits, symbols: number): { codes: Huffman[]; selectors: Uint8Array } {
  const tables = bits.take(3);
  const groups = bits.take(15);
  if (tables < 2 || tables > 6 || groups === 0) throw new RangeError("a block without codes");
  const front = Array.from({ length: tables }, (_, index) => index);
  const selectors = new Uint8Array(groups);
  for (let group = 0; group < groups; group++) {
    let place = 0;
    while (bits.takeBit() === 1) if (++place >= tables) throw new RangeError("a selector without a code");
    front.unshift(...front.splice(place, 1));
    selectors[group] = front[0];
  }
  const codes = Array.from({ length: tables }, () => new Huffman(readLengths(bits, symbols)));
  return { codes, selectors };
}

function readLengths(bits: BzipBits, symbols: number): Uint8Array {
  const lengths = new Uint8Array(symbols);
  let length = bits.take(5);
  for (let symbol = 0; symbol < symbols; symbol++) {
    for (;;) {
      if (length < 1 || length > MAX_CODE_BITS) throw new RangeError("a code of no bits, or too many");
      if (bits.takeBit() === 0) break;
      length += bits.takeBit() === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return lengths;
}
