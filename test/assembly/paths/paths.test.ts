import { describe, expect, test } from "vitest";
import { type Build, compileKernel } from "../../../src/wasm/kernel/kernel.ts";
import { ObservedPaths, ShortestPaths, SuccessivePaths, type Traffic } from "../../../src/wasm/paths/paths.ts";
import { betweennessOracle, type Edge, graphOf, observedOracle, shortestPaths } from "../../oracles/paths.ts";

/** A small generator of its own, so that the tests do not lean on the kernel's. */
function random(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 4294967296;
  };
}

/** Sparse enough to be disconnected and to have leaves now and then. */
function randomGraph(seed: number, weighted: "no" | "yes" | "directed") {
  const next = random(seed);
  const n = 1 + Math.floor(next() * 10);
  const edges: Edge[] = [];
  const share = 0.15 + 0.4 * next();
  for (let u = 0; u < n; u++) {
    for (let v = u + 1; v < n; v++) {
      if (next() >= share) continue;
      // Tenths: sums of different orders differ in the last bit and must still tie.
      const there = (1 + Math.floor(next() * 4)) / 10;
      const back = weighted === "directed" ? (1 + Math.floor(next() * 4)) / 10 : there;
      edges.push(weighted === "no" ? [u, v] : [u, v, there, back]);
    }
  }
  return { n, graph: graphOf(n, edges), next };
}

function randomTraffic(n: number, next: () => number, perPair: boolean): Traffic {
  const nodes = Array.from({ length: n }, (_, v) => v).filter(() => next() < 0.7);
  const access = Uint32Array.from(nodes);
  const cells = perPair ? access.length ** 2 : access.length;
  const rates = Float64Array.from({ length: cells }, () => Math.floor(next() * 8) / 2);
  return perPair ? { access, demands: rates } : { access, rates };
}

const kinds = ["no", "yes", "directed"] as const;

describe.each<Build>(["simd", "scalar"])("paths kernel, %s build", (build) => {
  const module = compileKernel("paths", build);

  test.each(kinds)("betweenness is the enumeration's (lengths: %s)", (weighted) => {
    for (let seed = 1; seed <= 150; seed++) {
      const { graph } = randomGraph(seed, weighted);
      const ours = new ShortestPaths(graph, module).betweenness();
      betweennessOracle(graph).forEach((value, v) => {
        expect(ours[v], `seed ${seed} node ${v}`).toBeCloseTo(value, 11);
      });
    }
  });

  test.each(kinds)("observed rates and gains are the enumeration's (lengths: %s)", (weighted) => {
    for (let seed = 1; seed <= 100; seed++) {
      const { n, graph, next } = randomGraph(seed, weighted);
      const traffic = randomTraffic(n, next, seed % 2 === 0);
      const kernel = new ObservedPaths(graph, traffic, module);
      const paths = shortestPaths(graph);
      const monitors: number[] = [];
      for (let k = 0; k < 3; k++) {
        const expected = observedOracle(paths, traffic, monitors);
        const ours = kernel.observe(Uint32Array.from(monitors));
        expect(ours.connected).toBeCloseTo(expected.connected, 10);
        expect(ours.unconnected).toBeCloseTo(expected.unconnected, 10);
        expect(ours.observed).toBeCloseTo(expected.observed, 10);
        for (let v = 0; v < n; v++) {
          const more = observedOracle(paths, traffic, [...monitors, v]).observed - expected.observed;
          expect(ours.gains[v], `seed ${seed} monitors ${monitors} node ${v}`).toBeCloseTo(more, 10);
        }
        monitors.push(Math.floor(next() * n));
      }
    }
  });

  test.each(kinds)("the successive update gives the pass's gains (lengths: %s)", (weighted) => {
    for (let seed = 1; seed <= 100; seed++) {
      const { n, graph, next } = randomGraph(seed + 1000, weighted);
      const traffic = randomTraffic(n, next, seed % 2 === 0);
      const pass = new ObservedPaths(graph, traffic, module);
      const matrices = new SuccessivePaths(graph, traffic, module);
      const monitors: number[] = [];
      for (let k = 0; k < Math.min(4, n); k++) {
        const observed = pass.observe(Uint32Array.from(monitors));
        const gains = matrices.gains();
        for (let v = 0; v < n; v++) {
          const error = Math.abs(gains[v]! - observed.gains[v]!);
          expect(error, `seed ${seed} node ${v}`).toBeLessThanOrEqual(1e-14 * (1 + observed.connected));
        }
        const pick = Math.floor(next() * n);
        monitors.push(pick);
        matrices.add(pick);
      }
    }
  });
});
