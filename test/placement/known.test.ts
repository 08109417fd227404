import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openFile } from "../../src/files/open-file.ts";
import { openTopology } from "../../src/formats/topology/open-topology.ts";
import { buildTopology } from "../../src/network/build-topology.ts";
import type { Method } from "../../src/placement/methods.ts";
import { placeMonitors } from "../../src/placement/place-monitors.ts";
import { hasSharedData, sharedPath } from "../shared-data.ts";

const topologySchema = z.object({
  relayEdges: z.array(z.array(z.number())),
  accessHomes: z.record(z.string(), z.array(z.number())),
  rows: z.array(
    z.object({
      method: z.enum(["K-max", "Degree", "Betweenness", "Greedy"]),
      k: z.number(),
      paperSet: z.array(z.number()),
      ourSet: z.array(z.number()),
      paperPct: z.number(),
      ourPct: z.number(),
      pctOk: z.boolean(),
    }),
  ),
});
const fittedSchema = topologySchema.extend({
  rate: z.record(z.string(), z.number()),
  bruteForce: z.record(z.string(), z.tuple([z.number(), z.array(z.number())])),
  equalRateAlternative: topologySchema,
});
const groupSchema = z.record(
  z.string(),
  z
    .object({ observed_pairs_endpoints_included: z.tuple([z.number(), z.array(z.string())]) })
    .optional()
    .catch(undefined),
);

function readJson(...parts: readonly string[]): unknown {
  return JSON.parse(readFileSync(sharedPath(...parts), "utf8"));
}

const METHOD: Readonly<Record<string, Method>> = {
  "K-max": "kmax",
  Degree: "degree",
  Betweenness: "betweenness",
  Greedy: "greedy",
};

const ACCESS = [10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20];

function build({ relayEdges, accessHomes }: z.infer<typeof topologySchema>) {
  const homes = Object.entries(accessHomes).flatMap(([node, relays]) =>
    relays.flatMap((relay) => [Number(node), relay]),
  );
  const names = Array.from({ length: 21 }, (_, node) => String(node));
  return buildTopology(names, [...relayEdges.flat(), ...homes]);
}

describe.skipIf(!hasSharedData)("Tang and Daniels' figure 3 on the topology fitted to it", () => {
  const fitted = hasSharedData ? fittedSchema.parse(readJson("known", "tang-daniels-fig2-fitted.json")) : undefined;

  it("gives all 12 rows: sets, greedy's order, percentages", () => {
    expect(fitted?.rows).toHaveLength(12);
    if (fitted === undefined) return;
    const rates = ACCESS.map((node) => fitted.rate[node]);
    for (const row of fitted.rows) {
      const options = { monitors: row.k, access: ACCESS, rates, method: METHOD[row.method] };
      const { monitors, observed } = placeMonitors(build(fitted), options);
      const set = monitors.map(({ node }) => node);
      expect(set).toEqual(row.ourSet);
      expect([...set].sort()).toEqual([...row.paperSet].sort());
      expect(Math.round(100 * observed)).toBe(row.paperPct);
      expect(100 * observed).toBeCloseTo(row.ourPct, 3);
    }
    for (const [k, [percent, set]] of Object.entries(fitted.bruteForce)) {
      for (const method of ["brute", "exact"] as const) {
        const placement = placeMonitors(build(fitted), { monitors: Number(k), access: ACCESS, rates, method });
        expect(100 * placement.observed).toBeCloseTo(percent, 9);
        if (method === "brute") expect(placement.monitors.map(({ node }) => node)).toEqual(set);
      }
    }
  });

  it("gives 11 of 12 percentages under equal rates, on the other topology", () => {
    const other = fitted?.equalRateAlternative;
    if (other === undefined) return;
    const right = other.rows.filter((row) => {
      const { monitors, observed } = placeMonitors(build(other), {
        monitors: row.k,
        access: ACCESS,
        method: METHOD[row.method],
      });
      expect(monitors.map(({ node }) => node)).toEqual(row.ourSet);
      expect(100 * observed).toBeCloseTo(row.ourPct, 3);
      return Math.round(100 * observed) === row.paperPct;
    });
    expect(right).toHaveLength(11);
  });
});

describe.skipIf(!hasSharedData)("placements on Abilene", () => {
  it("are the best groups that enumeration found", async () => {
    const file = sharedPath("topologies", "zoo", "Abilene.graphml");
    const { topology } = await openTopology(openFile(file), { name: file });
    const known = z.record(z.string(), z.unknown()).parse(readJson("known", "betweenness.json"));
    const key = Object.keys(known).find((name) => name.includes("independent"));
    const groups = groupSchema.parse(known[key ?? ""]);
    expect(Object.keys(groups)).toEqual(["1", "2", "3", "4"]);
    for (const [k, group] of Object.entries(groups)) {
      const [pairs, names] = group?.observed_pairs_endpoints_included ?? [Number.NaN, []];
      for (const method of ["brute", "exact"] as const) {
        const { observed, rate } = placeMonitors(topology, { monitors: Number(k), method });
        expect(observed * 55).toBeCloseTo(pairs, 6);
        expect(rate).toBeCloseTo(11, 12);
      }
      const placed = names.map((name) => topology.names.indexOf(name));
      expect(placeMonitors(topology, { monitors: 0, placed }).observed * 55).toBeCloseTo(pairs, 6);
    }
    const ranked = placeMonitors(topology, { monitors: 7, method: "betweenness" }).monitors;
    expect(ranked.map(({ node }) => topology.names[node])).toEqual(["7", "10", "8", "9", "6", "5", "1"]);
  });
});
