import { centralRange, mean, pairedInterval } from "../../numbers/statistics.ts";
import type { FigureSpec, Series } from "../../report/figure/spec.ts";
import type { Cell, Claim } from "../../results/comparison.ts";
import { defineExperiment, type ExperimentReport } from "../experiment.ts";
import { loadPublished, publishedCell, publishedTable } from "../published.ts";
import { numberCell } from "../verdict.ts";
import { BIDIRECTIONAL_ERRATA } from "./errata.ts";
import { AMP } from "./internetwork.ts";
import { type ComparisonTrial, comparisonTasks, MOST_MONITORS, type Reading, valuesOf } from "./internetwork-tasks.ts";
import { compareOnInternetwork } from "./internetwork-trials.ts";
import type { ComparedMethod } from "./methods.ts";
import { difference } from "./text.ts";

const published = publishedTable(loadPublished("placement"), "fig7");
const MONITORS = [30, 40, 50];

/** Rows of the figure: the paper's row, by which reading, and what it is called here. */
const ROWS: readonly { method: ComparedMethod; reading: Reading; row: string; name: string }[] = [
  { method: "kmax", reading: "observed", row: "K-max", name: "K-max" },
  { method: "degree", reading: "observed", row: "Degree", name: "Degree" },
  { method: "bidirectional", reading: "observed", row: "Bi-directional", name: "Bi-directional, |C|/N" },
  { method: "bidirectional", reading: "twoWay", row: "Bi-directional", name: "Bi-directional, both directions" },
];

/** Figure 7: K-max, Degree and Algorithm 3 on 105 sites. */
export const fig7 = defineExperiment({
  id: "placement/fig7",
  paper: "placement",
  title: "Figure 7, 30 to 50 monitors for 105 sites, on synthetic internetworks",
  result: compareOnInternetwork.result,
  plan: (run) => ({ tasks: comparisonTasks(run, "amp"), inputs: [] }),
  summarise,
});

function summarise(trials: readonly ComparisonTrial[]): ExperimentReport {
  const spec = specOf(trials);
  return {
    tables: [
      {
        id: "fig7",
        title: "Share of routes observed, 105 sites",
        place: "Fig. 7",
        cells: [...networkCells(trials), ...MONITORS.flatMap((monitors) => rowCells(trials, monitors))],
        notes: [
          "The AMP data set is gone. The generator's constants were tuned on these figures, so their level is calibrated and proves nothing; the ordering and the spread are a test.",
          "Bi-directional in both readings: |C|/N counts the routes seen, the other one the routes whose reverse is seen as well. 60.32 % and 62.68 % of 105 x 104 pairs are odd numbers of routes, 6587 and 6845: only |C|/N can give them, unless pairs are missing.",
          `2.5-97.5 % of single runs: ${ROWS.map((row) => `${row.name} ${rangeText(trials, row)}`).join("; ")} (at ${MONITORS.join("/")} monitors).`,
        ],
      },
    ],
    figures: [{ id: "fig7", title: spec.title, spec }],
    claims: [orderingClaim(trials), overlapClaim(trials)],
    errata: BIDIRECTIONAL_ERRATA,
    parameters: {
      internetworks: trials.length,
      hosts: AMP.hosts,
      corePops: AMP.corePops,
      coreLinks: AMP.coreLinks,
      gigapops: AMP.gigapops,
      gigapopSkew: AMP.gigapopSkew,
      chainLengths: AMP.chainLengths,
      baseCosts: AMP.baseCosts,
      costSigma: AMP.costSigma,
      alternates: AMP.alternates,
    },
  };
}

function networkCells(trials: readonly ComparisonTrial[]): Cell[] {
  const cell = (column: string, values: readonly number[]) =>
    numberCell({ row: "network", column, published: publishedCell(published, "network", column) }, values);
  return [
    cell(
      "access nodes",
      trials.map(({ result }) => result.accessNodes),
    ),
    cell(
      "relay nodes",
      trials.map(({ result }) => result.relays),
    ),
    cell(
      "relays shared by a pair's two routes",
      trials.map(({ result }) => result.shared),
    ),
  ];
}

function rowCells(trials: readonly ComparisonTrial[], monitors: number): Cell[] {
  return ROWS.map(({ method, reading, row, name }) =>
    numberCell(
      {
        row: `${monitors} ${name}`,
        column: "total AOR",
        published: publishedCell(published, `${monitors} ${row}`, "total AOR"),
      },
      valuesOf(trials, method, reading, monitors),
    ),
  );
}

