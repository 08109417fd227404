/** The job behind `netvantage place`: file -> network -> placement -> result. */
import { replaceFile, requireWritable } from "../../files/replace-file.ts";
import type { Compared } from "../../placement/compare.ts";
import { DEFAULT_NODE_BUDGET } from "../../placement/limits.ts";
import { METHODS, type Method, methodRow, ROUTE_METHODS } from "../../placement/methods.ts";
import type { Placement } from "../../placement/placement.ts";
import { PlacementError } from "../../placement/placement-error.ts";
import { renderFigure } from "../../report/figure/figure.ts";
import { count, grouped } from "../../text/numbers.ts";
import type { Asked } from "./asked.ts";
import { curveOf } from "./curve.ts";
import type { NetworkRequest } from "./network.ts";
import type { NodeNames } from "./nodes.ts";
import { plotNetwork } from "./plot.ts";
import type { PlacementRequest, Question } from "./question.ts";
import { type ComparedResult, type MonitorResult, PLACEMENT_VERSION, type PlaceResult } from "./result.ts";
import { methodSeconds, openRunner, type Runner, type RunOptions } from "./runner.ts";

export interface PlaceJob extends RunOptions {
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
 * @throws InputError for files; RangeError and PlacementError for options that do not fit; the signal's reason
 */
export async function runPlace(job: PlaceJob): Promise<PlaceResult> {
  for (const file of [job.plot, job.curve]) if (file !== undefined) await requireWritable(file);
  const runner = await openRunner({ network: job.network, placement: job.placement }, job);
  try {
    const { asked } = runner;
    const placement = await runner.place(asked.question.options.method ?? "greedy");
    const compared = job.compare ? await compare(runner) : undefined;
    job.signal?.throwIfAborted();
    const drawings: [file: string, svg: string][] = [];
    if (job.plot !== undefined) drawings.push([job.plot, plotNetwork(asked, placement, job.network.file)]);
    if (job.curve !== undefined) {
      drawings.push([job.curve, renderFigure(curveOf(placement, compared, job.network.file))]);
    }
    for (const [file, svg] of drawings) await replaceFile(file, svg);
    return resultOf(job, asked, placement, compared);
  } finally {
    await runner.close();
  }
}

/** What a comparison does not wait for, in seconds of one core. */
const MOST_SECONDS = 60;

/** Every method that takes no more than about a minute, by the size of the question. */
async function compare(runner: Runner): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const method of runner.asked.question.routes === undefined ? METHODS : ROUTE_METHODS) {
    compared.push(await attempt(runner, method));
  }
  return compared;
}

async function attempt(runner: Runner, method: Method): Promise<Compared> {
  const { asked } = runner;
  const { nodeBudget = DEFAULT_NODE_BUDGET, timeLimit = Number.POSITIVE_INFINITY } = asked.question.options;
  const row = methodRow(method);
  const leftOut = (what: string) => ({
    method,
    reason: `${what}, more than a minute: --method ${method} waits for it`,
  });
  try {
    const seconds = Math.min(methodSeconds(asked, method), row.proves ? timeLimit : Number.POSITIVE_INFINITY);
    // A look comes before all else, a search's refusal too, and greedy before exact.
    const least = "onSamples" in row ? seconds : methodSeconds(asked, "greedy");
    if (least > MOST_SECONDS) return leftOut(`would take ${roughTime(least)} or more`);
    if (seconds <= MOST_SECONDS || seconds === Number.POSITIVE_INFINITY) {
      return { method, placement: await runner.place(method) };
    }
    if (!row.budgeted) return leftOut(`would take about ${roughTime(seconds)}`);
    const affordable = Math.max(1, Math.floor((nodeBudget * MOST_SECONDS) / seconds));
    const placement = await runner.place(method, affordable);
    if (placement.cutShort === undefined) return { method, placement };
    return leftOut(`did not end within ${count(affordable, "set")} and may take about ${roughTime(seconds)}`);
  } catch (error) {
    if (!(error instanceof PlacementError)) throw error;
    return { method, reason: error.message };
  }
}

function roughTime(seconds: number): string {
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : `${grouped(Math.ceil(seconds / 3600))} h`;
}

function resultOf(
  job: PlaceJob,
  { format, names, question, notes }: Asked,
  placement: Placement,
  compared: readonly Compared[] | undefined,
): PlaceResult {
  const { nodes, edges, accessNodes, candidates, placedObserved, rate, unobservable } = placement;
  const { unconnectedPairs, unconnected } = placement;
  return {
    version: PLACEMENT_VERSION,
    file: job.network.file,
    format,
    nodes,
    edges,
    accessNodes,
    candidates,
    traffic: question.traffic,
    ...placementFields(placement, names, question),
    placed: placement.placed.map((node) => names.labels[node]),
    placedObserved,
    rate,
    unobservable,
    unconnectedPairs,
    unconnected,
    comparison: compared?.map(
      (each): ComparedResult => ("reason" in each ? each : placementFields(each.placement, names, question)),
    ),
    notes: [...notes],
  };
}

/** What is told of each placement that is compared: all but what it was found on. */
function placementFields(placement: Placement, names: NodeNames, question: Question) {
  const { costs } = question.options;
  const { nodes, edges, accessNodes, candidates, placed, placedObserved, ...rest } = placement;
  const { rate, unobservable, unconnectedPairs, unconnected, ...found } = rest;
  const { method, monitors, observed, twoWay, ...told } = found;
  return {
    method,
    monitors: monitors.map((monitor): MonitorResult => {
      const { node } = monitor;
      return {
        node: names.labels[node],
        id: names.labels[node] === names.names[node] ? undefined : names.names[node],
        gain: monitor.gain,
        observed: monitor.observed,
        ...(costs !== undefined && costFields(costs[node], question.costTexts?.[node])),
        twoWay: monitor.twoWay,
      };
    }),
    observed,
    twoWay,
    ...told,
  };
}

function costFields(cost: number, text = String(cost)) {
  return { cost, costText: text === String(cost) ? undefined : text };
}
