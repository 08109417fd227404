/** The methods of placement: what each is, where it works and what does it. Everything else that knows methods asks here. */
import type { Topology } from "../network/topology.ts";
import type { Traffic } from "../wasm/paths/paths.ts";
import type { Ends } from "./access.ts";
import { bidirectionalRule } from "./bidirectional.ts";
import { brute, bruteLooks } from "./brute.ts";
import { bruteTwoWay } from "./brute-two-way.ts";
import { choose } from "./choose.ts";
import { exact, exactLooks } from "./exact.ts";
import { greedy } from "./greedy.ts";
import type { ResolvedLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import type { Found, Outcome } from "./outcome.ts";
import type { Steps } from "./parts.ts";
import { byBetweenness, degrees, kmax, ranked } from "./ranking.ts";
import { exactCover, greedyCover } from "./route-cover.ts";
import { type RouteIndex, routeDegrees } from "./route-index.ts";
import { type SamplingOptions, sampled } from "./sampled.ts";
import { mostMonitors, type SearchTrail } from "./search.ts";
import { twoWayRule } from "./two-way.ts";

/** Over all shortest paths. */
export interface PathQuestion {
  readonly topology: Topology;
  readonly objective: Objective;
  readonly limits: ResolvedLimits;
}

/** Over known routes. */
export interface RouteQuestion {
  readonly index: RouteIndex;
  readonly objective: Objective;
  readonly limits: ResolvedLimits;
  /** Of `brute`: what is to be most. */
  readonly aim: "observed" | "two-way";
}

interface MethodRow {
  readonly name: string;
  /** How it chooses, for --help. */
  readonly about: string;
  /** Whether monitors stand in the order chosen: the first ones are a placement too, and have a curve. */
  readonly ordered: boolean;
  /** Whether it proves its placement the best, if it is let finish. */
  readonly proves: boolean;
  /** Whether `nodeBudget` ends it. */
  readonly budgeted: boolean;
  /** Looks at sets of monitors that it takes at most, or about. */
  readonly looks: (limits: ResolvedLimits) => number;
  readonly onPaths?: (question: PathQuestion) => Steps<Found>;
  readonly onSamples?: (
    topology: Topology,
    ends: Ends,
    traffic: Traffic,
    limits: ResolvedLimits,
    options: SamplingOptions,
  ) => Steps<Outcome>;
  /** On a network of a method without the two above: one shortest route a pair. */
  readonly onRoutes?: (question: RouteQuestion) => Steps<Found>;
}

/** One look a monitor, and a few more. */
const oneEach = (limits: ResolvedLimits): number => mostMonitors(limits) + 3;

/** In the order that comparisons list them. */
const TABLE = [
  {
    name: "greedy",
    about: "the node that adds most, again and again",
    ordered: true,
    proves: false,
    budgeted: false,
    looks: oneEach,
    *onPaths({ objective, limits }) {
      const trail = yield* greedy(objective, limits);
      return { trail, guarantee: trail.guarantee };
    },
    *onRoutes({ index, limits }) {
      const trail = yield* greedyCover(index, limits);
      return { trail, guarantee: trail.guarantee };
    },
  },
  {
    name: "kmax",
    about: "the nodes that observe most by themselves",
    ordered: true,
    proves: false,
    budgeted: false,
    looks: oneEach,
    *onPaths({ objective, limits }) {
      return { trail: yield* kmax(objective, limits) };
    },
    *onRoutes({ objective, limits }) {
      return { trail: yield* kmax(objective, limits) };
    },
  },
  {
    name: "degree",
    about: "the nodes with most neighbours",
    ordered: true,
    proves: false,
    budgeted: false,
    looks: oneEach,
    *onPaths({ topology, objective, limits }) {
      return { trail: yield* ranked(objective, limits, degrees(topology)) };
    },
    *onRoutes({ index, objective, limits }) {
      return { trail: yield* ranked(objective, limits, routeDegrees(index.routes).degrees) };
    },
  },
  {
    name: "betweenness",
    about: "the nodes that most shortest paths pass",
    ordered: true,
    proves: false,
    budgeted: false,
    looks: oneEach,
    *onPaths({ objective, limits }) {
      return { trail: yield* byBetweenness(objective, limits) };
    },
  },
  {
    name: "brute",
    about: "the best of all sets, for small questions",
    ordered: false,
    proves: true,
    budgeted: false,
    looks: bruteLooks,
    *onPaths({ objective, limits }) {
      return asFound(yield* brute(objective, limits));
    },
    *onRoutes({ index, objective, limits, aim }) {
      if (aim === "observed") return asFound(yield* brute(objective, limits));
      const trail = yield* bruteTwoWay(index, objective, limits);
      return { trail, searched: trail.searched };
    },
  },
  {
    name: "exact",
    about: "the best, by branch and bound",
    ordered: false,
    proves: true,
    budgeted: true,
    looks: (limits) => oneEach(limits) + exactLooks(limits),
    *onPaths({ objective, limits }) {
      return asFound(yield* exact(objective, limits));
    },
    *onRoutes({ index, objective, limits }) {
      return asFound(yield* exactCover(index, objective, limits));
    },
  },
  {
    name: "bidirectional",
    about: "Algorithm 3 of Tang and Daniels, for both directions",
    ordered: true,
    proves: false,
    budgeted: false,
    looks: oneEach,
    *onRoutes({ index, objective, limits }) {
      return { trail: yield* choose(objective, limits, bidirectionalRule(index, limits.placed)) };
    },
  },
  {
    name: "two-way",
    about: "most pairs observed in both directions",
    ordered: true,
    proves: false,
    budgeted: false,
    looks: oneEach,
    *onRoutes({ index, objective, limits }) {
      return { trail: yield* choose(objective, limits, twoWayRule(index, limits.placed)) };
    },
  },
  {
    name: "sampled",
    about: "greedy over sampled paths, for large networks",
    ordered: true,
    proves: false,
    budgeted: false,
    looks: () => 1,
    onSamples: sampled,
  },
] as const satisfies readonly MethodRow[];

function asFound({ searched, cutShort, proven, ...trail }: SearchTrail): Found {
  return { trail, searched, cutShort, proven };
}

type Row = (typeof TABLE)[number];
export type Method = (typeof TABLE)[number]["name"];
/** The methods that look at one directed route per ordered pair. */
export type RouteMethod = Extract<(typeof TABLE)[number], { readonly onRoutes: unknown }>["name"];

/** In the order that comparisons list them. */
export const METHODS: readonly Method[] = TABLE.map(({ name }) => name);
export const ROUTE_METHODS: readonly RouteMethod[] = TABLE.flatMap((row) => ("onRoutes" in row ? [row.name] : []));

/** All that is told of a method. */
export function methodRow<Name extends Method>(name: Name): Extract<Row, { readonly name: Name }> {
  const row = TABLE.find((each): each is Extract<Row, { readonly name: Name }> => each.name === name);
  if (row === undefined) throw new RangeError(`method is ${name}, expected one of ${METHODS.join(", ")}`);
  return row;
}

export function isRouteMethod(method: Method): method is RouteMethod {
  return ROUTE_METHODS.some((each) => each === method);
}
