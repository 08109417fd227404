import { describe, expect, test } from "vitest";
import { type Build, compileKernel } from "../../../src/wasm/kernel/kernel.ts";
import {
  addPartial,
  mergeObservations,
  ObservedPaths,
  ShortestPaths,
  SuccessivePaths,
} from "../../../src/wasm/paths/paths.ts";
import { type Edge, graphOf } from "../../oracles/paths.ts";

const builds: Build[] = ["simd", "scalar"];
const modules = builds.map((build) => compileKernel("paths", build));

/** k diamonds in a row: node 3 i joins 3 i + 1 and 3 i + 2, which join 3 i + 3; 2^k paths end to end. */
function ladder(k: number, length?: number) {
  const edges: Edge[] = [];
  for (let i = 0; i < 3 * k; i += 3) {
    for (const [u, v] of [
      [i, i + 1],
      [i, i + 2],
      [i + 1, i + 3],
      [i + 2, i + 3],
    ] as const) {
      edges.push(length === undefined ? [u, v] : [u, v, length]);
    }
  }
  return graphOf(3 * k + 1, edges);
}

/** By symmetry: joint i carries every pair of its two sides, a rung half of those, and half its diamond's joints' pair. */
function ladderBetweenness(k: number): number[] {
  const values: number[] = [];
  for (let i = 0; i <= k; i++) {
    const left = 3 * i;
    const right = 3 * (k - i);
    // The two rungs of a diamond beside the joint meet over either joint, half each.
    values.push(left * right + (i > 0 ? 0.5 : 0) + (i < k ? 0.5 : 0));
    if (i === k) break;
    const rung = ((left + 1) * (right - 2)) / 2;
    values.push(rung, rung);
  }
  return values;
}

function grid(width: number, height: number) {
  const edges: Edge[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x + 1 < width) edges.push([y * width + x, y * width + x + 1]);
      if (y + 1 < height) edges.push([y * width + x, (y + 1) * width + x]);
    }
  }
  return graphOf(width * height, edges);
}

/** Leaves, a dense middle and a few components. */
function bushy(n: number) {
  let state = 12345;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
  const edges: Edge[] = [];
  for (let v = 5; v < n; v++) edges.push([next(v), v]);
  for (let i = 0; i < n / 2; i++) edges.push([next(n / 2), next(n / 2)]);
  return graphOf(n, edges);
}

describe.each([32, 54, 100, 1100])("a ladder of %i diamonds", (k) => {
  test.each(builds)("betweenness to 1e-14, however many paths (%s)", (build) => {
    const ours = new ShortestPaths(ladder(k), compileKernel("paths", build)).betweenness();
    ladderBetweenness(k).forEach((value, v) => {
      expect(Math.abs(ours[v]! - value), `node ${v}`).toBeLessThanOrEqual(1e-14 * (1 + value));
    });
  });

  test.each(builds)("what a rung observes of its ends' traffic is a half, to 1e-14 (%s)", (build) => {
    const access = Uint32Array.of(0, 3 * k);
    const rates = Float64Array.of(1, 1);
    const kernel = new ObservedPaths(ladder(k), { access, rates }, compileKernel("paths", build));
    const { observed, gains, connected } = kernel.observe(Uint32Array.of(1));
    expect(connected).toBe(2);
    expect(Math.abs(observed - 1)).toBeLessThanOrEqual(1e-14);
    expect(Math.abs(gains[2]! - 1)).toBeLessThanOrEqual(1e-14);
    expect(gains[1]).toBe(0);
  });
});

test("with lengths, path counts past 2^1024 are refused and those below are not", () => {
  const refused = new ShortestPaths(ladder(1100, 0.1));
  expect(() => refused.betweenness()).toThrow(expect.objectContaining({ status: 9 }));
  const ours = new ShortestPaths(ladder(900, 0.1)).betweenness();
  ladderBetweenness(900).forEach((value, v) => {
    expect(Math.abs(ours[v]! - value)).toBeLessThanOrEqual(1e-14 * (1 + value));
  });
});

test.each(
  builds,
)("without lengths, counts are refused where one distance has both 1 and 2^1000 paths (%s)", (build) => {
  const k = 1040;
  const edges: Edge[] = [];
  const { offsets, neighbours } = ladder(k);
  for (let u = 0; u < 3 * k + 1; u++) {
    for (const v of neighbours.subarray(offsets[u], offsets[u + 1])) edges.push([u, v]);
  }
  // A plain path of the same length from the ladder's first node, closed to a cycle so that nothing folds.
  for (let i = 0; i <= 2 * k; i++) edges.push([i === 0 ? 0 : 3 * k + i, 3 * k + 1 + i]);
  edges.push([5 * k, 5 * k + 2], [5 * k + 1, 5 * k + 2]);
  const kernel = new ShortestPaths(graphOf(5 * k + 3, edges), compileKernel("paths", build));
  const chunks = (): void => {
    for (let i = 0; i < kernel.betweennessChunks; i++) kernel.betweennessChunk(i);
  };
  expect(chunks).toThrow(expect.objectContaining({ status: 9 }));
});

