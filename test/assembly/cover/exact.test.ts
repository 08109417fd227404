import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CoverMemory } from "../../../src/wasm/cover/cover.ts";
import {
  costOf,
  coverage,
  greedyOracle,
  maximumCertificate,
  maximumOracle,
  minimumCertificate,
  minimumOracle,
  type Problem,
} from "../../oracles/cover.ts";
import { amountsOf, formsOf, listsOf, plain, problems } from "./problems.ts";

const relatively = (value: number) => Math.max(1, Math.abs(value)) * 1e-9;

/** n sets of `size` of m elements, from a small linear congruential generator. */
function scattered(m: number, n: number, size: number, seed: number): Problem {
  let state = seed;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  const sets = Array.from({ length: n }, () => {
    const set = new Set<number>();
    while (set.size < size) set.add(Math.floor(next() * m));
    return [...set].sort((a, b) => a - b);
  });
  const costs = Array.from({ length: n }, () => 1 + Math.floor(next() * 9));
  return { ...plain(m, sets), costs };
}

/** Costs of tenths, a budget that some sets' costs add up to. */
const decimals = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 9 }),
    fc.integer({ min: 1, max: 2 ** 30 }),
    fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    fc.boolean(),
  )
  .map(([tenths, seed, bought, whole]) => {
    const problem = scattered(14, tenths.length, 4, seed);
    const spent = tenths.reduce((sum, cost, i) => sum + (bought[i] ? cost : 0), 0);
    return {
      ...problem,
      weights: problem.weights.map((_, e) => (whole ? 1 : 1 + e / 10)),
      costs: tenths.map((cost) => cost / 10),
      budget: spent / 10,
    };
  });

