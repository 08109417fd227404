import { describe, expect, test } from "vitest";
import { rangeLimit, resolveOptions, type SketchOptions } from "../../src/spread/sketch-options.ts";
import { SpreadSketch } from "../../src/spread/spread-sketch.ts";
import { KernelError } from "../../src/wasm/kernel/kernel.ts";
import { addContacts, ipv4Identities } from "./contacts.ts";

const cse: SketchOptions = { estimator: "cse", memoryBits: 100_000, virtualBits: 256 };

/** Source 1 contacts 300 destinations, source 2 contacts 100, source 3 contacts 30. */
const contacts = {
  sources: Uint32Array.from({ length: 430 }, (_, i) => (i < 300 ? 1 : i < 400 ? 2 : 3)),
  destinations: Uint32Array.from({ length: 430 }, (_, i) => i),
};

describe("a sketch's options", () => {
  test.each([
    ["memory", { memoryBits: 63 }],
    ["memory", { memoryBits: 2 ** 32 }],
    ["memory", { memoryBits: 1000.5 }],
    ["virtual bits", { virtualBits: 1 }],
    ["virtual bits", { virtualBits: 65_537 }],
    ["virtual bits", { memoryBits: 128 }],
    ["segments", { segments: 2 }],
    ["sampling", { sampling: 0.5 }],
    ["segments", { estimator: "mcse", segments: 1 }],
    ["segments", { estimator: "mcse", segments: 17 }],
    ["fewer segments", { estimator: "mcse", segments: 16 }],
    ["sampling", { estimator: "cses", sampling: 0 }],
    ["sampling", { estimator: "cses", sampling: 1.01 }],
    ["sampling", { estimator: "esc", sampling: Number.NaN }],
    ["registers", { estimator: "rskt2", memoryBits: 1000 }],
    ["registers", { estimator: "vhll", memoryBits: 1280 }],
    ["seed", { seed: -1 }],
    ["seed", { seed: 0.5 }],
    ["seed", { seed: 2n ** 64n }],
  ] satisfies [string, Partial<SketchOptions>][])("out of range are refused by name: %s, %o", (name, wrong) => {
    expect(() => SpreadSketch.create({ ...cse, ...wrong })).toThrow(RangeError);
    expect(() => SpreadSketch.create({ ...cse, ...wrong })).toThrow(name);
  });

  test("that are left out are the documented ones", () => {
    expect(resolveOptions(cse)).toEqual({
      ...cse,
      segments: 1,
      sampling: 1,
      seed: 1n,
      decoder: "joint",
      indexHash: "double32",
    });
    expect(resolveOptions({ ...cse, estimator: "cses" }).sampling).toBe(0.25);
    expect(resolveOptions({ ...cse, memoryBits: 8_000_000, estimator: "mcse" }).segments).toBe(11);
    expect(rangeLimit(resolveOptions({ ...cse, memoryBits: 8_000_000, estimator: "mcse" }))).toBeGreaterThan(1_000_000);
  });

  test.each([-8, 4, 7, 12, 24, 8.5, 2 ** 26])("a table of %f candidates is refused", (candidates) => {
    expect(() => SpreadSketch.create(cse, candidates)).toThrow("candidates");
  });

  test("the largest memory there is can be had, and its estimates read", () => {
    const sketch = SpreadSketch.create({ ...cse, memoryBits: 2 ** 32 - 1 }, 0);
    sketch.addIpv4(contacts.sources, contacts.destinations);
    const { estimate } = sketch.estimate(sketch.keysOfIpv4(Uint32Array.of(1)));
    expect(Math.abs(estimate[0]! - 300)).toBeLessThan(60);
    expect(sketch.memoryBytes).toBe(2 ** 29 + 256);
  });
});