test("the successive update refuses counts that are no exact doubles", () => {
  const traffic = { access: Uint32Array.of(0, 1), rates: Float64Array.of(1, 1) };
  expect(() => new SuccessivePaths(ladder(53), traffic)).not.toThrow();
  expect(() => new SuccessivePaths(ladder(54), traffic)).toThrow(expect.objectContaining({ status: 9 }));
});

test("a grid of 516 x 516, whose corners have more than 2^1024 shortest paths between them", () => {
  const side = 516;
  const corners = Uint32Array.of(0, side * side - 1);
  const graph = grid(side, side);
  const results = modules.map((module) =>
    new ObservedPaths(graph, { access: corners, rates: Float64Array.of(1, 1) }, module).observe(),
  );
  const { gains, connected } = results[0]!;
  expect(connected).toBe(2);
  expect(results[1]!.gains).toEqual(gains);
  // Every path crosses each antidiagonal once.
  for (const diagonal of [1, 100, 515, 700, 1029]) {
    let sum = 0;
    for (let x = Math.max(0, diagonal - side + 1); x <= Math.min(diagonal, side - 1); x++) {
      sum += gains[(diagonal - x) * side + x]!;
    }
    expect(sum).toBeCloseTo(2, 12);
  }
  const chunk = new ShortestPaths(grid(516, 40)).betweennessChunk(0);
  expect(chunk.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
});

const longPath = graphOf(
  100_000,
  Array.from({ length: 99_999 }, (_, v): Edge => [v, v + 1]),
);

test.each(builds)("a path and a cycle of many nodes (%s)", (build) => {
  const module = compileKernel("paths", build);
  const n = longPath.offsets.length - 1;
  const path = longPath;
  const ours = new ShortestPaths(path, module).betweenness();
  for (const v of [0, 1, 500, n / 2, n - 2, n - 1]) expect(ours[v]).toBe(v * (n - 1 - v));
  const access = Uint32Array.of(0, n - 1, 70_000);
  const kernel = new ObservedPaths(path, { access, rates: Float64Array.of(2, 2, 2) }, module);
  expect(kernel.observe().gains[80_000]).toBe(4);
  expect(kernel.observe(Uint32Array.of(10)).observed).toBe(4);
  const samples = new ShortestPaths(path, module).sample(1n, 0, 3, Uint32Array.of(0, n - 1));
  expect([...samples.ends]).toEqual([n, 2 * n, 3 * n]);
  const round = 1501;
  const cycle = graphOf(
    round,
    Array.from({ length: round }, (_, v): Edge => [v, (v + 1) % round]),
  );
  const half = (round - 1) / 2;
  const around = new ShortestPaths(cycle, module).betweenness();
  expect(around.every((value) => value === (half * (half - 1)) / 2)).toBe(true);
});

test("chunks add up to the whole, and both builds give the same bits", () => {
  const graph = bushy(1500);
  const access = Uint32Array.from({ length: 400 }, (_, i) => 3 * i + 1);
  const rates = Float64Array.from(access, (x) => 1 + (x % 7) / 3);
  const monitors = Uint32Array.of(2, 4, 9, 700);
  const [simd, scalar] = modules.map((module) => {
    const kernel = new ShortestPaths(graph, module);
    const sum = new Float64Array(1500);
    expect(kernel.betweennessChunks).toBeGreaterThan(1);
    // On two instances in turn, as on two threads.
    const other = new ShortestPaths(graph, module);
    for (let i = 0; i < kernel.betweennessChunks; i++) {
      addPartial(sum, (i % 2 === 0 ? kernel : other).betweennessChunk(i));
    }
    expect(kernel.betweenness()).toEqual(sum);
    const observed = new ObservedPaths(graph, { access, rates }, module);
    const parts = Array.from({ length: observed.chunks }, (_, i) => observed.observeChunk(monitors, i));
    const whole = observed.observe(monitors);
    expect(parts.length).toBeGreaterThan(1);
    expect(mergeObservations(parts, 1500)).toEqual(whole);
    return { sum, whole };
  });
  expect(simd).toEqual(scalar);
});

test("greedy by the pass and by the successive update picks the same nodes", () => {
  const graph = bushy(300);
  const access = Uint32Array.from({ length: 150 }, (_, i) => i + 150);
  const traffic = { access, rates: Float64Array.from(access, (x) => 1 + (x % 5)) };
  const pass = new ObservedPaths(graph, traffic);
  const matrices = new SuccessivePaths(graph, traffic);
  const monitors: number[] = [];
  for (let k = 0; k < 20; k++) {
    const { gains, connected } = pass.observe(Uint32Array.from(monitors));
    const theirs = matrices.gains();
    gains.forEach((gain, v) => {
      expect(Math.abs(gain - theirs[v]!)).toBeLessThanOrEqual(1e-14 * connected);
    });
    const best = Math.max(...gains.subarray(0, 150));
    const pick = gains.findIndex((gain) => gain >= best * (1 - 1e-12));
    expect(theirs.findIndex((gain) => gain >= best * (1 - 1e-12))).toBe(pick);
    monitors.push(pick);
    matrices.add(pick);
  }
});
