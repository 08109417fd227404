import { INDEX_HASH, type SketchParameters } from "../../src/wasm/spread/exports.ts";
import { below, fmix64, GOLDEN, high, low, u32, u64 } from "./hashing.ts";

/** h(src, dst): sampling, segments and ranks come from it. */
export function contactHash(source: bigint, destination: bigint): bigint {
  return fmix64(source ^ u64(high(destination) * GOLDEN));
}

/** CSE, CSES, ESC and MCSE (Dao, Nyang, Lee) with the physical bits as a set of numbers. */
export class BitmapOracle {
  readonly cells = new Set<number>();
  readonly p: SketchParameters;
  readonly segments: readonly { first: number; bits: number }[];

  constructor(parameters: SketchParameters) {
    this.p = parameters;
    this.segments = layOut(parameters.cells, parameters.segments);
  }

  store(source: bigint, destination: bigint): void {
    const segment = this.segmentOf(contactHash(source, destination));
    if (segment === undefined) return;
    this.cells.add(this.cell(source, below(low(destination), this.p.virtual), segment));
  }

  /** Which segment keeps a contact, if any: by its hash's trailing zeros, or, of one segment, by sampling. */
  segmentOf(h: bigint): number | undefined {
    if (this.p.segments === 1) return high(h) < BigInt(this.p.sampling) ? 0 : undefined;
    let zeros = 0;
    while (zeros < 64 && ((h >> BigInt(zeros)) & 1n) === 0n) zeros++;
    return zeros < this.p.segments ? zeros : undefined;
  }

  /** The physical bit of the source's virtual bit d in a segment. */
  cell(source: bigint, d: number, segment: number): number {
    const { first, bits } = this.segments[segment]!;
    if (this.p.indexHash === INDEX_HASH.mix64) {
      return first + below(high(fmix64(u64(source + GOLDEN * BigInt(segment * 65536 + d + 1)))), bits);
    }
    const key = segment === 0 ? source : fmix64(u64(source + GOLDEN * BigInt(segment)));
    const a = low(key);
    const b = high(key) | 1n;
    const i = BigInt(d);
    return first + below(u32(a + i * b + i * i * 0x9e3779b9n), bits);
  }

  /** The payload: bit i at byte i >> 3, position i & 7, whole words. */
  payload(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.p.cells / 64) * 8);
    for (const cell of this.cells) bytes[cell >> 3]! |= 1 << (cell & 7);
    return bytes;
  }

  /** Vm of a segment; a full one counts as if one bit were zero. */
  zeroFraction(segment: number): number {
    const { first, bits } = this.segments[segment]!;
    let ones = 0;
    for (const cell of this.cells) if (cell >= first && cell < first + bits) ones++;
    return Math.max(1, bits - ones) / bits;
  }

  /** U: zeros among the source's virtual bits in a segment. */
  zeros(source: bigint, segment: number): number {
    let zeros = 0;
    for (let d = 0; d < this.p.virtual; d++) if (!this.cells.has(this.cell(source, d, segment))) zeros++;
    return zeros;
  }
}

/** m_i = m p_i / sum p, rounded down to 64 bits, what is left to the first; p_i = 2^-i. */
function layOut(cells: number, segments: number): { first: number; bits: number }[] {
  const whole = 2 ** segments - 1;
  const bits = Array.from(
    { length: segments },
    (_, i) => Math.floor((cells * 2 ** (segments - 1 - i)) / whole / 64) * 64,
  );
  bits[0] = cells - bits.slice(1).reduce((sum, b) => sum + b, 0);
  return bits.map((b, i) => ({ first: bits.slice(0, i).reduce((sum, x) => sum + x, 0), bits: b }));
}
