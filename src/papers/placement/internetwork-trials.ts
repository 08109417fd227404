// The trials on synthetic internetworks; internetwork-tasks.ts plans them.
import { z } from "zod";
import { defineTrial } from "../../engine/define.ts";
import { drawBelow, drawSubset, type Random, randomOf } from "../../numbers/random.ts";
import { deriveSeed, type Seed } from "../../numbers/seed.ts";
import type { Monitor } from "../../placement/outcome.ts";
import { placeOnRoutes } from "../../placement/place-on-routes.ts";
import type { Placement } from "../../placement/placement.ts";
import type { Routes } from "../../placement/routes.ts";
import { simulateTraceback } from "../../placement/simulate-traceback.ts";
import { drawInternetwork } from "./internetwork.ts";
import { ROUTE_COMPARISON } from "./methods.ts";
import { traceRoutes } from "./traceroutes.ts";
import { VARIANTS, type VariantName, variantName } from "./variants.ts";

const trial = { seed: z.string(), trial: z.int().nonnegative() };

/** In percent, after 1, 2, ... monitors. */
const curve = z.object({ observed: z.array(z.number()), twoWay: z.array(z.number()) });

/** Every method's monitors on all routes of one internetwork. */
export const compareOnInternetwork = defineTrial(import.meta.url, "comparison", {
  parameters: z.strictObject({ ...trial, variant: variantName, monitors: z.int().positive() }),
  result: z.object({
    accessNodes: z.int(),
    relays: z.int(),
    /** Routers or interfaces on a route, on average. */
    hops: z.number(),
    /** Mean number of relays that a route shares with its reverse. */
    shared: z.number(),
    /** One per method of ROUTE_COMPARISON. */
    curves: z.array(curve).length(ROUTE_COMPARISON.length),
  }),
  run: ({ seed, variant, monitors }, _, { report }) => {
    const routes = internetworkRoutes(variant, seed);
    return {
      accessNodes: routes.access.length,
      relays: routes.candidates.length,
      hops: routes.nodes.length / (routes.offsets.length - 1) - 2,
      shared: sharedRelays(routes),
      curves: ROUTE_COMPARISON.map((method, i) => {
        report(i, ROUTE_COMPARISON.length);
        return curveOf(placeOnRoutes(routes, { method, monitors }), monitors);
      }),
    };
  },
});

/** The routes between all hosts, or between some drawn ones, of the internetwork that a seed gives. */
export function internetworkRoutes(variant: VariantName, seed: Seed, sites?: number): Routes {
  const network = drawInternetwork(VARIANTS[variant], deriveSeed(0, "internetwork", { seed }, 0));
  const random = randomOf(deriveSeed(0, "routes", { seed }, 0));
  const { hosts } = network.parameters;
  return traceRoutes(network, drawSubset(random, hosts, sites ?? hosts), random);
}

/** A method that stopped early sees no more with further monitors. */
function curveOf({ monitors }: Placement, length: number): z.infer<typeof curve> {
  const at = (i: number): Monitor => monitors[Math.min(i, monitors.length - 1)];
  const places = Array.from({ length }, (_, i) => at(i));
  return {
    observed: places.map(({ observed }) => 100 * observed),
    twoWay: places.map(({ twoWay }) => 100 * (twoWay ?? 0)),
  };
}

/** Mean over ordered pairs: nodes, the ends left out, that are on the route and on its reverse. */
export function sharedRelays({ names, offsets, nodes }: Routes): number {
  const count = offsets.length - 1;
  const routes = Array.from({ length: count }, (_, i) => nodes.subarray(offsets[i], offsets[i + 1]));
  const pair = (a: number, b: number) => a * names.length + b;
  const relays = new Map(routes.map((route) => [pair(route[0], route[route.length - 1]), new Set(route.slice(1, -1))]));
  const shared = routes.map((route) => {
    const back = relays.get(pair(route[route.length - 1], route[0]));
    return route.slice(1, -1).reduce((sum, node) => sum + (back?.has(node) ? 1 : 0), 0);
  });
  return shared.reduce((sum, each) => sum + each, 0) / count;
}

