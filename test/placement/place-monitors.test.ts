import fc from "fast-check";
import { UndirectedGraph } from "graphology";
import { describe, expect, it } from "vitest";
import { buildTopology } from "../../src/network/build-topology.ts";
import type { Topology } from "../../src/network/topology.ts";
import { compareMethods, placeMonitors } from "../../src/placement/index.ts";
import type { PlacementOptions } from "../../src/placement/placement.ts";
import { allPairs, bestSet, greedySet, observedRate, randomTopology, totalRate } from "../oracles/placement.ts";

function nodesOf(topology: Topology, options: PlacementOptions): number[] {
  return placeMonitors(topology, options).monitors.map(({ node }) => node);
}

/** A random question: graph, access nodes, rates or a matrix. */
const questions = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    nodes: fc.integer({ min: 4, max: 9 }),
    edges: fc.integer({ min: 3, max: 14 }),
    lengths: fc.boolean(),
    ends: fc.integer({ min: 0, max: 4 }),
    traffic: fc.constantFrom("none", "rates", "matrix"),
    k: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ seed, nodes, edges, lengths, ends, traffic, k }) => {
    const topology = randomTopology(seed, nodes, edges, lengths);
    const access =
      ends < 2 ? Array.from({ length: nodes }, (_, i) => i) : Array.from({ length: ends - 1 }, (_, i) => nodes - 1 - i);
    if (access.length === 1) access.push(0);
    const count = access.length;
    const rates = Array.from({ length: count }, (_, i) => ((i * 7 + seed) % 5) + 0.5);
    const matrix = Array.from({ length: count * count }, (_, i) => (i * 11 + seed) % 4);
    const rate =
      traffic === "matrix"
        ? (x: number, y: number) => matrix[x * count + y]
        : (x: number) => (traffic === "rates" ? rates[x] : 1) / (count - 1);
    const options: PlacementOptions = {
      monitors: k,
      ...(ends >= 2 && { access }),
      ...(traffic === "rates" && { rates }),
      ...(traffic === "matrix" && { traffic: matrix }),
    };
    const candidates = Array.from({ length: nodes }, (_, i) => i).filter((node) => ends < 2 || !access.includes(node));
    return { topology, options, candidates, pairs: allPairs(topology, access, rate), k };
  });

