// The synthetic internetwork that stands in for the AMP data set of NLANR, which is gone (specs/placement.md).

import { exp, log } from "../../numbers/math.ts";
import { drawBelow, drawNormal, drawWeighted, type Random, randomOf } from "../../numbers/random.ts";
import type { Seed } from "../../numbers/seed.ts";

/** What an internetwork is drawn from. */
export interface InternetworkParameters {
  /** Measured sites, one host and one campus each. */
  readonly hosts: number;
  /** Routers of each point of presence of the first backbone; all of one are linked pairwise. */
  readonly corePops: readonly number[];
  /** Links between two points of presence, each between routers drawn evenly. */
  readonly coreLinks: number;
  /** Regional aggregation points, each attached to both backbones; a campus chooses the i-th in proportion to i ** -gigapopSkew. */
  readonly gigapops: number;
  readonly gigapopSkew: number;
  /** Routers between a host and its gigapop, host by host in turn. */
  readonly chainLengths: readonly number[];
  /** Base costs of links: within a point of presence, between two, from a gigapop to the first backbone, and to the second. */
  readonly baseCosts: { readonly pop: number; readonly core: number; readonly first: number; readonly second: number };
  /** A directed link's cost is base * exp(costSigma * N(0, 1)). */
  readonly costSigma: number;
  /** Whether both directions of a link have one cost: the ablation of route asymmetry. */
  readonly symmetricCosts: boolean;
  /** What a relay node of the map is: the interface that a packet came in by, as traceroute shows, or the router. */
  readonly relays: "interfaces" | "routers";
  /** Chance that a hop of a route comes in by a link's second interface, by the kind of link. */
  readonly alternates: { readonly core: number; readonly edge: number; readonly campus: number };
}

/** The stand-in for AMP. The constants were tuned on Fig. 7, on seeds that no experiment uses (docs/experiments/placement.md). */
export const AMP: InternetworkParameters = {
  hosts: 105,
  corePops: [6, 3, 2],
  coreLinks: 1,
  gigapops: 29,
  gigapopSkew: 0.3,
  chainLengths: [1, 2, 3],
  baseCosts: { pop: 1, core: 2, first: 1, second: 1.4 },
  costSigma: 0.69,
  symmetricCosts: false,
  relays: "interfaces",
  alternates: { core: 0.058, edge: 0.4 * 0.058, campus: 0.031 },
};

type LinkKind = "core" | "edge" | "campus";

/** A router-level network: routers are numbered, directed links are numbered too. */
export interface Internetwork {
  readonly parameters: InternetworkParameters;
  readonly routers: number;
  /** Of the routers, the first so many are backbone points of presence and gigapops. */
  readonly backbone: number;
  /** Each host's routers, from the host to its gigapop, which is the last. */
  readonly chains: readonly (readonly number[])[];
  /** A backbone link's cost, at [from * backbone + to]; Infinity where there is none. */
  readonly costs: Float64Array;
  /** Its kind, at the same place. */
  readonly kinds: readonly (LinkKind | undefined)[];
  /** The next backbone router on the way to a gigapop, at [from * backbone + gigapop]. */
  readonly next: Int32Array;
}

/** Draws an internetwork. O(backbone^3) */
export function drawInternetwork(parameters: InternetworkParameters, seed: Seed): Internetwork {
  const random = randomOf(seed);
  const { hosts, corePops, gigapops } = parameters;
  const firstGigapop = total(corePops) + 1;
  const backbone = firstGigapop + gigapops;
  const links = drawBackbone(parameters, random);
  const sizes = zipf(gigapops, parameters.gigapopSkew);
  let routers = backbone;
  const chains = Array.from({ length: hosts }, (_, host) => {
    const chain = Array.from(
      { length: parameters.chainLengths[host % parameters.chainLengths.length] },
      () => routers++,
    );
    return [...chain, firstGigapop + drawWeighted(random, sizes)];
  });
  const next = new Int32Array(backbone * backbone).fill(-1);
  for (let to = firstGigapop; to < backbone; to++) routeTowards(to, backbone, links.costs, next);
  return { parameters, routers, backbone, chains, ...links, next };
}

/** 1, 2 ** -skew, 3 ** -skew, ... */
function zipf(n: number, skew: number): number[] {
  return Array.from({ length: n }, (_, i) => exp(-skew * log(i + 1)));
}

/** Points of presence first, then the second backbone, which is one router, then the gigapops. */
function drawBackbone(parameters: InternetworkParameters, random: Random) {
  const { corePops, coreLinks, gigapops, baseCosts } = parameters;
  const second = total(corePops);
  const backbone = second + 1 + gigapops;
  const costs = new Float64Array(backbone * backbone).fill(Number.POSITIVE_INFINITY);
  const kinds = new Array<LinkKind | undefined>(backbone * backbone).fill(undefined);
  const link = (a: number, b: number, kind: LinkKind, base: number) => {
    const [there, back] = [drawCost(parameters, base, random), drawCost(parameters, base, random)];
    costs[a * backbone + b] = there;
    costs[b * backbone + a] = parameters.symmetricCosts ? there : back;
    kinds[a * backbone + b] = kind;
    kinds[b * backbone + a] = kind;
  };
  const firsts = corePops.map((_, pop) => total(corePops.slice(0, pop)));
  const routerOf = (pop: number) => firsts[pop] + drawBelow(random, corePops[pop]);
  for (const [pop, routers] of corePops.entries()) {
    for (let a = firsts[pop]; a < firsts[pop] + routers; a++) {
      for (let b = a + 1; b < firsts[pop] + routers; b++) link(a, b, "core", baseCosts.pop);
    }
    for (let other = 0; other < pop; other++) {
      for (let i = 0; i < coreLinks; i++) link(routerOf(pop), routerOf(other), "core", baseCosts.core);
    }
  }
  for (let gigapop = second + 1; gigapop < backbone; gigapop++) {
    link(gigapop, drawBelow(random, second), "edge", baseCosts.first);
    link(gigapop, second, "edge", baseCosts.second);
  }
  return { costs, kinds };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function drawCost({ costSigma }: InternetworkParameters, base: number, random: Random): number {
  return base * exp(costSigma * drawNormal(random));
}

/** Dijkstra from the destination backwards, by scanning: every router's next hop towards `to`; ties to the lowest router. */
function routeTowards(to: number, n: number, costs: Float64Array, next: Int32Array): void {
  const distance = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const settled = new Uint8Array(n);
  distance[to] = 0;
  for (;;) {
    let nearest = -1;
    for (let v = 0; v < n; v++) {
      if (settled[v] === 0 && distance[v] < (nearest < 0 ? Number.POSITIVE_INFINITY : distance[nearest])) nearest = v;
    }
    if (nearest < 0) return;
    settled[nearest] = 1;
    for (let from = 0; from < n; from++) {
      const through = costs[from * n + nearest] + distance[nearest];
      if (settled[from] === 0 && through < distance[from]) {
        distance[from] = through;
        next[from * n + to] = nearest;
      }
    }
  }
}

/** The routers from one host to another, both hosts left out. */
export function routersBetween(network: Internetwork, from: number, to: number): number[] {
  const { chains, next, backbone } = network;
  const [up, down] = [chains[from], chains[to]];
  const path = [...up];
  const gigapop = down[down.length - 1];
  for (let at = up[up.length - 1]; at !== gigapop; ) {
    at = next[at * backbone + gigapop];
    path.push(at);
  }
  return [...path, ...down.slice(0, -1).reverse()];
}
