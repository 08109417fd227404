import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CoverMemory, type GreedyOptions } from "../../../src/wasm/cover/cover.ts";
import { coverage, greedyOracle, maximumOracle } from "../../oracles/cover.ts";
import { amountsOf, formsOf, listsOf, plain, problems } from "./problems.ts";

const limits = fc.record({
  limit: fc.option(fc.nat(6), { nil: undefined }),
  budget: fc.option(fc.double({ min: 0, max: 12, noNaN: true }), { nil: undefined }),
  share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  rule: fc.constantFrom("gain", "ratio"),
});

describe("greedy covering", () => {
  it("picks what the oracle picks: rows and lists, lazily and eagerly, both builds, to the bit", () => {
    fc.assert(
      fc.property(problems(), limits, (problem, { limit, budget, share, rule }) => {
        const target = share === undefined ? undefined : share * problem.weights.reduce((a, b) => a + b, 0);
        const options: GreedyOptions = { ...problem, limit, budget, target, rule };
        const expected = greedyOracle(problem, { limit, budget, target, byRatio: rule === "ratio" });
        for (const memory of formsOf(problem)) {
          for (const evaluation of ["lazy", "eager", "eager-by-row"] as const) {
            const got = memory.greedy({ ...options, evaluation });
            expect([...got.picks]).toEqual(expected.picks);
            expect([...got.gains]).toEqual(expected.gains);
            expect([got.covered, got.cost]).toEqual([expected.covered, expected.cost]);
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  it("counts long rows as it counts short ones", () => {
    // Up to 70 words: the vectors' blocks of sixteen, the four-row blocks of four, and what is left over by both.
    const dense = fc.integer({ min: 1, max: 4500 }).chain((elements) =>
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(9)), { minLength: 1, maxLength: 9 }).map((steps) => {
        const sets = steps.map(([step, from]) => {
          const size = Math.max(0, Math.ceil((elements - from) / step));
          return Array.from({ length: size }, (_, k) => from + k * step);
        });
        return plain(elements, sets);
      }),
    );
    fc.assert(
      fc.property(dense, (problem) => {
        const expected = greedyOracle(problem);
        for (const memory of formsOf(problem)) {
          for (const evaluation of ["lazy", "eager", "eager-by-row"] as const) {
            const got = memory.greedy({ evaluation });
            expect([...got.picks]).toEqual(expected.picks);
            expect([...got.gains]).toEqual(expected.gains);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("never exceeds the budget, and covers at least (1 - 1/e)/2 of what any choice within it covers", () => {
    fc.assert(
      fc.property(problems(), fc.double({ min: 0, max: 12, noNaN: true }), (problem, budget) => {
        const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
        const got = memory.greedy({ ...problem, budget, rule: "budgeted" });
        // docs/kernels.md: 0.1 + 0.2 fits 0.3.
        expect(got.cost).toBeLessThanOrEqual((1 + 1e-12) * budget);
        const best = maximumOracle(problem, Infinity, budget);
        const guaranteed = ((1 - Math.exp(-1)) / 2) * (best - got.placed);
        expect(got.covered - got.placed).toBeGreaterThanOrEqual(guaranteed - 1e-9);
      }),
      { numRuns: 300 },
    );
  });

  it("takes one large set where the ratio alone would take a small one", () => {
    const problem = { ...plain(12, [[0], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]), costs: [1, 11] };
    const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
    expect([...memory.greedy({ budget: 11, rule: "ratio" }).picks]).toEqual([0]);
    const got = memory.greedy({ budget: 11, rule: "budgeted" });
    expect([...got.picks]).toEqual([1]);
    expect(got.rule).toBe("gain");
  });

  it("covers at least 1 - 1/e of the best k sets", () => {
    fc.assert(
      fc.property(problems(), fc.integer({ min: 1, max: 4 }), (problem, limit) => {
        const got = CoverMemory.create(listsOf(problem), amountsOf(problem)).greedy({ ...problem, limit });
        const best = maximumOracle(problem, limit) - got.placed;
        expect(got.covered - got.placed).toBeGreaterThanOrEqual((1 - Math.exp(-1)) * best - 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it("adds up gains that never grow, to the weight covered", () => {
    fc.assert(
      fc.property(problems(), (problem) => {
        const got = CoverMemory.create(listsOf(problem), amountsOf(problem)).greedy(problem);
        for (let k = 1; k < got.gains.length; k++) {
          expect(got.gains[k]).toBeLessThanOrEqual(got.gains[k - 1] * (1 + 1e-12));
        }
        expect(got.covered).toBeCloseTo(coverage(problem, [...problem.placed, ...got.picks]), 9);
        expect(got.gains.every((gain) => gain > 0)).toBe(true);
      }),
    );
  });

  it("gives ties to the lowest index, also where sums differ by their order only", () => {
    const sets = [[3], [0, 1, 2], [4, 5, 6], [7]];
    // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in the last bit: 0.6000000000000001 and 0.6.
    const problem = { ...plain(8, sets), weights: [0.3, 0.2, 0.1, 0.1, 0.1, 0.2, 0.3, 0.6] };
    for (const memory of formsOf(problem)) {
      for (const evaluation of ["lazy", "eager"] as const) {
        expect([...memory.greedy({ evaluation }).picks]).toEqual([1, 2, 3, 0]);
      }
    }
  });

  it("finds the lowest index among many near ties lazily too", () => {
    const set = fc.uniqueArray(fc.nat(79), { minLength: 1, maxLength: 4 }).map((s) => s.toSorted((a, b) => a - b));
    const near = fc.array(fc.constantFrom(0.1, 0.2, 0.3, 0.6), { minLength: 80, maxLength: 80 });
    fc.assert(
      fc.property(fc.array(set, { minLength: 50, maxLength: 200 }), near, (sets, weights) => {
        const problem = { ...plain(80, sets), weights };
        const expected = greedyOracle(problem);
        const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
        expect([...memory.greedy().picks]).toEqual(expected.picks);
        expect([...memory.greedy({ evaluation: "eager" }).picks]).toEqual(expected.picks);
      }),
      { numRuns: 40 },
    );
  });

  it("covers a share with the fewest picks left to right, and stops there", () => {
    const memory = CoverMemory.create(listsOf(plain(10, [[0, 1, 2, 3], [4, 5, 6], [7, 8], [9]])));
    const got = memory.greedy({ target: 0.7 * memory.total });
    expect([...got.picks]).toEqual([0, 1]);
    expect(got.covered).toBe(7);
  });

  it("counts for a partial cover only the weight that the target asks for", () => {
    // Set 1 gives 8 for 2, but only 3 are asked for: set 0 gives those for 1.
    const problem = {
      ...plain(11, [
        [0, 1, 2],
        [3, 4, 5, 6, 7, 8, 9, 10],
      ]),
      costs: [1, 2],
    };
    const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
    expect([...memory.greedy({ target: 3, rule: "ratio" }).picks]).toEqual([0]);
    expect([...memory.greedy({ rule: "ratio" }).picks]).toEqual([1, 0]);
  });

  it("evaluates far less lazily", () => {
    const sets = Array.from({ length: 300 }, (_, i) => Array.from({ length: 1 + (i % 50) }, (_, k) => i * 50 + k));
    const memory = CoverMemory.create(listsOf(plain(15_000, sets)));
    const lazy = memory.greedy({ limit: 30 });
    expect(lazy.evaluations).toBeLessThan(400);
    expect(memory.greedy({ limit: 30, evaluation: "eager" }).evaluations).toBeGreaterThan(8000);
  });

  it("makes nothing of nothing", () => {
    for (const problem of [plain(0, []), plain(5, []), plain(0, [[], []]), plain(3, [[], []])]) {
      for (const memory of formsOf(problem)) {
        expect(memory.greedy().picks.length).toBe(0);
        expect(memory.greedy({ rule: "budgeted", budget: 3 }).covered).toBe(0);
        expect(memory.upperBound()).toBe(0);
      }
    }
  });

  it("bounds what any choice covers, by the picks it is given", () => {
    fc.assert(
      fc.property(problems(), fc.nat(4), fc.double({ min: 0, max: 12, noNaN: true }), (problem, limit, budget) => {
        const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
        const { picks } = memory.greedy({ ...problem, limit });
        for (const asked of [{ limit }, { limit, budget }, { budget }]) {
          const best = maximumOracle(problem, asked.limit ?? Infinity, asked.budget);
          const bound = memory.upperBound({ ...problem, ...asked, picks });
          expect(bound).toBeGreaterThanOrEqual(best * (1 - 1e-12));
          expect(bound).toBeLessThanOrEqual(memory.upperBound({ ...problem, ...asked }));
        }
      }),
      { numRuns: 200 },
    );
  });
});
