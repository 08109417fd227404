import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CoverMemory, type ListSets } from "../../../src/wasm/cover/cover.ts";
import { compileKernel } from "../../../src/wasm/kernel/kernel.ts";
import { sharedPath } from "../../shared-data.ts";
import { listsOf, plain } from "./problems.ts";

const known = sharedPath("known", "setcover.json");
const isHere = existsSync(known);
if (!isHere) console.warn(`skipped: ${known} is not here (set NETVANTAGE_SHARED to the shared data)`);

interface Known {
  readonly scp: Record<string, { obj: number; greedy_cost: number; greedy_cols: number }>;
  readonly steiner: Record<string, number>;
  readonly max_k_cover: { file: string; k: number; best: number; greedy: number; greedy_cols_1based: number[] }[];
}

function numbersOf(name: string): number[] {
  return readFileSync(sharedPath("setcover", name), "utf8").trim().split(/\s+/).map(Number);
}

/** OR-Library: rows, columns, costs; then for each row how many columns cover it and which, counted from 1. */
function orLibrary(name: string): { sets: ListSets; costs: Float64Array } {
  const [m, n, ...rest] = numbersOf(name);
  const sets: number[][] = Array.from({ length: n }, () => []);
  let at = n;
  for (let e = 0; e < m; e++) {
    const count = rest[at++];
    for (const column of rest.slice(at, at + count)) sets[column - 1].push(e);
    at += count;
  }
  return { sets: listsOf({ elements: m, sets }), costs: Float64Array.from(rest.slice(0, n)) };
}

/** A Steiner triple system: points, triples, then the triples, counted from 1; each triple wants one of its points. */
function steiner(name: string): ListSets {
  const [n, m, ...points] = numbersOf(name);
  const sets: number[][] = Array.from({ length: n }, () => []);
  for (let e = 0; e < m; e++) for (const point of points.slice(3 * e, 3 * e + 3)) sets[point - 1].push(e);
  return listsOf({ elements: m, sets });
}

describe.skipIf(!isHere)("OR-Library", () => {
  const {
    scp,
    steiner: triples,
    max_k_cover,
  }: Known = isHere ? JSON.parse(readFileSync(known, "utf8")) : { scp: {}, steiner: {}, max_k_cover: [] };

  it.each(Object.entries(scp))("scp%s: greedy's cover and the proven optimum", (name, expected) => {
    const { sets, costs } = orLibrary(`scp${name}.txt`);
    const memory = CoverMemory.create(sets, { costs });
    const greedy = memory.greedy({ rule: "ratio" });
    expect([greedy.cost, greedy.picks.length]).toEqual([expected.greedy_cost, expected.greedy_cols]);
    expect(greedy.covered).toBe(sets.elements);
    expect(memory.greedy({ rule: "ratio", evaluation: "eager" }).picks).toEqual(greedy.picks);
    const exact = memory.exactCover();
    expect([exact.cost, exact.bound, exact.optimal]).toEqual([expected.obj, expected.obj, true]);
    expect(exact.covered).toBe(sets.elements);
  });

  it.each(Object.entries(triples))("Steiner triples %s: the proven optimum", (name, optimum) => {
    const exact = CoverMemory.create(steiner(name)).exactCover();
    expect([exact.cost, exact.optimal]).toEqual([optimum, true]);
  });

  it.each(max_k_cover)("$file, $k sets: greedy's picks and the proven most", ({ file, k, ...expected }) => {
    const { sets } = orLibrary(file.split("/").at(-1)!);
    for (const build of ["simd", "scalar"] as const) {
      const memory = CoverMemory.create(sets, {}, compileKernel("cover", build));
      const greedy = memory.greedy({ limit: k });
      expect([...greedy.picks].map((i) => i + 1)).toEqual(expected.greedy_cols_1based);
      expect(greedy.covered).toBe(expected.greedy);
      const exact = memory.exactMaximum({ limit: k });
      expect([exact.covered, exact.bound, exact.optimal]).toEqual([expected.best, expected.best, true]);
    }
  });
});

describe("small known cases", () => {
  it("the Fano plane needs three points to meet its seven lines", () => {
    const lines = [
      [0, 1, 2],
      [0, 3, 4],
      [0, 5, 6],
      [1, 3, 5],
      [1, 4, 6],
      [2, 3, 6],
      [2, 4, 5],
    ];
    const sets = Array.from({ length: 7 }, (_, point) => [...lines.keys()].filter((l) => lines[l].includes(point)));
    const exact = CoverMemory.create(listsOf({ elements: 7, sets })).exactCover();
    expect([exact.cost, exact.optimal]).toEqual([3, true]);
  });

  it("greedy takes log n where two sets do: Johnson's example", () => {
    // Columns of 2 x (2 + 4 + 8): greedy prefers the columns' halves, two rows would do.
    const row = (r: number) => Array.from({ length: 14 }, (_, k) => 2 * k + r);
    const block = (from: number, size: number) => Array.from({ length: 2 * size }, (_, k) => 2 * from + k);
    const sets = [block(0, 8), block(8, 4), block(12, 2), row(0), row(1)];
    const memory = CoverMemory.create(listsOf(plain(28, sets)));
    expect([...memory.greedy().picks]).toEqual([0, 1, 2]);
    expect([...memory.exactCover().picks]).toEqual([3, 4]);
    expect(memory.exactMaximum({ limit: 2 }).covered).toBe(28);
  });
});
