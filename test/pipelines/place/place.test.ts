import { describe, expect, it } from "vitest";
import { buildTopology } from "../../../src/network/build-topology.ts";
import { curveOf } from "../../../src/pipelines/place/curve.ts";
import { layOut } from "../../../src/pipelines/place/layout.ts";
import { NodeNames } from "../../../src/pipelines/place/nodes.ts";
import { placeMonitors } from "../../../src/placement/place-monitors.ts";
import { randomTopology } from "../../oracles/placement.ts";

describe("names of nodes", () => {
  const names = new NodeNames(["1", "2", "3", "x"], ["Oslo", "Bergen, Norway", "1", "Norway"]);

  it("are identifiers before labels, and may hold commas", () => {
    expect(names.parseList("Oslo", "--at")).toEqual([0]);
    expect(names.parseList("1", "--at")).toEqual([0]);
    expect(names.parseList(" Bergen, Norway , Oslo,x", "--at")).toEqual([1, 0, 3]);
    expect(names.parseList("Norway,Bergen, Norway", "--at")).toEqual([3, 1]);
  });

  it("are told where there is none", () => {
    expect(() => names.parseList("Oslo,Rome", "--at")).toThrow('--at: no node "Rome"; there are "Oslo"');
    expect(() => names.parseList("", "--at")).toThrow('--at: no node ""');
  });
});

describe("layouts", () => {
  it("keep the file's places, with those of others near their neighbours", () => {
    const topology = buildTopology(["a", "b", "c", "d", "e"], [0, 1, 1, 2, 2, 3]);
    const none = Number.NaN;
    const coordinates = {
      kind: "plane" as const,
      x: Float64Array.from([0, 10, none, none, none]),
      y: Float64Array.from([0, 10, none, none, none]),
    };
    const { x, y, from } = layOut(topology, coordinates);
    expect(from).toBe("file");
    expect([x[0], y[0], x[1], y[1]]).toEqual([0, -0, 10, -10]);
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
    expect(Math.hypot(x[2] - 10, y[2] + 10)).toBeLessThan(1);
    expect([x[4], y[4]]).toEqual([5, -5]);
    // The file's own numbers stay as they are.
    expect(coordinates.x[2]).toBeNaN();
  });

  it("are the same for the same network, where forces make them", () => {
    const topology = randomTopology(3, 30, 50);
    const [first, second] = [layOut(topology, undefined), layOut(topology, undefined)];
    expect(second).toEqual(first);
    expect([...first.x, ...first.y].every(Number.isFinite)).toBe(true);
    for (const single of [buildTopology(["a"], []), buildTopology(["a", "b"], [])]) {
      expect([...layOut(single, undefined).x].every(Number.isFinite)).toBe(true);
    }
  });
});

describe("the curve", () => {
  it("starts at what placed monitors observe and ends at the placement", () => {
    const topology = randomTopology(4, 20, 30);
    const placement = placeMonitors(topology, { monitors: 3, placed: [2] });
    const { series, x } = curveOf(placement, undefined, "some/net.gml");
    expect(series).toHaveLength(1);
    expect(series[0].y[0]).toBeCloseTo(100 * placement.placedObserved, 12);
    expect(series[0].y[3]).toBeCloseTo(100 * placement.observed, 12);
    expect(x.domain).toEqual([0, 3]);
  });
});
