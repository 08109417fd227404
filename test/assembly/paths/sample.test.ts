import { describe, expect, test } from "vitest";
import { type Build, compileKernel } from "../../../src/wasm/kernel/kernel.ts";
import { ObservedPaths, type PathSamples, ShortestPaths } from "../../../src/wasm/paths/paths.ts";
import { type Edge, graphOf, shortestPaths } from "../../oracles/paths.ts";

/** A 4 x 3 grid with a tail, a chord and a node of its own. */
const edges: Edge[] = [
  ...[0, 1, 2, 4, 5, 6, 8, 9, 10].map((v): Edge => [v, v + 1]),
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((v): Edge => [v, v + 4]),
  [11, 12],
  [1, 9],
];
const graph = graphOf(14, edges);
const everyone = Uint32Array.from({ length: 14 }, (_, v) => v);

function pathsOf({ ends, nodes }: PathSamples): number[][] {
  return Array.from(ends, (end, i) => [...nodes.subarray(i === 0 ? 0 : ends[i - 1], end)].sort((a, b) => a - b));
}

describe.each<Build>(["simd", "scalar"])("sampled paths, %s build", (build) => {
  const kernel = new ShortestPaths(graph, compileKernel("paths", build));

  test("every pair and every one of its shortest paths comes with its probability", () => {
    const count = 200_000;
    const seen = new Map<string, number>();
    for (const path of pathsOf(kernel.sample(7n, 0, count, everyone))) {
      seen.set(path.join(), (seen.get(path.join()) ?? 0) + 1);
    }
    // Both directions of a pair give the same set of nodes; so may two paths.
    const expected = new Map<string, number>();
    const all = shortestPaths(graph);
    for (let s = 0; s < 14; s++) {
      for (let t = 0; t < 14; t++) {
        if (s === t) continue;
        const paths = all[s]![t]!.length === 0 ? [[]] : all[s]![t]!;
        for (const path of paths) {
          const key = [...path].sort((a, b) => a - b).join();
          expected.set(key, (expected.get(key) ?? 0) + count / (14 * 13 * paths.length));
        }
      }
    }
    expect([...seen.keys()].sort()).toEqual([...expected.keys()].sort());
    // Chi-square: mean is the number of cells, standard deviation the root of twice that.
    let chiSquare = 0;
    for (const [key, mean] of expected) chiSquare += (seen.get(key)! - mean) ** 2 / mean;
    expect(chiSquare).toBeLessThan(expected.size + 4 * Math.sqrt(2 * expected.size));
  });

  test("any split into ranges gives the same samples", () => {
    const whole = pathsOf(kernel.sample(99n, 0, 1000, everyone));
    const parts = [
      [0, 1],
      [1, 499],
      [500, 500],
    ] as const;
    expect(parts.flatMap(([first, count]) => pathsOf(kernel.sample(99n, first, count, everyone)))).toEqual(whole);
    expect(pathsOf(kernel.sample(100n, 0, 1000, everyone))).not.toEqual(whole);
  });

  test("sources come by their rates", () => {
    const access = Uint32Array.of(0, 3, 12, 8);
    const rates = Float64Array.of(0, 3, 1, 0);
    const count = 20_000;
    const samples = kernel.sample(5n, 0, count, access, rates);
    const observed = new ObservedPaths(graph, { access, rates }).observe();
    for (const v of access.values()) {
      const share = pathsOf(samples).filter((path) => path.includes(v)).length / count;
      expect(Math.abs(share - observed.gains[v]! / 4)).toBeLessThan(0.015);
    }
  });
});
