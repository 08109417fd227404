// The trial on a network of the Topology Zoo.
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { defineTrial } from "../../engine/define.ts";
import { openTopology } from "../../formats/topology/open-topology.ts";
import type { Method } from "../../placement/methods.ts";
import { networkRoutes, placeMonitors } from "../../placement/place-monitors.ts";
import { placeOnRoutes } from "../../placement/place-on-routes.ts";
import type { Placement } from "../../placement/placement.ts";

export const PATH_METHODS = ["kmax", "degree", "betweenness", "greedy"] as const satisfies readonly Method[];
export const TWO_WAY_METHODS = ["kmax", "greedy", "bidirectional", "two-way"] as const;

/** Every method on one network; every node is both an end of traffic and a candidate. */
export const placeInZoo = defineTrial(import.meta.url, "zoo", {
  parameters: z.strictObject({
    file: z.string(),
    /** Ascending. */
    monitors: z.array(z.int().positive()),
    /** Larger networks are left out; null: none is. */
    nodes: z.int().positive().nullable(),
    /** Of the exact search: sets looked at, times nodes. */
    budget: z.int().positive(),
  }),
  result: z.object({
    nodes: z.int(),
    /** Empty where the network is left out, or has fewer than two nodes a monitor at every number of monitors. */
    rows: z.array(
      z.object({
        monitors: z.int(),
        /** In percent, by PATH_METHODS. */
        observed: z.array(z.number()).length(PATH_METHODS.length),
        /** Of `exact`, in percent: what was found, and whether it is proven. */
        exact: z.number(),
        proven: z.boolean(),
        /** One route per pair, in percent, by TWO_WAY_METHODS: pairs seen in both directions. */
        twoWay: z.array(z.number()).length(TWO_WAY_METHODS.length),
      }),
    ),
  }),
  reads: ({ file }) => [file],
  run: async ({ file, monitors, nodes, budget }) => {
    const { topology } = await openTopology(createReadStream(file), { name: basename(file) });
    const size = topology.names.length;
    const counts = monitors.filter((count) => size >= 2 * count);
    if (counts.length === 0 || topology.neighbours.length === 0 || (nodes !== null && size > nodes)) {
      return { nodes: size, rows: [] };
    }
    const nodeBudget = Math.max(1, Math.floor(budget / size));
    const most = counts[counts.length - 1];
    const paths = PATH_METHODS.map((method) => placeMonitors(topology, { method, monitors: most }));
    const routes = networkRoutes(topology, {});
    const both = TWO_WAY_METHODS.map((method) => placeOnRoutes(routes, { method, monitors: most }));
    return {
      nodes: size,
      rows: counts.map((count) => {
        const exact = placeMonitors(topology, { method: "exact", monitors: count, nodeBudget });
        return {
          monitors: count,
          observed: paths.map((placement) => after(placement, count).observed),
          exact: 100 * exact.observed,
          proven: exact.optimal,
          twoWay: both.map((placement) => after(placement, count).twoWay),
        };
      }),
    };
  },
});

/** In percent; a method that stopped early sees no more with further monitors. */
function after({ monitors }: Placement, count: number): { observed: number; twoWay: number } {
  const { observed, twoWay = 0 } = monitors[Math.min(count, monitors.length) - 1];
  return { observed: 100 * observed, twoWay: 100 * twoWay };
}
