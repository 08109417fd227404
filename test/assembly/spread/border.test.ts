import { describe, expect, test } from "vitest";
import { Arena } from "../../../src/wasm/kernel/arena.ts";
import { compileKernel, instantiate, KernelError } from "../../../src/wasm/kernel/kernel.ts";
import type { SpreadExports } from "../../../src/wasm/spread/exports.ts";
import { BUILDS } from "./sketches.ts";

const EXPORTS = [
  "abi_version",
  "alloc",
  "estimate",
  "has_simd",
  "keys_of_identities",
  "keys_of_ipv4",
  "mark",
  "memory",
  "release",
  "sketch_bytes",
  "sketch_check",
  "sketch_clear",
  "sketch_compatible",
  "sketch_init",
  "sketch_merge",
  "sketch_seal",
  "sketch_zeros",
  "store_ipv4",
  "store_keys",
  "store_tracked",
  "table_bytes",
  "table_capacity",
  "table_check",
  "table_init",
  "table_merge",
  "table_seal",
  "trace_contacts",
  "trace_distribution",
  "trace_source",
  "trace_spreads",
];
const COUNTERS = ["count_accesses", "count_hashes", "count_start", "count_transcendentals"];

describe.each(BUILDS)("the %s build", (build) => {
  const fresh = (): SpreadExports => instantiate<SpreadExports>(compileKernel("spread", build));

  test("imports nothing and exports what its callers know", () => {
    const module = compileKernel("spread", build);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    const names = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(names.sort()).toEqual([...EXPORTS, ...(build === "counted" ? COUNTERS : [])].sort());
  });

  test("speaks version 1 and says whether it uses vectors", () => {
    expect(fresh().abi_version()).toBe(1);
    expect(Boolean(fresh().has_simd())).toBe(build === "simd");
  });

  test("its arena aligns to 16, gives back what was taken since a mark, and ignores foreign marks", () => {
    const kernel = fresh();
    const first = kernel.alloc(1);
    const mark = kernel.mark();
    const second = kernel.alloc(17);
    expect(first % 16).toBe(0);
    expect(second).toBe(first + 16);
    kernel.release(mark);
    expect(kernel.alloc(5)).toBe(second);
    const top = kernel.mark();
    kernel.release(0);
    kernel.release(top + 16);
    expect(kernel.mark()).toBe(top);
  });

  test("out of memory is a null pointer, and the arena goes on", () => {
    const kernel = fresh();
    expect(kernel.alloc(0xffffffff)).toBe(0);
    expect(kernel.alloc(0xfffff000)).toBe(0);
    expect(kernel.alloc(64)).toBeGreaterThan(0);
  });

  test("every pointer that leaves the memory, or nearly, is refused with status 1", () => {
    const kernel = fresh();
    const size = kernel.memory.buffer.byteLength;
    const bytes = kernel.sketch_bytes(1, 2, 1000, 100, 1, 2 ** 32);
    const sketch = kernel.alloc(bytes);
    expect(kernel.sketch_init(sketch, 1, 2, 1000, 100, 1, 2 ** 32, 1, 0)).toBe(0);
    const tableBytes = kernel.table_bytes(8);
    const table = kernel.alloc(tableBytes);
    expect(kernel.table_init(table, 8)).toBe(0);
    const ok = kernel.alloc(4096);
    // 10 items of any size at the last 7 bytes, past the end, and at the address space's end.
    for (const bad of [size - 7, size, size + 4096, 0xfffffff0]) {
      const calls = {
        initialise: kernel.sketch_init(bad, 1, 2, 1000, 100, 1, 2 ** 32, 1, 0),
        check: kernel.sketch_check(bad, bytes),
        merge: kernel.sketch_merge(sketch, bad),
        mergeInto: kernel.sketch_merge(bad, sketch),
        tableInitialise: kernel.table_init(bad, 8),
        tableCheck: kernel.table_check(bad, tableBytes),
        tableMerge: kernel.table_merge(table, bad),
        tableMergeInto: kernel.table_merge(bad, table),
        identities: kernel.keys_of_identities(bad, ok, 0, 10, 1, 0, ok),
        kinds: kernel.keys_of_identities(ok, bad, 0, 10, 1, 0, ok),
        ports: kernel.keys_of_identities(ok, ok, bad, 10, 1, 0, ok),
        identityKeys: kernel.keys_of_identities(ok, ok, 0, 10, 1, 0, bad),
        addresses: kernel.keys_of_ipv4(bad, 10, 1, 0, ok),
        addressKeys: kernel.keys_of_ipv4(ok, 10, 1, 0, bad),
        storeIn: kernel.store_ipv4(bad, ok, ok, 10),
        storeSources: kernel.store_ipv4(sketch, bad, ok, 10),
        storeDestinations: kernel.store_ipv4(sketch, ok, bad, 10),
        storeKeysIn: kernel.store_keys(bad, ok, ok, 10),
        storeKeysSources: kernel.store_keys(sketch, bad, ok, 10),
        storeKeysDestinations: kernel.store_keys(sketch, ok, bad, 10),
        trackedIn: kernel.store_tracked(bad, table, ok, ok, ok, ok, 0, 10),
        trackedTable: kernel.store_tracked(sketch, bad, ok, ok, ok, ok, 0, 10),
        trackedSources: kernel.store_tracked(sketch, table, bad, ok, ok, ok, 0, 10),
        trackedDestinations: kernel.store_tracked(sketch, table, ok, bad, ok, ok, 0, 10),
        trackedIdentities: kernel.store_tracked(sketch, table, ok, ok, bad, ok, 0, 10),
        trackedKinds: kernel.store_tracked(sketch, table, ok, ok, ok, bad, 0, 10),
        trackedPorts: kernel.store_tracked(sketch, table, ok, ok, ok, ok, bad, 10),
        estimateOf: kernel.estimate(bad, 0, ok, 10, ok, ok, ok),
        estimateKeys: kernel.estimate(sketch, 0, bad, 10, ok, ok, ok),
        estimates: kernel.estimate(sketch, 0, ok, 10, bad, ok, ok),
        errors: kernel.estimate(sketch, 0, ok, 10, ok, bad, ok),
        flags: kernel.estimate(sketch, 0, ok, 10, ok, ok, bad),
        distribution: kernel.trace_distribution(2, 10, bad),
        spreadsFrom: kernel.trace_spreads(bad, 10, Number.NaN, 1, 0, 0, 10, ok),
        spreads: kernel.trace_spreads(ok, 10, Number.NaN, 1, 0, 0, 10, bad),
        contactsOf: kernel.trace_contacts(bad, 10, 0, 0, 1, 0, 10, ok, ok),
        contactSources: kernel.trace_contacts(ok, 10, 0, 0, 1, 0, 10, bad, ok),
        contactDestinations: kernel.trace_contacts(ok, 10, 0, 0, 1, 0, 10, ok, bad),
      };
      for (const [call, status] of Object.entries(calls)) expect([call, status]).toEqual([call, 1]);
      expect(kernel.sketch_zeros(bad, 0)).toBe(0);
      kernel.sketch_clear(bad);
      kernel.sketch_seal(bad);
      kernel.table_seal(bad);
    }
    expect(kernel.store_ipv4(sketch, ok, ok, 0xffffffff)).toBe(1);
    expect(kernel.keys_of_identities(ok, ok, 0, 0x10000000, 1, 0, ok)).toBe(1);
  });

  test("memory that holds no sketch or table is refused with status 4", () => {
    const kernel = fresh();
    const sketch = kernel.alloc(kernel.sketch_bytes(1, 2, 1000, 100, 1, 2 ** 32));
    kernel.sketch_init(sketch, 1, 2, 1000, 100, 1, 2 ** 32, 1, 0);
    const blank = kernel.alloc(4096);
    expect(kernel.store_ipv4(blank, blank, blank, 1)).toBe(4);
    expect(kernel.store_keys(blank, blank, blank, 1)).toBe(4);
    expect(kernel.store_tracked(sketch, blank, blank, blank, blank, blank, 0, 1)).toBe(4);
    expect(kernel.estimate(blank, 0, blank, 1, blank, blank, blank)).toBe(4);
    expect(kernel.sketch_merge(sketch, blank)).toBe(4);
    expect(kernel.table_merge(blank, blank)).toBe(4);
  });

  test("a decoder that does not read the sketch's family is refused with status 2", () => {
    const kernel = fresh();
    const out = kernel.alloc(4096);
    const sketch = (family: number, g: number): number => {
      const hash = family === 1 ? 2 : 1;
      const pointer = kernel.alloc(kernel.sketch_bytes(family, hash, 6400, 50, g, 2 ** 32));
      expect(kernel.sketch_init(pointer, family, hash, 6400, 50, g, 2 ** 32, 1, 0)).toBe(0);
      return pointer;
    };
    const statuses = (pointer: number): number[] =>
      [0, 1, 2, 3, 4, 5].map((decoder) => kernel.estimate(pointer, decoder, out, 1, out + 64, out + 128, out + 192));
    expect(statuses(sketch(1, 2))).toEqual([2, 2, 0, 0, 2, 2]);
    expect(statuses(sketch(2, 1))).toEqual([2, 2, 2, 2, 0, 2]);
    expect(statuses(sketch(3, 1))).toEqual([2, 2, 2, 2, 0, 2]);
    const [log, exact, , , registers, unknown] = statuses(sketch(1, 1));
    expect([log, exact, registers, unknown]).toEqual([0, 0, 2, 2]);
  });

  test.each([
    ["no family", 0, 2, 1000, 100, 1, 2 ** 32],
    ["an unknown family", 4, 2, 1000, 100, 1, 2 ** 32],
    ["a family beyond a byte", 257, 2, 1000, 100, 1, 2 ** 32],
    ["an unknown hash", 1, 3, 1000, 100, 1, 2 ** 32],
    ["a hash beyond a byte", 1, 258, 1000, 100, 1, 2 ** 32],
    ["fewer cells than virtual bits", 1, 2, 99, 100, 1, 2 ** 32],
    ["one virtual bit", 1, 2, 1000, 1, 1, 2 ** 32],
    ["too many virtual bits", 1, 2, 1e6, 65_537, 1, 2 ** 32],
    ["no segment", 1, 2, 1000, 100, 0, 2 ** 32],
    ["too many segments", 1, 2, 64e6, 100, 17, 2 ** 32],
    ["segments smaller than the virtual vector", 1, 2, 640, 100, 4, 2 ** 32],
    ["segments that are not whole words", 1, 2, 6401, 100, 2, 2 ** 32],
    ["segments and sampling", 1, 2, 6400, 100, 2, 2 ** 31],
    ["no sampling", 1, 2, 1000, 100, 1, 0],
    ["more than every contact", 1, 2, 1000, 100, 1, 2 ** 32 + 1],
    ["a sampling that is no number", 1, 2, 1000, 100, 1, Number.NaN],
    ["sampled registers", 2, 1, 1000, 100, 1, 2 ** 31],
    ["registers of the other hash", 2, 2, 1000, 100, 1, 2 ** 32],
    ["as many virtual registers as registers", 2, 1, 100, 100, 1, 2 ** 32],
    ["less than one pair of columns", 3, 1, 199, 100, 1, 2 ** 32],
  ])("parameters with %s have no size", (_, ...parameters) => {
    const kernel = fresh();
    expect(kernel.sketch_bytes(...parameters)).toBe(0);
    expect(kernel.sketch_init(kernel.alloc(4096), ...parameters, 1, 0)).toBe(2);
  });

  test("sketches of 2^32 - 1 bits are made until memory is out, which is an error and no trap", () => {
    const kernel = fresh();
    const bytes = kernel.sketch_bytes(1, 2, 2 ** 32 - 1, 256, 1, 2 ** 32) >>> 0;
    expect(bytes).toBe(2 ** 29 + 256);
    const pointers = Array.from({ length: 9 }, () => kernel.alloc(bytes) >>> 0);
    expect(pointers.filter((pointer) => pointer !== 0).length).toBeLessThan(8);
    expect(pointers.at(-1)).toBe(0);
  });
});

test("a host that runs out of memory is told so by an error", () => {
  const arena = new Arena(instantiate<SpreadExports>(compileKernel("spread")));
  expect(() => arena.reserve(0xffffffff)).toThrow(KernelError);
  expect(() => arena.reserve(0xffffffff)).toThrow("out of memory");
});
