import { describe, expect, test } from "vitest";
import { optimalSampling, PlanError, planSpread } from "../../src/spread/plan.ts";
import { predictStandardError } from "../../src/spread/prediction.ts";
import { rangeLimit, resolveOptions, type SketchOptions } from "../../src/spread/sketch-options.ts";
import { measureErrors } from "./measure.ts";

const MEGABYTE = 8_000_000;
const CONTACTS = 8_400_000;

describe("planSpread", () => {
  const plan = planSpread({ memoryBits: MEGABYTE, contacts: CONTACTS, from: 1, to: 100_000 });

  test("for spreads from 1 to 100,000 in 1 MB it chooses segments that reach that far", () => {
    expect(plan.options.estimator).toBe("mcse");
    expect(plan.rangeLimit).toBeGreaterThan(100_000);
    expect(plan.curve[0]!.spread).toBe(1);
    expect(plan.curve.at(-1)!.spread).toBe(100_000);
    expect(plan.curve.at(-1)!.relativeError).toBeLessThan(0.12);
  });

  test("the curve is the predicted error, relative to the spread", () => {
    for (const { spread, standardError, relativeError } of plan.curve) {
      expect(standardError).toBe(predictStandardError(plan.options, CONTACTS, spread));
      expect(relativeError).toBe(standardError / spread);
    }
  });

  test("the score is the mean logarithm of the curve's relative errors", () => {
    const logarithms = plan.curve.map(({ relativeError }) => Math.log(relativeError));
    expect(plan.score).toBeCloseTo(logarithms.reduce((sum, l) => sum + l, 0) / logarithms.length, 12);
  });

  test("names the other estimators at their best, none of them better, with the reason", () => {
    expect(plan.alternatives.map(({ options }) => options.estimator)).toEqual(["cse", "cses", "vhll"]);
    for (const { score, curve, reason } of plan.alternatives) {
      if (curve !== undefined) expect(score).toBeGreaterThan(plan.score - 0.011);
      expect(reason.length).toBeGreaterThan(10);
    }
  });

  test("samples, instead of adding segments, where the spreads of interest are alike", () => {
    const { options } = planSpread({ memoryBits: MEGABYTE, contacts: CONTACTS, from: 500, to: 500 });
    expect(options.estimator).toBe("cses");
  });

  test("does not sample for a light load and small spreads", () => {
    const { options } = planSpread({ memoryBits: MEGABYTE, contacts: 100_000, from: 1, to: 100 });
    expect(options.estimator).toBe("cse");
  });

  test.each([
    [MEGABYTE, CONTACTS, 1, 1000],
    [MEGABYTE, CONTACTS, 1, 1_000_000],
    [100_000, 1_000_000, 100, 100_000],
    [8_000, 500, 1, 500],
    [4_000_000_000, 10_000_000_000, 10, 1_000_000],
  ])("%i bits, %i contacts, spreads %i to %i: the plan can be created and reaches the range's end", (...request) => {
    const [memoryBits, contacts, from, to] = request;
    const { options, curve } = planSpread({ memoryBits, contacts, from, to });
    expect(rangeLimit(resolveOptions(options))).toBeGreaterThanOrEqual(to);
    expect(curve.at(-1)!.relativeError).toBeLessThanOrEqual(0.5);
  });

  test("refuses a range that no estimator covers, says why of each and what memory would do", () => {
    const request = { contacts: CONTACTS, from: 1, to: 100 };
    let refusal: unknown;
    try {
      planSpread({ ...request, memoryBits: 8000 });
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(PlanError);
    if (!(refusal instanceof PlanError)) return;
    expect(refusal.message).toMatch(/cse: .*cses: .*mcse: .*vhll: .*bits of memory would do/);
    const enough = refusal.memoryBits!;
    expect(planSpread({ ...request, memoryBits: enough }).rangeLimit).toBeGreaterThan(100);
    expect(() => planSpread({ ...request, memoryBits: Math.floor(enough / 1.05) })).toThrow(PlanError);
  });

  test("says so where no memory would do", () => {
    const request = { memoryBits: MEGABYTE, contacts: 10 ** 14, from: 1, to: 10 };
    expect(() => planSpread(request)).toThrow(/no memory up to 2\^32 - 1 bits would do/);
  });

  test.each([
    ["memory", { memoryBits: 63 }],
    ["memory", { memoryBits: 2 ** 32 }],
    ["memory", { memoryBits: Number.NaN }],
    ["contacts", { contacts: 0 }],
    ["contacts", { contacts: 1.5 }],
    ["lower end", { from: 0 }],
    ["lower end", { from: Number.POSITIVE_INFINITY }],
    ["upper end", { to: 9 }],
    ["upper end", { to: 10_001 }],
  ])("names the %s that is out of range: %o", (name, wrong) => {
    const request = { memoryBits: MEGABYTE, contacts: 10_000, from: 10, to: 100, ...wrong };
    expect(() => planSpread(request)).toThrow(RangeError);
    expect(() => planSpread(request)).toThrow(name);
  });
});

test.each([
  [500, 0.531],
  [750, 0.4],
  [1000, 0.322],
  [2000, 0.18],
  [4000, 0.096],
])("the optimal sampling at a spread of %i is the specification's %f", (spread, expected) => {
  const sketch = { memoryBits: MEGABYTE, virtualBits: 256 };
  expect(optimalSampling(sketch, CONTACTS, spread)).toBeCloseTo(expected, 3);
});

test("sampling helps from a spread of about 140 on", () => {
  const sketch = { memoryBits: MEGABYTE, virtualBits: 256 };
  expect(optimalSampling(sketch, CONTACTS, 120)).toBeGreaterThan(0.999);
  expect(optimalSampling(sketch, CONTACTS, 160)).toBeLessThan(0.99);
});

test("rskt2 has no predicted error", () => {
  const sketch = { estimator: "rskt2", memoryBits: MEGABYTE, virtualBits: 64 } as const;
  expect(predictStandardError(sketch, CONTACTS, 10)).toBeNaN();
});

describe("the predicted standard error is the one measured, to 15 %", () => {
  const grid: [contacts: number, sketch: Omit<SketchOptions, "memoryBits">, spreads: number[]][] = [
    [20_000, { estimator: "cse", virtualBits: 1024 }, [4, 32, 500]],
    [840_000, { estimator: "cse", virtualBits: 256 }, [4, 32, 300]],
    [840_000, { estimator: "cse", virtualBits: 1024 }, [4, 500, 1500]],
    [200_000, { estimator: "cses", virtualBits: 256, sampling: 0.25 }, [4, 128, 1500]],
    [840_000, { estimator: "cses", virtualBits: 512, sampling: 0.5 }, [4, 128, 1500]],
    // mcse's estimates are at least 0, which takes off half the error of spreads that drown in noise.
    [200_000, { estimator: "mcse", virtualBits: 128, segments: 6 }, [128, 500, 1500]],
    [200_000, { estimator: "mcse", virtualBits: 1024, segments: 4 }, [128, 500, 1500]],
    [840_000, { estimator: "mcse", virtualBits: 256, segments: 3 }, [128, 500, 1500]],
    [200_000, { estimator: "vhll", virtualBits: 128 }, [4, 500, 1500]],
    [840_000, { estimator: "vhll", virtualBits: 64 }, [32, 128, 1500]],
  ];
  test.each(grid)("%i contacts, %o, spreads %o", (contacts, sketch, spreads) => {
    const options = { ...sketch, memoryBits: 800_000 };
    for (const { spread, rmse } of measureErrors(options, contacts, spreads, { sketches: 20, each: 20 })) {
      expect(rmse / predictStandardError(options, contacts, spread)).toBeGreaterThan(0.85);
      expect(rmse / predictStandardError(options, contacts, spread)).toBeLessThan(1.15);
    }
  });
});

test.each([
  [840_000, 100, 2000],
  [200_000, 20, 2000],
])("the plan for %i contacts and spreads %i to %i measures no worse than its alternatives", (contacts, from, to) => {
  const plan = planSpread({ memoryBits: 800_000, contacts, from, to });
  const spreads = [from, Math.round(Math.sqrt(from * to)), to];
  const measured = (options: SketchOptions): number => {
    const errors = measureErrors(options, contacts, spreads, { sketches: 12, each: 16 });
    return errors.reduce((sum, { spread, rmse }) => sum + Math.log(rmse / spread), 0) / errors.length;
  };
  const score = measured(plan.options);
  for (const { options } of plan.alternatives) expect(score).toBeLessThan(measured(options) + 0.06);
});
