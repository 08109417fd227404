import { describe, expect, it } from "vitest";
import { writeIdentity } from "../../src/formats/contacts/identity.ts";
import type { CoverExports } from "../../src/wasm/cover/exports.ts";
import { type Build, compileKernel, instantiate, type KernelExports } from "../../src/wasm/kernel/kernel.ts";
import { meaningOf } from "../../src/wasm/kernel/status.ts";
import type { PathsExports } from "../../src/wasm/paths/exports.ts";
import type { SpreadExports } from "../../src/wasm/spread/exports.ts";
import { documentedExports, kernelDocument } from "../kernel-document.ts";

const builds: readonly Build[] = ["simd", "scalar", "counted"];
const timed: readonly Build[] = ["simd", "scalar"];

/** Cells of the table rows below a heading cell. */
function rowsOf(head: string): string[][] {
  const from = kernelDocument.indexOf(`| ${head} `);
  const table = kernelDocument.slice(from, kernelDocument.indexOf("\n\n", from)).split("\n").slice(2);
  return table.map((row) => row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));
}

it("docs/kernels.md lists every status code, in order, as the host words it", () => {
  const rows = rowsOf("code");
  expect(rows).toEqual(rows.map((_, code) => [String(code), meaningOf(code)]));
  expect(meaningOf(rows.length)).toBe(`status ${rows.length}`);
  expect(rows.length).toBe(10);
});

