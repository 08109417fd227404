import { describe, expect, test } from "vitest";
import { INDEX_HASHES, type SketchOptions } from "../../src/spread/sketch-options.ts";
import { SpreadSketch } from "../../src/spread/spread-sketch.ts";
import { ADDRESS_PATTERNS, TRACE_PRESETS, traceSpreads } from "../../src/spread/trace.ts";
import { traceSources } from "../../src/wasm/spread/trace.ts";
import { measureErrors } from "./measure.ts";

// The paper's load at a tenth of its size.
const MEMORY = 800_000;
const PRESET = { ...TRACE_PRESETS.fitted, contacts: 840_000, largest: 2572 };
const patterns = Object.entries(ADDRESS_PATTERNS);

interface Row {
  sources: number;
  covered: number;
  relativeError: number;
}

/**
 * Estimates every source of 16 destinations and more by whose virtual vector stays more than 20 bits empty, and sums up by
 * powers of two. Smaller spreads drown in noise, and cover more than they promise.
 */
function rowsOf(options: Omit<SketchOptions, "memoryBits" | "seed">, addresses: number, seed: bigint): Row[] {
  const spreads = traceSpreads(PRESET, seed);
  const trace = { addresses, seed };
  const sketch = SpreadSketch.create({ ...options, memoryBits: MEMORY, seed }, 0);
  sketch.addTrace(spreads, 0, trace);
  const { virtualBits: s, sampling: p, segments } = sketch.options;
  const share = segments > 1 ? 2 ** -segments : p;
  const isValid = (k: number): boolean => k >= 16 && s * Math.exp(-sketch.load - (share * k) / s) > 20;
  const indices = Uint32Array.from(spreads.keys()).filter((i) => isValid(spreads[i]!));
  const { estimate, standardError } = sketch.estimate(sketch.keysOfIpv4(traceSources(indices, trace)));
  const rows: Row[] = [];
  indices.forEach((source, i) => {
    const k = spreads[source]!;
    const at = Math.floor(Math.log2(k)) - 4;
    while (rows.length <= at) rows.push({ sources: 0, covered: 0, relativeError: 0 });
    const row = rows[at]!;
    row.sources++;
    row.covered += Number(Math.abs(estimate[i]! - k) <= 1.96 * standardError[i]!);
    row.relativeError += Math.abs(Math.max(0, estimate[i]!) - k) / k;
  });
  return rows;
}

function coverage(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.covered, 0) / rows.reduce((sum, row) => sum + row.sources, 0);
}

const estimators: Omit<SketchOptions, "memoryBits" | "seed">[] = [
  { estimator: "cse", virtualBits: 256 },
  { estimator: "cse", virtualBits: 1024 },
  { estimator: "cses", virtualBits: 256, sampling: 0.25 },
  { estimator: "esc", virtualBits: 256, sampling: 0.25 },
];

describe.each(
  estimators,
)("95 % intervals of $estimator-$virtualBits hold the truth for 93 to 97 % of the sources", (options) => {
  test.each(
    INDEX_HASHES.flatMap((indexHash) => patterns.map(([pattern, addresses]) => ({ indexHash, pattern, addresses }))),
  )("by $indexHash, of $pattern addresses", ({ indexHash, addresses }) => {
    const covered = coverage(rowsOf({ ...options, indexHash }, addresses, 1n));
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });
});

test("95 % intervals of mcse's joint decoder hold the truth for 93 to 97 % of spreads that stand out of the noise", () => {
  const options = { estimator: "mcse", virtualBits: 256, segments: 3, memoryBits: MEMORY } as const;
  const measured = measureErrors(options, 400_000, [128, 500, 1500], { sketches: 20, each: 50 });
  const covered = measured.reduce((sum, { coverage }) => sum + coverage, 0) / measured.length;
  expect(covered).toBeGreaterThan(0.93);
  expect(covered).toBeLessThan(0.97);
});

test("double hashing errs no more than a hash for each virtual bit, in any row, whatever the addresses", () => {
  const meanErrors = (
    indexHash: (typeof INDEX_HASHES)[number],
    addresses: number,
  ): { sources: number; error: number }[] => {
    const seeds = [1n, 2n, 3n].map((seed) =>
      rowsOf({ estimator: "cse", virtualBits: 256, indexHash }, addresses, seed),
    );
    const total = (row: number, field: keyof Row): number => seeds.reduce((sum, rows) => sum + rows[row]![field], 0);
    return seeds[0]!.map((_, row) => ({
      sources: total(row, "sources"),
      error: total(row, "relativeError") / total(row, "sources"),
    }));
  };
  for (const [, addresses] of patterns) {
    const double32 = meanErrors("double32", addresses);
    const mix64 = meanErrors("mix64", addresses);
    for (let row = 0; row < 4; row++) {
      const ratio = double32[row]!.error / mix64[row]!.error;
      // Absolute normal errors vary by 0.76 of their mean: four standard deviations of the ratio of two means.
      const tolerance = 4 * 0.76 * Math.sqrt(2 / double32[row]!.sources);
      expect(tolerance).toBeLessThan(0.25);
      expect(Math.abs(ratio - 1)).toBeLessThan(tolerance);
    }
  }
});

test("double hashing has no outliers: over 20,000 sources, mcse's worst error is as small as by mix64", () => {
  // Without a quadratic term a few vectors collapse to some cells, and their sources are off by several times.
  const worst = (indexHash: (typeof INDEX_HASHES)[number]): number => {
    let worst = 0;
    for (let seed = 1n; seed <= 20n; seed++) {
      const spreads = new Uint32Array(1000).fill(300);
      const sketch = SpreadSketch.create(
        { estimator: "mcse", virtualBits: 1024, segments: 4, memoryBits: MEMORY, seed, indexHash },
        0,
      );
      sketch.addTrace(spreads, 0, { addresses: 0, seed });
      const sources = traceSources(Uint32Array.from(spreads.keys()), { addresses: 0, seed });
      const { estimate, standardError } = sketch.estimate(sketch.keysOfIpv4(sources));
      estimate.forEach((value, i) => {
        worst = Math.max(worst, Math.abs(value - 300) / standardError[i]!);
      });
    }
    return worst;
  };
  expect(worst("mix64")).toBeLessThan(6);
  expect(worst("double32")).toBeLessThan(6);
});

test.each([
  [1, 100],
  [1, 400],
  [0.5, 100],
  [0.5, 1000],
  [0.25, 500],
  [0.25, 2000],
])("the standard error is the one measured, to 8 %, at p = %f, k = %i", (sampling, spread) => {
  const options = { estimator: "cses", virtualBits: 256, sampling, memoryBits: MEMORY } as const;
  const [measured] = measureErrors(options, 840_000, [spread], { sketches: 8, each: 100 });
  // 800 sources tell a standard error to 2.5 %.
  expect(measured!.standardError / measured!.rmse).toBeGreaterThan(0.92);
  expect(measured!.standardError / measured!.rmse).toBeLessThan(1.08);
});
