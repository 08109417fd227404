import { describe, expect, test } from "vitest";
import { compileKernel, instantiate, KernelError } from "../../../src/wasm/kernel/kernel.ts";
import type { SpreadExports } from "../../../src/wasm/spread/exports.ts";
import { SketchMemory } from "../../../src/wasm/spread/sketch-memory.ts";
import { fmix64, GOLDEN, u64 } from "../../oracles/hashing.ts";
import { randomStream } from "../../oracles/random.ts";
import { ipv4Identities } from "../../spread/contacts.ts";
import { ALL_SKETCHES, BUILDS, createIn, skewedContacts } from "./sketches.ts";

/** One of each kind of layout. */
const LAYOUTS = ALL_SKETCHES.filter(({ name }) =>
  ["cse-37 mix64", "mcse-64/5 double32", "vhll-16", "rskt2-32"].includes(name),
);
const TABLE = 32 + 16 * 56;

function state(parameters: (typeof ALL_SKETCHES)[number]["parameters"], capacity = 16): Uint8Array {
  const sketch = createIn("simd", parameters, capacity);
  const { sources, destinations } = skewedContacts(300, 1);
  sketch.storeTracked(ipv4Identities(sources), ipv4Identities(destinations), sources.length);
  return sketch.toBytes();
}

/** Writes the checksum anew, as a forger would. */
function resealed(bytes: Uint8Array, end: number): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  let h = GOLDEN;
  for (let at = 0; at + 8 <= end; at += 8) if (at !== 48) h = fmix64(h ^ view.getBigUint64(at, true));
  view.setBigUint64(48, u64(h), true);
  return copy;
}

describe.each(BUILDS)("the %s build", (build) => {
  const open = (bytes: Uint8Array): SketchMemory => SketchMemory.fromBytes(bytes, compileKernel("spread", build));
  const expectRefused = (bytes: Uint8Array): void => expect(() => open(bytes)).toThrow(KernelError);

  test.each(ALL_SKETCHES)("reads back what it wrote: $name", ({ parameters }) => {
    const bytes = state(parameters);
    const sketch = open(bytes);
    expect(sketch.parameters).toEqual(parameters);
    expect(sketch.capacity).toBe(16);
    expect(sketch.toBytes()).toEqual(bytes);
    expect(open(state(parameters, 0)).capacity).toBe(0);
  });

  test.each(LAYOUTS)("refuses a state with any byte of its headers changed: $name", ({ parameters }) => {
    const bytes = state(parameters);
    const random = randomStream(1);
    const table = bytes.length - TABLE;
    const positions = [...Array(256).keys(), ...Array.from({ length: 32 }, (_, i) => table + i)];
    for (const at of positions) {
      const copy = bytes.slice();
      copy[at]! ^= 1 + random.below(255);
      expectRefused(copy);
    }
  });

  test.each(LAYOUTS)("refuses a state with any bit of its payload or table changed: $name", ({ parameters }) => {
    const bytes = state(parameters);
    const random = randomStream(2);
    for (let i = 0; i < 100; i++) {
      const copy = bytes.slice();
      copy[256 + random.below(bytes.length - 256)]! ^= 1 << random.below(8);
      expectRefused(copy);
    }
  });
});

describe("a state", () => {
  const { parameters } = ALL_SKETCHES.find(({ name }) => name === "mcse-50/2 double32")!;
  const bytes = state(parameters);
  const end = bytes.length - TABLE;

  test("cut anywhere is refused, but where its table begins: there a whole sketch without a table ends", () => {
    for (let length = 0; length < bytes.length; length++) {
      if (length === end) continue;
      expect(() => SketchMemory.fromBytes(bytes.subarray(0, length))).toThrow(KernelError);
    }
    expect(SketchMemory.fromBytes(bytes.subarray(0, end)).capacity).toBe(0);
  });

  test("with bytes after its end is refused", () => {
    for (const more of [1, 31, 32, 56, 32 + 8 * 56]) {
      const longer = new Uint8Array(bytes.length + more);
      longer.set(bytes);
      expect(() => SketchMemory.fromBytes(longer)).toThrow(KernelError);
    }
  });

  test("of another program, or empty, is refused with the reason", () => {
    expect(() => SketchMemory.fromBytes(new Uint8Array(0))).toThrow("wrong magic");
    expect(() => SketchMemory.fromBytes(new TextEncoder().encode("a capture, perhaps".repeat(50)))).toThrow(
      "wrong magic",
    );
    const newer = bytes.slice();
    newer[4] = 2;
    expect(() => SketchMemory.fromBytes(newer)).toThrow("another version");
    const damaged = bytes.slice();
    damaged[300]! ^= 1;
    expect(() => SketchMemory.fromBytes(damaged)).toThrow("wrong checksum");
  });

  test("that lies in the middle of a larger buffer is read", () => {
    const larger = new Uint8Array(bytes.length + 13);
    larger.set(bytes, 13);
    expect(SketchMemory.fromBytes(larger.subarray(13)).toBytes()).toEqual(bytes);
  });

  test("forged with a right checksum over a wrong header is refused, and no gigabytes are reserved for it", () => {
    const forgeries: [offset: number, value: number][] = [
      [16, 0],
      [16, 1],
      [16, 65_537],
      [16, 0xffffffff],
      [20, 0],
      [20, 3],
      [20, 17],
      [20, 0xffffffff],
      [24, 1],
      [28, 2],
      [32, 0],
      [32, 0xffffffff],
      [32, 0xffffffc0],
      [32, 64],
      [36, 0],
      [36, 0xffffffff],
      [40, 1],
      [64, 64],
      [68, 0xffffffff],
      [72, 0],
      [76, 128],
    ];
    for (const [offset, value] of forgeries) {
      const forged = bytes.slice();
      new DataView(forged.buffer).setUint32(offset, value, true);
      expect(() => SketchMemory.fromBytes(resealed(forged, end))).toThrow(KernelError);
      expect(directCheck(resealed(forged, end))).toBeGreaterThan(0);
    }
    expect(SketchMemory.fromBytes(resealed(bytes, end)).toBytes()).toEqual(bytes);
  });

  test("forged with bits set beyond its last cell is refused", () => {
    const odd = ALL_SKETCHES.find(({ name }) => name === "cse-37 mix64")!.parameters;
    const forged = state(odd, 0);
    forged[forged.length - 1] = 0x80;
    expect(() => SketchMemory.fromBytes(resealed(forged, forged.length))).toThrow("contradict");
  });

  /** sketch_check's own answer, without the host's checks before it. */
  function directCheck(forged: Uint8Array): number {
    const kernel = instantiate<SpreadExports>(compileKernel("spread"));
    const pointer = kernel.alloc(end);
    new Uint8Array(kernel.memory.buffer).set(forged.subarray(0, end), pointer);
    const before = kernel.memory.buffer.byteLength;
    const status = kernel.sketch_check(pointer, end);
    expect(kernel.memory.buffer.byteLength).toBe(before);
    return status;
  }
});