describe("placeMonitors against enumerated paths", () => {
  it("observes what enumeration observes, by greedy and by every other method", () => {
    fc.assert(
      fc.property(questions, ({ topology, options, candidates, pairs, k }) => {
        const total = totalRate(pairs);
        const share = (rate: number) => (total > 0 ? rate / total : 0);
        const greedy = placeMonitors(topology, options);
        const picks = greedy.monitors.map(({ node }) => node);
        expect(picks).toEqual(greedySet(pairs, candidates, k));
        const best = bestSet(pairs, candidates, Math.min(k, candidates.length));
        for (const method of ["greedy", "kmax", "degree", "betweenness", "brute", "exact"] as const) {
          const placement = placeMonitors(topology, { ...options, method });
          const set = placement.monitors.map(({ node }) => node);
          expect(placement.rate).toBeCloseTo(total, 9);
          expect(placement.observed).toBeCloseTo(share(observedRate(pairs, set)), 9);
          expect(placement.monitors.at(-1)?.observed ?? 0).toBeCloseTo(placement.observed, 9);
          expect(placement.unobservable - placement.unconnected).toBeCloseTo(
            total - observedRate(pairs, candidates),
            9,
          );
          expect(placement.bound).toBeGreaterThanOrEqual(share(best.observed) - 1e-9);
          if (placement.optimal) expect(placement.observed).toBeCloseTo(share(best.observed), 9);
          if (method === "brute") expect(set).toEqual(best.set);
          if (method === "brute" || method === "exact") {
            expect(placement.optimal).toBe(true);
            expect(placement.observed).toBeCloseTo(share(best.observed), 9);
            expect(placement.bound).toBe(placement.observed);
          }
        }
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("picks the same by passes and by the successive update", () => {
    fc.assert(
      fc.property(questions, ({ topology, options }) => {
        const passes = placeMonitors(topology, { ...options, monitors: 9, engine: "passes" });
        const successive = placeMonitors(topology, { ...options, monitors: 9, engine: "successive" });
        expect(successive.monitors.map(({ node }) => node)).toEqual(passes.monitors.map(({ node }) => node));
        successive.monitors.forEach(({ gain }, i) => {
          expect(gain).toBeCloseTo(passes.monitors[i].gain, 12);
        });
      }),
      { numRuns: 150, seed: 2 },
    );
    const large = randomTopology(5, 300, 500);
    const [a, b] = (["passes", "successive"] as const).map((engine) => placeMonitors(large, { monitors: 40, engine }));
    expect(b.monitors.map(({ node }) => node)).toEqual(a.monitors.map(({ node }) => node));
    expect(b.observed).toBeCloseTo(a.observed, 12);
  });

  it("has gains that shrink and shares that grow (f is submodular and monotone)", () => {
    fc.assert(
      fc.property(questions, fc.nat(), ({ topology, options, candidates }, pick) => {
        const [extra, ...rest] = candidates;
        const placed = rest.filter((_, i) => (pick >> i) % 2 === 1);
        const all = { ...options, monitors: 1, method: "kmax" as const, forbidden: rest };
        const alone = placeMonitors(topology, all).monitors[0];
        const beside = placeMonitors(topology, { ...all, forbidden: rest.filter((n) => !placed.includes(n)), placed });
        expect(alone.node).toBe(extra);
        expect(beside.monitors[0].gain).toBeLessThanOrEqual(alone.gain + 1e-12);
        expect(beside.observed).toBeGreaterThanOrEqual(beside.placedObserved - 1e-12);
        const { monitors } = placeMonitors(topology, { ...options, monitors: 9 });
        for (let i = 1; i < monitors.length; i++) {
          expect(monitors[i].gain).toBeLessThanOrEqual(monitors[i - 1].gain + 1e-12);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it("finds the fewest monitors for a coverage, by brute and exact; the others no fewer", () => {
    fc.assert(
      fc.property(questions, fc.double({ min: 0.05, max: 1, noNaN: true }), (question, coverage) => {
        const { topology, options, candidates, pairs } = question;
        const total = totalRate(pairs);
        const enough = coverage * total - 1e-9;
        const reachable = total > 0 && observedRate(pairs, candidates) >= enough;
        const least = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find(
          (k) => k <= candidates.length && bestSet(pairs, candidates, k).observed >= enough,
        );
        for (const method of ["greedy", "kmax", "brute", "exact"] as const) {
          const placement = placeMonitors(topology, { ...options, monitors: undefined, coverage, method });
          if (!reachable || least === undefined) continue;
          expect(placement.stopped).toBe("coverage");
          expect(placement.monitors.length).toBeGreaterThanOrEqual(least);
          expect(placement.leastMonitors).toBeLessThanOrEqual(least);
          if (placement.optimal || method === "brute" || method === "exact")
            expect(placement.monitors).toHaveLength(least);
        }
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it("keeps to a budget, and its bound and guarantee hold", () => {
    fc.assert(
      fc.property(questions, fc.integer({ min: 0, max: 12 }), ({ topology, options, candidates, pairs }, budget) => {
        const costs = topology.names.map((_, node) => 1 + ((node * 5) % 7));
        const total = totalRate(pairs);
        let best = 0;
        for (let bits = 0; bits < 2 ** candidates.length; bits++) {
          const set = candidates.filter((_, i) => (bits >> i) % 2 === 1);
          if (set.reduce((sum, node) => sum + costs[node], 0) <= budget)
            best = Math.max(best, observedRate(pairs, set));
        }
        const share = total > 0 ? best / total : 0;
        for (const method of ["greedy", "kmax", "exact", "brute"] as const) {
          const placement = placeMonitors(topology, { ...options, monitors: undefined, costs, budget, method });
          const cost = placement.monitors.reduce((sum, { node }) => sum + costs[node], 0);
          expect(cost).toBeLessThanOrEqual(budget);
          expect(placement.cost).toBe(cost);
          expect(placement.bound).toBeGreaterThanOrEqual(share - 1e-9);
          expect(placement.observed).toBeGreaterThanOrEqual(placement.guarantee * share - 1e-9);
          if (method === "exact" || method === "brute") expect(placement.observed).toBeCloseTo(share, 9);
        }
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});

const square = buildTopology(["a", "b", "c", "d"], [0, 1, 1, 2, 2, 3, 3, 0]);
const path = buildTopology(["a", "b", "c"], [0, 1, 1, 2]);

describe("the rules of placeMonitors", () => {
  it("lets a monitor on an end observe the pair, with access all", () => {
    const { monitors, observed, optimal } = placeMonitors(path, { monitors: 1 });
    expect(monitors).toEqual([{ node: 1, gain: 1, observed: 1 }]);
    expect([observed, optimal]).toEqual([1, true]);
    // Half of the two shortest paths a-c, and all pairs that end at b: 6 + 2 * 0.5 of 12.
    expect(placeMonitors(square, { monitors: 1 }).observed).toBeCloseTo(7 / 12, 14);
  });

  it("takes leaves as access nodes, and says what else there is without them", () => {
    expect(nodesOf(path, { monitors: 2, access: "degree-1" })).toEqual([1]);
    expect(() => placeMonitors(square, { monitors: 1, access: "degree-1" })).toThrow(
      "degree-1 finds no leaves, traffic needs two access nodes: take `all`",
    );
  });

  it("places all there are where more monitors are asked for than candidates, and stops when nothing adds", () => {
    const all = placeMonitors(path, { monitors: 9, access: [0, 2], method: "kmax" });
    expect(all.monitors.map(({ node }) => node)).toEqual([1]);
    expect(all.stopped).toBe("nothing adds");
    expect(placeMonitors(path, { monitors: 3 })).toMatchObject({ monitors: [{ node: 1 }], stopped: "nothing adds" });
    expect(nodesOf(path, { monitors: 3, method: "kmax" })).toEqual([1, 0, 2]);
  });

  it("reports pairs without a path, and those that no candidate is on, as unobservable", () => {
    // a-b are neighbours; c-d-e a path; both parts apart. Access: a, b, c, e.
    const apart = buildTopology(["a", "b", "c", "d", "e"], [0, 1, 2, 3, 3, 4]);
    const placement = placeMonitors(apart, { monitors: 2, access: [0, 1, 2, 4], rates: [3, 3, 3, 3] });
    expect(placement).toMatchObject({ unconnectedPairs: 8, unconnected: 8, rate: 4, observed: 0.5, unobservable: 10 });
    expect(placement.monitors).toEqual([{ node: 3, gain: 0.5, observed: 0.5 }]);
    expect(placement).toMatchObject({ bound: 0.5, optimal: true, stopped: "nothing adds" });
  });

  it("gives no monitor to a network without links", () => {
    const placement = placeMonitors(buildTopology(["a", "b"], []), { monitors: 1 });
    expect(placement).toMatchObject({ monitors: [], rate: 0, observed: 0, unobservable: 2, unconnectedPairs: 2 });
    const zero = placeMonitors(path, { monitors: 1, rates: [0, 0, 0] });
    expect(zero).toMatchObject({ monitors: [], rate: 0, observed: 0, unobservable: 0 });
  });

  it("counts placed monitors in, at no cost, and keeps off forbidden nodes", () => {
    const placement = placeMonitors(square, { monitors: 1, placed: [2], forbidden: [0] });
    expect(placement.monitors.map(({ node }) => node)).toEqual([1]);
    expect(placement.placed).toEqual([2]);
    expect(placement.placedObserved).toBeCloseTo(7 / 12, 14);
    expect(placement.cost).toBe(1);
  });

  it("takes a graphology graph", () => {
    const graph = new UndirectedGraph();
    for (const [a, b] of ["ab", "bc"]) graph.mergeEdge(a, b);
    expect(placeMonitors(graph, { monitors: 1 })).toEqual(placeMonitors(path, { monitors: 1 }));
  });

  it("stops a search at its node budget, with a bound that holds", () => {
    const topology = randomTopology(11, 40, 70);
    const full = placeMonitors(topology, { monitors: 5, method: "exact" });
    const cut = placeMonitors(topology, { monitors: 5, method: "exact", nodeBudget: 3 });
    expect(full.optimal).toBe(true);
    expect(cut.searched).toBeLessThanOrEqual(3);
    expect(cut.optimal).toBe(false);
    expect(cut.bound).toBeGreaterThanOrEqual(full.observed);
    expect(cut.observed).toBeLessThanOrEqual(full.observed + 1e-12);
  });

  it("answers by samples near the exact answer, the same for a seed", () => {
    const topology = randomTopology(12, 60, 100);
    const exact = placeMonitors(topology, { monitors: 4 });
    const sampled = placeMonitors(topology, { monitors: 4, method: "sampled", epsilon: 0.03, seed: 5 });
    const margin = 5 * (sampled.sampling?.standardError ?? 0);
    expect(sampled.observed).toBeGreaterThan(exact.observed - 0.03 - margin);
    const set = sampled.monitors.map(({ node }) => node);
    const truth = placeMonitors(topology, { monitors: 0, placed: set }).observed;
    expect(Math.abs(truth - sampled.observed)).toBeLessThan(margin);
    expect(sampled.bound).toBeGreaterThan(exact.observed - margin);
    expect(placeMonitors(topology, { monitors: 4, method: "sampled", epsilon: 0.03, seed: 5 })).toEqual(sampled);
    expect(Math.abs(sampled.rate - exact.rate) / exact.rate).toBeLessThan(0.05);
  });

  it("tells what samples other than the choosing ones show, so that few samples do not flatter", () => {
    const topology = randomTopology(15, 60, 90);
    const errors = Array.from({ length: 60 }, (_, seed) => {
      const sampled = placeMonitors(topology, { monitors: 5, method: "sampled", epsilon: 0.5, seed });
      const placed = sampled.monitors.map(({ node }) => node);
      return sampled.observed - placeMonitors(topology, { monitors: 0, placed }).observed;
    });
    const mean = errors.reduce((a, b) => a + b, 0) / errors.length;
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1));
    expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(errors.length));
  });

  it("compares methods, and says why one makes none", () => {
    const rows = compareMethods(randomTopology(13, 12, 20, true), { monitors: 2 });
    expect(rows.map(({ method }) => method)).toEqual([
      "greedy",
      "kmax",
      "degree",
      "betweenness",
      "brute",
      "exact",
      "bidirectional",
      "two-way",
      "sampled",
    ]);
    expect(rows.at(-1)).toEqual({ method: "sampled", reason: "sampled counts hops, not lengths: leave lengths out" });
    expect(rows.slice(0, -1).every((row) => "placement" in row)).toBe(true);
  });

  const wrong: readonly [string, PlacementOptions, string][] = [
    ["nothing asked", {}, "monitors, coverage or budget is needed"],
    ["monitors", { monitors: -1 }, "monitors is -1"],
    ["monitors", { monitors: 1.5 }, "monitors is 1.5"],
    ["coverage", { coverage: 0 }, "coverage is 0"],
    ["coverage", { coverage: Number.NaN }, "coverage is NaN"],
    ["coverage", { coverage: 1.2 }, "coverage is 1.2"],
    ["budget", { budget: -1 }, "budget is -1"],
    ["costs", { monitors: 1, costs: [1, 0, 1] }, "cost of node 1 is 0"],
    ["costs", { monitors: 1, costs: [1] }, "1 costs for 3 nodes"],
    ["rates", { monitors: 1, rates: [1, -1, 1] }, "rates: number 1 is -1"],
    ["rates", { monitors: 1, rates: [1, Number.NaN, 1] }, "rates: number 1 is NaN"],
    ["rates", { monitors: 1, rates: [1, Number.POSITIVE_INFINITY, 1] }, "rates: number 1 is Infinity"],
    ["rates", { monitors: 1, rates: [1] }, "1 rates, expected 3"],
    ["traffic", { monitors: 1, traffic: [1, 2] }, "2 traffic, expected 9"],
    ["access", { monitors: 1, access: [0, 7] }, "access: no node 7 among 3"],
    ["access", { monitors: 1, access: [0, 0] }, "access: node 0 stands twice"],
    ["access", { monitors: 1, access: [0] }, "1 access nodes given, traffic needs two"],
    ["access", { monitors: 1, access: [0, 1, 2] }, "every node is an access node"],
    ["forbidden", { monitors: 1, forbidden: [3] }, "forbidden: no node 3 among 3"],
    ["placed", { monitors: 1, placed: [1], forbidden: [1] }, "node 1 is forbidden and placed"],
    ["node budget", { monitors: 1, method: "exact", nodeBudget: 0 }, "nodeBudget is 0"],
    ["epsilon", { monitors: 1, method: "sampled", epsilon: 0 }, "epsilon is 0"],
    ["samples", { monitors: 3, method: "sampled", epsilon: 1e-6 }, "take a larger one"],
  ];
  it.each(wrong)("refuses %s %j", (_, options, message) => {
    expect(() => placeMonitors(path, options)).toThrow(message);
  });

  it("refuses too many sets for brute, and a network of one node", () => {
    const large = randomTopology(14, 200, 300);
    expect(() => placeMonitors(large, { monitors: 6, method: "brute" })).toThrow(
      /at most 20000000 are allowed: use exact/,
    );
    expect(() => placeMonitors(buildTopology(["a"], []), { monitors: 1 })).toThrow(
      "the network has 1 node: traffic needs two",
    );
    expect(() => placeMonitors(buildTopology([], []), { monitors: 1 })).toThrow("the network has no nodes");
  });
});