describe("a sketch", () => {
  const sketch = SpreadSketch.create(cse, 8);
  addContacts(sketch, contacts);

  test("names its largest sources, the largest first, with error and flag", () => {
    const top = sketch.top(2);
    expect(top.map(({ identity }) => [...identity.subarray(0, 4)])).toEqual([
      [0, 0, 0, 1],
      [0, 0, 0, 2],
    ]);
    for (const [i, truth] of [300, 100].entries()) {
      expect(Math.abs(top[i]!.estimate - truth)).toBeLessThan(4 * top[i]!.standardError!);
      expect(top[i]).toMatchObject({ kind: 4, port: 0, saturated: false });
    }
    expect(sketch.top(10).length).toBe(3);
    expect(sketch.top(0)).toEqual([]);
  });

  test("gives a source's key by number or identity", () => {
    const [key] = sketch.keysOfIpv4(Uint32Array.of(1));
    expect(sketch.keysOf(ipv4Identities(Uint32Array.of(1)), 1)[0]).toBe(key);
    expect(sketch.top(1)[0]!.key).toBe(key);
  });

  test("says its load, range limit and whole memory", () => {
    // At most a bit each of 430 contacts; the largest source's 300 share its 256 virtual bits.
    expect(sketch.load).toBeLessThan(430.9 / 100_000);
    expect(sketch.load).toBeGreaterThan(270 / 100_000);
    expect(Math.round(sketch.rangeLimit)).toBe(1420);
    expect(sketch.memoryBytes).toBe(256 + 12_504 + 32 + 8 * 56);
    expect(sketch.candidates).toBe(8);
    expect(SpreadSketch.create(cse).candidates).toBe(4096);
  });

  test("comes back from its bytes with the options they tell, and others as asked", () => {
    const back = SpreadSketch.fromBytes(sketch.toBytes());
    expect(back.options).toEqual(sketch.options);
    expect(back.top(3)).toEqual(sketch.top(3));
    expect(SpreadSketch.fromBytes(sketch.toBytes(), { estimator: "esc" }).options.estimator).toBe("esc");
    const mcse = SpreadSketch.create({ ...cse, estimator: "mcse", segments: 3 });
    const candidate = SpreadSketch.fromBytes(mcse.toBytes(), { decoder: "candidate", estimator: "esc" });
    expect(candidate.options).toMatchObject({ estimator: "mcse", decoder: "candidate", segments: 3 });
    for (const estimator of ["cses", "vhll", "rskt2"] as const) {
      const other = SpreadSketch.create({ ...cse, estimator, seed: 2n ** 64n - 1n });
      expect(SpreadSketch.fromBytes(other.toBytes()).options).toEqual(other.options);
    }
  });

  test("says what to do where its contacts named no candidates", () => {
    const addresses = SpreadSketch.create(cse, 8);
    expect(addresses.top(3)).toEqual([]);
    addresses.addIpv4(Uint32Array.of(1, 1), Uint32Array.of(2, 3));
    expect(() => addresses.top(3)).toThrow("estimate(keysOfIpv4(addresses))");
    const merged = SpreadSketch.create(cse, 8);
    merged.merge(addresses);
    expect(() => merged.top(3)).toThrow("came by addIpv4");
  });

  test("merges with its like only", () => {
    const other = SpreadSketch.create(cse, 8);
    other.addIpv4(Uint32Array.of(9), Uint32Array.of(9));
    other.merge(sketch);
    expect(other.top(3)).toHaveLength(3);
    expect(() => other.merge(SpreadSketch.create({ ...cse, seed: 2 }, 8))).toThrow(KernelError);
  });

  test("that is full has an infinite load and flags all its candidates", () => {
    const full = SpreadSketch.create({ ...cse, memoryBits: 256 }, 8);
    addContacts(full, {
      sources: Uint32Array.from({ length: 9000 }, (_, i) => i % 50),
      destinations: Uint32Array.from({ length: 9000 }, (_, i) => i),
    });
    expect(full.load).toBe(Number.POSITIVE_INFINITY);
    expect(full.top(8).every(({ saturated }) => saturated)).toBe(true);
  });

  test("refuses arrays of different lengths", () => {
    expect(() => sketch.addIpv4(new Uint32Array(2), new Uint32Array(3))).toThrow("2 sources for 3 destinations");
  });

  test("estimates no source, and stores no contact, without complaint", () => {
    const { estimate } = sketch.estimate(new BigUint64Array(0));
    expect(estimate.length).toBe(0);
    const before = sketch.toBytes();
    sketch.addIpv4(new Uint32Array(0), new Uint32Array(0));
    expect(sketch.toBytes()).toEqual(before);
  });

  test("has no standard error where its estimator has none", () => {
    for (const options of [
      { estimator: "rskt2", virtualBits: 64 },
      { estimator: "mcse", virtualBits: 64, segments: 3, decoder: "candidate" },
    ] as const) {
      const without = SpreadSketch.create({ ...cse, ...options });
      addContacts(without, contacts);
      expect(without.top(1)[0]!.standardError).toBeUndefined();
    }
  });
});