describe.each(builds)("docs/kernels.md and spread.%s.wasm", (build) => {
  const module = compileKernel("spread", build);
  const kernel = instantiate<SpreadExports>(module);
  const bytes = (pointer: number, length: number) => new Uint8Array(kernel.memory.buffer, pointer, length);

  it("name the same exports", () => {
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    for (const name of exported.filter((each) => each !== "memory"))
      expect(kernelDocument).toMatch(new RegExp(`\`${name}\\(`));
    const named = [...kernelDocument.matchAll(/`((?:sketch|table|keys|store|trace|count)_\w+)\(/g)].map(
      (match) => match[1],
    );
    const here = named.filter((name) => build === "counted" || !name.startsWith("count_"));
    expect(exported).toEqual(expect.arrayContaining(here));
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });

  it.each(rowsOf("identity"))("agree on the key of %s", (identity, key) => {
    const [, name, , port] = /^(?:IPv\d |text ")([^\s"]+)"?( with port (\d+))?$/.exec(identity) ?? [];
    const at = kernel.alloc(40 + 1 + 2);
    const out = kernel.alloc(8);
    const view = new DataView(kernel.memory.buffer);
    view.setUint8(at + 40, writeIdentity(bytes(at, 40), 0, name));
    view.setUint16(at + 41, Number(port ?? 0), true);
    expect(kernel.keys_of_identities(at, at + 40, port === undefined ? 0 : at + 41, 1, 1, 0, out)).toBe(0);
    expect(view.getBigUint64(out, true)).toBe(BigInt(key));
  });

  it.each(
    rowsOf("family, index hash"),
  )("agree on cells: family and hash %s, m %s, s %s, g %s", (kind, m, s, g, _p, cell, sum) => {
    const [family, hash] = kind.split(", ").map(Number);
    const size = kernel.sketch_bytes(family, hash, Number(m), Number(s), Number(g), 2 ** 32);
    const mark = kernel.mark();
    const sketch = kernel.alloc(size);
    const pair = kernel.alloc(8);
    expect(kernel.sketch_init(sketch, family, hash, Number(m), Number(s), Number(g), 2 ** 32, 1, 0)).toBe(0);
    new Uint32Array(kernel.memory.buffer, pair, 2).set([0x0a000001, 0xc0000201]);
    expect(kernel.store_ipv4(sketch, pair, pair + 4, 1)).toBe(0);
    const set: number[] = [];
    bytes(sketch + 256, size - 256).forEach((byte, i) => {
      if (byte !== 0)
        set.push(...[0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => i * 8 + bit));
    });
    expect(set).toEqual(cell.startsWith("none") ? [] : [Number.parseInt(cell, 10)]);
    kernel.sketch_seal(sketch);
    expect(new DataView(kernel.memory.buffer).getBigUint64(sketch + 48, true)).toBe(BigInt(sum));
    kernel.release(mark);
  });
});

describe.each(["paths", "cover"])("docs/kernels.md and the builds of %s", (kernel) => {
  const documented = [...documentedExports(kernel)].map(([name, parameters]) => [name, parameters.length]);

  it.each(timed)("name the same functions, with as many parameters: %s", (build) => {
    const module = compileKernel(kernel, build);
    expect(WebAssembly.Module.imports(module)).toEqual([]);
    const exported = Object.entries(new WebAssembly.Instance(module).exports);
    const lengths = exported.flatMap(([name, each]) => (typeof each === "function" ? [[name, each.length]] : []));
    expect(Object.fromEntries(lengths)).toEqual(Object.fromEntries(documented));
  });
});

/** A kernel's memory: places arrays, and writes results as the document does. */
class Memory {
  readonly #kernel: KernelExports;

  constructor(kernel: KernelExports) {
    this.#kernel = kernel;
  }

  put(array: ArrayBufferView): number {
    const at = this.#kernel.alloc(array.byteLength) >>> 0;
    new Uint8Array(this.#kernel.memory.buffer, at).set(new Uint8Array(array.buffer, 0, array.byteLength));
    return at;
  }

  u32(...values: readonly number[]): number {
    return this.put(Uint32Array.from(values));
  }

  f64(...values: readonly number[]): number {
    return this.put(Float64Array.from(values));
  }

  f64At(at: number, n: number): string {
    return [...new Float64Array(this.#kernel.memory.buffer, at, n)].join(" ");
  }

  u32At(at: number, n: number): string {
    return [...new Uint32Array(this.#kernel.memory.buffer, at, n)].join(" ");
  }
}

const OFFSETS = [0, 2, 4, 6, 9, 10, 10];
const NEIGHBOURS = [1, 2, 0, 3, 0, 3, 1, 2, 4, 3];

function pathVectors(build: Build): { readonly [vector: string]: () => string } {
  const kernel = instantiate<PathsExports>(compileKernel("paths", build));
  const memory = new Memory(kernel);
  const out = memory.f64(...new Array<number>(4000).fill(0));
  const totals = memory.f64(0, 0, 0);

  function graph(offsets: readonly number[], neighbours: readonly number[], lengths?: readonly number[]): number {
    const head = kernel.alloc(kernel.graph_bytes());
    const at = [memory.u32(...offsets), memory.u32(...neighbours), lengths ? memory.f64(...lengths) : 0] as const;
    expect(kernel.graph_init(head, offsets.length - 1, neighbours.length, ...at)).toBe(0);
    return head;
  }
  function plan(of: number, fold: number): number {
    const head = kernel.alloc(kernel.plan_bytes());
    expect(kernel.plan_init(head, of, fold)).toBe(0);
    return head;
  }
  const g = graph(OFFSETS, NEIGHBOURS);
  const access = memory.u32(0, 4, 5);
  const rates = memory.f64(1, 2, 3);
  const removed = memory.put(Uint8Array.of(0, 1, 0, 0, 0, 0));
  const ladder = () => {
    const rows = Array.from({ length: 3301 }, (_, v) => {
      if (v % 3 !== 0) return [v - (v % 3), v - (v % 3) + 3];
      return [v - 2, v - 1, v + 1, v + 2].filter((u) => u >= 0 && u <= 3300);
    });
    let arcs = 0;
    const ends = rows.map((row) => {
      arcs += row.length;
      return arcs;
    });
    return graph([0, ...ends], rows.flat());
  };
  const betweenness = (lengths: readonly number[]) => {
    const status = kernel.betweenness_sources(graph(OFFSETS, NEIGHBOURS, lengths), 0, 6, out);
    return `${status}: ${memory.f64At(out, 6)}`;
  };
  const observed = (status: number) => `${status}: ${memory.f64At(totals, 3)}; ${memory.f64At(out, 6)}`;
  const samples = (cumulative: number) => {
    const [ends, nodes, info] = [memory.u32(0, 0, 0, 0), memory.u32(...new Array<number>(32).fill(0)), memory.u32(0)];
    const five = memory.u32(0, 1, 2, 3, 4);
    expect(kernel.sample_paths(g, five, 5, cumulative, 1, 0, 0, 4, 32, ends, nodes, info)).toBe(0);
    const starts = `0 ${memory.u32At(ends, 4)}`.split(" ").map(Number);
    return starts
      .slice(1)
      .map((end, i) => memory.u32At(nodes + 4 * starts[i], end - starts[i]))
      .join("; ");
  };
  return {
    "`plan_sources`, folded; not folded": () =>
      `${kernel.plan_sources(plan(g, 1))}; ${kernel.plan_sources(plan(g, 0))}`,
    "`betweenness_batch`, all five sources": () =>
      `${kernel.betweenness_batch(plan(g, 1), 0, 5, out)}: ${memory.f64At(out, 6)}`,
    "`betweenness_sources`, lengths 0.1 (0-1), 0.2 (1-3), 0.15 (0-2, 2-3), 1": () =>
      betweenness([0.1, 0.15, 0.1, 0.2, 0.15, 0.15, 0.2, 0.15, 1, 1]),
    "`betweenness_sources`, lengths 1, but 2 from 2 to 3": () => betweenness([1, 1, 1, 1, 1, 2, 1, 1, 1, 1]),
    "`observe`, rates, no M": () => observed(kernel.observe(g, access, 3, rates, 0, 0, 0, 3, out, totals)),
    "`observe_batch`, rates, M = {1}": () =>
      observed(kernel.observe_batch(plan(g, 0), access, 3, rates, 0, removed, 0, 3, out, totals)),
    "`observe`, demands 1 2 3, 4 5 6, 7 8 9, M = {1}": () =>
      observed(kernel.observe(g, access, 3, memory.f64(1, 2, 3, 4, 5, 6, 7, 8, 9), 1, removed, 0, 3, out, totals)),
    "`successive_gains`, rates; after `successive_add` of 1": () => {
      const state = kernel.alloc(kernel.successive_bytes(6));
      expect(kernel.successive_init(state, g, access, 3, rates, 0)).toBe(0);
      expect(kernel.successive_gains(state, out)).toBe(0);
      const before = memory.f64At(out, 6);
      expect(kernel.successive_add(state, 1)).toBe(0);
      expect(kernel.successive_gains(state, out)).toBe(0);
      return `${before}; ${memory.f64At(out, 6)}`;
    },
    "`sample_paths` 0 to 3 of seed 1 between 0 .. 4, equal rates": () => samples(0),
    "the same, rates 0, 0, 0, 1, 3": () => samples(memory.f64(0, 0, 0, 1, 4)),
    "ladder: `betweenness_batch`, core nodes 0 .. 63": () =>
      `${kernel.betweenness_batch(plan(ladder(), 1), 0, 64, out)}`,
    "ladder: `betweenness_sources`, node 0": () => `${kernel.betweenness_sources(ladder(), 0, 1, out)}`,
    "`graph_init`, neighbours 1 3 0 3 0 3 1 2 4 3": () => {
      const at = [memory.u32(...OFFSETS), memory.u32(1, 3, ...NEIGHBOURS.slice(2)), 0] as const;
      return `${kernel.graph_init(kernel.alloc(kernel.graph_bytes()), 6, 10, ...at)}`;
    },
  };
}

const ROWS = [0x07n, 0x38n, 0x1en, 0x01n, 0x20n];

function coverVectors(build: Build): { readonly [vector: string]: () => string } {
  const kernel = instantiate<CoverExports>(compileKernel("cover", build));
  const memory = new Memory(kernel);
  const picks = memory.u32(0, 0, 0, 0, 0);
  const gains = memory.f64(0, 0, 0, 0, 0);
  const summary = memory.f64(0, 0, 0, 0, 0, 0, 0);
  const multipliers = memory.f64(0, 0, 0, 0, 0, 0);
  const costs = memory.f64(3, 3, 2, 1, 1);
  const weights = memory.f64(5, 0.5, 0.25, 1, 1, 2);
  const none = Number.POSITIVE_INFINITY;

  function bits(ofWeights: number, ofCosts: number): number {
    const head = kernel.alloc(kernel.instance_bytes());
    expect(kernel.instance_bits(head, 5, 6, memory.put(BigUint64Array.from(ROWS)), ofWeights, ofCosts)).toBe(0);
    return head;
  }
  function lists(ofWeights: number, ofCosts: number): number {
    const head = kernel.alloc(kernel.instance_bytes());
    const at = [memory.u32(0, 3, 6, 10, 11, 12), memory.u32(0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 0, 5)] as const;
    expect(kernel.instance_lists(head, 5, 6, ...at, ofWeights, ofCosts)).toBe(0);
    return head;
  }
  /** The same from rows and lists, and by every evaluation. */
  function greedy(
    w: number,
    c: number,
    rule: number,
    limit: number,
    budget: number,
    target: number,
    states = 0,
  ): string {
    const results = [bits(w, c), lists(w, c)].flatMap((head) =>
      [0, 1, 2].map((evaluation) => {
        const status = kernel.greedy(head, states, rule, limit, budget, target, evaluation, picks, gains, summary);
        const [count = 0, placed, covered, cost] = memory.f64At(summary, 4).split(" ").map(Number);
        const by = memory.f64At(summary + 40, 1);
        return `${status}: ${memory.u32At(picks, count)}; ${memory.f64At(gains, count)}; ${placed} ${covered} ${cost} by ${by}`;
      }),
    );
    expect(new Set(results).size).toBe(1);
    return results[0] ?? "";
  }
  function exact(status: number): string {
    const [count = 0, ...rest] = memory.f64At(summary, 7).split(" ").map(Number);
    const [placed, covered, cost, bound, , optimal] = rest;
    return `${status}: ${memory.u32At(picks, count)}; ${placed} ${covered} ${cost} ${bound}; ${optimal}`;
  }
  return {
    "`greedy` by gain, limit 2": () => greedy(0, 0, 0, 2, none, none),
    "`greedy` by gain, limit 2, weights": () => greedy(weights, 0, 0, 2, none, none),
    "`greedy` by gain, limit 1, weights 1 0 0 0 0 1.0000000000001": () =>
      greedy(memory.f64(1, 0, 0, 0, 0, 1.0000000000001), 0, 0, 1, none, none),
    "`greedy` by ratio, costs": () => greedy(0, costs, 1, 5, none, none),
    "`greedy` by ratio, costs, target 3": () => greedy(0, costs, 1, 5, none, 3),
    "`greedy` budgeted, costs, budget 3": () => greedy(0, costs, 2, 5, 3, none),
    "`greedy` by gain, states 0 0 1 2 0": () =>
      greedy(0, 0, 0, 5, none, none, memory.put(Uint8Array.of(0, 0, 1, 2, 0))),
    "`upper_bound`, limit 2, picks 2 0": () => {
      const status = kernel.upper_bound(bits(0, 0), 0, 2, none, memory.u32(2, 0), 2, summary);
      return `${status}: ${memory.f64At(summary, 1)}`;
    },
    "`exact_maximum`, limit 2": () =>
      exact(kernel.exact_maximum(lists(0, 0), 0, 2, none, 1000, picks, multipliers, summary)),
    "`exact_maximum`, costs, budget 3": () =>
      exact(kernel.exact_maximum(lists(0, costs), 0, 5, 3, 1000, picks, multipliers, summary)),
    "`exact_cover`": () => exact(kernel.exact_cover(bits(0, 0), 0, 1000, picks, multipliers, summary)),
    "`exact_cover`, costs": () => exact(kernel.exact_cover(bits(0, costs), 0, 1000, picks, multipliers, summary)),
    "`exact_cover`, states 1 0 1 0 0": () =>
      exact(
        kernel.exact_cover(bits(0, 0), memory.put(Uint8Array.of(1, 0, 1, 0, 0)), 1000, picks, multipliers, summary),
      ),
    "`instance_bits`, six elements, a row 0x47": () => {
      const rows = memory.put(BigUint64Array.of(0x47n));
      return `${kernel.instance_bits(kernel.alloc(kernel.instance_bytes()), 1, 6, rows, 0, 0)}`;
    },
  };
}

describe.each([
  { kernel: "paths", vectors: pathVectors },
  { kernel: "cover", vectors: coverVectors },
])("the test vectors of docs/kernels.md, kernel $kernel", ({ kernel, vectors }) => {
  it.each(timed)("hold on the %s build", (build) => {
    const given = rowsOf(`${kernel}: call`).map(([call = "", result = ""]): [string, string] => [call, result]);
    const found = Object.entries(vectors(build)).map(([call, run]): [string, string] => [call, run()]);
    expect(found).toEqual(given);
  });
});