function rangeText(trials: readonly ComparisonTrial[], { method, reading }: (typeof ROWS)[number]): string {
  return MONITORS.map((monitors) => {
    const { low, high } = centralRange(valuesOf(trials, method, reading, monitors));
    return `${low.toFixed(1)}-${high.toFixed(1)}`;
  }).join(" / ");
}

/** K-max > Degree > Bi-directional: `pattern` where every paired interval has the paper's sign. */
function orderingClaim(trials: readonly ComparisonTrial[]): Claim {
  const pairs = ROWS.slice(0, 2).flatMap((above, i) =>
    ROWS.slice(i + 1, i === 0 ? 2 : 4).map((below) => ({ above, below })),
  );
  const compared = pairs.map(({ above, below }) => ({
    names: `${above.name} - ${below.name}`,
    gaps: MONITORS.map((monitors) => {
      const [a, b] = [above, below].map(({ method, reading }) => valuesOf(trials, method, reading, monitors));
      return { center: mean(a) - mean(b), interval: pairedInterval(a, b) };
    }),
  }));
  const intervals = compared.flatMap(({ gaps }) => gaps.map(({ interval }) => interval));
  const holds = intervals.every((interval) => interval !== undefined && interval.low > 0);
  const fails = intervals.some((interval) => interval !== undefined && interval.high < 0);
  const evidence = compared.map(
    ({ names, gaps }) => `${names} ${gaps.map(({ center, interval }) => difference(center, interval)).join(", ")}`,
  );
  return {
    by: "paper",
    text: "K-max observes more than Degree, and Degree more than the bi-directional algorithm, at 30, 40 and 50 monitors",
    verdict: holds ? "pattern" : fails ? "differs" : "undecided",
    evidence: `points with 95 % intervals, ${trials.length} paired internetworks: ${evidence.join("; ")}`,
  };
}

/** Section IV.B, on networks that were not fitted to it: what K-max gives away to greedy. */
function overlapClaim(trials: readonly ComparisonTrial[]): Claim {
  const gaps = MONITORS.map((monitors) => {
    const [greedy, kmax] = (["greedy", "kmax"] as const).map((method) =>
      valuesOf(trials, method, "observed", monitors),
    );
    return { center: mean(greedy) - mean(kmax), interval: pairedInterval(greedy, kmax) };
  });
  const above = gaps.every(({ interval }) => interval !== undefined && interval.low > 0);
  const below = gaps.some(({ interval }) => interval !== undefined && interval.high < 0);
  return {
    by: "paper",
    text: "K-max's nodes overlap, so their sum may not be maximal",
    verdict: above ? "agrees" : below ? "differs" : "undecided",
    evidence: `greedy observes ${gaps.map(({ center, interval }) => difference(center, interval)).join(", ")} points more with ${MONITORS.join(", ")} monitors, ${trials.length} paired internetworks`,
  };
}

function specOf(trials: readonly ComparisonTrial[]): FigureSpec {
  const x = Array.from({ length: MOST_MONITORS }, (_, i) => i + 1);
  return {
    title: "Share observed by number of monitors, 105 sites",
    subtitle: `Tang, Daniels, Fig. 7: mean and 2.5-97.5 % of ${trials.length} synthetic internetworks; points are the paper's`,
    x: { label: "monitors", scale: "linear", domain: [0, MOST_MONITORS + 2] },
    y: { label: "share of routes", unit: "%", scale: "linear", domain: [0, 100] },
    series: ROWS.flatMap((each) => panelOf(trials, each, x)),
  };
}

function panelOf(trials: readonly ComparisonTrial[], row: (typeof ROWS)[number], x: readonly number[]): Series[] {
  const values = x.map((monitors) => valuesOf(trials, row.method, row.reading, monitors));
  const ranges = values.map((each) => centralRange(each));
  const y = values.map(mean);
  const facet = row.name;
  const prints = MONITORS.map((k) => Number(publishedCell(published, `${k} ${row.row}`, "total AOR")?.value));
  return [
    {
      name: "2.5-97.5 % of runs",
      mark: "band",
      facet,
      x,
      y,
      low: ranges.map(({ low }) => low),
      high: ranges.map(({ high }) => high),
    },
    { name: "mean", mark: "line", facet, x, y },
    { name: "published", mark: "points", facet, x: MONITORS, y: prints },
  ];
}
