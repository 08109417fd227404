import { describe, expect, it } from "vitest";
import { CoverMemory } from "../../../src/wasm/cover/cover.ts";
import type { CoverExports } from "../../../src/wasm/cover/exports.ts";
import { Arena } from "../../../src/wasm/kernel/arena.ts";
import { compileKernel, instantiate, KernelError } from "../../../src/wasm/kernel/kernel.ts";
import {
  BAD_MAGIC,
  BAD_PARAMETER,
  INCONSISTENT,
  OUT_OF_BOUNDS,
  OUT_OF_MEMORY,
} from "../../../src/wasm/kernel/status.ts";
import { bitsOf, listsOf, plain } from "./problems.ts";

const EXPORTS = [
  "abi_version",
  "alloc",
  "exact_cover",
  "exact_maximum",
  "greedy",
  "has_simd",
  "instance_bits",
  "instance_bytes",
  "instance_lists",
  "instance_total",
  "mark",
  "memory",
  "release",
  "upper_bound",
];
const BEYOND = 0xfffffff0;

describe.each(["simd", "scalar"] as const)("the %s build", (build) => {
  const fresh = (): CoverExports => instantiate<CoverExports>(compileKernel("cover", build));

  /** A kernel with three sets over four elements, and room for results. */
  const ready = () => {
    const kernel = fresh();
    const arena = new Arena(kernel);
    const place = (array: ArrayBufferView): number => arena.copyIn(array);
    const offsets = place(Uint32Array.of(0, 2, 4, 5));
    const members = place(Uint32Array.of(0, 1, 1, 2, 3));
    const instance = arena.reserve(kernel.instance_bytes());
    expect(kernel.instance_lists(instance, 3, 4, offsets, members, 0, 0)).toBe(0);
    return { kernel, place, offsets, members, instance, room: arena.reserve(256) };
  };

  it("imports nothing and exports what its callers know", () => {
    const module = compileKernel("cover", build);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    const names = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(names.sort()).toEqual(EXPORTS);
    expect(Boolean(fresh().has_simd())).toBe(build === "simd");
  });

  it("refuses lists that are none", () => {
    const { kernel, place, offsets, members, instance } = ready();
    const lists = (o: number[], m: number[], elements = 4) =>
      kernel.instance_lists(
        instance,
        o.length - 1,
        elements,
        place(Uint32Array.from(o)),
        place(Uint32Array.from(m)),
        0,
        0,
      );
    expect(lists([0, 2, 1, 3], [0, 1, 2])).toBe(INCONSISTENT);
    expect(lists([1, 2], [0, 1])).toBe(INCONSISTENT);
    expect(lists([0, 2], [1, 1])).toBe(INCONSISTENT);
    expect(lists([0, 2], [2, 1])).toBe(INCONSISTENT);
    expect(lists([0, 2], [0, 4])).toBe(INCONSISTENT);
    expect(lists([0, 5, 2], [0, 1])).toBe(INCONSISTENT);
    expect(lists([0, 0xffffffff], [])).toBe(OUT_OF_BOUNDS);
    expect(lists([0, 0xffffffff, 0], [])).toBe(INCONSISTENT);
    expect(kernel.instance_lists(instance, 3, 4, BEYOND, members, 0, 0)).toBe(OUT_OF_BOUNDS);
    expect(kernel.instance_lists(instance, 3, 4, offsets, BEYOND, 0, 0)).toBe(OUT_OF_BOUNDS);
    expect(kernel.instance_lists(BEYOND, 3, 4, offsets, members, 0, 0)).toBe(OUT_OF_BOUNDS);
    expect(kernel.instance_lists(instance, 0xffffffff, 4, offsets, members, 0, 0)).toBe(BAD_PARAMETER);
    expect(kernel.instance_lists(instance, 3, 0xffffffff, offsets, members, 0, 0)).toBe(BAD_PARAMETER);
    expect(Number.isNaN(kernel.instance_total(instance))).toBe(true);
  });

  it("refuses rows that are none", () => {
    const { kernel, place, instance } = ready();
    const rows = place(BigUint64Array.of(3n, 1n << 10n));
    expect(kernel.instance_bits(instance, 2, 11, rows, 0, 0)).toBe(0);
    expect(kernel.instance_bits(instance, 2, 10, rows, 0, 0)).toBe(INCONSISTENT);
    expect(kernel.instance_bits(instance, 2, 11, BEYOND, 0, 0)).toBe(OUT_OF_BOUNDS);
    expect(kernel.instance_bits(instance, 0xfffffff, 0xfffffff, rows, 0, 0)).toBe(OUT_OF_BOUNDS);
    expect(kernel.instance_bits(instance, 0x10000000, 1, rows, 0, 0)).toBe(BAD_PARAMETER);
  });

  it.each([[Number.NaN], [-1], [Infinity]])("refuses a weight or a cost of %d", (amount) => {
    const { kernel, place, offsets, members, instance } = ready();
    const four = place(Float64Array.of(1, 1, 1, amount));
    const three = place(Float64Array.of(amount, 1, 1));
    expect(kernel.instance_lists(instance, 3, 4, offsets, members, four, 0)).toBe(BAD_PARAMETER);
    expect(kernel.instance_lists(instance, 3, 4, offsets, members, 0, three)).toBe(BAD_PARAMETER);
    expect(kernel.instance_lists(instance, 3, 4, offsets, members, BEYOND, 0)).toBe(OUT_OF_BOUNDS);
    expect(kernel.instance_lists(instance, 3, 4, offsets, members, 0, BEYOND)).toBe(OUT_OF_BOUNDS);
  });

  it("refuses weights whose sum overflows", () => {
    const { kernel, place, offsets, members, instance } = ready();
    const huge = place(new Float64Array(4).fill(Number.MAX_VALUE));
    expect(kernel.instance_lists(instance, 3, 4, offsets, members, huge, 0)).toBe(BAD_PARAMETER);
  });

  it("refuses what greedy cannot run on", () => {
    const { kernel, place, instance, room } = ready();
    const greedy = (
      change: Partial<Record<"instance" | "states" | "rule" | "limit" | "budget" | "target", number>>,
    ) => {
      const p = { instance, states: 0, rule: 0, limit: 3, budget: Infinity, target: Infinity, ...change };
      return kernel.greedy(p.instance, p.states, p.rule, p.limit, p.budget, p.target, 0, room, room + 64, room + 128);
    };
    expect(greedy({})).toBe(0);
    expect(greedy({ limit: 0xffffffff })).toBe(0);
    expect(greedy({ instance: room })).toBe(BAD_MAGIC);
    expect(greedy({ instance: BEYOND })).toBe(OUT_OF_BOUNDS);
    expect(greedy({ states: BEYOND })).toBe(OUT_OF_BOUNDS);
    expect(greedy({ states: place(Uint8Array.of(0, 3, 0)) })).toBe(BAD_PARAMETER);
    expect(greedy({ rule: 3 })).toBe(BAD_PARAMETER);
    expect(greedy({ rule: 2, target: 3 })).toBe(BAD_PARAMETER);
    expect(greedy({ budget: -1 })).toBe(BAD_PARAMETER);
    expect(greedy({ budget: Number.NaN })).toBe(BAD_PARAMETER);
    expect(greedy({ target: -1 })).toBe(BAD_PARAMETER);
    expect(greedy({ target: Number.NaN })).toBe(BAD_PARAMETER);
    expect(kernel.greedy(instance, 0, 0, 3, 1, 1, 3, room, room, room)).toBe(BAD_PARAMETER);
    expect(kernel.greedy(instance, 0, 0, 3, 1, 1, 0, BEYOND, room, room)).toBe(OUT_OF_BOUNDS);
    expect(kernel.greedy(instance, 0, 0, 3, 1, 1, 0, room, BEYOND, room)).toBe(OUT_OF_BOUNDS);
    expect(kernel.greedy(instance, 0, 0, 3, 1, 1, 0, room, room, BEYOND)).toBe(OUT_OF_BOUNDS);
  });

  it("refuses what exact searches and bounds cannot run on", () => {
    const { kernel, place, instance, room } = ready();
    const out = room + 128;
    expect(kernel.exact_maximum(instance, 0, 2, Infinity, 1, room, 0, out)).toBe(0);
    expect(kernel.exact_maximum(instance, 0, 2, Infinity, 0, room, 0, out)).toBe(BAD_PARAMETER);
    expect(kernel.exact_maximum(instance, 0, 2, Number.NaN, 1, room, 0, out)).toBe(BAD_PARAMETER);
    expect(kernel.exact_maximum(room, 0, 2, 1, 1, room, 0, out)).toBe(BAD_MAGIC);
    expect(kernel.exact_maximum(instance, 0, 2, 1, 1, BEYOND, 0, out)).toBe(OUT_OF_BOUNDS);
    expect(kernel.exact_maximum(instance, 0, 2, 1, 1, room, BEYOND, out)).toBe(OUT_OF_BOUNDS);
    expect(kernel.exact_maximum(instance, 0, 2, 1, 1, room, 0, BEYOND)).toBe(OUT_OF_BOUNDS);
    expect(kernel.exact_cover(instance, 0, 1, room, 0, out)).toBe(0);
    expect(kernel.exact_cover(instance, 0, 0, room, 0, out)).toBe(BAD_PARAMETER);
    expect(kernel.exact_cover(room, 0, 1, room, 0, out)).toBe(BAD_MAGIC);
    expect(kernel.exact_cover(instance, BEYOND, 1, room, 0, out)).toBe(OUT_OF_BOUNDS);
    expect(kernel.exact_cover(instance, 0, 1, BEYOND, 0, out)).toBe(OUT_OF_BOUNDS);
    expect(kernel.exact_cover(instance, 0, 1, room, BEYOND, out)).toBe(OUT_OF_BOUNDS);
    const picks = place(Uint32Array.of(0, 3));
    expect(kernel.upper_bound(instance, 0, 2, Infinity, picks, 1, out)).toBe(0);
    expect(kernel.upper_bound(instance, 0, 2, Infinity, picks, 2, out)).toBe(BAD_PARAMETER);
    expect(kernel.upper_bound(instance, 0, 2, -1, picks, 1, out)).toBe(BAD_PARAMETER);
    expect(kernel.upper_bound(instance, 0, 2, 1, BEYOND, 9, out)).toBe(OUT_OF_BOUNDS);
    expect(kernel.upper_bound(instance, 0, 2, 1, picks, 1, BEYOND)).toBe(OUT_OF_BOUNDS);
  });

  it("says so where memory is out, and gives back what it took", () => {
    const { kernel, instance, room } = ready();
    const mark = kernel.mark();
    let bytes = 2 ** 31;
    for (; bytes >= 16; bytes /= 2) while (kernel.alloc(bytes) !== 0);
    const full = kernel.mark();
    expect(kernel.greedy(instance, 0, 0, 3, 1, 1, 0, room, room + 64, room + 128)).toBe(OUT_OF_MEMORY);
    expect(kernel.greedy(instance, 0, 2, 3, 1, Infinity, 0, room, room + 64, room + 128)).toBe(OUT_OF_MEMORY);
    expect(kernel.exact_maximum(instance, 0, 2, Infinity, 9, room, 0, room + 128)).toBe(OUT_OF_MEMORY);
    expect(kernel.exact_cover(instance, 0, 9, room, 0, room + 128)).toBe(OUT_OF_MEMORY);
    expect(kernel.upper_bound(instance, 0, 2, 1, 0, 0, room)).toBe(OUT_OF_MEMORY);
    expect(kernel.mark()).toBe(full);
    kernel.release(mark);
    expect(kernel.exact_cover(instance, 0, 9, room, 0, room + 128)).toBe(0);
    expect(kernel.mark()).toBe(mark);
  });
});

