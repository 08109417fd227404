import { demand, type KernelExports } from "./kernel.ts";
import * as Status from "./status.ts";

/**
 * A kernel's memory as the host uses it: arrays are copied in, results copied out, and what a piece of work reserved is given
 * back with `scoped`. Pointers are bytes, from 0 to 2^32.
 */
export class Arena {
  readonly #kernel: KernelExports;

  constructor(kernel: KernelExports) {
    this.#kernel = kernel;
  }

  /** Reserves bytes; zero on first use only. @throws KernelError where memory is out */
  reserve(bytes: number): number {
    // Pointers of 2 GiB and more come back negative.
    const pointer = this.#kernel.alloc(bytes) >>> 0;
    demand(pointer === 0 ? Status.OUT_OF_MEMORY : Status.OK, `reserving ${bytes} bytes`);
    return pointer;
  }

  /** Reserves room for an array and copies it there. @throws KernelError where memory is out */
  copyIn(array: ArrayBufferView): number {
    const pointer = this.reserve(array.byteLength);
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    this.view(pointer, array.byteLength).set(bytes);
    return pointer;
  }

  /** The bytes themselves, until anything is reserved: growing the memory takes views away. */
  view(pointer: number, bytes: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#kernel.memory.buffer, pointer, bytes);
  }

  /** Copies n bytes out. */
  u8(pointer: number, n: number): Uint8Array {
    return this.view(pointer, n).slice();
  }

  /** Copies n u32 out. */
  u32(pointer: number, n: number): Uint32Array {
    return new Uint32Array(this.#kernel.memory.buffer, pointer, n).slice();
  }

  /** Copies n u64 out. */
  u64(pointer: number, n: number): BigUint64Array {
    return new BigUint64Array(this.#kernel.memory.buffer, pointer, n).slice();
  }

  /** Copies n f64 out. */
  f64(pointer: number, n: number): Float64Array {
    return new Float64Array(this.#kernel.memory.buffer, pointer, n).slice();
  }

  /** Runs work and gives back what it reserved, also where it throws. */
  scoped<Result>(work: () => Result): Result {
    const mark = this.#kernel.mark();
    try {
      return work();
    } finally {
      this.#kernel.release(mark);
    }
  }
}
