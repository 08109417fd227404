// The networks that were fitted to Fig. 3, from data/topologies. The drawing of Fig. 2 is lost.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { buildTopology } from "../../network/build-topology.ts";
import type { Topology } from "../../network/topology.ts";

export const FITTED_NETWORKS = ["fitted rates", "equal rates"] as const;
export type FittedName = (typeof FITTED_NETWORKS)[number];

const network = z.strictObject({
  relayEdges: z.array(z.tuple([z.int(), z.int()])),
  /** An access node -> the relays that it hangs on. */
  accessHomes: z.record(z.string(), z.array(z.int())),
  rates: z.record(z.string(), z.number().positive()),
});

const fileSchema = z.strictObject({
  label: z.string(),
  paper: z.string(),
  relays: z.array(z.int()),
  accessNodes: z.array(z.int()),
  networks: z.strictObject({ "fitted rates": network, "equal rates": network }),
});

export interface FittedNetwork {
  readonly topology: Topology;
  readonly access: readonly number[];
  /** r(x,*), beside access. */
  readonly rates: readonly number[];
}

export const FITTED_FILE = fileURLToPath(
  new URL("../../../data/topologies/tang-daniels-fig2-fitted.json", import.meta.url),
);

/** A node's index is its number in the figure: relays are 0 to 9. */
export function loadFitted(name: FittedName): FittedNetwork {
  const { relays, accessNodes, networks } = fileSchema.parse(JSON.parse(readFileSync(FITTED_FILE, "utf8")));
  const { relayEdges, accessHomes, rates } = networks[name];
  const homes = Object.entries(accessHomes).flatMap(([node, at]) => at.flatMap((relay) => [Number(node), relay]));
  const names = [...relays, ...accessNodes].map(String);
  return {
    topology: buildTopology(names, [...relayEdges.flat(), ...homes]),
    access: accessNodes,
    rates: accessNodes.map((node) => rates[node]),
  };
}
