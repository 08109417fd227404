import { describe, expect, it } from "vitest";
import type { PublishedCell } from "../../src/papers/published.ts";
import { absentCell, computedCell, numberCell, pairedHypothesis, textCell } from "../../src/papers/verdict.ts";
import { cellText } from "../../src/report/cell-text.ts";
import { cellSchema } from "../../src/results/comparison.ts";

function published(value: number | string, tolerance: number | null = 0.05): PublishedCell {
  return { row: "1", column: "A", value, tolerance, unit: "m", place: "Table 1", calibrated: false };
}

function context(cell: PublishedCell | undefined) {
  return { row: "1", column: "A", published: cell };
}

/** Twenty values about a center, from center - spread to center + spread. */
function around(center: number, spread: number): number[] {
  return Array.from({ length: 20 }, (_, i) => center + (spread * (i - 9.5)) / 9.5);
}

describe("computedCell", () => {
  it("has no trials, so that it is not called one run", () => {
    const cell = computedCell(context(published(100)), 104);
    expect(cell).toMatchObject({ measured: 104, trials: 0, low: null, high: null, verdict: "agrees" });
    expect(cellText(cell).interval).toBe("");
    expect(cellText(numberCell(context(published(100)), [104])).interval).toBe("one run");
  });
});

describe("numberCell", () => {
  it("agrees where the mean is inside the tolerance, the edge included, and says so", () => {
    expect(numberCell(context(published(100)), [104, 106])).toMatchObject({
      verdict: "agrees",
      how: "mean within 5 %",
      measured: 105,
      ratio: 1.05,
      trials: 2,
      unit: "m",
    });
    expect(numberCell(context(published(100)), [105.2, 105])).toMatchObject({ verdict: "differs" });
    expect(numberCell(context(published(-100)), [-96])).toMatchObject({ verdict: "agrees" });
  });

  it("agrees where the published run lies inside the range of twenty single runs, and says so", () => {
    const cell = numberCell(context(published(100)), around(110, 20));
    expect(cell).toMatchObject({ verdict: "agrees", how: "published run inside our 2.5-97.5 % range" });
    expect(numberCell(context(published(100)), around(110, 20).slice(1))).toMatchObject({ verdict: "differs" });
    expect(numberCell(context(published(100)), around(110, 9))).toMatchObject({ verdict: "differs" });
  });

  it("has an interval from two trials on", () => {
    expect(numberCell(context(published(100)), [100])).toMatchObject({ low: null, high: null, trials: 1 });
    const cell = numberCell(context(published(100)), [99, 101]);
    expect(cell.low).toBeCloseTo(100 - 12.706, 2);
    expect(cell.high).toBeCloseTo(100 + 12.706, 2);
  });

  it("shows a pattern or the reason where the value differs, and only then", () => {
    const pattern = "the order of the rows holds";
    expect(numberCell({ ...context(published(100)), pattern }, [150])).toMatchObject({
      verdict: "pattern",
      how: pattern,
    });
    expect(numberCell({ ...context(published(100)), pattern }, [100])).toMatchObject({ verdict: "agrees" });
    expect(numberCell({ ...context(published(100)), reason: "why" }, [150])).toMatchObject({
      verdict: "differs",
      how: "why",
    });
  });

  it("proves nothing where the value was used to set a parameter", () => {
    const cell = { ...published(100), calibrated: true };
    expect(numberCell(context(cell), [100])).toMatchObject({ verdict: "calibrated" });
    expect(numberCell(context(cell), [200])).toMatchObject({ verdict: "calibrated", ratio: 2 });
  });

  it("has no verdict where the paper prints nothing, and is not run without trials", () => {
    expect(numberCell(context(undefined), [3])).toMatchObject({ verdict: null, published: null, tolerance: null });
    expect(numberCell(context(published(1)), [])).toMatchObject({ verdict: "not run", measured: null, trials: 0 });
    expect(absentCell(context(published(1)), "needs --data")).toMatchObject({
      verdict: "not run",
      how: "needs --data",
    });
  });

  it("has to meet a published 0 exactly and gives no ratio to it", () => {
    expect(numberCell(context(published(0)), [0])).toMatchObject({ verdict: "agrees", ratio: null });
    expect(numberCell(context(published(0)), [0.001])).toMatchObject({ verdict: "differs", ratio: null });
  });

  it("is of the documented form", () => {
    expect(() => cellSchema.parse(numberCell(context(published(1)), [1, 2]))).not.toThrow();
  });
});

describe("textCell", () => {
  it("agrees with equal text, blanks aside", () => {
    expect(textCell(context(published("2H + 2M", null)), "2H  + 2M ")).toMatchObject({ verdict: "agrees" });
    expect(textCell(context(published("2H+2M", null)), "3H+2M")).toMatchObject({
      verdict: "differs",
      measured: "3H+2M",
    });
  });
});

describe("pairedHypothesis", () => {
  it("is decided by the interval of the differences", () => {
    const ones = [10, 20, 30, 40];
    const more = [11, 21.1, 30.9, 41];
    expect(pairedHypothesis("a is below b", ones, more)).toMatchObject({ verdict: "agrees", by: "netvantage" });
    expect(pairedHypothesis("a is below b", more, ones).verdict).toBe("differs");
    expect(pairedHypothesis("a is below b", ones, [...ones].reverse()).verdict).toBe("undecided");
    expect(pairedHypothesis("a is below b", [1], [2]).verdict).toBe("not run");
    expect(pairedHypothesis("a is below b", ones, more).evidence).toMatch(
      /^paired difference -1, 95 % interval -1\.13 to -0\.87, 4 pairs$/,
    );
  });
});
