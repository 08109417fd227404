import { FAMILY, type SketchParameters } from "../../src/wasm/spread/exports.ts";
import { contactHash } from "./bitmap-sketch.ts";
import { below, fmix64, GOLDEN, high, low, u64 } from "./hashing.ts";

/** vHLL (Xiao et al. 2015) and rSkt2 (Wang et al. 2021) with their registers in a plain array. */
export class RegisterOracle {
  readonly p: SketchParameters;
  readonly registers: number[];

  constructor(parameters: SketchParameters) {
    this.p = parameters;
    this.registers = Array<number>(parameters.cells).fill(0);
  }

  store(source: bigint, destination: bigint): void {
    const h = contactHash(source, destination);
    const at = this.cell(source, below(high(h), this.p.virtual), 0);
    this.registers[at] = Math.max(this.registers[at]!, rank(low(h)));
  }

  /** Register d of the source: vHLL's, or rSkt2's in the source's own (side 0) or the complementary (1) array. */
  cell(source: bigint, d: number, side: number): number {
    const s = this.p.virtual;
    if (this.p.family === FAMILY.vhll) return below(high(fmix64(u64(source + GOLDEN * BigInt(d + 1)))), this.p.cells);
    const columns = Math.floor(this.p.cells / (2 * s));
    const column = below(high(fmix64(u64(source + GOLDEN))), columns);
    const word = fmix64(u64(source + GOLDEN * BigInt(Math.floor(d / 64) + 2)));
    const half = Number((word >> BigInt(d % 64)) & 1n) ^ side;
    return (2 * column + half) * s + d;
  }

  virtual(source: bigint, side: number): number[] {
    return Array.from({ length: this.p.virtual }, (_, d) => this.registers[this.cell(source, d, side)]!);
  }

  estimate(source: bigint): { estimate: number; standardError: number } {
    return this.p.family === FAMILY.vhll ? this.#vhll(source) : this.#rskt2(source);
  }

  #vhll(source: bigint): { estimate: number; standardError: number } {
    const { virtual: s, cells: m } = this.p;
    const total = hyperLogLog(this.registers);
    const noise = (total * s) / m;
    const estimate = (m / (m - s)) * (hyperLogLog(this.virtual(source, 0)) - noise);
    const others = (Math.max(total - Math.max(estimate, 0), 0) * s) / m;
    const variance =
      (1.0816 / s) * (Math.max(estimate, 0) + others) ** 2 + others * (1 - s / m) + (1.0816 / m) * noise ** 2;
    return { estimate, standardError: (m / (m - s)) * Math.sqrt(variance) };
  }

  #rskt2(source: bigint): { estimate: number; standardError: number } {
    const estimate = hyperLogLog(this.virtual(source, 0)) - hyperLogLog(this.virtual(source, 1));
    return { estimate, standardError: Number.NaN };
  }

  /** Register i from bit 5 i on, in whole words and one more. */
  payload(): Uint8Array {
    const bytes = new Uint8Array((Math.ceil((this.p.cells * 5) / 64) + 1) * 8);
    this.registers.forEach((value, i) => {
      for (let bit = 0; bit < 5; bit++) {
        if ((value >> bit) & 1) bytes[(5 * i + bit) >> 3]! |= 1 << ((5 * i + bit) & 7);
      }
    });
    return bytes;
  }
}

/** Leading zeros of 32 bits plus 1, at most 31. */
function rank(bits: bigint): number {
  return Math.min(31, 32 - (bits === 0n ? 0 : bits.toString(2).length) + 1);
}

/** Flajolet, Fusy, Gandouet, Meunier 2007, with linear counting for small counts. */
export function hyperLogLog(registers: readonly number[]): number {
  const m = registers.length;
  const alpha = m <= 16 ? 0.673 : m <= 32 ? 0.697 : m <= 64 ? 0.709 : 0.7213 / (1 + 1.079 / m);
  const raw = (alpha * m * m) / registers.reduce((sum, value) => sum + 2 ** -value, 0);
  const zeros = registers.filter((value) => value === 0).length;
  return raw > 2.5 * m || zeros === 0 ? raw : m * Math.log(m / zeros);
}