const SITE_METHODS = ["kmax", "degree", "brute", "bidirectional"] as const;

/** Fig. 6: some sites drawn from an internetwork of their own. */
export const compareOnSites = defineTrial(import.meta.url, "sites", {
  parameters: z.strictObject({ ...trial, sites: z.int().positive(), monitors: z.int().positive() }),
  result: z.object({
    relays: z.int(),
    /** In percent: routes seen, and pairs seen in both directions. */
    results: z.array(z.object({ method: z.string(), observed: z.number(), twoWay: z.number() })),
  }),
  run: ({ seed, sites, monitors }) => {
    const routes = internetworkRoutes("amp", seed, sites);
    return {
      relays: routes.candidates.length,
      results: SITE_METHODS.map((method) => {
        const { observed, twoWay = 0 } = placeOnRoutes(routes, { method, monitors });
        return { method, observed: 100 * observed, twoWay: 100 * twoWay };
      }),
    };
  },
});

/** Section V: attack chains over random access nodes, traced back by flooding. */
export const traceChains = defineTrial(import.meta.url, "traceback", {
  parameters: z.strictObject({
    ...trial,
    monitors: z.int().positive(),
    chains: z.int().positive(),
    /** Access nodes of a chain. */
    length: z.int().min(2),
  }),
  result: z.object({
    /** One per method of ROUTE_COMPARISON; means over the chains. */
    results: z.array(
      z.object({
        rounds: z.number(),
        messages: z.number(),
        /** In percent: monitors reached, the chain's links with a monitor on their route, and those that were found. */
        reached: z.number(),
        observed: z.number(),
        found: z.number(),
      }),
    ),
  }),
  run: ({ seed, monitors, chains, length }, _, { report }) => {
    const routes = internetworkRoutes("amp", seed);
    const random = randomOf(deriveSeed(0, "chains", { seed }, 0));
    const drawn = Array.from({ length: chains }, () => drawChain(random, routes.access, length));
    return {
      results: ROUTE_COMPARISON.map((method, i) => {
        report(i, ROUTE_COMPARISON.length);
        const placed = placeOnRoutes(routes, { method, monitors }).monitors.map(({ node }) => node);
        const traced = drawn.map((chain) => simulateTraceback({ routes, monitors: placed }, chain));
        const average = (value: (each: (typeof traced)[number]) => number) =>
          traced.reduce((sum, each) => sum + value(each), 0) / chains;
        const links = length - 1;
        return {
          rounds: average((each) => each.rounds),
          messages: average((each) => each.messages),
          reached: average((each) => (100 * each.reached) / each.monitors),
          observed: (100 * average((each) => observedLinks(routes, placed, each.links))) / links,
          found: (100 * average((each) => each.found)) / links,
        };
      }),
    };
  },
});

function observedLinks(
  { names, offsets, nodes }: Routes,
  monitors: readonly number[],
  links: readonly { readonly from: number; readonly to: number }[],
): number {
  const wanted = new Set(links.map(({ from, to }) => from * names.length + to));
  const at = new Set(monitors);
  let seen = 0;
  for (let route = 0; route + 1 < offsets.length; route++) {
    const on = nodes.subarray(offsets[route], offsets[route + 1]);
    if (wanted.has(on[0] * names.length + on[on.length - 1]) && on.some((node) => at.has(node))) seen += 1;
  }
  return seen;
}

/** Access nodes, each other than the one before; no link stands twice. */
function drawChain(random: Random, access: Uint32Array, length: number): number[] {
  const places = drawSubset(random, access.length, length);
  for (let i = length - 1; i > 0; i--) {
    const j = drawBelow(random, i + 1);
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places.map((place) => access[place]);
}
