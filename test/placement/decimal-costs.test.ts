import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTopology } from "../../src/network/build-topology.ts";
import { placeMonitors } from "../../src/placement/place-monitors.ts";
import { placeOnRoutes } from "../../src/placement/place-on-routes.ts";
import type { Placement } from "../../src/placement/placement.ts";
import { shortestRoutes } from "../../src/placement/shortest-routes.ts";
import { allPairs, observedRate, randomTopology, totalRate } from "../oracles/placement.ts";

const nodesOf = ({ monitors }: Placement): number[] => monitors.map(({ node }) => node);

describe("costs that are decimals", () => {
  // n3 - n1 - n0 - n2 - n4: n1 and n2 observe every pair, and cost 0.3 and 0.4.
  const path = buildTopology(["n0", "n1", "n2", "n3", "n4"], [3, 1, 1, 0, 0, 2, 2, 4]);
  const costs = [0.4, 0.3, 0.4, 0.3, 0.2];

  it.each(["exact", "brute"] as const)("let %s spend a budget to the last tenth", (method) => {
    const placement = placeMonitors(path, { method, costs, budget: 0.7 });
    expect(nodesOf(placement)).toEqual([1, 2]);
    expect(placement).toMatchObject({ observed: 1, optimal: true, cost: 0.7 });
  });

  it("add up as they are written", () => {
    const tenths = { costs: [0.1, 0.2, 0.1, 0.1, 0.1], method: "greedy" } as const;
    expect(placeMonitors(path, { ...tenths, budget: 0.3 }).cost).toBe(0.3);
    expect(placeMonitors(path, { ...tenths, budget: 0.1 + 0.2 }).cost).toBe(0.3);
    expect(placeMonitors(path, { ...tenths, budget: 0.2999 }).cost).toBeLessThan(0.3);
  });

  const questions = fc.record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    nodes: fc.integer({ min: 3, max: 8 }),
    cents: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 8, maxLength: 8 }),
    budget: fc.integer({ min: 1, max: 150 }),
    unit: fc.constantFrom(10, 100, 1000, 3),
    monitors: fc.constantFrom(undefined, 2),
  });

  it("give exact and brute the best that whole numbers give, on paths and on routes", () => {
    fc.assert(
      fc.property(questions, ({ seed, nodes, cents, budget, unit, monitors }) => {
        const topology = randomTopology(seed, nodes, nodes + 3);
        const all = Uint32Array.from({ length: nodes }, (_, node) => node);
        const options = {
          costs: cents.slice(0, nodes).map((cost) => cost / unit),
          budget: budget / unit,
          monitors,
        };
        const routes = shortestRoutes(topology, all, all);
        const onRoute = (route: number) => [...routes.nodes.subarray(routes.offsets[route], routes.offsets[route + 1])];
        const lists = Array.from({ length: routes.offsets.length - 1 }, (_, route) => onRoute(route));
        const pairs = allPairs(topology, [...all], () => 1);
        let [bestOnPaths, bestOnRoutes] = [0, 0];
        for (let bits = 0; bits < 2 ** nodes; bits++) {
          const set = [...all].filter((node) => (bits >> node) % 2 === 1);
          if (set.length > (monitors ?? nodes) || set.reduce((sum, node) => sum + cents[node], 0) > budget) continue;
          bestOnPaths = Math.max(bestOnPaths, observedRate(pairs, set));
          bestOnRoutes = Math.max(bestOnRoutes, lists.filter((list) => list.some((node) => set.includes(node))).length);
        }
        for (const method of ["exact", "brute"] as const) {
          const onPaths = placeMonitors(topology, { ...options, method });
          const total = totalRate(pairs);
          expect(onPaths.observed).toBeCloseTo(total > 0 ? bestOnPaths / total : 0, 9);
          const onRoutes = placeOnRoutes(routes, { ...options, method });
          expect(onRoutes.observed).toBeCloseTo(lists.length > 0 ? bestOnRoutes / lists.length : 0, 12);
          for (const placement of [onPaths, onRoutes]) {
            expect(placement.optimal).toBe(true);
            const spent = nodesOf(placement).reduce((sum, node) => sum + cents[node], 0);
            expect(spent).toBeLessThanOrEqual(budget);
            if (unit !== 3) expect(placement.cost).toBe(spent / unit);
          }
        }
        for (const placement of [placeMonitors(topology, options), placeOnRoutes(routes, options)]) {
          expect(nodesOf(placement).reduce((sum, node) => sum + cents[node], 0)).toBeLessThanOrEqual(budget);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});
