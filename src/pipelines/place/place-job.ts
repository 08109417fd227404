/** The jobs behind `netvantage place` and `netvantage traceback`: file -> network -> placement -> result. */
import { replaceFile, requireWritable } from "../../files/replace-file.ts";
import { type Compared, compareMethods, compareOnRoutes } from "../../placement/compare.ts";
import { networkRoutes, placeMonitors } from "../../placement/place-monitors.ts";
import { placeOnRoutes } from "../../placement/place-on-routes.ts";
import type { Placement } from "../../placement/placement.ts";
import { simulateDirectSearch, simulateTraceback } from "../../placement/simulate-traceback.ts";
import { renderFigure } from "../../report/figure/figure.ts";
import { curveOf } from "./curve.ts";
import { type LoadedNetwork, loadNetwork, type NetworkRequest } from "./network.ts";
import type { NodeNames } from "./nodes.ts";
import { plotNetwork } from "./plot.ts";
import { isRouteMethod, type PlacementRequest, type Question, questionOf } from "./question.ts";
import {
  type ComparedResult,
  type MonitorResult,
  PLACEMENT_VERSION,
  type PlaceResult,
  type TracebackResult,
} from "./result.ts";

export interface PlaceJob {
  readonly network: NetworkRequest;
  readonly placement: PlacementRequest;
  /** Place by every method, too. */
  readonly compare: boolean;
  /** SVG files: the network with its monitors, and the observed share as monitors are added. */
  readonly plot?: string | undefined;
  readonly curve?: string | undefined;
}

/**
 * Places monitors; writes the plots once everything is known.
 * @throws InputError for files; RangeError and PlacementError for options that do not fit
 */
export async function runPlace(job: PlaceJob): Promise<PlaceResult> {
  for (const file of [job.plot, job.curve]) if (file !== undefined) await requireWritable(file);
  const network = await loadNetwork(job.network);
  const question = await questionOf(network, job.placement);
  const placement = place(network, question);
  const compared = job.compare ? compare(network, question) : undefined;
  const drawings: [file: string, svg: string][] = [];
  if (job.plot !== undefined) drawings.push([job.plot, plotNetwork(network, placement, job.network.file)]);
  if (job.curve !== undefined) {
    drawings.push([job.curve, renderFigure(curveOf(placement, compared, job.network.file))]);
  }
  for (const [file, svg] of drawings) await replaceFile(file, svg);
  return resultOf(job, network, question, placement, compared);
}

function place({ topology }: LoadedNetwork, { options, routes }: Question): Placement {
  if (routes === undefined) return placeMonitors(topology, options);
  const { method } = options;
  return placeOnRoutes(routes, {
    ...options,
    method: method !== undefined && isRouteMethod(method) ? method : "greedy",
  });
}

function compare({ topology }: LoadedNetwork, { options, routes }: Question): Compared[] {
  const { method, ...rest } = options;
  return routes === undefined ? compareMethods(topology, rest) : compareOnRoutes(routes, rest);
}

function resultOf(
  job: PlaceJob,
  network: LoadedNetwork,
  question: Question,
  placement: Placement,
  compared: readonly Compared[] | undefined,
): PlaceResult {
  const { nodes, edges, accessNodes, candidates, placedObserved, rate, unobservable } = placement;
  const { unconnectedPairs, unconnected } = placement;
  return {
    version: PLACEMENT_VERSION,
    file: job.network.file,
    format: network.format,
    nodes,
    edges,
    accessNodes,
    candidates,
    traffic: question.traffic,
    ...placementFields(placement, network.names, question),
    placed: placement.placed.map((node) => network.names.labels[node]),
    placedObserved,
    rate,
    unobservable,
    unconnectedPairs,
    unconnected,
    ...(compared !== undefined && {
      comparison: compared.map(
        (each): ComparedResult => ("reason" in each ? each : placementFields(each.placement, network.names, question)),
      ),
    }),
    notes: [...network.notes, ...question.notes],
  };
}

function placementFields(placement: Placement, names: NodeNames, { options: { costs } }: Question) {
  const { method, observed, twoWay, bound, optimal, guarantee, cost, stopped, leastMonitors, searched, sampling } =
    placement;
  return {
    method,
    monitors: placement.monitors.map((monitor): MonitorResult => {
      const { node } = monitor;
      return {
        node: names.labels[node],
        ...(names.labels[node] !== names.names[node] && { id: names.names[node] }),
        gain: monitor.gain,
        observed: monitor.observed,
        ...(costs !== undefined && { cost: costs[node] }),
        ...(monitor.twoWay !== undefined && { twoWay: monitor.twoWay }),
      };
    }),
    observed,
    ...(twoWay !== undefined && { twoWay }),
    bound,
    optimal,
    guarantee,
    cost,
    stopped,
    ...(leastMonitors !== undefined && { leastMonitors }),
    ...(searched !== undefined && { searched }),
    ...(sampling !== undefined && { sampling }),
  };
}

export interface TracebackJob {
  readonly network: NetworkRequest;
  /** How monitors are placed, unless `at` lists them. */
  readonly placement: PlacementRequest;
  readonly at?: string | undefined;
  /** Lists of nodes. */
  readonly chain: string;
  readonly start?: string | undefined;
  readonly falseNegative?: number | undefined;
  readonly falsePositive?: number | undefined;
}

/** @throws InputError for files; RangeError and PlacementError for options that do not fit */
export async function runTraceback(job: TracebackJob): Promise<TracebackResult> {
  const network = await loadNetwork(job.network);
  const question = await questionOf(network, job.placement);
  const { names, topology } = network;
  const routes = question.routes ?? networkRoutes(topology, question.options);
  const monitors = job.at === undefined ? chosen(place(network, question)) : names.parseList(job.at, "--at");
  const chain = names.parseList(job.chain, "--chain");
  const start = job.start === undefined ? undefined : onlyOne(names.parseList(job.start, "--start"));
  const { falseNegative, falsePositive } = job;
  const correlation = { falseNegative, falsePositive, seed: job.placement.seed };
  const traced = simulateTraceback({ routes, monitors }, chain, { ...correlation, start });
  const direct = simulateDirectSearch(routes, chain, correlation);
  const label = (node: number): string => names.labels[node];
  return {
    version: PLACEMENT_VERSION,
    file: job.network.file,
    monitors: monitors.map(label),
    start: traced.start === undefined ? null : label(traced.start),
    reached: traced.reached,
    rounds: traced.rounds,
    messages: traced.messages,
    monitorLinks: traced.monitorLinks,
    links: traced.links.map(({ from, to, monitors: on, found, round }) => {
      return { from: label(from), to: label(to), monitors: on.map(label), found, round: round ?? null };
    }),
    found: traced.found,
    falseLinks: traced.falseLinks,
    directSearch: {
      visited: direct.visited.map(label),
      comparisons: direct.comparisons,
      found: direct.found,
      falseLinks: direct.falseLinks,
    },
    notes: [...network.notes, ...question.notes],
  };
}

function chosen({ placed, monitors }: Placement): number[] {
  return [...placed, ...monitors.map(({ node }) => node)];
}

function onlyOne(nodes: readonly number[]): number {
  if (nodes.length !== 1) throw new RangeError(`--start: ${nodes.length} nodes, expected one`);
  return nodes[0];
}
