// Values that networkx and igraph agree on, where the shared data is there: six decimals a node, all digits of the sum.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ObservedPaths, ShortestPaths } from "../../../src/wasm/paths/paths.ts";
import { type Edge, graphOf } from "../../oracles/paths.ts";
import { sharedPath } from "../../shared-data.ts";

const KNOWN = sharedPath("known", "betweenness.json");

interface Known {
  readonly n: number;
  readonly m: number;
  readonly weighted: boolean;
  readonly sum: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Edges between named nodes, however the file writes them. */
function edgesOf(path: string): [string, string, number][] {
  const text = readFileSync(sharedPath(path), "utf8");
  if (path.endsWith(".graphml")) {
    return [...text.matchAll(/<edge source="([^"]*)" target="([^"]*)"/g)].map(([, u, v]) => [u!, v!, 1]);
  }
  const lines = text.trimEnd().split("\n");
  if (path.endsWith(".graph")) {
    return lines.slice(1).flatMap((line, i) =>
      line
        .trim()
        .split(/\s+/)
        .filter((v) => v !== "")
        .map((v): [string, string, number] => [String(i + 1), v, 1]),
    );
  }
  return lines.map((line) => {
    const [u, v, weight] = line.trim().split(/\s+/);
    return [u!, v!, Number(weight)];
  });
}

/** The simple graph of the named edges; of repeated and opposite ones, the shortest counts. */
function load(path: string, weighted: boolean) {
  const lengths = new Map<string, [string, string, number]>();
  for (const [u, v, length] of edgesOf(path)) {
    const key = u < v ? `${u} ${v}` : `${v} ${u}`;
    if (u !== v && length < (lengths.get(key)?.[2] ?? Infinity)) lengths.set(key, [u, v, length]);
  }
  const names = [...new Set([...lengths.values()].flatMap(([u, v, _length]) => [u, v]))];
  const index = new Map(names.map((name, i) => [name, i]));
  const edges = [...lengths.values()].map(([u, v, length]): Edge => {
    const ends = [index.get(u)!, index.get(v)!] as const;
    return weighted ? [...ends, length] : ends;
  });
  return { names, edges, graph: graphOf(names.length, edges) };
}

describe.skipIf(!existsSync(KNOWN))("known betweenness", () => {
  const known: Readonly<Record<string, Known>> = existsSync(KNOWN) ? JSON.parse(readFileSync(KNOWN, "utf8")) : {};
  const rows = Object.keys(known).filter((key) => key.startsWith("topologies/"));

  test.each(rows)("%s", (key) => {
    const { n, m, weighted, sum, values } = known[key]!;
    const { names, edges, graph } = load(key.split(" ")[0]!, weighted);
    expect([names.length, edges.length]).toEqual([n, m]);
    const ours = new ShortestPaths(graph).betweenness();
    // Of the larger graphs, the file lists the highest values only.
    for (const [name, value] of Object.entries(values)) {
      const rounding = 5e-7 + 1e-13 * value;
      expect(Math.abs(ours[names.indexOf(name)]! - value), name).toBeLessThanOrEqual(rounding);
    }
    const total = ours.reduce((a, b) => a + b, 0);
    expect(Math.abs(total - sum)).toBeLessThanOrEqual(1e-12 * sum);
  });

  test("the best groups of Abilene by enumeration observe as many pairs", () => {
    const { names, graph } = load("topologies/zoo/Abilene.graphml", false);
    const access = Uint32Array.from(names.keys());
    // One per unordered pair: a rate of (A - 1) / 2 leaves one half per ordered pair.
    const rates = new Float64Array(access.length).fill((access.length - 1) / 2);
    const kernel = new ObservedPaths(graph, { access, rates });
    const best = new Map([
      [25 + 1 / 3, ["7"]],
      [41.5, ["7", "9"]],
      [48, ["4", "7", "9"]],
      [52, ["1", "4", "7", "9"]],
    ]);
    for (const [pairs, group] of best) {
      const observed = kernel.observe(Uint32Array.from(group.map((name) => names.indexOf(name))));
      expect(observed.connected).toBe(55);
      expect(observed.observed).toBeCloseTo(pairs, 12);
    }
  });
});
