import { describe, expect, test } from "vitest";
import { Arena } from "../../src/wasm/kernel/arena.ts";
import { compileKernel, demand, instantiate, KernelError, preferredBuild } from "../../src/wasm/kernel/kernel.ts";
import { countOperations } from "../../src/wasm/spread/count.ts";
import { DECODER, FAMILY, INDEX_HASH, type SpreadExports, sketchBytes } from "../../src/wasm/spread/exports.ts";
import { sourceChunks } from "../../src/wasm/spread/trace.ts";

const fresh = (): SpreadExports => instantiate<SpreadExports>(compileKernel("spread"));
const cse = {
  family: FAMILY.bitmap,
  indexHash: INDEX_HASH.mix64,
  seed: 1n,
  cells: 100_000,
  virtual: 256,
  segments: 1,
  sampling: 2 ** 32,
};

test("a module is compiled once", () => {
  expect(compileKernel("spread", "scalar")).toBe(compileKernel("spread", "scalar"));
  expect(compileKernel("spread", "simd")).not.toBe(compileKernel("spread", "scalar"));
});

test("this runtime runs the SIMD build", () => {
  expect(preferredBuild()).toBe("simd");
});

test("a module of another version of the border is refused", () => {
  // (module (func (export "abi_version") (result i32) i32.const 9))
  const other = new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0],
      ...[7, 15, 1, 11, ...new TextEncoder().encode("abi_version"), 0, 0],
      ...[10, 6, 1, 4, 0, 65, 9, 11],
    ]),
  );
  expect(() => instantiate(other)).toThrow("ABI version 9, this host speaks 1");
});

test("a kernel that is not there is named", () => {
  expect(() => compileKernel("nothing", "simd")).toThrow("nothing.simd.wasm");
});

test("a status other than 0 becomes an error that says what refused, and why", () => {
  expect(() => demand(0, "store")).not.toThrow();
  expect(() => demand(8, "merge")).toThrow(new KernelError("merge", 8));
  expect(new KernelError("merge", 8).message).toBe("merge: states of different parameters or seeds do not merge");
  expect(new KernelError("merge", 99).message).toBe("merge: status 99");
});

test("what is reserved for a piece of work is given back, even when it fails", () => {
  const kernel = fresh();
  const arena = new Arena(kernel);
  const mark = kernel.mark();
  expect(arena.scoped(() => arena.reserve(1000))).toBe(mark);
  expect(() =>
    arena.scoped(() => {
      arena.reserve(1000);
      throw new Error("work failed");
    }),
  ).toThrow("work failed");
  expect(kernel.mark()).toBe(mark);
});

test("arrays go in and come out as they are, parts of larger ones too, also while the memory grows", () => {
  const arena = new Arena(fresh());
  const doubles = Float64Array.of(0.1, -0, Number.NaN, 1e300);
  const f64 = arena.copyIn(doubles.subarray(1));
  const u32 = arena.copyIn(Uint32Array.of(1, 2 ** 32 - 1));
  const u64 = arena.copyIn(BigUint64Array.of(2n ** 64n - 1n));
  const u8 = arena.copyIn(Uint8Array.of(255, 0, 7));
  arena.reserve(2 ** 20);
  expect(arena.f64(f64, 3)).toEqual(doubles.slice(1));
  expect(arena.u32(u32, 2)).toEqual(Uint32Array.of(1, 2 ** 32 - 1));
  expect(arena.u64(u64, 1)).toEqual(BigUint64Array.of(2n ** 64n - 1n));
  expect(arena.u8(u8, 3)).toEqual(Uint8Array.of(255, 0, 7));
});

test("results copied out are the caller's: what the kernel writes later leaves them as they are", () => {
  const arena = new Arena(fresh());
  const pointer = arena.copyIn(Uint8Array.of(1, 2, 3));
  const copy = arena.u8(pointer, 3);
  arena.view(pointer, 3).fill(9);
  expect(copy).toEqual(Uint8Array.of(1, 2, 3));
});

/** What a kernel whose arena has passed 2 GiB answers with: i32, hence negative. */
const far = (pointer: number) => ({ ...fresh(), alloc: () => pointer | 0 });

test("pointers from 2 GiB on are read as they are meant, and 0 as no memory left", () => {
  expect(new Arena(far(0x80000010)).reserve(16)).toBe(0x80000010);
  expect(() => new Arena(far(0)).reserve(16)).toThrow("reserving 16 bytes: out of memory");
});

test("a sketch's size is its header and whole words", () => {
  const kernel = fresh();
  expect(sketchBytes(kernel, { ...cse, cells: 1000 })).toBe(256 + 128);
  expect(sketchBytes(kernel, { ...cse, cells: 2 ** 32 - 1 })).toBe(256 + 2 ** 29);
  expect(sketchBytes(kernel, { ...cse, cells: 10 })).toBe(0);
});

test("a trace crosses the border in runs of whole sources that hold every source once", () => {
  const spreads = Uint32Array.of(1, 65_536, 70_000, 5, 65_530, 1, 1);
  const chunks = [...sourceChunks(spreads)];
  expect(chunks.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 6],
    [6, 7],
  ]);
  for (const { from, to, contacts } of chunks) {
    expect(contacts).toBe(spreads.subarray(from, to).reduce((sum, spread) => sum + spread, 0));
  }
  expect([...sourceChunks(new Uint32Array(0))]).toEqual([]);
});

describe("operations counted", () => {
  const sources = Uint32Array.from({ length: 1000 }, (_, i) => i);

  test("to store a contact in a bitmap: two keys and one cell, a read and a write", () => {
    const { store } = countOperations(cse, DECODER.logarithm, sources, sources);
    // The seed of the keys is one hash more a block of contacts.
    expect(store.hashes).toBeGreaterThanOrEqual(3);
    expect(store.hashes).toBeLessThan(3.01);
    expect(store.accesses).toBe(2);
    expect(store.transcendentals).toBe(0);
  });

  test("to estimate a source: a hash and a read for each virtual bit, one logarithm", () => {
    const { estimate } = countOperations(cse, DECODER.logarithm, sources, sources);
    expect(estimate.hashes).toBe(256);
    expect(estimate.accesses).toBe(256);
    expect(estimate.transcendentals).toBeCloseTo(1, 2);
  });

  test("mcse reads every segment", () => {
    const mcse = { ...cse, cells: 99_968, segments: 3 };
    expect(countOperations(mcse, DECODER.candidate, sources, sources).estimate.accesses).toBe(3 * 256);
  });
});
