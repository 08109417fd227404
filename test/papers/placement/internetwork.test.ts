import { describe, expect, it } from "vitest";
import { drawNormal, drawSubset, drawWeighted, randomOf } from "../../../src/numbers/random.ts";
import { mean, standardDeviation } from "../../../src/numbers/statistics.ts";
import { AMP, drawInternetwork, routersBetween } from "../../../src/papers/placement/internetwork.ts";
import { internetworkRoutes, sharedRelays } from "../../../src/papers/placement/internetwork-trials.ts";
import type { Routes } from "../../../src/placement/routes.ts";

const SEED = "0123456789abcdef";
const seeds = Array.from({ length: 8 }, (_, i) => `feed${i.toString(16).padStart(12, "0")}`);

function routesOf({ offsets, nodes }: Routes): number[][] {
  return Array.from({ length: offsets.length - 1 }, (_, i) => [...nodes.subarray(offsets[i], offsets[i + 1])]);
}

describe("an internetwork", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(internetworkRoutes("amp", SEED)).toEqual(internetworkRoutes("amp", SEED));
    expect(internetworkRoutes("amp", SEED).nodes).not.toEqual(internetworkRoutes("amp", seeds[0]).nodes);
  });

  it("has 105 hosts, chains of 1 to 3 routers, and a relay count in the region of the paper's 1192", () => {
    const networks = seeds.map((seed) => drawInternetwork(AMP, seed));
    for (const { chains, backbone } of networks) {
      expect(chains).toHaveLength(105);
      // 6 + 3 + 2 core routers, the second backbone, 29 gigapops.
      expect(backbone).toBe(41);
      chains.forEach((chain, host) => {
        expect(chain).toHaveLength(2 + (host % 3));
        expect(chain[chain.length - 1]).toBeGreaterThanOrEqual(12);
        expect(chain[chain.length - 1]).toBeLessThan(41);
      });
    }
    const relays = seeds.map((seed) => internetworkRoutes("amp", seed).candidates.length);
    expect(mean(relays)).toBeGreaterThan(1150);
    expect(mean(relays)).toBeLessThan(1300);
  });

  it("has one valid route for each ordered pair: both ends, no node twice, hop after hop", () => {
    const routes = internetworkRoutes("amp", SEED);
    const pairs = new Set<string>();
    const access = new Set(routes.access);
    const wrong = routesOf(routes).filter((route) => {
      const [source, target] = [route[0], route[route.length - 1]];
      pairs.add(`${source}-${target}`);
      const hops = route.slice(1, -1).map((relay) => /^(.+) > (\d+) if [01]$/.exec(routes.names[relay]));
      const joined = hops.every((hop, i) => hop?.[1] === (i === 0 ? `host ${source}` : hops[i - 1]?.[2]));
      const twice = new Set(route).size < route.length;
      return source === target || !access.has(source) || !access.has(target) || twice || !joined;
    });
    expect(wrong).toEqual([]);
    expect(pairs.size).toBe(105 * 104);
    expect(routes.offsets).toHaveLength(105 * 104 + 1);
  });

  it("routes by destination, over least costs", () => {
    const network = drawInternetwork(AMP, SEED);
    const { backbone, costs, next } = network;
    // Floyd and Warshall's distances are the oracle.
    const distances = Array.from(costs);
    for (let v = 0; v < backbone; v++) distances[v * backbone + v] = 0;
    for (let via = 0; via < backbone; via++) {
      for (let a = 0; a < backbone; a++) {
        for (let b = 0; b < backbone; b++) {
          const through = distances[a * backbone + via] + distances[via * backbone + b];
          distances[a * backbone + b] = Math.min(distances[a * backbone + b], through);
        }
      }
    }
    for (let to = 12; to < backbone; to++) {
      for (let from = 0; from < backbone; from++) {
        if (from === to) continue;
        const hop = next[from * backbone + to];
        const length = costs[from * backbone + hop] + distances[hop * backbone + to];
        expect(length).toBeCloseTo(distances[from * backbone + to], 9);
      }
    }
    expect(routersBetween(network, 0, 1)[0]).toBe(network.chains[0][0]);
  });

  it("shares next to no relay between a route and its reverse, all of them where relays are routers", () => {
    const [amp, shared] = (["amp", "shared"] as const).map((variant) =>
      mean(seeds.map((seed) => sharedRelays(internetworkRoutes(variant, seed)))),
    );
    expect(amp).toBeLessThan(0.05);
    expect(shared).toBeGreaterThan(5);
    const { nodes, offsets } = internetworkRoutes("shared", SEED);
    const relays = nodes.length / (offsets.length - 1) - 2;
    expect(sharedRelays(internetworkRoutes("shared", SEED))).toBeCloseTo(relays, 12);
  });

  it("has more access than relay nodes in the dense variant, and symmetric routes", () => {
    const routes = internetworkRoutes("dense", SEED);
    expect(routes.candidates.length).toBeLessThan(routes.access.length);
    const network = drawInternetwork({ ...AMP, symmetricCosts: true }, SEED);
    for (const [a, b] of [
      [0, 1],
      [3, 77],
      [104, 50],
    ]) {
      expect(routersBetween(network, a, b)).toEqual(routersBetween(network, b, a).reverse());
    }
  });
});

describe("random draws", () => {
  it("are normal, weighted and subsets as they say", () => {
    const random = randomOf(SEED);
    const normals = Array.from({ length: 20_000 }, () => drawNormal(random));
    expect(Math.abs(mean(normals))).toBeLessThan(0.03);
    expect(Math.abs(standardDeviation(normals) - 1)).toBeLessThan(0.03);
    const hits = [0, 0, 0];
    for (let i = 0; i < 12_000; i++) hits[drawWeighted(random, [3, 2, 1])] += 1;
    expect(hits[0] / 12_000).toBeCloseTo(0.5, 1);
    expect(hits[2] / 12_000).toBeCloseTo(1 / 6, 1);
    expect(drawSubset(random, 5, 5)).toEqual([0, 1, 2, 3, 4]);
    const subset = drawSubset(random, 105, 6);
    expect(subset).toEqual([...new Set(subset)].sort((a, b) => a - b));
    expect(subset).toHaveLength(6);
  });
});
