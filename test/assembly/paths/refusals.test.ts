import { describe, expect, test } from "vitest";
import { type Build, compileKernel, KernelError } from "../../../src/wasm/kernel/kernel.ts";
import { type GraphArrays, ObservedPaths, ShortestPaths, SuccessivePaths } from "../../../src/wasm/paths/paths.ts";
import { graphOf } from "../../oracles/paths.ts";

function arrays(offsets: number[], neighbours: number[], lengths?: number[]): GraphArrays {
  return {
    offsets: Uint32Array.from(offsets),
    neighbours: Uint32Array.from(neighbours),
    lengths: lengths === undefined ? undefined : Float64Array.from(lengths),
  };
}

const malformed: [string, GraphArrays][] = [
  ["no offsets", arrays([], [])],
  ["a first offset that is not 0", arrays([1, 2], [0, 0])],
  ["a last offset that is not the number of arcs", arrays([0, 1, 3], [1, 0])],
  ["descending offsets", arrays([0, 2, 1, 2], [1, 0])],
  ["an offset past the arcs", arrays([0, 4_000_000_000, 2], [1, 0])],
  ["a neighbour that is no node", arrays([0, 1, 2], [2, 0])],
  ["a self-loop", arrays([0, 1], [0])],
  ["parallel edges", arrays([0, 2, 4], [1, 1, 0, 0])],
  ["an edge in one row only", arrays([0, 1, 1], [1])],
  ["rows that contradict each other", arrays([0, 1, 2, 3], [1, 2, 0])],
  ["rows that do not ascend", arrays([0, 2, 3, 4], [2, 1, 0, 0])],
  ["a length of 0", arrays([0, 1, 2], [1, 0], [1, 0])],
  ["a negative length", arrays([0, 1, 2], [1, 0], [-1, 1])],
  ["a length that is no number", arrays([0, 1, 2], [1, 0], [Number.NaN, 1])],
  ["an infinite length", arrays([0, 1, 2], [1, 0], [Infinity, 1])],
  ["too few lengths", arrays([0, 1, 2], [1, 0], [1])],
];

describe.each<Build>(["simd", "scalar"])("paths kernel, %s build", (build) => {
  const module = compileKernel("paths", build);

  test.each(malformed)("refuses %s", (_, graph) => {
    expect(() => new ShortestPaths(graph, module)).toThrow(KernelError);
  });

  test.each([
    ["an access node that is none", { access: Uint32Array.of(0, 3), rates: Float64Array.of(1, 1) }],
    ["an access node twice", { access: Uint32Array.of(1, 1), rates: Float64Array.of(1, 1) }],
    ["a negative rate", { access: Uint32Array.of(0, 1), rates: Float64Array.of(1, -1) }],
    ["a rate that is no number", { access: Uint32Array.of(0, 1), rates: Float64Array.of(Number.NaN, 1) }],
    ["rates whose sum is too large", { access: Uint32Array.of(0, 1), rates: Float64Array.of(1e30, 1e30) }],
    ["too few rates", { access: Uint32Array.of(0, 1), rates: Float64Array.of(1) }],
    ["a matrix that is not square", { access: Uint32Array.of(0, 1), demands: Float64Array.of(1, 2, 3) }],
    ["an infinite demand", { access: Uint32Array.of(0, 1), demands: Float64Array.of(0, Infinity, 1, 0) }],
  ])("refuses %s", (_, traffic) => {
    const graph = graphOf(3, [
      [0, 1],
      [1, 2],
    ]);
    expect(() => new ObservedPaths(graph, traffic, module)).toThrow(KernelError);
    expect(() => new SuccessivePaths(graph, traffic, module)).toThrow(KernelError);
  });

  test("refuses monitors, samples and picks that are no nodes", () => {
    const graph = graphOf(2, [[0, 1]]);
    const traffic = { access: Uint32Array.of(0, 1), rates: Float64Array.of(1, 1) };
    expect(() => new ObservedPaths(graph, traffic, module).observe(Uint32Array.of(2))).toThrow(KernelError);
    expect(() => new SuccessivePaths(graph, traffic, module).add(2)).toThrow(KernelError);
    const kernel = new ShortestPaths(graph, module);
    expect(() => kernel.sample(1n, 0, 5, Uint32Array.of(0))).toThrow(KernelError);
    expect(() => kernel.sample(1n, 0, 5, Uint32Array.of(0, 2))).toThrow(KernelError);
    expect(() => kernel.sample(1n, 0, 5, Uint32Array.of(0, 1), Float64Array.of(0, 0))).toThrow(KernelError);
    expect(() => kernel.sample(1n, 0, 5, Uint32Array.of(0, 1), Float64Array.of(1))).toThrow(KernelError);
  });

  test("empty graphs, one node, isolated nodes and no access nodes", () => {
    const none = { access: new Uint32Array(0), rates: new Float64Array(0) };
    for (const n of [0, 1, 3]) {
      const graph = graphOf(n, []);
      expect([...new ShortestPaths(graph, module).betweenness()]).toEqual(new Array(n).fill(0));
      const empty = { connected: 0, unconnected: 0, observed: 0, gains: new Float64Array(n) };
      expect(new ObservedPaths(graph, none, module).observe()).toEqual(empty);
      expect(new SuccessivePaths(graph, none, module).gains()).toEqual(empty.gains);
    }
    const alone = { access: Uint32Array.of(0), rates: Float64Array.of(5) };
    expect(new ObservedPaths(graphOf(1, []), alone, module).observe().connected).toBe(0);
    const apart = { access: Uint32Array.of(0, 2), rates: Float64Array.of(5, 6) };
    const pass = new ObservedPaths(graphOf(3, []), apart, module).observe(Uint32Array.of(0));
    expect([pass.connected, pass.unconnected, pass.observed]).toEqual([0, 11, 0]);
  });

  test("a kernel that refused once still works", () => {
    const kernel = new ShortestPaths(graphOf(3, [[0, 1]]), module);
    expect(() => kernel.betweennessChunk(7)).toThrow(KernelError);
    expect([...kernel.betweenness()]).toEqual([0, 0, 0]);
  });
});
