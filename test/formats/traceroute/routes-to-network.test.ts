import { describe, expect, it } from "vitest";
import { routesToNetwork, type TracedNetwork } from "../../../src/formats/traceroute/routes-to-network.ts";
import type { Traceroute } from "../../../src/formats/traceroute/traceroute.ts";
import { plain, read } from "./samples.ts";

function trace(
  source: string,
  destination: string,
  hops: (string | null)[],
  more: Partial<Traceroute> = {},
): Traceroute {
  return { source, destination, hops, complete: true, time: Number.NaN, ...more };
}

function pathsOf({ topology, routes }: TracedNetwork): string[] {
  return routes.map(({ nodes }) => [...nodes].map((node) => topology.names[node]).join(" > "));
}

describe("the network of routes", () => {
  it("is their union, with a route per ordered pair and the ends as access nodes", async () => {
    const network = routesToNetwork((await read(plain)).routes);
    expect(pathsOf(network)).toEqual([
      "A > r1 > r2 > B",
      "B > r3 > * 1/1 between r3 and r1 > r1 > A",
      "A > r1 > * 1/2 between r1 and C > * 2/2 between r1 and C > C",
      "C > B",
    ]);
    const { names, neighbours } = network.topology;
    expect([...network.accessNodes].map((node) => names[node])).toEqual(["A", "B", "C"]);
    expect(neighbours.length / 2).toBe(10);
    expect(network.notes).toEqual([
      "1 incomplete trace left out",
      "1 pair has no complete trace",
      "3 nodes stand for silent hops",
    ]);
  });

  it("has a node per context of a silent hop: the same for equal gaps, another for others", () => {
    const network = routesToNetwork([
      trace("A", "B", ["r", null, "s"]),
      trace("C", "B", ["r", null, "s"]),
      trace("A", "D", ["s", null, "r"]),
      trace("C", "D", ["r", null, null, "s"]),
    ]);
    expect(network.topology.names.filter((name) => name.startsWith("* "))).toEqual([
      "* 1/1 between r and s",
      "* 1/1 between s and r",
      "* 1/2 between r and s",
      "* 2/2 between r and s",
    ]);
  });

  it("takes the route that was seen most often, the latest of equals, or the latest", () => {
    const traces = [
      trace("A", "B", ["old"], { time: 3 }),
      trace("A", "B", ["often"], { time: 1 }),
      trace("A", "B", ["often"], { time: 2 }),
      trace("B", "A", ["x"], { time: 9 }),
      trace("B", "A", ["y"], { time: 8 }),
    ];
    const frequent = routesToNetwork(traces);
    expect(pathsOf(frequent)).toEqual(["A > often > B", "B > x > A"]);
    expect(frequent.routes.map(({ traces: count, of }) => [count, of])).toEqual([
      [2, 3],
      [1, 2],
    ]);
    expect(frequent.notes).toEqual(["2 pairs have other routes than their own"]);
    expect(pathsOf(routesToNetwork(traces, { choose: "latest" }))).toEqual(["A > old > B", "B > x > A"]);
    const timeless = [trace("A", "B", ["first"]), trace("A", "B", ["last"])];
    expect(pathsOf(routesToNetwork(timeless))).toEqual(["A > last > B"]);
  });

  it("may join incomplete traces to their destinations", () => {
    const traces = [
      trace("A", "B", ["r"], { complete: false }),
      trace("A", "C", [], { complete: false }),
      trace("A", "A", []),
    ];
    const network = routesToNetwork(traces, { incomplete: "join" });
    expect(pathsOf(network)).toEqual(["A > r > * 1/1 between r and B > B", "A > * 1/1 between A and C > C"]);
    expect(network.notes).toEqual([
      "2 incomplete traces joined to their destinations",
      "1 trace of a node to itself left out",
      "2 nodes stand for silent hops",
    ]);
    expect(routesToNetwork(traces).topology.names).toEqual([]);
  });
});
