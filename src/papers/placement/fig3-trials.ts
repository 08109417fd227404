// The function that the task of Fig. 3 names.
import { z } from "zod";
import type { TaskFunction } from "../../engine/task.ts";
import { placeMonitors } from "../../placement/place-monitors.ts";
import type { Method } from "../../placement/placement.ts";
import { FITTED_NETWORKS, type FittedName, loadFitted } from "./fitted.ts";

export const fittedParameters = z.strictObject({
  network: z.enum(FITTED_NETWORKS),
  monitors: z.array(z.int().positive()),
  shares: z.array(z.number().positive()),
});

export interface FittedRow {
  readonly monitors: number;
  readonly method: string;
  /** In the order of selection; of brute ascending. */
  readonly nodes: readonly number[];
  /** In percent. */
  readonly observed: number;
  /** The sum of the nodes' own attack observe rates, in percent. */
  readonly sum: number;
}

export interface FittedResult {
  readonly rows: readonly FittedRow[];
  readonly fewest: readonly { readonly share: number; readonly greedy: number; readonly exact: number }[];
}

const METHODS = ["kmax", "degree", "betweenness", "greedy", "brute"] as const satisfies readonly Method[];

/** Every method on a fitted network, and the fewest monitors for some shares. */
export const placeOnFitted: TaskFunction = (given): FittedResult => {
  const { network, monitors, shares } = fittedParameters.parse(given);
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
};

/** Each relay's attack observe rate in percent of all: what it observes where it is the only monitor. */
function aloneOf(name: FittedName): number[] {
  const { topology, access, rates } = loadFitted(name);
  const relays = topology.names.map((_, node) => node).filter((node) => !access.includes(node));
  return relays.map((relay) => {
    const forbidden = relays.filter((node) => node !== relay);
    return 100 * placeMonitors(topology, { method: "kmax", access, rates, monitors: 1, forbidden }).observed;
  });
}
