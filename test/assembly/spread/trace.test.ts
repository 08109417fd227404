import { describe, expect, test } from "vitest";
import { TRACE_PRESETS, type TracePreset, traceSpreads } from "../../../src/spread/trace.ts";
import { compileKernel, instantiate } from "../../../src/wasm/kernel/kernel.ts";
import { ADDRESSES, type SpreadExports } from "../../../src/wasm/spread/exports.ts";
import { drawSpreads, traceContacts, traceSources } from "../../../src/wasm/spread/trace.ts";
import { BUILDS } from "./sketches.ts";

const small = { exponent: 2.35, largest: 500, contacts: 20_000, shareOfTwo: undefined };

function total(spreads: Uint32Array): number {
  return spreads.reduce((sum, spread) => sum + spread, 0);
}

/** P(k) of the truncated zeta distribution, as its definition reads. */
function zeta(exponent: number, largest: number): number[] {
  const weights = Array.from({ length: largest }, (_, i) => (i + 1) ** -exponent);
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

describe("a trace's spreads", () => {
  test.each([1n, 2n, 3n])("add up to the contacts asked for, and source 0 has the largest: seed %i", (seed) => {
    for (const contacts of [1, 499, 500, 501, 20_000, 100_003]) {
      const spreads = traceSpreads({ ...small, contacts }, seed);
      expect(total(spreads)).toBe(contacts);
      expect(spreads[0]).toBe(Math.min(500, contacts));
      expect(Math.min(...spreads)).toBeGreaterThan(0);
      expect(spreads.every((spread) => spread <= 500)).toBe(true);
    }
  });

  test("of the preset that fits the paper are about 3.5 million", () => {
    const spreads = traceSpreads(TRACE_PRESETS.fitted, 1n);
    expect(total(spreads)).toBe(8_400_000);
    expect(spreads[0]).toBe(25_722);
    expect(spreads.length).toBeGreaterThan(3_400_000);
    expect(spreads.length).toBeLessThan(3_600_000);
  });

  test("depend on the seed", () => {
    expect(traceSpreads(small, 1n)).toEqual(traceSpreads(small, 1n));
    expect(traceSpreads(small, 1n)).not.toEqual(traceSpreads(small, 2n));
    expect(traceSpreads(small, 1n)).not.toEqual(traceSpreads(small, 1n + (1n << 32n)));
  });

  test.each([
    [2.35, 1n],
    [1.853, 2n],
    [2.946, 3n],
  ])("follow the truncated zeta distribution of exponent %f", (exponent, seed) => {
    const n = 400_000;
    const max = 25_722;
    const drawn = drawSpreads({ exponent, max, shareOfTwo: undefined, seed }, 1000, n);
    const expected = zeta(exponent, max);
    // Single spreads while each is expected 200 times or more, then one class for the rest.
    const classes = expected.findIndex((p) => p * n < 200);
    const counts = Array<number>(classes + 1).fill(0);
    for (const spread of drawn) counts[Math.min(spread - 1, classes)]!++;
    const chances = [...expected.slice(0, classes), expected.slice(classes).reduce((sum, p) => sum + p, 0)];
    const chiSquare = chances.reduce((sum, p, i) => sum + (counts[i]! - n * p) ** 2 / (n * p), 0);
    // Mean `classes`, variance 2 `classes`: four standard deviations.
    expect(chiSquare).toBeLessThan(classes + 4 * Math.sqrt(2 * classes));
    expect(drawn.every((spread) => spread >= 1 && spread <= max)).toBe(true);
  });

  test("of 2 and 3 are shared as asked for, and the others left as they were", () => {
    const own = { exponent: 2.35, max: 25_722, shareOfTwo: undefined, seed: 5n };
    const before = drawSpreads(own, 0, 200_000);
    const after = drawSpreads({ ...own, shareOfTwo: 0.92 }, 0, 200_000);
    const of = (k: number): number => after.filter((spread) => spread === k).length;
    expect(Math.abs(of(2) / (of(2) + of(3)) - 0.92)).toBeLessThan(0.005);
    const isTwoOrThree = (spread: number): boolean => spread === 2 || spread === 3;
    expect(before.every((spread, i) => (isTwoOrThree(spread) ? isTwoOrThree(after[i]!) : after[i] === spread))).toBe(
      true,
    );
  });
});

describe.each(Object.entries(ADDRESSES))("a trace's contacts with %s addresses", (_, addresses) => {
  const preset: TracePreset = small;
  const spreads = traceSpreads(preset, 4n);
  const trace = { addresses, seed: 4n };
  const whole = traceContacts(spreads, 0, trace);

  test("are distinct, and every source has its spread", () => {
    const pairs = new Set<string>();
    const counts = new Map<number, number>();
    whole.sources.forEach((source, i) => {
      pairs.add(`${source} ${whole.destinations[i]}`);
      counts.set(source, (counts.get(source) ?? 0) + 1);
    });
    expect(pairs.size).toBe(preset.contacts);
    expect([...counts.values()]).toEqual([...spreads]);
    expect([...counts.keys()]).toEqual([...traceSources(Uint32Array.from(spreads.keys()), trace)]);
  });

  test("are the same however the sources are split", () => {
    for (const cut of [1, 17, 4096, spreads.length - 1]) {
      const parts = [
        traceContacts(spreads.subarray(0, cut), 0, trace),
        traceContacts(spreads.subarray(cut), cut, trace),
      ];
      expect(parts.flatMap(({ sources }) => [...sources])).toEqual([...whole.sources]);
      expect(parts.flatMap(({ destinations }) => [...destinations])).toEqual([...whole.destinations]);
    }
    const cut = 333;
    const draw = { exponent: 2.35, max: 500, shareOfTwo: 0.9, seed: 4n };
    const drawn = [...drawSpreads(draw, 0, cut), ...drawSpreads(draw, cut, 1000 - cut)];
    expect(drawn).toEqual([...drawSpreads(draw, 0, 1000)]);
  });
});

test("every build makes the same trace", () => {
  const [simd, ...others] = BUILDS.map((build) => {
    const kernel = instantiate<SpreadExports>(compileKernel("spread", build));
    const distribution = kernel.alloc(8 * 1000);
    const spreads = kernel.alloc(4 * 300);
    const [sources, destinations] = [kernel.alloc(4 * 5000), kernel.alloc(4 * 5000)];
    expect(kernel.trace_distribution(1.7, 1000, distribution)).toBe(0);
    expect(kernel.trace_spreads(distribution, 1000, 0.7, 9, 8, 5, 300, spreads)).toBe(0);
    const status = kernel.trace_contacts(spreads, 300, 5, 0, 9, 8, 5000, sources, destinations);
    return { status, bytes: new Uint8Array(kernel.memory.buffer, distribution, 8000 + 1200 + 40_000).slice() };
  });
  for (const other of others) expect(other).toEqual(simd);
});

test("contacts beyond the room given are refused, none written past it", () => {
  const kernel = instantiate<SpreadExports>(compileKernel("spread"));
  const spreads = kernel.alloc(16);
  const sources = kernel.alloc(40);
  const destinations = kernel.alloc(40);
  const memory = new Uint32Array(kernel.memory.buffer);
  memory.set([5, 6], spreads / 4);
  expect(kernel.trace_contacts(spreads, 2, 0, 0, 1, 0, 10, sources, destinations)).toBe(1);
  expect(memory[destinations / 4 + 10]).toBe(0);
  memory.set([5, 5], spreads / 4);
  expect(kernel.trace_contacts(spreads, 2, 0, 0, 1, 0, 10, sources, destinations)).toBe(0);
});
