import { describe, expect, test } from "vitest";
import { Arena } from "../../../src/wasm/kernel/arena.ts";
import { type Build, compileKernel, instantiate } from "../../../src/wasm/kernel/kernel.ts";
import * as Status from "../../../src/wasm/kernel/status.ts";
import { type PathsExports, placeGraph, placePlan } from "../../../src/wasm/paths/exports.ts";
import { documentedExports } from "../../kernel-document.ts";
import { graphOf } from "../../oracles/paths.ts";

const NODES = 4;
const ROOM = 4096;
const OUTSIDE = 0xfffffff0;

/** The exports that take traffic, as docs/kernels.md lists them: all that take access nodes. */
const takers = [...documentedExports("paths")].filter(([, parameters]) => parameters.includes("access"));

/** What a call is given, besides valid surroundings. */
interface Given {
  readonly access: readonly number[] | "outside";
  /** Per access node, or per pair; as running sums where the export takes those. */
  readonly rates: readonly number[] | "outside";
  readonly perPair?: boolean;
}

/** Rates that are none, for two access nodes. */
const badRates: [string, readonly number[]][] = [
  ["negative", [1, -1]],
  ["negative at first", [-1, 3]],
  ["no number", [1, Number.NaN]],
  ["no number at first", [Number.NaN, 1]],
  ["infinite", [1, Number.POSITIVE_INFINITY]],
  ["infinite at first", [Number.POSITIVE_INFINITY, 1]],
  ["minus infinite", [1, Number.NEGATIVE_INFINITY]],
];

const badAccess: [string, readonly number[]][] = [
  ["past the nodes", [0, NODES]],
  ["far past the nodes", [0, 0x7fffffff]],
  ["twice the same", [2, 2]],
  ["more than there are nodes", [0, 1, 2, 3, 0]],
];

function runningSums(rates: readonly number[]): number[] {
  let sum = 0;
  return rates.map((rate) => {
    sum += rate;
    return sum;
  });
}

describe.each<Build>(["simd", "scalar"])("every export of the paths kernel that takes traffic, %s build", (build) => {
  const module = compileKernel("paths", build);

  /** Calls an export without its host; returns its status. Where it refuses, it must have written and kept nothing. */
  function call(name: string, parameters: readonly string[], { access, rates, perPair = false }: Given): number {
    const kernel = instantiate<PathsExports>(module);
    const arena = new Arena(kernel);
    const arrays = graphOf(NODES, [
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    const graph = placeGraph(kernel, arrays);
    const out = arena.copyIn(new Uint8Array(ROOM).fill(0xa5));
    const doubles = (values: readonly number[] | "outside") =>
      values === "outside" ? OUTSIDE : arena.copyIn(Float64Array.from(values));
    const values: { readonly [parameter: string]: number } = {
      graph,
      plan: placePlan(kernel, graph, arrays, false),
      access: access === "outside" ? OUTSIDE : arena.copyIn(Uint32Array.from(access)),
      A: access === "outside" ? 2 : access.length,
      rates: doubles(rates),
      cumulative: doubles(rates === "outside" ? rates : runningSums(rates)),
      perPair: perPair ? 1 : 0,
      removed: 0,
      seedLow: 1,
      seedHigh: 0,
      first: 0,
      count: 1,
      state: out,
      gains: out,
      totals: out + 1024,
      ends: out,
      nodes: out + 1024,
      info: out + 2048,
      capacity: 16,
    };
    const given = parameters.map((parameter) => {
      const value = values[parameter];
      if (value === undefined) throw new Error(`this test has no value for ${parameter} of ${name}`);
      return value;
    });
    const run = kernel[name];
    if (typeof run !== "function") throw new Error(`no export ${name}`);
    const mark = kernel.mark();
    const status: number = run(...given);
    expect(kernel.mark(), `${name} keeps memory`).toBe(mark);
    if (status !== Status.OK)
      expect(
        arena.u8(out, ROOM).every((byte) => byte === 0xa5),
        `${name} wrote`,
      ).toBe(true);
    return status;
  }

  test("is found", () => {
    const names = takers.map(([name]) => name);
    expect(names).toEqual(
      expect.arrayContaining(["traffic_check", "observe", "observe_batch", "successive_init", "sample_paths"]),
    );
  });

  describe.each(takers)("%s", (name, parameters) => {
    const takesPairs = parameters.includes("perPair");

    test("takes good traffic, zeros and the largest sum among it", () => {
      expect(call(name, parameters, { access: [3, 0], rates: [0, 2] })).toBe(Status.OK);
      expect(call(name, parameters, { access: [3, 0], rates: [2 ** 99, 2 ** 99] })).toBe(Status.OK);
      if (takesPairs) expect(call(name, parameters, { access: [3, 0], rates: [0, 1, 2, 0], perPair: true })).toBe(0);
    });

    test.each(badRates)("refuses rates that are %s", (_, rates) => {
      expect(call(name, parameters, { access: [0, 2], rates })).toBe(Status.BAD_PARAMETER);
      if (!takesPairs) return;
      // The diagonal is not used, but is checked.
      for (const pairs of [
        [0, ...rates, 0],
        [...rates, 0, 0],
      ]) {
        expect(call(name, parameters, { access: [0, 2], rates: pairs, perPair: true })).toBe(Status.BAD_PARAMETER);
      }
    });

    // Running sums may be as large as they like.
    if (parameters.includes("rates")) {
      test("refuses rates whose sum is past 2^100", () => {
        expect(call(name, parameters, { access: [0, 2], rates: [2 ** 100, 2 ** 50] })).toBe(Status.BAD_PARAMETER);
      });
    }

    test.each(badAccess)("refuses access nodes: %s", (_, access) => {
      const rates = access.map(() => 1);
      expect(call(name, parameters, { access, rates })).toBe(Status.BAD_PARAMETER);
    });

    test("refuses pointers outside the memory", () => {
      expect(call(name, parameters, { access: "outside", rates: [1, 1] })).toBe(Status.OUT_OF_BOUNDS);
      expect(call(name, parameters, { access: [0, 2], rates: "outside" })).toBe(Status.OUT_OF_BOUNDS);
    });
  });
});
