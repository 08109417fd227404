import fc from "fast-check";
import { DirectedGraph, MultiGraph, MultiUndirectedGraph } from "graphology";
import { describe, expect, it } from "vitest";
import { buildTopology, newEdgeTally } from "../../src/network/build-topology.ts";
import { differsByDirection, fromGraphology, toGraphology } from "../../src/network/graphology.ts";

const names = ["a", "b", "c", "d"];

describe("a topology built from edges", () => {
  it("has sorted rows of both directions, without loops and repetitions", () => {
    const tally = newEdgeTally();
    const topology = buildTopology(names, [2, 0, 0, 1, 1, 0, 2, 2, 0, 2], undefined, { tally });
    expect([...topology.offsets]).toEqual([0, 2, 3, 4, 4]);
    expect([...topology.neighbours]).toEqual([1, 2, 0, 0]);
    expect(topology.lengths).toBeUndefined();
    expect(tally).toEqual({ given: 5, kept: 2, selfLoops: 1, parallel: 2, oneWay: 0, isolated: 1 });
  });

  it("keeps the shortest of parallel edges", () => {
    const { lengths } = buildTopology(names, [0, 1, 1, 0, 0, 1], [3, 2, 5]);
    expect([...(lengths ?? [])]).toEqual([2, 2]);
  });

  it("keeps lengths by direction if edges are directed", () => {
    const tally = newEdgeTally();
    const topology = buildTopology(names, [0, 1, 1, 0, 1, 2, 1, 2], [3, 2, 5, 4], { directed: true, tally });
    expect([...(topology.lengths ?? [])]).toEqual([3, 2, 4, 4]);
    expect(differsByDirection(topology)).toBe(true);
    expect(tally).toMatchObject({ kept: 2, parallel: 1, oneWay: 1 });
  });

  it("refuses what is no graph", () => {
    expect(() => buildTopology(names, [0, 4])).toThrow(new RangeError("edge 0 names node 4, there are 4"));
    expect(() => buildTopology(names, [0, Number.NaN])).toThrow(RangeError);
    expect(() => buildTopology(names, [0])).toThrow("edges must be pairs");
    expect(() => buildTopology(names, [0, 1], [])).toThrow("0 lengths for 1 edges");
    expect(() => buildTopology(["a", "a"], [])).toThrow('two nodes have the name "a"');
    for (const length of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => buildTopology(names, [0, 1], [length])).toThrow("expected a positive one");
    }
  });

  it("agrees with sets of edges, for any edges", () => {
    const edge = fc.tuple(fc.nat(11), fc.nat(11), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 60 }), fc.boolean(), (edges, directed) => {
        const lengths = new Map<string, number>();
        const shorten = (from: number, to: number, length: number) =>
          lengths.set(`${from} ${to}`, Math.min(length, lengths.get(`${from} ${to}`) ?? 99));
        const proper = edges.filter(([from, to]) => from !== to);
        for (const [from, to, length] of proper) shorten(from, to, length);
        if (directed) {
          const given = new Set(lengths.keys());
          for (const [from, to, length] of proper) if (!given.has(`${to} ${from}`)) shorten(to, from, length);
        } else for (const [from, to, length] of proper) shorten(to, from, length);
        const topology = buildTopology(
          Array.from({ length: 12 }, (_, node) => `n${node}`),
          edges.flatMap(([from, to]) => [from, to] as const),
          edges.map(([, , length]) => length),
          { directed },
        );
        const found = new Map<string, number>();
        for (let node = 0; node < 12; node++) {
          const row = topology.neighbours.subarray(topology.offsets[node], topology.offsets[node + 1]);
          expect([...row]).toEqual([...new Set(row)].sort((a, b) => a - b));
          row.forEach((to, at) => {
            found.set(`${node} ${to}`, topology.lengths?.[topology.offsets[node] + at] ?? Number.NaN);
          });
        }
        expect(new Map([...found].sort())).toEqual(new Map([...lengths].sort()));
        expect(differsByDirection(topology)).toBe(
          [...lengths].some(([arc, length]) => lengths.get(arc.split(" ").reverse().join(" ")) !== length),
        );
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("a graphology graph", () => {
  it("becomes a topology in its own node order", () => {
    const graph = new MultiUndirectedGraph();
    for (const name of ["z", "a", "m"]) graph.addNode(name);
    graph.addEdge("z", "a", { km: 2 });
    graph.addEdge("a", "z", { km: 1 });
    graph.addEdge("m", "m", { km: 1 });
    const tally = newEdgeTally();
    const topology = fromGraphology(graph, { lengthAttribute: "km", tally });
    expect(topology.names).toEqual(["z", "a", "m"]);
    expect([...topology.neighbours]).toEqual([1, 0]);
    expect([...(topology.lengths ?? [])]).toEqual([1, 1]);
    expect(tally).toMatchObject({ parallel: 1, selfLoops: 1, isolated: 1 });
    expect(fromGraphology(graph).lengths).toBeUndefined();
  });

  it("may be directed or mixed", () => {
    const graph = new MultiGraph();
    for (const name of ["a", "b", "c"]) graph.addNode(name);
    graph.addDirectedEdge("a", "b", { km: 2 });
    graph.addDirectedEdge("b", "a", { km: 3 });
    graph.addUndirectedEdge("b", "c", { km: 4 });
    expect([...(fromGraphology(graph, { lengthAttribute: "km" }).lengths ?? [])]).toEqual([2, 3, 4, 4]);
  });

  it("whose lengths are absent or not positive is refused", () => {
    const graph = new DirectedGraph();
    graph.mergeEdgeWithKey("ab", "a", "b", { km: -1, text: "1" });
    for (const lengthAttribute of ["km", "text", "none"]) {
      expect(() => fromGraphology(graph, { lengthAttribute })).toThrow(
        /edge "ab" has \w+ (-1|1|undefined), expected a positive/,
      );
    }
  });

  it("comes back from a topology as it was", () => {
    for (const directed of [false, true]) {
      const topology = buildTopology(names, [0, 1, 1, 0, 1, 2], [3, 2, 5], { directed });
      const graph = toGraphology(topology);
      expect(graph.type).toBe(directed ? "directed" : "undirected");
      expect(fromGraphology(graph, { lengthAttribute: "length" })).toEqual(topology);
    }
    expect(fromGraphology(toGraphology(buildTopology(names, [0, 3])))).toEqual(buildTopology(names, [0, 3]));
  });
});
