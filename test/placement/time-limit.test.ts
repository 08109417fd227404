import { describe, expect, it } from "vitest";
import { networkRoutes, placeMonitors } from "../../src/placement/place-monitors.ts";
import { placeOnRoutes } from "../../src/placement/place-on-routes.ts";
import { randomTopology } from "../oracles/placement.ts";

const topology = randomTopology(11, 24, 40);

describe("a time limit", () => {
  it.each(["brute", "exact"] as const)("of nothing gives the best that %s has found, with a bound", (method) => {
    const full = placeMonitors(topology, { method, monitors: 4 });
    const cut = placeMonitors(topology, { method, monitors: 4, timeLimit: 0 });
    expect(full.cutShort).toBeUndefined();
    expect(cut).toMatchObject({ cutShort: "time limit", optimal: false });
    expect(cut.monitors).toHaveLength(4);
    expect(cut.observed).toBeLessThanOrEqual(full.observed);
    expect(cut.bound).toBeGreaterThanOrEqual(full.observed);
    expect(placeMonitors(topology, { method, monitors: 4, timeLimit: 1e6 })).toEqual(full);
    const covered = placeMonitors(topology, { method, coverage: 0.9, timeLimit: 0 });
    const least = placeMonitors(topology, { method, coverage: 0.9 });
    expect(covered.leastMonitors).toBeLessThanOrEqual(least.monitors.length);
    expect(least.optimal).toBe(true);
  });

  it("holds on routes, too", () => {
    const routes = networkRoutes(topology, {});
    const cut = placeOnRoutes(routes, { method: "brute", monitors: 4, timeLimit: 0 });
    expect(cut).toMatchObject({ cutShort: "time limit", optimal: false });
  });

  it("is a number from 0 on", () => {
    expect(() => placeMonitors(topology, { monitors: 1, timeLimit: -1 })).toThrow("timeLimit is -1");
  });
});

describe("progress", () => {
  it.each([
    "greedy",
    "kmax",
    "brute",
    "exact",
    "betweenness",
  ] as const)("of %s counts looks up to what is told", (method) => {
    const told: [number, number][] = [];
    placeMonitors(topology, { method, monitors: 3, onProgress: (...each) => told.push(each) });
    expect(told.map(([done]) => done)).toEqual(told.map((_, i) => i + 1));
    for (const [done, total] of told) expect(done).toBeLessThanOrEqual(total);
  });

  it("of exact on routes counts bounds", () => {
    const told: number[] = [];
    const routes = networkRoutes(topology, {});
    placeOnRoutes(routes, { method: "exact", monitors: 3, onProgress: (done) => told.push(done) });
    expect(told.length).toBeGreaterThan(0);
  });
});
