// The trial of Fig. 3.
import { z } from "zod";
import { defineTrial } from "../../engine/define.ts";
import type { Method } from "../../placement/methods.ts";
import { placeMonitors } from "../../placement/place-monitors.ts";
import { FITTED_FILE, FITTED_NETWORKS, type FittedName, loadFitted } from "./fitted.ts";

const METHODS = ["kmax", "degree", "betweenness", "greedy", "brute"] as const satisfies readonly Method[];

/** Every method on a fitted network, and the fewest monitors for some shares. */
export const placeOnFitted = defineTrial(import.meta.url, "fitted", {
  parameters: z.strictObject({
    network: z.enum(FITTED_NETWORKS),
    monitors: z.array(z.int().positive()),
    shares: z.array(z.number().positive()),
  }),
  result: z.object({
    rows: z.array(
      z.object({
        monitors: z.int(),
        method: z.string(),
        /** In the order of selection; of brute ascending. */
        nodes: z.array(z.int()),
        /** In percent. */
        observed: z.number(),
        /** The sum of the nodes' own attack observe rates, in percent. */
        sum: z.number(),
      }),
    ),
    fewest: z.array(z.object({ share: z.number(), greedy: z.int(), exact: z.int() })),
  }),
  reads: () => [FITTED_FILE],
  run: ({ network, monitors, shares }) => {
    const { topology, access, rates } = loadFitted(network);
    const place = (method: Method, limit: { monitors: number } | { coverage: number }) =>
      placeMonitors(topology, { method, access, rates, ...limit });
    const alone = aloneOf(network);
    return {
      rows: monitors.flatMap((count) =>
        METHODS.map((method) => {
          const placed = place(method, { monitors: count });
          const nodes = placed.monitors.map(({ node }) => node);
          const sum = nodes.reduce((total, node) => total + alone[node], 0);
          return { monitors: count, method, nodes, observed: 100 * placed.observed, sum };
        }),
      ),
      fewest: shares.map((share) => ({
        share,
        greedy: place("greedy", { coverage: share / 100 }).monitors.length,
        exact: place("exact", { coverage: share / 100 }).monitors.length,
      })),
    };
  },
});

/** Each relay's attack observe rate in percent of all: what it observes where it is the only monitor. */
function aloneOf(name: FittedName): number[] {
  const { topology, access, rates } = loadFitted(name);
  const relays = topology.names.map((_, node) => node).filter((node) => !access.includes(node));
  return relays.map((relay) => {
    const forbidden = relays.filter((node) => node !== relay);
    return 100 * placeMonitors(topology, { method: "kmax", access, rates, monitors: 1, forbidden }).observed;
  });
}
