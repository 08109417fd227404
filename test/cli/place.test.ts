import { readFile, rm } from "node:fs/promises";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { placeResultSchema } from "../../src/pipelines/place/result.ts";
import { METHODS } from "../../src/placement/methods.ts";
import { hasSharedData, sharedPath } from "../shared-data.ts";
import { run, useFiles } from "./networks.ts";

const file = useFiles();

async function placed(...argv: readonly string[]) {
  const { code, stdout, stderr } = await run("place", ...argv, "--json");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return placeResultSchema.parse(JSON.parse(stdout));
}

describe("netvantage place", () => {
  it("prints the monitors, what is proven, and what cannot be observed", async () => {
    const { code, stdout } = await run("place", file("stars.gml"), "--monitors", "2", "--access", "kind=host");
    expect(code).toBe(0);
    expect(stdout).toContain("7 nodes, 5 edges (gml); 4 send and receive (equal rates)");
    expect(stdout).toMatch(/^1 +Hub, north +83\.33 % +83\.33 %$/m);
    expect(stdout).toMatch(/^2 +Hub south +16\.67 % +100\.00 %$/m);
    expect(stdout).toContain("2 monitors observe 100.00 % of the traffic.");
    expect(stdout).toContain("No placement within these limits observes more (proven).");
    const all = await run("place", file("stars.gml"), "--monitors", "1");
    expect(all.stdout).toContain("12 pairs of access nodes have no path and cannot be observed.");
    const short = await run("place", file("stars.gml"), "--coverage", "0.9", "--monitors", "1");
    expect(short.stdout).toContain("That is short of the 90.00 % asked for");
  });

  it("prints JSON of the documented form", async () => {
    const result = await placed(file("stars.gml"), "--monitors", "1", "--access", "degree-1");
    expect(result).toMatchObject({
      version: 1,
      format: "gml",
      nodes: 7,
      edges: 5,
      accessNodes: 4,
      method: "greedy",
      monitors: [{ node: "Hub, north", id: "0" }],
      unobservable: 0,
      optimal: true,
    });
    expect(result.observed).toBeCloseTo(5 / 6, 14);
    expect(result.monitors[0]).toMatchObject({ gain: result.observed, observed: result.observed });
  });

  it("takes names with commas, identifiers, attributes, rates, demands and costs", async () => {
    const stars = file("stars.gml");
    const hosts = ["--access", "a,b,c,d"];
    const rates = await placed(stars, "--monitors", "1", ...hosts, "--rates", file("rates.csv"));
    // South misses what a and b send each other: a third of 1 and of 2, of 10 in all.
    expect(rates.monitors[0]).toMatchObject({ node: "Hub south" });
    expect(rates.observed).toBeCloseTo(1 - 1 / 10, 12);
    expect((await placed(stars, "--monitors", "1", ...hosts, "--forbid", "Hub, north")).monitors[0].node).toBe(
      "Hub south",
    );
    expect((await placed(stars, "--monitors", "1", ...hosts, "--placed", "Hub, north,3")).placed).toEqual([
      "Hub, north",
      "Hub south",
    ]);
    const demands = await placed(stars, "--monitors", "1", ...hosts, "--demands", file("demands.txt"));
    expect(demands).toMatchObject({ rate: 11, observed: 1, traffic: file("demands.txt") });
    const costs = await placed(stars, "--budget", "2", ...hosts, "--costs", file("costs.csv"));
    expect(costs.monitors).toMatchObject([{ node: "Hub south", cost: 1 }]);
    const nothing = await placed(stars, "--budget", "0", ...hosts, "--costs", file("costs.csv"));
    expect(nothing).toMatchObject({ monitors: [], stopped: "budget" });
  });

  it("prints costs as they are given, and their sums as decimals", async () => {
    const argv = [file("line.txt"), "--budget", "0.3", "--costs", file("costs-decimal.csv")];
    const result = await placed(...argv);
    expect(result.cost).toBe(0.3);
    const { stdout } = await run("place", file("line.txt"), "--monitors", "9", "--costs", file("costs-decimal.csv"));

    expect(stdout).toMatch(/^\d +b +0\.20 /m);
    expect(stdout).toMatch(/^\d +c +1e-1 /m);
    expect(stdout).toContain("at a cost of 0.3.");
    expect(stdout).not.toContain("00000");
  });

  it("takes back every name that it prints, for the same node", async () => {
    const twins = file("twins.gml");
    const all = await placed(twins, "--monitors", "5", "--method", "kmax");
    const names = all.monitors.map(({ node }) => node);
    expect(new Set(names).size).toBe(5);
    for (const { node, id = node } of all.monitors) {
      const others = names.filter((name) => name !== node).slice(0, 2);
      expect((await placed(twins, "--monitors", "0", "--placed", node)).placed).toEqual([node]);
      expect((await placed(twins, "--monitors", "0", "--placed", id)).placed).toEqual([node]);
      const asAccess = await placed(twins, "--monitors", "9", "--access", [node, ...others].join(","));
      expect(asAccess.accessNodes).toBe(3);
      expect(asAccess.monitors.map((each) => each.node)).not.toContain(node);
      const forbidden = await placed(twins, "--monitors", "9", "--forbid", node);
      expect(forbidden.monitors.map((each) => each.node)).not.toContain(node);
    }
  });

  it("ends a search at its time limit, and says so", async () => {
    const argv = [file("stars.gml"), "--monitors", "3", "--method", "brute", "--time-limit", "0"];
    const result = await placed(...argv);
    expect(result).toMatchObject({ cutShort: "time limit", optimal: false });
    expect(result.bound).toBeGreaterThanOrEqual(result.observed);
    expect((await run("place", ...argv)).stdout).toContain("The time limit ended the search");
  });

  it("works on traceroutes", async () => {
    const result = await placed(file("routes.txt"), "--routes", "--monitors", "2");
    expect(result).toMatchObject({ accessNodes: 3, candidates: 3, rate: 4, unconnectedPairs: 2 });
    expect(result.monitors.map(({ node }) => node)).toEqual(["r1", "r2"]);
    expect(result).toMatchObject({ observed: 0.75, twoWay: 0.5 });
    const both = await placed(file("routes.txt"), "--routes", "--monitors", "2", "--method", "two-way");
    expect(both.twoWay).toBeGreaterThanOrEqual(0.5);
    const shown = await run("place", file("routes.txt"), "--routes", "--monitors", "2");
    expect(shown.stdout).toContain("in both directions");
    expect(shown.stderr).toContain("note: 4 traceroutes");
  });

  it("compares methods, in text, JSON and CSV", async () => {
    const argv = [file("line.txt"), "--monitors", "1", "--compare"];
    const result = await placed(...argv);
    expect(result.comparison?.map(({ method }) => method)).toEqual([...METHODS]);
    const { stdout } = await run("place", ...argv);
    expect(stdout).toContain("Methods compared");
    const csv = (await run("place", ...argv, "--csv")).stdout.split("\r\n");
    expect(csv[0]).toBe("method,order,node,gain,observed,two_way,cost");
    expect(csv[1]).toMatch(/^greedy,1,b,0\.8333/);
    expect(csv).toHaveLength(METHODS.length + 2);
  });

  it("draws the network and the curve, the same each time", async () => {
    const [plot, curve] = [file("plot.svg"), file("curve.svg")];
    const drawings: string[] = [];
    for (const name of ["stars.gml", "stars.gml", "line.txt", "line.txt"]) {
      const { code, stderr } = await run("place", file(name), "--monitors", "2", "--plot", plot, "--curve", curve);
      expect(code).toBe(0);
      expect(stderr).toContain(`wrote ${plot}`);
      drawings.push(await readFile(plot, "utf8"));
    }
    expect(drawings[1]).toBe(drawings[0]);
    expect(drawings[3]).toBe(drawings[2]);
    const { document } = parseHTML(drawings[0]);
    expect(document.querySelectorAll("circle")).toHaveLength(7);
    expect(drawings[0]).not.toMatch(/NaN|Infinity|undefined|<script|href/);
    expect(drawings[2]).not.toMatch(/NaN|Infinity|undefined/);
    expect(drawings[0]).toContain("places from the file");
    expect(drawings[2]).toContain("places by forces");
    expect(await readFile(curve, "utf8")).toContain("Traffic observed as monitors are added");
    await Promise.all([plot, curve].map((each) => rm(each)));
  });
});

