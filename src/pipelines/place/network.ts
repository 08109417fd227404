/** From a file, of a network or of traceroutes, to what placement works on. */
import { z } from "zod";
import { openFile } from "../../files/open-file.ts";
import type { Coordinates, Demand, NodeAttributes } from "../../formats/topology/network-file.ts";
import { openTopology } from "../../formats/topology/open-topology.ts";
import { readTraceroutes } from "../../formats/traceroute/open-traceroutes.ts";
import { readAliases } from "../../formats/traceroute/router-name.ts";
import { routesToNetwork, type TracedNetwork } from "../../formats/traceroute/routes-to-network.ts";
import type { Topology } from "../../network/topology.ts";
import type { Routes } from "../../placement/routes.ts";
import { NodeNames } from "./nodes.ts";

export const networkRequestSchema = z.strictObject({
  file: z.string(),
  /** Told by content if absent. */
  format: z.string().optional(),
  /** The edge attribute that holds lengths. */
  lengths: z.string().optional(),
  /** The file holds traceroutes. */
  routes: z.boolean(),
  /** Of traceroutes: a file of interfaces and their routers. */
  aliases: z.string().optional(),
});

export type NetworkRequest = Readonly<z.infer<typeof networkRequestSchema>>;

export interface LoadedNetwork {
  readonly format: string;
  readonly topology: Topology;
  readonly names: NodeNames;
  readonly attributes: readonly NodeAttributes[];
  readonly coordinates: Coordinates | undefined;
  readonly demands: readonly Demand[] | undefined;
  /** Of traceroutes. */
  readonly routes: Routes | undefined;
  readonly notes: readonly string[];
}

/** @throws InputError for a file that is no such thing */
export async function loadNetwork(request: NetworkRequest): Promise<LoadedNetwork> {
  const { file, format, lengths } = request;
  if (request.routes) return loadRoutes(request);
  const read = await openTopology(openFile(file), { name: file, format, lengths });
  return { ...read, names: new NodeNames(read.topology.names, read.labels), routes: undefined };
}

async function loadRoutes({ file, format, aliases }: NetworkRequest): Promise<LoadedNetwork> {
  const routers = aliases === undefined ? undefined : await readAliases(openFile(aliases), { name: aliases });
  const { routes: traces, tally } = await readTraceroutes(openFile(file), { name: file, format, aliases: routers });
  const traced = routesToNetwork(traces);
  const { topology } = traced;
  const count = (value: number, what: string): string[] => (value > 0 ? [`${value} ${what}`] : []);
  return {
    format: tally.format,
    topology,
    names: new NodeNames(topology.names, topology.names),
    attributes: topology.names.map(() => ({})),
    coordinates: undefined,
    demands: undefined,
    routes: routesOf(traced),
    notes: [
      `${tally.traces} traceroutes, ${tally.complete} of them reached their destination`,
      ...count(tally.silentHops, "hops did not answer"),
      ...count(tally.loops, "traces cut at a loop"),
      ...count(tally.skipped, "records skipped"),
      ...traced.notes,
      ...tally.warnings,
    ],
  };
}

/** Relays, the nodes at which no route starts or ends, are the candidates. */
function routesOf({ topology, routes, accessNodes }: TracedNetwork): Routes {
  const ends = new Set(accessNodes);
  const offsets = new Uint32Array(routes.length + 1);
  routes.forEach(({ nodes }, route) => {
    offsets[route + 1] = offsets[route] + nodes.length;
  });
  const all = new Uint32Array(offsets[routes.length]);
  routes.forEach(({ nodes }, route) => {
    all.set(nodes, offsets[route]);
  });
  return {
    names: topology.names,
    access: accessNodes,
    candidates: Uint32Array.from(topology.names, (_, node) => node).filter((node) => !ends.has(node)),
    offsets,
    nodes: all,
    rates: undefined,
  };
}
