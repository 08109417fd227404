import { describe, expect, it } from "vitest";
import { simulateDirectSearch, simulateTraceback } from "../../src/placement/simulate-traceback.ts";
import { makeRoutes } from "../oracles/placement-routes.ts";

/**
 * Sites 0 a, 1 b, 2 c, 3 d; relays 4 .. 7. Monitors 4, 5, 6, 7 by hand: ab meets 4 5, bc 5 6, cd 7 alone, ad 4.
 * So H(M) is 4-5-6, and 7 by itself.
 */
const routes = makeRoutes(["a", "b", "c", "d", "4", "5", "6", "7"], 4, [
  [0, 4, 5, 1],
  [1, 5, 6, 2],
  [2, 7, 3],
  [0, 4, 3],
]);
const monitors = [4, 5, 6, 7];

describe("simulateTraceback", () => {
  it("floods H(M), counts rounds and messages, and finds what reached monitors are on", () => {
    const traced = simulateTraceback({ routes, monitors }, [0, 1, 2], { start: 4 });
    // 4 sends to 5; 5 to 6, not back; 6 has nobody else.
    expect(traced).toMatchObject({
      start: 4,
      rounds: 2,
      messages: 2,
      reached: 3,
      monitors: 4,
      monitorLinks: 2,
      found: 2,
    });
    expect(traced.links).toEqual([
      { from: 0, to: 1, monitors: [4, 5], found: true, round: 0 },
      { from: 1, to: 2, monitors: [5, 6], found: true, round: 1 },
    ]);
    // From the middle: 5 sends to both, in one round.
    expect(simulateTraceback({ routes, monitors }, [0, 1, 2], { start: 5 })).toMatchObject({ rounds: 1, messages: 2 });
  });

  it("starts at the last link that a monitor is on, and does not reach another part of H(M)", () => {
    const traced = simulateTraceback({ routes, monitors }, [0, 1, 2, 3]);
    expect(traced).toMatchObject({ start: 7, rounds: 0, messages: 0, reached: 1, found: 1 });
    expect(traced.links.map(({ found }) => found)).toEqual([false, false, true]);
    const unwatched = simulateTraceback({ routes, monitors: [4] }, [1, 2]);
    expect(unwatched).toMatchObject({ start: undefined, reached: 0, rounds: 0, found: 0 });
  });

  it("counts repeats as messages in a circle", () => {
    const circle = makeRoutes(["a", "b", "c", "3", "4", "5"], 3, [
      [0, 3, 4, 1],
      [1, 4, 5, 2],
      [2, 5, 3, 0],
    ]);
    // 3 sends to 4 and 5, which send to each other.
    expect(simulateTraceback({ routes: circle, monitors: [3, 4, 5] }, [0, 1], { start: 3 })).toMatchObject({
      rounds: 1,
      messages: 4,
    });
  });

  it("misses and invents links at the given rates, the same for a seed", () => {
    const blind = simulateTraceback({ routes, monitors }, [0, 1, 2], { falseNegative: 1 });
    expect(blind).toMatchObject({ found: 0, reached: 3 });
    expect(simulateTraceback({ routes, monitors }, [0, 1], { falsePositive: 1 }).falseLinks).toBe(2);
    let found = 0;
    for (let seed = 0; seed < 2000; seed++) {
      found += simulateTraceback({ routes, monitors: [7] }, [2, 3], { falseNegative: 0.3, seed }).found;
    }
    // Five standard errors of a share of 0.7.
    expect(Math.abs(found / 2000 - 0.7)).toBeLessThan(5 * Math.sqrt(0.21 / 2000));
    const options = { falseNegative: 0.5, falsePositive: 0.2, seed: 9 };
    expect(simulateTraceback({ routes, monitors }, [0, 1, 2], options)).toEqual(
      simulateTraceback({ routes, monitors }, [0, 1, 2], options),
    );
  });

  it.each([
    [[0], {}, "a chain of 1 nodes, expected two or more"],
    [[0, 0], {}, "chain: a follows itself"],
    [[0, 4], {}, "chain: 4 is no access node"],
    [[0, 99], {}, "chain: no node 99 among 8"],
    [[0, 1], { start: 1 }, "start: node 1 is no monitor"],
    [[0, 1], { falseNegative: 2 }, "falseNegative is 2"],
    [[0, 1], { falsePositive: Number.NaN }, "falsePositive is NaN"],
    [[0, 1], { seed: 0.5 }, "seed is 0.5"],
  ])("refuses %j %j", (chain, options, message) => {
    expect(() => simulateTraceback({ routes, monitors }, chain, options)).toThrow(message);
  });
});

describe("simulateDirectSearch", () => {
  it("follows matches from node to node, each once", () => {
    const found = simulateDirectSearch(routes, [0, 1, 2, 3]);
    expect(found).toMatchObject({ visited: [0, 1, 2, 3], comparisons: 4, found: 3, falseLinks: 0 });
    const wrong = simulateDirectSearch(routes, [0, 1], { falsePositive: 1 });
    expect(wrong).toMatchObject({ found: 1, falseLinks: 3 });
    expect(simulateDirectSearch(routes, [0, 1, 2], { falseNegative: 1 })).toMatchObject({ visited: [0], found: 0 });
  });
});
