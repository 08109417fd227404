/** The job behind `netvantage place`: file -> network -> placement -> result. */
import { replaceFile, requireWritable } from "../../files/replace-file.ts";
import { type Compared, compareMethods, compareOnRoutes } from "../../placement/compare.ts";
import { isRouteMethod } from "../../placement/methods.ts";
import { placeMonitors } from "../../placement/place-monitors.ts";
import { placeOnRoutes } from "../../placement/place-on-routes.ts";
import type { Placement } from "../../placement/placement.ts";
import { renderFigure } from "../../report/figure/figure.ts";
import { curveOf } from "./curve.ts";
import { type LoadedNetwork, loadNetwork, type NetworkRequest } from "./network.ts";
import type { NodeNames } from "./nodes.ts";
import { plotNetwork } from "./plot.ts";
import { type PlacementRequest, type Question, questionOf } from "./question.ts";
import { type ComparedResult, type MonitorResult, PLACEMENT_VERSION, type PlaceResult } from "./result.ts";

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

/** The placement that a question asks for. */
export function place({ topology }: LoadedNetwork, { options, routes }: Question): Placement {
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

function placementFields(placement: Placement, names: NodeNames, question: Question) {
  const { costs } = question.options;
  const {
    method,
    observed,
    twoWay,
    bound,
    optimal,
    guarantee,
    cost,
    stopped,
    leastMonitors,
    searched,
    cutShort,
    sampling,
  } = placement;
  return {
    method,
    monitors: placement.monitors.map((monitor): MonitorResult => {
      const { node } = monitor;
      return {
        node: names.labels[node],
        ...(names.labels[node] !== names.names[node] && { id: names.names[node] }),
        gain: monitor.gain,
        observed: monitor.observed,
        ...(costs !== undefined && costFields(costs[node], question.costTexts?.[node])),
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
    ...(cutShort !== undefined && { cutShort }),
    ...(sampling !== undefined && { sampling }),
  };
}

function costFields(cost: number, text = String(cost)) {
  return { cost, ...(text !== String(cost) && { costText: text }) };
}