describe("exact maximum coverage", () => {
  it("finds what enumeration finds, and proves it; rows and lists, both builds, to the bit", () => {
    fc.assert(
      fc.property(problems(10), fc.nat(6), (problem, limit) => {
        const best = maximumOracle(problem, limit);
        const results = formsOf(problem).map((memory) => memory.exactMaximum({ ...problem, limit }));
        for (const got of results) expect(got).toEqual(results[0]);
        const [got] = results;
        expect(Math.abs(got.covered - best)).toBeLessThan(relatively(best));
        expect(got.optimal).toBe(true);
        expect(got.bound).toBe(got.covered);
        expect(got.picks.length).toBeLessThanOrEqual(limit);
        expect(got.covered).toBeCloseTo(coverage(problem, [...problem.placed, ...got.picks]), 9);
      }),
      { numRuns: 200 },
    );
  });

  it("finds what enumeration finds under a budget", () => {
    fc.assert(
      fc.property(problems(10), fc.nat(6), fc.double({ min: 0, max: 12, noNaN: true }), (problem, limit, budget) => {
        const best = maximumOracle(problem, limit, budget);
        const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
        const got = memory.exactMaximum({ ...problem, limit, budget });
        expect(Math.abs(got.covered - best)).toBeLessThan(relatively(best));
        expect(got.optimal).toBe(true);
        expect(got.cost).toBeLessThanOrEqual(budget + 1e-12);
      }),
      { numRuns: 200 },
    );
  });

  it("spends a decimal budget to the last, whatever the sums of decimal costs round to", () => {
    fc.assert(
      fc.property(decimals, (problem) => {
        const { budget } = problem;
        const best = maximumOracle(problem, Infinity, budget);
        const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
        const got = memory.exactMaximum({ limit: problem.sets.length, budget });
        expect(Math.abs(got.covered - best)).toBeLessThan(relatively(best));
        expect(got.optimal).toBe(true);
        expect(got.cost).toBeLessThanOrEqual(budget * (1 + 1e-12));
        expect(memory.upperBound({ budget })).toBeGreaterThanOrEqual(best * (1 - 1e-12));
        expect(memory.upperBound({ budget, picks: got.picks })).toBeGreaterThanOrEqual(best * (1 - 1e-12));
        expect([...memory.greedy({ budget }).picks]).toEqual(greedyOracle(problem, { budget }).picks);
      }),
      { numRuns: 400 },
    );
  });

  it("sees everything on a path n3-n1-n0-n2-n4 for 0.7, and for 0.3 what costs 0.1 and 0.2", () => {
    // Elements: the pairs of neighbours; sets: the nodes on them.
    const path = { ...plain(4, [[0, 1], [0, 2], [1, 3], [2], [3]]), costs: [0.4, 0.3, 0.4, 0.3, 0.2] };
    const memory = CoverMemory.create(listsOf(path), amountsOf(path));
    const got = memory.exactMaximum({ limit: 5, budget: 0.7 });
    expect([[...got.picks], got.covered, got.optimal]).toEqual([[1, 2], 4, true]);
    const pair = { ...plain(2, [[0], [1]]), costs: [0.1, 0.2] };
    expect(CoverMemory.create(listsOf(pair), amountsOf(pair)).exactMaximum({ limit: 2, budget: 0.3 }).covered).toBe(2);
  });

  it("certifies a bound by multipliers that anyone can check", () => {
    fc.assert(
      fc.property(problems(10), fc.nat(6), (problem, limit) => {
        const got = CoverMemory.create(listsOf(problem), amountsOf(problem)).exactMaximum({ ...problem, limit });
        const certified = maximumCertificate(problem, got.multipliers, limit);
        expect(certified).toBeGreaterThanOrEqual(maximumOracle(problem, limit) - relatively(certified));
      }),
      { numRuns: 200 },
    );
  });

  it("returns a valid bound after any number of nodes, and the same each time", () => {
    const problem = scattered(60, 40, 9, 5);
    const memory = CoverMemory.create(listsOf(problem));
    const best = memory.exactMaximum({ limit: 5 });
    expect(best.optimal).toBe(true);
    expect(best.nodes).toBeGreaterThan(3);
    let last = Infinity;
    for (let nodes = 1; nodes <= best.nodes; nodes++) {
      const got = memory.exactMaximum({ limit: 5, nodes });
      expect(got).toEqual(memory.exactMaximum({ limit: 5, nodes }));
      expect(got.nodes).toBeLessThanOrEqual(nodes);
      expect(got.bound).toBeGreaterThanOrEqual(best.covered);
      expect(got.covered).toBeLessThanOrEqual(best.covered);
      expect(got.optimal).toBe(got.bound === got.covered);
      expect(got.bound).toBeLessThanOrEqual(last);
      last = got.bound;
    }
  });

  it("is never worse than greedy, nor than its bound after one node", () => {
    fc.assert(
      fc.property(problems(12), fc.nat(5), fc.option(fc.integer({ min: 0, max: 9 })), (problem, limit, budget) => {
        const memory = CoverMemory.create(listsOf(problem), amountsOf(problem));
        const options = { ...problem, limit, budget: budget ?? undefined };
        const got = memory.exactMaximum({ ...options, nodes: 1 });
        const greedy = memory.greedy({ ...options, rule: budget === null ? "gain" : "budgeted" });
        expect(got.covered).toBeGreaterThanOrEqual(greedy.covered - relatively(greedy.covered));
        expect(got.bound).toBeGreaterThanOrEqual(maximumOracle(problem, limit, budget ?? Infinity) * (1 - 1e-12));
        expect(got.nodes).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe("exact set cover", () => {
  it("finds what enumeration finds, and proves it; rows and lists, both builds, to the bit", () => {
    fc.assert(
      fc.property(problems(11), (problem) => {
        const best = minimumOracle(problem);
        const results = formsOf(problem).map((memory) => memory.exactCover(problem));
        for (const got of results) expect(got).toEqual(results[0]);
        const [got] = results;
        if (best === Infinity) expect([got.cost, got.bound, got.picks.length]).toEqual([Infinity, Infinity, 0]);
        else {
          expect(Math.abs(got.cost - best)).toBeLessThan(relatively(best));
          expect(got.bound).toBe(got.cost);
          expect(costOf(problem, [...got.picks])).toBeCloseTo(got.cost, 9);
        }
        expect(got.optimal).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("finds what enumeration finds where every element has some sets", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 4, max: 12 }), (seed, m) => {
        const problem = scattered(m, 13, 3, seed);
        const best = minimumOracle(problem);
        const got = CoverMemory.create(listsOf(problem), amountsOf(problem)).exactCover();
        expect(got.cost).toBe(best);
      }),
      { numRuns: 60 },
    );
  });

  it("certifies a bound by multipliers that anyone can check", () => {
    fc.assert(
      fc.property(problems(11), (problem) => {
        const best = minimumOracle(problem);
        const got = CoverMemory.create(listsOf(problem), amountsOf(problem)).exactCover(problem);
        if (best < Infinity) {
          expect(minimumCertificate(problem, got.multipliers)).toBeLessThanOrEqual(best + relatively(best));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("certifies the optimum itself where the relaxation has no gap", () => {
    // A cycle of six covered by three opposite edges: the relaxation is tight.
    const problem = plain(6, [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [0, 5],
    ]);
    const got = CoverMemory.create(listsOf(problem)).exactCover();
    expect(got.cost).toBe(3);
    expect(minimumCertificate(problem, got.multipliers)).toBeGreaterThan(2.9);
  });

  it("returns a valid bound after any number of nodes, and the same each time", () => {
    const problem = { ...scattered(45, 60, 6, 11), costs: new Array<number>(60).fill(1) };
    const memory = CoverMemory.create(listsOf(problem));
    const best = memory.exactCover();
    expect(best.optimal).toBe(true);
    expect(best.nodes).toBeGreaterThan(3);
    let last = 0;
    for (let nodes = 1; nodes <= Math.min(best.nodes, 60); nodes++) {
      const got = memory.exactCover({ nodes });
      expect(got).toEqual(memory.exactCover({ nodes }));
      expect(got.bound).toBeLessThanOrEqual(best.cost);
      expect(got.cost).toBeGreaterThanOrEqual(best.cost);
      expect(got.optimal).toBe(got.bound === got.cost);
      expect(got.bound).toBeGreaterThanOrEqual(last);
      last = got.bound;
    }
  });

  it("covers around placed sets and without forbidden ones", () => {
    const problem = plain(4, [[0, 1, 2, 3], [0, 1], [2, 3], [2], [3]]);
    const memory = CoverMemory.create(listsOf(problem));
    expect([...memory.exactCover().picks]).toEqual([0]);
    expect([...memory.exactCover({ forbidden: [0] }).picks]).toEqual([1, 2]);
    expect([...memory.exactCover({ forbidden: [0, 2], placed: [1] }).picks]).toEqual([3, 4]);
    expect(memory.exactCover({ forbidden: [0, 1] }).cost).toBe(Infinity);
    expect(memory.exactCover({ placed: [0] }).cost).toBe(0);
  });
});
