import { describe, expect, it } from "vitest";
import { exp } from "../../src/numbers/math.ts";
import { drawNormal, randomOf } from "../../src/numbers/random.ts";
import { mean, quantile, standardDeviation } from "../../src/numbers/statistics.ts";

const SEED = "6e6f726d616c0001";
const DRAWS = 200_000;

/** P(N(0, 1) <= x), by Simpson's rule on the density from 0. */
function normalShare(x: number): number {
  const steps = 400;
  const h = x / steps;
  let sum = 1 + exp(-0.5 * x * x);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * exp(-0.5 * (i * h) ** 2);
  return 0.5 + (sum * h) / 3 / Math.sqrt(2 * Math.PI);
}

function bitsOf(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

describe("normal draws", () => {
  const random = randomOf(SEED);
  const draws = Array.from({ length: DRAWS }, () => drawNormal(random));

  it("have the moments of the standard normal distribution", () => {
    const moment = (power: number) => mean(draws.map((each) => each ** power));
    // Five standard errors of each moment over 200,000 draws: sqrt(1, 2, 15, 96 / n).
    expect(Math.abs(mean(draws))).toBeLessThan(5 * Math.sqrt(1 / DRAWS));
    expect(Math.abs(standardDeviation(draws) ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / DRAWS));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / DRAWS));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / DRAWS));
  });

  it("have its distribution function: Kolmogorov and Smirnov's distance", () => {
    const sorted = draws.toSorted((a, b) => a - b);
    let distance = 0;
    for (let i = 0; i < DRAWS; i += 97) {
      distance = Math.max(distance, Math.abs(normalShare(sorted[i]) - (i + 0.5) / DRAWS));
    }
    // Exceeded once in 2000 samples: 2.06 / sqrt(n).
    expect(distance).toBeLessThan(2.06 / Math.sqrt(DRAWS));
  });

  it("have its tails, and no two in a row depend on each other", () => {
    const beyond = (limit: number) => draws.filter((each) => Math.abs(each) > limit).length / DRAWS;
    for (const limit of [1, 2, 3, 4]) {
      const share = 2 * (1 - normalShare(limit));
      expect(Math.abs(beyond(limit) - share)).toBeLessThan(5 * Math.sqrt(share / DRAWS));
    }
    expect(quantile(draws, 0.975)).toBeCloseTo(1.96, 1);
    const products = draws.slice(1).map((each, i) => each * draws[i]);
    expect(Math.abs(mean(products))).toBeLessThan(5 / Math.sqrt(DRAWS));
  });

  it("are these bits in every engine", () => {
    const again = randomOf(SEED);
    expect(Array.from({ length: 8 }, () => bitsOf(drawNormal(again)))).toEqual([
      "3fdca2a274b8d88c",
      "bfef6637d3fbe4a8",
      "3fd677b9ba97787b",
      "3fdb1377f93924b3",
      "3ffadb351664aa73",
      "3fcfa5a9d3445913",
      "3fdc94b20811e58e",
      "3fd7aeaaf0b39067",
    ]);
  });
});