describe.skipIf(!hasSharedData)("netvantage place on real networks", () => {
  it("gives a placement for Zoo networks, by text, JSON and picture", async () => {
    const zoo = (name: string) => sharedPath("topologies", "zoo", `${name}.graphml`);
    const { code, stdout } = await run("place", zoo("Abilene"), "--monitors", "3");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 +Kansas City +46\.06 % +46\.06 %$/m);
    for (const name of ["Abilene", "Geant2012", "Psnc", "Uninett", "Psinet"]) {
      const plot = file("zoo.svg");
      const result = await run("place", zoo(name), "--monitors", "4", "--json", "--plot", plot);
      const { monitors, observed, bound } = placeResultSchema.parse(JSON.parse(result.stdout));
      expect(monitors).toHaveLength(4);
      expect(bound).toBeGreaterThanOrEqual(observed);
      expect(await readFile(plot, "utf8")).not.toMatch(/NaN|Infinity/);
      await rm(plot);
    }
  });

  it("takes the demands of an SNDlib file, unless told not to", async () => {
    const geant = sharedPath("topologies", "sndlib", "geant.xml");
    expect((await placed(geant, "--monitors", "2")).traffic).toBe("the file's demands");
    expect((await placed(geant, "--monitors", "2", "--demands", "none")).traffic).toBe("equal rates");
  });
});
