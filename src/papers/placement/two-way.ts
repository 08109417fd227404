import { mean } from "../../numbers/statistics.ts";
import type { FigureSpec } from "../../report/figure/spec.ts";
import type { Cell, Claim, Table } from "../../results/comparison.ts";
import { defineExperiment, type ExperimentReport } from "../experiment.ts";
import { numberCell, pairedHypothesis } from "../verdict.ts";
import { type ComparisonTrial, comparisonTasks, MOST_MONITORS, valuesOf } from "./internetwork-tasks.ts";
import { compareOnInternetwork } from "./internetwork-trials.ts";
import { type ComparedMethod, ROUTE_COMPARISON } from "./methods.ts";
import { METHOD_NAMES } from "./text.ts";

const MONITORS = [5, 10, 20, 30, 40, 50];
const CLAIMED = [30, 50];

/** Pairs seen in both directions, which is what Algorithm 3 is for, by every method. */
export const twoWay = defineExperiment({
  id: "placement/two-way",
  paper: "placement",
  title: "Pairs seen in both directions, by method, on the internetworks of Figure 7",
  result: compareOnInternetwork.result,
  plan: (run) => ({ tasks: comparisonTasks(run, "amp"), inputs: [] }),
  summarise: (trials): ExperimentReport => {
    const spec = specOf(trials);
    return {
      tables: [sharesTable(trials), differencesTable(trials, "bidirectional"), differencesTable(trials, "two-way")],
      figures: [{ id: "two-way", title: spec.title, spec }],
      claims: claimsOf(trials),
      errata: [],
      parameters: { internetworks: trials.length },
    };
  },
});

function both(trials: readonly ComparisonTrial[], method: ComparedMethod, monitors: number): number[] {
  return valuesOf(trials, method, "twoWay", monitors);
}

function sharesTable(trials: readonly ComparisonTrial[]): Table {
  return {
    id: "two-way",
    title: "Pairs whose route and reverse route are both observed",
    cells: MONITORS.flatMap((monitors) =>
      ROUTE_COMPARISON.map((method) =>
        numberCell(
          { row: `${monitors} monitors`, column: METHOD_NAMES[method], published: undefined, unit: "%" },
          both(trials, method, monitors),
        ),
      ),
    ),
    notes: [
      "Nothing is published to hold this against. Greedy is Algorithm 2 on routes; two-way is this project's own (each time the relay that makes most pairs two-way, among equals the one that sees most new routes).",
    ],
  };
}

function differencesTable(trials: readonly ComparisonTrial[], method: ComparedMethod): Table {
  const others = ROUTE_COMPARISON.filter((each) => each !== method);
  return {
    id: `${method}-differences`,
    title: `${METHOD_NAMES[method]} less each other method, in points of pairs seen in both directions, paired by internetwork`,
    cells: MONITORS.flatMap((monitors) =>
      others.map((other): Cell => {
        const [a, b] = [both(trials, method, monitors), both(trials, other, monitors)];
        const context = {
          row: `${monitors} monitors`,
          column: `less ${METHOD_NAMES[other]}`,
          published: undefined,
          unit: "points",
        };
        return numberCell(
          context,
          a.map((value, i) => value - b[i]),
        );
      }),
    ),
    notes: ["The interval is the 95 % interval of the mean difference; above 0, the method named first sees more."],
  };
}

function claimsOf(trials: readonly ComparisonTrial[]): Claim[] {
  return CLAIMED.flatMap((monitors) => {
    const of = (method: ComparedMethod) => both(trials, method, monitors);
    return [
      pairedHypothesis(
        `with ${monitors} monitors, Algorithm 3 sees fewer pairs in both directions than plain greedy`,
        of("bidirectional"),
        of("greedy"),
      ),
      pairedHypothesis(
        `with ${monitors} monitors, Algorithm 3 sees fewer pairs in both directions than the two-way method`,
        of("bidirectional"),
        of("two-way"),
      ),
      pairedHypothesis(
        `with ${monitors} monitors, plain greedy sees fewer pairs in both directions than the two-way method`,
        of("greedy"),
        of("two-way"),
      ),
    ];
  });
}

function specOf(trials: readonly ComparisonTrial[]): FigureSpec {
  const x = Array.from({ length: MOST_MONITORS }, (_, i) => i + 1);
  return {
    title: "Pairs seen in both directions by number of monitors",
    subtitle: `means of ${trials.length} synthetic internetworks of 105 sites`,
    x: { label: "monitors", scale: "linear", domain: [0, MOST_MONITORS + 2] },
    y: { label: "pairs seen in both directions", unit: "%", scale: "linear", domain: [0, 100] },
    series: ROUTE_COMPARISON.map((method) => ({
      name: METHOD_NAMES[method],
      mark: "line",
      x,
      y: x.map((monitors) => mean(both(trials, method, monitors))),
    })),
  };
}
