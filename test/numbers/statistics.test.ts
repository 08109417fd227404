import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  centralRange,
  mean,
  meanInterval,
  pairedInterval,
  quantile,
  standardDeviation,
  tQuantile,
} from "../../src/numbers/statistics.ts";

describe("tQuantile", () => {
  // Closed forms at 1 and 2 degrees; the others from R's qt().
  it.each([
    [0.975, 1, Math.tan(Math.PI * 0.475)],
    [0.975, 2, 4.302652729749464],
    [0.975, 4, 2.7764451051977934],
    [0.975, 9, 2.2621571628540993],
    [0.975, 19, 2.093024054408263],
    [0.95, 30, 1.6972608943617378],
    [0.995, 5, 4.032142983557536],
    [0.975, 1000, 1.9623390808264078],
    [0.975, 1e7, 1.9599642],
  ])("at %d with %d degrees of freedom is %d", (probability, degrees, expected) => {
    expect(tQuantile(probability, degrees) / expected).toBeCloseTo(1, 7);
  });

  it("is odd about one half and refuses probabilities and degrees that are none", () => {
    expect(tQuantile(0.025, 7)).toBeCloseTo(-tQuantile(0.975, 7), 12);
    expect(tQuantile(0.5, 3)).toBeCloseTo(0, 12);
    expect(() => tQuantile(1, 3)).toThrow(RangeError);
    expect(() => tQuantile(0.9, 0)).toThrow(RangeError);
  });
});

describe("intervals", () => {
  it("of a mean are Student's", () => {
    expect(mean([1, 2, 3, 4])).toBe(2.5);
    expect(standardDeviation([1, 2, 3, 4])).toBeCloseTo(1.2909944487358056, 12);
    const interval = meanInterval([1, 2, 3, 4]);
    expect(interval?.low).toBeCloseTo(0.44573974, 6);
    expect(interval?.high).toBeCloseTo(4.55426026, 6);
  });

  it("are not there for one value", () => {
    expect(meanInterval([5])).toBeUndefined();
    expect(standardDeviation([5])).toBeNaN();
  });

  it("of paired values look at the differences alone", () => {
    const interval = pairedInterval([101, 52, 13], [100, 50, 10]);
    expect(interval?.low).toBeCloseTo(2 - 2.4841377, 5);
    expect(() => pairedInterval([1], [1, 2])).toThrow("1 and 2");
  });

  it("of a mean cover the truth in 95 % of the samples", () => {
    let state = 7;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const covered = Array.from({ length: 4000 }, () => meanInterval(Array.from({ length: 5 }, normal))).filter(
      (interval) => interval !== undefined && interval.low <= 0 && interval.high >= 0,
    );
    expect(covered.length / 4000).toBeGreaterThan(0.94);
    expect(covered.length / 4000).toBeLessThan(0.96);
  });
});

describe("quantile", () => {
  it("is linear between order statistics", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 0], 0.25)).toBe(2.5);
    const { low, high } = centralRange(Array.from({ length: 41 }, (_, i) => i));
    expect(low).toBeCloseTo(1, 12);
    expect(high).toBeCloseTo(39, 12);
  });

  it("stays inside the values and grows with the share", () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
        const value = quantile(list, share);
        expect(value).toBeGreaterThanOrEqual(Math.min(...list) - 1e-9);
        expect(value).toBeLessThanOrEqual(quantile(list, 1) + 1e-9);
      }),
    );
  });
});
