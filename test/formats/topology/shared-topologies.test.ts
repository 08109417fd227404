import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openFile } from "../../../src/files/open-file.ts";
import type { NetworkFile } from "../../../src/formats/topology/network-file.ts";
import { openTopology } from "../../../src/formats/topology/open-topology.ts";
import { openDemands } from "../../../src/formats/topology/sndlib.ts";
import type { Topology } from "../../../src/network/topology.ts";
import { sharedPath } from "../../shared-data.ts";
import zoo from "./zoo-counts.json" with { type: "json" };

const hasTopologies = existsSync(sharedPath("topologies", "zoo"));
if (!hasTopologies) console.log("skipped: no topologies in ../shared/data (or NETVANTAGE_SHARED)");

function read(...parts: string[]): Promise<NetworkFile> {
  return openTopology(openFile(sharedPath("topologies", ...parts)), { name: parts.join("/") });
}

/** The number of components, and of nodes in the largest. */
function components({ names, offsets, neighbours }: Topology): [count: number, largest: number] {
  const seen = new Uint8Array(names.length);
  let count = 0;
  let largest = 0;
  for (let root = 0; root < names.length; root++) {
    if (seen[root] === 1) continue;
    count++;
    const reached = [root];
    seen[root] = 1;
    for (let at = 0; at < reached.length; at++) {
      for (const neighbour of neighbours.subarray(offsets[reached[at]], offsets[reached[at] + 1])) {
        if (seen[neighbour] === 0) reached.push(neighbour);
        seen[neighbour] = 1;
      }
    }
    largest = Math.max(largest, reached.length);
  }
  return [count, largest];
}

function counted(notes: readonly string[], what: string): number {
  return Number(
    notes.map((note) => new RegExp(`^(\\d+) ${what}`).exec(note)?.[1]).find((count) => count !== undefined) ?? 0,
  );
}

describe.skipIf(!hasTopologies)("the Topology Zoo", () => {
  it("is pinned, each of its 272 files", () => {
    expect(readdirSync(sharedPath("topologies", "zoo")).sort()).toEqual(Object.keys(zoo.files));
  });

  it("has the nodes, edges and components that another reader counts", async () => {
    let placed = 0;
    for (const [file, pin] of Object.entries(zoo.files)) {
      const { format, topology, labels, notes, coordinates } = await read("zoo", file);
      const found = [
        topology.names.length,
        topology.neighbours.length / 2,
        components(topology)[0],
        counted(notes, "self-loop"),
        counted(notes, "parallel edge"),
      ];
      expect(found, file).toEqual(pin);
      expect(format).toBe("graphml");
      expect(new Set(labels).size, file).toBe(labels.length);
      if (coordinates?.kind === "geographic") placed++;
    }
    expect(placed).toBeGreaterThan(250);
  });

  it("is the same in GML", async () => {
    const [gml, graphml] = [await read("gml", "Abilene.gml"), await read("zoo", "Abilene.graphml")];
    expect(gml.topology).toEqual(graphml.topology);
    expect(gml.labels).toEqual(graphml.labels);
    expect(gml.coordinates).toEqual(graphml.coordinates);
    const geant = await read("gml", "Geant.gml");
    expect([geant.topology.names.length, geant.topology.neighbours.length / 2]).toEqual([37, 55]);
  });
});

/** Nodes, edges, components, nodes of the largest of them. */
const counts: Readonly<Record<string, readonly [number, number, number?, number?]>> = {
  "brite/brite-router.brite": [10_000, 20_000],
  "brite/brite-topdown.brite": [1500, 3060],
  "metis/PGPgiantcompo.graph": [10_680, 24_316, 1, 10_680],
  "metis/jazz.graph": [198, 2742],
  "metis/power.graph": [4941, 6594],
  "rocketfuel/rocketfuel-1221.latencies.intra": [108, 153, 3],
  "rocketfuel/rocketfuel-1221.weights.intra": [108, 153, 3],
  "rocketfuel/rocketfuel-2914.r0.cch": [1013, 2832, 45, 960],
  "caida-as-rel.txt": [41_203, 121_309, 1, 41_203],
};

