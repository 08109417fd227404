import { mean, pairedInterval } from "../../numbers/statistics.ts";
import type { Claim, Table } from "../../results/comparison.ts";
import { perCents } from "../../text/numbers.ts";
import { defineExperiment, type ExperimentReport } from "../experiment.ts";
import { numberCell, pairedHypothesis } from "../verdict.ts";
import { type ComparisonTrial, comparisonTasks, ofVariant, valuesOf } from "./internetwork-tasks.ts";
import { compareOnInternetwork } from "./internetwork-trials.ts";
import { difference, VARIANT_TITLES, VARIANTS_NOTE } from "./text.ts";
import { VARIANT_NAMES, type VariantName } from "./variants.ts";

const MONITORS = [10, 30, 50];
/** Where shared paths are not yet all observed. */
const CLAIMED = 10;

/** What route asymmetry costs: the internetworks of Fig. 7 with their asymmetry taken away step by step. */
export const asymmetry = defineExperiment({
  id: "placement/asymmetry",
  paper: "placement",
  title: "Symmetric costs, shared paths and more access than relay nodes: an ablation",
  result: compareOnInternetwork.result,
  plan: (run) => ({ tasks: VARIANT_NAMES.flatMap((variant) => comparisonTasks(run, variant)), inputs: [] }),
  summarise: (trials): ExperimentReport => ({
    tables: [networksTable(trials), sharesTable(trials)],
    figures: [],
    claims: [muchBetter(trials), ...ownClaims(trials)],
    errata: [],
    parameters: { internetworksPerVariant: ofVariant(trials, "amp").length },
  }),
});

function networksTable(trials: readonly ComparisonTrial[]): Table {
  return {
    id: "networks",
    title: "The variants: relays, and how many of them a route shares with its reverse",
    cells: VARIANT_NAMES.flatMap((variant) => {
      const results = ofVariant(trials, variant).map(({ result }) => result);
      const cell = (column: string, values: readonly number[]) =>
        numberCell({ row: VARIANT_TITLES[variant], column, published: undefined }, values);
      return [
        cell(
          "relay nodes",
          results.map(({ relays }) => relays),
        ),
        cell(
          "relays on a route",
          results.map(({ hops }) => hops),
        ),
        cell(
          "of them shared",
          results.map(({ shared }) => shared),
        ),
      ];
    }),
    notes: [VARIANTS_NOTE],
  };
}

const COLUMNS = [
  { name: "K-max, routes", method: "kmax", reading: "observed" },
  { name: "K-max, both ways", method: "kmax", reading: "twoWay" },
  { name: "Bi-directional, both ways", method: "bidirectional", reading: "twoWay" },
  { name: "Greedy, both ways", method: "greedy", reading: "twoWay" },
] as const;

function sharesTable(trials: readonly ComparisonTrial[]): Table {
  return {
    id: "shares",
    title: "Share of routes, and of pairs in both directions, that are observed",
    cells: MONITORS.flatMap((monitors) =>
      VARIANT_NAMES.flatMap((variant) =>
        COLUMNS.map(({ name, method, reading }) =>
          numberCell(
            { row: `${monitors} monitors, ${VARIANT_TITLES[variant]}`, column: name, published: undefined, unit: "%" },
            valuesOf(ofVariant(trials, variant), method, reading, monitors),
          ),
        ),
      ),
    ),
    notes: [
      "A trial's variants are drawn from one seed: costs in the forward direction, attachments and campuses are the same. With shared paths 30 monitors see everything: there are 29 gigapops.",
    ],
  };
}

function bidirectional(trials: readonly ComparisonTrial[], variant: VariantName, monitors: number): number[] {
  return valuesOf(ofVariant(trials, variant), "bidirectional", "twoWay", monitors);
}

/** Section VI, after Fig. 7; both properties the paper names, each with its share. */
function muchBetter(trials: readonly ComparisonTrial[]): Claim {
  const [before, shared, dense] = (["amp", "shared", "dense"] as const).map((variant) =>
    bidirectional(trials, variant, CLAIMED),
  );
  const interval = pairedInterval(dense, before);
  const better = interval !== undefined && interval.low > 0;
  const worse = interval !== undefined && interval.high < 0;
  return {
    by: "paper",
    text: 'where access nodes outnumber relays and most forward and back paths share nodes, the bi-directional result "should be much better"',
    verdict: interval === undefined ? "not run" : better ? "agrees" : worse ? "differs" : "undecided",
    evidence: `pairs in both directions with ${CLAIMED} monitors: ${perCents(mean(before))} as AMP, ${perCents(mean(shared))} with shared paths, ${perCents(mean(dense))} with more access than relay nodes too; paired difference ${difference(mean(dense) - mean(before), interval)} points, ${before.length} internetworks`,
  };
}

function ownClaims(trials: readonly ComparisonTrial[]): Claim[] {
  return [CLAIMED, 30].map((monitors) =>
    pairedHypothesis(
      `asymmetric link costs alone lower Algorithm 3's share of pairs in both directions, ${monitors} monitors`,
      bidirectional(trials, "amp", monitors),
      bidirectional(trials, "symmetric", monitors),
    ),
  );
}
