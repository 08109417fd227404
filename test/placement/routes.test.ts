import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTopology } from "../../src/network/build-topology.ts";
import { ROUTE_METHODS } from "../../src/placement/methods.ts";
import { placeMonitors } from "../../src/placement/place-monitors.ts";
import { placeOnRoutes } from "../../src/placement/place-on-routes.ts";
import type { Routes } from "../../src/placement/routes.ts";
import { shortestRoutes } from "../../src/placement/shortest-routes.ts";
import { allShortestPaths, randomTopology, subsets } from "../oracles/placement.ts";
import { algorithmThree, covers, makeRoutes, randomRoutes, twoWayGreedy } from "../oracles/placement-routes.ts";

function nodesOf(placement: { readonly monitors: readonly { readonly node: number }[] }): number[] {
  return placement.monitors.map(({ node }) => node);
}

/**
 * Access a, b, c and relays 3 .. 7, worked by hand. Routes:
 *   ab 3 4   ba 5     ac 3 6   ca 5 6   bc 4 7   cb 7
 * Counts on A: 3: ab ac = 2, 4: ab bc = 2, 5: ba ca = 2, 6: ac ca = 2, 7: bc cb = 2: node 3 (lowest). C = {ab, ac},
 * B = {ba, ca}, A = {bc, cb}. On B: 5: ba ca = 2, 6: ca = 1: node 5. C = {ab, ac, ba, ca}, B empty. On A: 4: bc = 1,
 * 7: bc cb = 2: node 7, both at once to C. A is empty: stop.
 */
const byHand: Routes = makeRoutes(["a", "b", "c", "3", "4", "5", "6", "7"], 3, [
  [0, 3, 4, 1],
  [1, 5, 0],
  [0, 3, 6, 2],
  [2, 5, 6, 0],
  [1, 4, 7, 2],
  [2, 7, 1],
]);

describe("Algorithm 3", () => {
  it("does what was worked by hand", () => {
    const placement = placeOnRoutes(byHand, { method: "bidirectional", monitors: 5 });
    expect(nodesOf(placement)).toEqual([3, 5, 7]);
    expect(placement.stopped).toBe("nothing adds");
    expect(placement.monitors.map(({ observed }) => Math.round(6 * observed))).toEqual([2, 4, 6]);
    expect(placement.monitors.map(({ twoWay = -1 }) => Math.round(6 * twoWay))).toEqual([0, 4, 6]);
    expect(nodesOf(placeOnRoutes(byHand, { method: "bidirectional", monitors: 2 }))).toEqual([3, 5]);
  });

  it("returns to A where no relay is on a route of B, and comes back", () => {
    // ba has no relay. Counts: 2: ab, 3: ab cd... worked by hand: 4 is on ab, cd, 5 on dc; ba stays in B.
    const stuck = makeRoutes(["a", "b", "c", "d", "4", "5"], 4, [
      [0, 4, 1],
      [1, 0],
      [0, 4, 2],
      [2, 5, 0],
      [2, 5, 3],
      [3, 5, 2],
    ]);
    // A: 4: ab ac = 2, 5: ca cd dc = 3: 5 first; C = ca cd dc, B = ac; then 4 for ac; C + ab ac, B = ba, which none is on.
    expect(nodesOf(placeOnRoutes(stuck, { method: "bidirectional", monitors: 9 }))).toEqual([5, 4]);
    // With 4 placed: C = ab ac, B = ba ca: 5 for ca, cd and dc go with it.
    expect(nodesOf(placeOnRoutes(stuck, { method: "bidirectional", monitors: 9, placed: [4] }))).toEqual([5]);
  });
});

const randomCases = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  sites: fc.integer({ min: 2, max: 6 }),
  relays: fc.integer({ min: 1, max: 9 }),
  missing: fc.constantFrom(0, 0.3),
  k: fc.integer({ min: 0, max: 5 }),
});

