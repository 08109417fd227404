import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exact } from "../../src/placement/exact.ts";
import { greedy } from "../../src/placement/greedy.ts";
import { type Limits, resolveLimits } from "../../src/placement/limits.ts";
import { finish } from "../../src/placement/parts.ts";
import { exactCover, greedyCover } from "../../src/placement/route-cover.ts";
import { indexRoutes } from "../../src/placement/route-index.ts";
import { routeObjective } from "../../src/placement/route-objective.ts";
import { randomRoutes } from "../oracles/placement-routes.ts";

const questions = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  sites: fc.integer({ min: 2, max: 7 }),
  relays: fc.integer({ min: 1, max: 9 }),
  rates: fc.boolean(),
  monitors: fc.constantFrom(undefined, 0, 1, 2, 4, 9),
  coverage: fc.constantFrom(undefined, 0.3, 0.75, 1),
  costs: fc.constantFrom(undefined, [1, 2, 3, 1, 5], [0.5, 0.2, 0.3]),
  budget: fc.constantFrom(undefined, 0, 1, 2.5, 6),
  placed: fc.boolean(),
});

function ask({
  seed,
  sites,
  relays,
  rates,
  monitors,
  coverage,
  costs,
  budget,
  placed,
}: typeof questions extends fc.Arbitrary<infer Q> ? Q : never) {
  const { routes } = randomRoutes(seed, sites, relays, 0.2);
  const count = routes.offsets.length - 1;
  const index = indexRoutes({
    ...routes,
    rates: rates ? Float64Array.from({ length: count }, (_, i) => ((i * 7 + seed) % 5) / 4) : undefined,
  });
  const nodes = sites + relays;
  const limits: Limits = {
    monitors: monitors === undefined && coverage === undefined && budget === undefined ? 3 : monitors,
    coverage,
    budget,
    costs: costs && Array.from({ length: nodes }, (_, node) => costs[node % costs.length]),
    placed: placed ? [sites] : [],
    forbidden: relays > 2 ? [sites + 2] : [],
  };
  return { index, limits: resolveLimits(limits, nodes, routes.candidates) };
}

describe("placements on routes in the cover kernel", () => {
  it("are those of greedy by looks: picks, gains, why it stopped, bounds", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { index, limits } = ask(question);
        const [byLooks, byCover] = [greedy(routeObjective(index), limits), greedyCover(index, limits)].map((steps) =>
          finish(steps),
        );
        expect(byCover.nodes).toEqual(byLooks.nodes);
        expect(byCover).toMatchObject({ stopped: byLooks.stopped, guarantee: byLooks.guarantee, cost: byLooks.cost });
        expect(byCover.leastMonitors).toBe(byLooks.leastMonitors);
        for (const name of ["placedObserved", "observed"] as const) {
          expect(byCover[name]).toBeCloseTo(byLooks[name], 12);
        }
        // The kernel rounds the last part of a budget's filling up.
        expect(byCover.bound).toBeGreaterThanOrEqual(byLooks.bound * (1 - 1e-15));
        expect(byCover.bound).toBeLessThanOrEqual(byLooks.bound * (1 + 3e-12));
        expect(byCover.gains).toHaveLength(byLooks.gains.length);
        for (const [i, gain] of byCover.gains.entries()) expect(gain).toBeCloseTo(byLooks.gains[i], 12);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it("are as good and as proven as those of exact by looks", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const { index, limits } = ask(question);
        if (limits.coverage !== undefined && limits.costs !== undefined) return;
        const objective = routeObjective(index);
        const byLooks = finish(exact(objective, limits));
        const byCover = finish(exactCover(index, objective, limits));
        expect(byCover.proven).toBe(true);
        expect(byCover.stopped).toBe(byLooks.stopped);
        expect(byCover.leastMonitors).toBe(byLooks.leastMonitors);
        if (limits.coverage === undefined) expect(byCover.observed).toBeCloseTo(byLooks.observed, 12);
        else expect(byCover.nodes).toHaveLength(byLooks.nodes.length);
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it("keep to a node budget and a time limit, and say so", () => {
    const { routes } = randomRoutes(7, 24, 40, 0);
    const index = indexRoutes(routes);
    const limits = { monitors: 9, nodeBudget: 2 };
    const short = finish(exactCover(index, routeObjective(index), resolveLimits(limits, 64, routes.candidates)));
    expect(short).toMatchObject({ cutShort: "node budget", proven: false, searched: 2 });
    expect(short.bound).toBeGreaterThan(short.observed);
    const atOnce = resolveLimits({ monitors: 9, timeLimit: 0 }, 64, routes.candidates);
    expect(finish(exactCover(index, routeObjective(index), atOnce))).toMatchObject({ cutShort: "time limit" });
  });
});
