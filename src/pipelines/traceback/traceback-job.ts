/** The job behind `netvantage traceback`: file -> network -> monitors -> what they find of a chain. */
import { networkRoutes } from "../../placement/place-monitors.ts";
import type { Placement } from "../../placement/placement.ts";
import { simulateDirectSearch, simulateTraceback } from "../../placement/simulate-traceback.ts";
import { loadNetwork, type NetworkRequest } from "../place/network.ts";
import { place } from "../place/place-job.ts";
import { type PlacementRequest, questionOf } from "../place/question.ts";
import { TRACEBACK_VERSION, type TracebackResult } from "./result.ts";

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
    version: TRACEBACK_VERSION,
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
