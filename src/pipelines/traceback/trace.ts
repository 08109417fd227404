/** The simulation of `netvantage traceback`, as the engine does it. */
import { z } from "zod";
import { defineTrial } from "../../engine/define.ts";
import { networkRoutes } from "../../placement/place-monitors.ts";
import { simulateDirectSearch, simulateTraceback } from "../../placement/simulate-traceback.ts";
import { askedInput, unpack } from "../place/asked.ts";
import { tracebackResultSchema } from "./result.ts";

const nodes = z.array(z.number());

/** What monitors find of a chain, all nodes by index. */
export const traceChain = defineTrial(import.meta.url, "trace", {
  parameters: z.strictObject({
    monitors: nodes,
    chain: nodes,
    start: z.number().nullable(),
    falseNegative: z.number(),
    falsePositive: z.number(),
    seed: z.number(),
  }),
  result: tracebackResultSchema.omit({ version: true, file: true, notes: true }),
  inputs: { asked: askedInput },
  run: ({ monitors, chain, start, ...correlation }, { asked }) => {
    const { topology, question, names } = unpack(asked);
    const routes = question.routes ?? networkRoutes(topology, question.options);
    const begin = start === null ? {} : { start };
    const traced = simulateTraceback({ routes, monitors }, chain, { ...correlation, ...begin });
    const direct = simulateDirectSearch(routes, chain, correlation);
    const label = (node: number): string => names.labels[node];
    return {
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
    };
  },
});
