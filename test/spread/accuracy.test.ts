import { describe, expect, test } from "vitest";
import { rangeLimit, resolveOptions, type SketchOptions } from "../../src/spread/sketch-options.ts";
import { SpreadSketch } from "../../src/spread/spread-sketch.ts";
import { traceSources } from "../../src/wasm/spread/trace.ts";
import { measureErrors } from "./measure.ts";

const LIMITS: [options: Omit<SketchOptions, "memoryBits">, limit: number][] = [
  [{ estimator: "cse", virtualBits: 256 }, 1420],
  [{ estimator: "cse", virtualBits: 1024 }, 7098],
  [{ estimator: "cses", virtualBits: 256, sampling: 0.25 }, 5678],
  [{ estimator: "esc", virtualBits: 256, sampling: 0.25 }, 5678],
  [{ estimator: "mcse", virtualBits: 256, segments: 3 }, 11_357],
  [{ estimator: "mcse", virtualBits: 256, segments: 3, decoder: "candidate" }, 11_357],
];

/** How many of 40 sources of that spread are flagged, in a sketch that holds nothing else. */
function flagged(options: SketchOptions, spread: number): number {
  const spreads = new Uint32Array(40).fill(spread);
  const trace = { addresses: 0, seed: 3n };
  const sketch = SpreadSketch.create({ ...options, seed: 3 }, 0);
  sketch.addTrace(spreads, 0, trace);
  const { saturated } = sketch.estimate(sketch.keysOfIpv4(traceSources(Uint32Array.from(spreads.keys()), trace)));
  return saturated.reduce((sum, flag) => sum + flag, 0);
}

describe.each(LIMITS)("%o", (sketch, limit) => {
  const options = { ...sketch, memoryBits: 32_000_000 };

  test("tells spreads up to the specification's limit", () => {
    expect(Math.round(rangeLimit(resolveOptions(options)))).toBe(limit);
    expect(Math.round(SpreadSketch.create(options, 0).rangeLimit)).toBe(limit);
  });

  test("flags sources at and beyond the limit, and none at half of it or below", () => {
    expect(flagged(options, 1)).toBe(0);
    expect(flagged(options, Math.round(limit / 2))).toBe(0);
    expect(flagged(options, limit)).toBeGreaterThan(10);
    expect(flagged(options, 2 * limit)).toBe(40);
  });
});

test("registers have no range limit", () => {
  for (const estimator of ["vhll", "rskt2"] as const) {
    const options = { estimator, memoryBits: 8_000_000, virtualBits: 64 } as const;
    expect(SpreadSketch.create(options, 0).rangeLimit).toBe(Number.POSITIVE_INFINITY);
    expect(flagged(options, 20_000)).toBe(0);
  }
});

test("the joint decoder errs less than the candidate decoder at every spread", () => {
  const options = { estimator: "mcse", virtualBits: 256, segments: 3, memoryBits: 800_000 } as const;
  const spreads = [8, 64, 250, 1000, 2500];
  // Few sources of interest a sketch: many large ones make the load uneven, to which both are known to be biased.
  const count = { sketches: 30, each: 8 };
  const joint = measureErrors({ ...options, decoder: "joint" }, 840_000, spreads, count);
  const candidate = measureErrors({ ...options, decoder: "candidate" }, 840_000, spreads, count);
  joint.forEach(({ rmse }, i) => {
    expect(rmse).toBeLessThan(candidate[i]!.rmse);
  });
});

/** Bias in its own standard errors. */
function biasInErrors({ bias, rmse, sources }: { bias: number; rmse: number; sources: number }): number {
  return bias / (rmse / Math.sqrt(sources));
}

describe("register sketches are unbiased", () => {
  // Few sources of interest a sketch: many large ones make the load uneven, to which both are known to be biased.
  const count = { sketches: 30, each: 8 };

  test.each([
    ["vhll", 128],
    ["rskt2", 64],
  ] as const)("%s-%i under a load of 5 contacts a register", (estimator, virtualBits) => {
    const options = { estimator, memoryBits: 800_000, virtualBits };
    for (const measured of measureErrors(options, 840_000, [1, 100, 1000], count)) {
      expect(Math.abs(biasInErrors(measured))).toBeLessThan(4);
    }
  });

  test("rskt2, whose noise stands in the complementary registers alone", () => {
    // Both terms from one array would give 0 everywhere.
    const [measured] = measureErrors(
      { estimator: "rskt2", memoryBits: 800_000, virtualBits: 128 },
      840_000,
      [2000],
      count,
    );
    expect(Math.abs(measured!.bias) / 2000).toBeLessThan(0.05);
  });
});

test.each([
  "cse",
  "cses",
  "esc",
] as const)("%s is unbiased, unclamped, to a few hundredths of its error", (estimator) => {
  const options = { estimator, memoryBits: 800_000, virtualBits: 256 };
  for (const measured of measureErrors(options, 840_000, [1, 50, 300], { sketches: 8, each: 75 })) {
    // The specification's bias is 1 to 2 hundredths of a spread's variance over s; 600 sources tell 4 %.
    expect(Math.abs(measured.bias)).toBeLessThan(0.2 * measured.rmse);
  }
});
