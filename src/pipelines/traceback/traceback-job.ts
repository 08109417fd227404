/** The job behind `netvantage traceback`: file -> network -> monitors -> what they find of a chain. */
import type { Placement } from "../../placement/placement.ts";
import type { NetworkRequest } from "../place/network.ts";
import type { PlacementRequest } from "../place/question.ts";
import { openRunner, type RunOptions } from "../place/runner.ts";
import { TRACEBACK_VERSION, type TracebackResult } from "./result.ts";
import { traceChain } from "./trace.ts";

export interface TracebackJob extends RunOptions {
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

/** @throws InputError for files; RangeError and PlacementError for options that do not fit; the signal's reason */
export async function runTraceback(job: TracebackJob): Promise<TracebackResult> {
  const runner = await openRunner({ network: job.network, placement: job.placement }, job);
  try {
    const { names, question, notes } = runner.asked;
    const monitors =
      job.at === undefined
        ? chosen(await runner.place(question.options.method ?? "greedy"))
        : names.parseList(job.at, "--at");
    const parameters = {
      monitors,
      chain: names.parseList(job.chain, "--chain"),
      start: job.start === undefined ? null : onlyOne(names.parseList(job.start, "--start")),
      falseNegative: job.falseNegative ?? 0,
      falsePositive: job.falsePositive ?? 0,
      seed: job.placement.seed ?? 1,
    };
    const traced = await runner.run(traceChain, (asked) => traceChain.task("trace", parameters, { asked }));
    return { version: TRACEBACK_VERSION, file: job.network.file, ...traced, notes: [...notes] };
  } finally {
    await runner.close();
  }
}

function chosen({ placed, monitors }: Placement): number[] {
  return [...placed, ...monitors.map(({ node }) => node)];
}

function onlyOne(nodes: readonly number[]): number {
  if (nodes.length !== 1) throw new RangeError(`--start: ${nodes.length} nodes, expected one`);
  return nodes[0];
}
