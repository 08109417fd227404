/**
 * CSE in plain JavaScript on typed arrays: the same double hashing as the kernel's DOUBLE32, with Math.imul, and multiplication in
 * floating point in place of the 64-bit product that JavaScript lacks.
 */
export class JavaScriptSketch {
  readonly #bits: Uint8Array;
  readonly #scale: number;
  readonly #virtual: number;
  readonly #low: number;
  readonly #high: number;

  constructor(memoryBits: number, virtualBits: number, seedLow: number, seedHigh: number) {
    this.#bits = new Uint8Array(memoryBits / 8);
    this.#scale = memoryBits / 2 ** 32;
    this.#virtual = virtualBits;
    this.#low = seedLow;
    this.#high = seedHigh;
  }

  clear(): void {
    this.#bits.fill(0);
  }

  store(sources: Uint32Array, destinations: Uint32Array): void {
    const bits = this.#bits;
    const scale = this.#scale;
    const virtualScale = this.#virtual / 2 ** 32;
    const low = this.#low;
    const high = this.#high;
    for (let i = 0; i < sources.length; i++) {
      const a = fmix32(sources[i] ^ low);
      const b = fmix32(a ^ high) | 1;
      const d = ((fmix32(destinations[i] ^ low) >>> 0) * virtualScale) | 0;
      const cell = (((a + Math.imul(d, b + Math.imul(d, QUADRATIC))) >>> 0) * scale) >>> 0;
      bits[cell >>> 3] |= 1 << (cell & 7);
    }
  }

  /** Sum of the zero virtual bits of all sources. */
  zeros(sources: Uint32Array): number {
    const bits = this.#bits;
    const scale = this.#scale;
    const s = this.#virtual;
    let ones = 0;
    for (let i = 0; i < sources.length; i++) {
      let h = fmix32(sources[i] ^ this.#low);
      let step = (fmix32(h ^ this.#high) | 1) + QUADRATIC;
      for (let d = 0; d < s; d++) {
        const cell = ((h >>> 0) * scale) >>> 0;
        ones += (bits[cell >>> 3] >>> (cell & 7)) & 1;
        // (d + 1) (b + (d + 1) C) - d (b + d C) = b + (2 d + 1) C
        h = (h + step) | 0;
        step = (step + 2 * QUADRATIC) | 0;
      }
    }
    return sources.length * s - ones;
  }
}

const QUADRATIC = 0x9e3779b9;

function fmix32(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
