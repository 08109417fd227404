import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KernelError } from "../../../src/wasm/kernel/kernel.ts";
import type { SketchParameters } from "../../../src/wasm/spread/exports.ts";
import type { SketchMemory } from "../../../src/wasm/spread/sketch-memory.ts";
import { ALL_SKETCHES, createIn, SKETCHES } from "./sketches.ts";

type Contact = readonly [source: number, destination: number];
const contact = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
const contacts = fc.array(contact, { maxLength: 60 });
const runs = { numRuns: 8 };

/** Element by element, as toEqual compares, would take most of this suite's time. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  expect(Buffer.compare(actual, expected)).toBe(0);
}

describe.each(["simd", "scalar"] as const)("in the %s build", (build) => {
  const stored = (parameters: SketchParameters, ...batches: readonly (readonly Contact[])[]): SketchMemory => {
    const sketch = createIn(build, parameters);
    for (const batch of batches) {
      sketch.storeIpv4(
        Uint32Array.from(batch, ([source]) => source),
        Uint32Array.from(batch, ([, destination]) => destination),
      );
    }
    return sketch;
  };
  const merged = (a: SketchMemory, ...others: SketchMemory[]): Uint8Array => {
    for (const other of others) a.merge(other);
    return a.toBytes();
  };

  describe.each(ALL_SKETCHES)("$name", ({ parameters }) => {
    test("merging is storing the union", () => {
      fc.assert(
        fc.property(contacts, contacts, (a, b) => {
          expectSame(merged(stored(parameters, a), stored(parameters, b)), stored(parameters, a, b).toBytes());
        }),
        runs,
      );
    });

    test("merging is commutative, associative and idempotent", () => {
      fc.assert(
        fc.property(contacts, contacts, contacts, (a, b, c) => {
          const sketch = (of: readonly Contact[]): SketchMemory => stored(parameters, of);
          const ab = merged(sketch(a), sketch(b));
          expectSame(merged(sketch(b), sketch(a)), ab);
          expectSame(merged(sketch(a), sketch(a)), sketch(a).toBytes());
          const bc = sketch(b);
          bc.merge(sketch(c));
          expectSame(merged(sketch(a), bc), merged(sketch(a), sketch(b), sketch(c)));
        }),
        runs,
      );
    });

    test("order, repeats and batch sizes do not matter", () => {
      fc.assert(
        fc.property(contacts, fc.integer({ min: 1, max: 9 }), (list, size) => {
          const batches = Array.from({ length: Math.ceil(list.length / size) }, (_, i) =>
            list.slice(i * size, (i + 1) * size),
          );
          const expected = stored(parameters, list).toBytes();
          expectSame(stored(parameters, ...batches).toBytes(), expected);
          expectSame(stored(parameters, list.toReversed()).toBytes(), expected);
          expectSame(stored(parameters, list, list).toBytes(), expected);
        }),
        runs,
      );
    });
  });

  test("sketches that differ in any parameter or the seed do not merge, and stay as they were", () => {
    const base = SKETCHES.find(({ name }) => name === "cses-100 mix64")!.parameters;
    const others: Partial<SketchParameters>[] = [
      { seed: base.seed + 1n },
      { seed: base.seed ^ (1n << 63n) },
      { cells: base.cells + 1 },
      { virtual: base.virtual + 1 },
      { sampling: base.sampling + 1 },
      { indexHash: 2 },
      { segments: 2, sampling: 2 ** 32, cells: 6400 },
    ];
    for (const other of others) {
      const ours = stored(base, [[1, 2]]);
      const before = ours.toBytes();
      expect(() => ours.merge(stored({ ...base, ...other }, [[3, 4]]))).toThrow(KernelError);
      expect(() => ours.merge(stored({ ...base, ...other }, [[3, 4]]))).toThrow("do not merge");
      expect(ours.toBytes()).toEqual(before);
    }
  });

  test("candidate tables of different sizes do not merge, and leave the sketches as they were", () => {
    const { parameters } = SKETCHES[0]!;
    const ours = createIn(build, parameters, 8);
    const theirs = createIn(build, parameters, 16);
    theirs.storeIpv4(Uint32Array.of(1), Uint32Array.of(2));
    const before = ours.toBytes();
    expect(() => ours.merge(theirs)).toThrow(KernelError);
    expect(ours.toBytes()).toEqual(before);
  });
});