const sndlib: Readonly<Record<string, readonly [nodes: number, rows: number, edges: number, demands: number]>> = {
  abilene: [12, 15, 15, 132],
  atlanta: [15, 22, 22, 210],
  brain: [161, 332, 166, 14311],
  cost266: [37, 57, 57, 1332],
  "dfn-bwin": [10, 45, 45, 90],
  "dfn-gwin": [11, 47, 47, 110],
  "di-yuan": [11, 42, 42, 22],
  france: [25, 45, 45, 300],
  geant: [22, 36, 36, 462],
  giul39: [39, 172, 86, 1471],
  india35: [35, 80, 80, 595],
  "janos-us-ca": [39, 122, 61, 1482],
  "janos-us": [26, 84, 42, 650],
  newyork: [16, 49, 49, 240],
  "nobel-eu": [28, 41, 41, 378],
  "nobel-germany": [17, 26, 26, 121],
  "nobel-us": [14, 21, 21, 91],
  norway: [27, 51, 51, 702],
  pdh: [11, 34, 34, 24],
  polska: [12, 18, 18, 66],
  sun: [27, 102, 51, 67],
  ta1: [24, 55, 51, 396],
  zib54: [54, 81, 80, 1501],
};

describe.skipIf(!hasTopologies)("a shared topology", () => {
  it.each(Object.entries(counts))("%s has the nodes and edges of its description", async (file, [
    nodes,
    edges,
    ...parts
  ]) => {
    const { topology } = await read(...file.split("/"));
    expect([topology.names.length, topology.neighbours.length / 2]).toEqual([nodes, edges]);
    expect(components(topology).slice(0, parts.length)).toEqual(parts);
  });

  it("of Rocketfuel has a weight in both directions of each of its 153 links", async () => {
    const { topology, notes } = await read("rocketfuel", "rocketfuel-1221.weights.intra");
    expect(topology.lengths).toHaveLength(306);
    expect(notes).toEqual([]);
  });

  it("of SNDlib has the links and demands of its description", async () => {
    expect(
      Object.keys(sndlib)
        .map((name) => `${name}.xml`)
        .sort(),
    ).toEqual(
      readdirSync(sharedPath("topologies", "sndlib"))
        .filter((file) => file.endsWith(".xml"))
        .sort(),
    );
    for (const [name, [nodes, rows, edges, demands]] of Object.entries(sndlib)) {
      const network = await read("sndlib", `${name}.xml`);
      const further = counted(network.notes, "parallel edge") || rows - edges;
      expect(
        [
          network.topology.names.length,
          edges + further,
          network.topology.neighbours.length / 2,
          network.demands?.length,
        ],
        name,
      ).toEqual([nodes, rows, edges, demands]);
      expect(components(network.topology)[0], name).toBe(1);
    }
  });

  it.each([
    ["demandMatrix-abilene-zhang-5min-20040301-0000.xml", "abilene", 132, 2542],
    ["demandMatrix-abilene-zhang-5min-20040301-0035.xml", "abilene", 132, 2530],
    ["demandMatrix-abilene-zhang-5min-20040301-0110.xml", "abilene", 131, 2577],
    ["demandMatrix-geant-uhlig-15min-20050504-1500.xml", "geant", 0, 0],
    ["demandMatrix-geant-uhlig-15min-20050504-1645.xml", "geant", 445, 59522],
    ["demandMatrix-geant-uhlig-15min-20050504-1830.xml", "geant", 436, 54835],
  ])("has the demands of %s beside it", async (file, network, count, sum) => {
    const { topology } = await read("sndlib", `${network}.xml`);
    const { demands } = await openDemands(openFile(sharedPath("topologies", "sndlib", "demands", file)), {
      name: file,
      topology,
    });
    expect(demands).toHaveLength(count);
    expect(Math.round(demands.reduce((total, { value }) => total + value, 0))).toBe(sum);
  });
});