describe("placements on routes", () => {
  it("are those of the paper's pseudocode and of enumeration, on random routes", () => {
    fc.assert(
      fc.property(randomCases, ({ seed, sites, relays, missing, k }) => {
        const { routes, lists } = randomRoutes(seed, sites, relays, missing);
        const candidates = Array.from(routes.candidates);
        const place = (method: (typeof ROUTE_METHODS)[number]) => placeOnRoutes(routes, { method, monitors: k });
        expect(nodesOf(place("bidirectional"))).toEqual(algorithmThree(lists, candidates, k));
        expect(nodesOf(place("two-way"))).toEqual(twoWayGreedy(lists, candidates, k));
        const best = Math.max(
          ...[...subsets(candidates, Math.min(k, candidates.length))].map((set) => covers(lists, set).observed),
        );
        for (const method of ROUTE_METHODS) {
          const placement = place(method);
          const truth = covers(lists, nodesOf(placement));
          expect(placement.observed).toBeCloseTo(lists.length === 0 ? 0 : truth.observed / lists.length, 12);
          expect(placement.twoWay).toBeCloseTo(lists.length === 0 ? 0 : truth.twoWay / lists.length, 12);
          expect(placement.bound * lists.length).toBeGreaterThanOrEqual(best - 1e-9);
          if (method === "exact" || method === "brute") expect(truth.observed).toBe(best);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("are found by brute force for two-way pairs, too", () => {
    const { routes, lists } = randomRoutes(3, 5, 8, 0);
    const placement = placeOnRoutes(routes, { method: "brute", objective: "two-way", monitors: 3 });
    const all = [...subsets(Array.from(routes.candidates), 3)].map((set) => covers(lists, set).twoWay);
    expect((placement.twoWay ?? 0) * lists.length).toBeCloseTo(Math.max(...all), 9);
  });

  it("weigh routes by their rates", () => {
    const rates = Float64Array.from([1, 1, 1, 1, 10, 2.5]);
    const placement = placeOnRoutes({ ...byHand, rates }, { monitors: 1 });
    expect(nodesOf(placement)).toEqual([7]);
    expect(placement).toMatchObject({ rate: 16.5, observed: 12.5 / 16.5, twoWay: 12.5 / 16.5 });
  });

  it.each([
    ["a node twice", [[0, 3, 3, 1]], "route 0 passes r3 twice"],
    [
      "two routes of a pair",
      [
        [0, 3, 1],
        [0, 4, 1],
      ],
      "two routes lead from r0 to r1",
    ],
    ["an end that is no access node", [[0, 3]], "route 0 ends at a node that is no access node"],
    ["no ends", [[0]], "route 0 has no two ends"],
  ])("refuse %s", (_, lists, message) => {
    const routes = makeRoutes(["r0", "r1", "r2", "r3", "r4"], 3, lists);
    expect(() => placeOnRoutes(routes, { monitors: 1 })).toThrow(message);
  });
});

describe("shortest routes", () => {
  it("are shortest, the lowest next node at every step, and consistent by destination", () => {
    for (let seed = 0; seed < 40; seed++) {
      const topology = randomTopology(seed, 8, 12, seed % 2 === 1);
      const access = Uint32Array.from([1, 3, 4, 7]);
      const routes = shortestRoutes(topology, access, Uint32Array.from([0, 2, 5, 6]));
      const found = new Map<string, number[]>();
      for (let route = 0; route + 1 < routes.offsets.length; route++) {
        const nodes = Array.from(routes.nodes.subarray(routes.offsets[route], routes.offsets[route + 1]));
        found.set(`${nodes[0]} ${nodes[nodes.length - 1]}`, nodes);
      }
      for (const s of access) {
        for (const t of access) {
          if (s === t) continue;
          const paths = allShortestPaths(topology, s, t).sort((a, b) => {
            const at = a.findIndex((node, i) => node !== b[i]);
            return a[at] - b[at];
          });
          expect(found.get(`${s} ${t}`)).toEqual(paths[0]);
        }
      }
    }
  });

  it("are what bidirectional and two-way take on a network, and ends may be candidates", () => {
    const topology = randomTopology(8, 10, 18);
    const all = Uint32Array.from({ length: 10 }, (_, node) => node);
    const routes = shortestRoutes(topology, all, all);
    for (const method of ["bidirectional", "two-way"] as const) {
      expect(placeMonitors(topology, { method, monitors: 3 })).toEqual(placeOnRoutes(routes, { method, monitors: 3 }));
    }
    const rates = Array.from({ length: 10 }, (_, i) => i + 1);
    expect(placeMonitors(topology, { method: "two-way", monitors: 3, rates }).rate).toBeCloseTo(55, 9);
    const reversed = [...all].reverse();
    const some = { method: "two-way", monitors: 2 } as const;
    expect(placeMonitors(topology, { ...some, access: reversed.slice(0, 4), rates: [1, 2, 3, 4] })).toEqual(
      placeMonitors(topology, { ...some, access: [6, 7, 8, 9], rates: [4, 3, 2, 1] }),
    );
  });

  it("say what room they would need where there is not enough", () => {
    const nodes = 9000;
    const star = buildTopology(
      Array.from({ length: nodes }, (_, node) => `n${node}`),
      Array.from({ length: nodes - 1 }, (_, i) => [0, i + 1]).flat(),
    );
    for (const method of ["bidirectional", "two-way"] as const) {
      expect(() => placeMonitors(star, { method, monitors: 1 })).toThrow(
        "one route for each ordered pair of 9,000 access nodes is 80,991,000 routes, for which 5.2 GB at least would be needed",
      );
      expect(placeMonitors(star, { method, monitors: 1, access: [1, 2, 3, 4] }).observed).toBe(1);
    }
  });
});