describe("CoverMemory", () => {
  const sets = listsOf(plain(4, [[0, 1], [1, 2], [3]]));

  it("names the argument that does not fit", () => {
    expect(() => CoverMemory.create(sets, { weights: new Float64Array(3) })).toThrow(
      /weights has length 3, expected 4/,
    );
    expect(() => CoverMemory.create(sets, { costs: new Float64Array(4) })).toThrow(/costs has length 4, expected 3/);
    expect(() => CoverMemory.create({ ...sets, members: new Uint32Array(2) })).toThrow(/offsets end at 5/);
    expect(() => CoverMemory.create({ ...sets, offsets: new Uint32Array(0) })).toThrow(RangeError);
    expect(() => CoverMemory.create({ ...sets, elements: 1.5 })).toThrow(RangeError);
    const rows = bitsOf(plain(70, [[69]]));
    expect(() => CoverMemory.create({ ...rows, rows: new BigUint64Array(1) })).toThrow(/rows has length 1, expected 2/);
  });

  it("refuses contents, limits and states that make no sense", () => {
    expect(() => CoverMemory.create({ ...sets, members: Uint32Array.of(1, 0, 1, 2, 3) })).toThrow(KernelError);
    expect(() => CoverMemory.create(sets, { costs: Float64Array.of(1, -1, 1) })).toThrow(KernelError);
    const memory = CoverMemory.create(sets);
    expect(() => memory.greedy({ limit: -1 })).toThrow(RangeError);
    expect(() => memory.greedy({ limit: 1.5 })).toThrow(RangeError);
    expect(() => memory.greedy({ budget: Number.NaN })).toThrow(KernelError);
    expect(() => memory.greedy({ forbidden: [3] })).toThrow(/no set 3 among 3/);
    expect(() => memory.greedy({ placed: [1], forbidden: [1] })).toThrow(/forbidden and placed/);
    expect(() => memory.exactCover({ nodes: 0 })).toThrow(RangeError);
    expect(() => memory.exactCover({ nodes: 2.5 })).toThrow(RangeError);
    expect(() => memory.exactCover({ nodes: Number.NaN })).toThrow(RangeError);
    expect(() => memory.upperBound({ picks: Uint32Array.of(3) })).toThrow(KernelError);
  });

  it("gives back what a call took", () => {
    const memory = CoverMemory.create(sets);
    const first = memory.exactCover();
    for (let i = 0; i < 2000; i++) memory.greedy({ placed: [2], limit: 2 });
    expect(memory.exactCover()).toEqual(first);
  });
});
