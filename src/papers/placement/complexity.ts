import { log } from "../../numbers/math.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import { mean } from "../../numbers/statistics.ts";
import type { Claim } from "../../results/comparison.ts";
import { defineExperiment, type ExperimentReport, type Run, type TrialOf } from "../experiment.ts";
import { loadPublished, publishedCell, publishedTable } from "../published.ts";
import { numberCell } from "../verdict.ts";
import { countWork } from "./complexity-trials.ts";
import { extentOf } from "./extent.ts";

const TRIALS = 5;
const published = publishedTable(loadPublished("placement"), "complexity");

type WorkTrial = TrialOf<typeof countWork>;

const METHODS = [
  { method: "kmax", name: "K-max" },
  { method: "degree", name: "Degree" },
  { method: "betweenness", name: "Betweenness" },
  { method: "greedy", name: "Greedy" },
] as const;
type Counted = (typeof METHODS)[number]["method"];

/** Section IV.C: what the methods cost, as counted work. */
export const complexity = defineExperiment({
  id: "placement/complexity",
  paper: "placement",
  title: "Section IV.C, the methods' complexities as exponents of counted work",
  result: countWork.result,
  plan: (run) => ({
    tasks: extentOf(run).sizes.flatMap((nodes) =>
      Array.from({ length: TRIALS }, (_, trial) => {
        const seed = deriveSeed(run.seed, "placement/complexity", { nodes }, trial);
        return countWork.task(`placement/work ${nodes} nodes trial ${trial}`, { nodes, trial, seed });
      }),
    ),
    inputs: [],
  }),
  summarise,
});

function summarise(trials: readonly WorkTrial[], run: Run): ExperimentReport {
  return {
    tables: [
      {
        id: "complexity",
        title: "Exponent of n in the work counted, random graphs of n nodes and 2 n links",
        place: "Section IV.C",
        cells: METHODS.map(({ method, name }) =>
          numberCell(
            {
              row: name,
              column: "exponent of n",
              published: publishedCell(published, name, "exponent of n"),
              ...(holds(trials, method, name) && { pattern: "an upper bound, and it holds" }),
            },
            exponents(trials, method),
          ),
        ),
        notes: [
          "Work is nodes and ends of links looked at by this project's methods: shortest paths are counted, not listed, one pass per access node (K-max) or node (Betweenness). Greedy makes one pass a pick, n / 25 picks. Counted, not timed.",
        ],
      },
    ],
    figures: [],
    claims: [heuristicsClaim(trials)],
    errata: [],
    parameters: { nodes: extentOf(run).sizes, graphsPerSize: TRIALS, accessNodes: "half of the nodes" },
  };
}

function holds(trials: readonly WorkTrial[], method: Counted, name: string): boolean {
  return mean(exponents(trials, method)) <= Number(publishedCell(published, name, "exponent of n")?.value) + 0.05;
}

/** One exponent for each series of graphs: the least-squares slope of log(work) over log(n). */
function exponents(trials: readonly WorkTrial[], method: Counted): number[] {
  return Array.from({ length: TRIALS }, (_, trial) => {
    const series = trials.filter(({ task }) => task.parameters.trial === trial);
    return slope(
      series.map(({ task }) => log(Number(task.parameters.nodes))),
      series.map(({ result }) => log(result[method])),
    );
  });
}

function slope(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const above = x.reduce((sum, each, i) => sum + (each - mx) * (y[i] - my), 0);
  return above / x.reduce((sum, each) => sum + (each - mx) ** 2, 0);
}

function heuristicsClaim(trials: readonly WorkTrial[]): Claim {
  const others = METHODS.filter(({ method }) => method !== "greedy");
  const ratios = others.map(({ method, name }) => ({
    name,
    values: trials.map(({ result }) => result.greedy / result[method]),
  }));
  const least = ratios.every(({ values }) => values.every((value) => value > 1));
  const most = ratios.map(({ name, values }) => `${Math.max(...values).toFixed(0)} times ${name}'s`);
  return {
    by: "paper",
    text: "in complexity, the heuristic methods are better than the greedy algorithm",
    verdict: least ? "agrees" : "differs",
    evidence: `greedy's work is up to ${most.join(", ")}; at least ${Math.min(...ratios.flatMap(({ values }) => values)).toFixed(1)} times in each of ${trials.length} graphs`,
  };
}
