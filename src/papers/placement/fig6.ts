import type { FigureSpec, Series } from "../../report/figure/spec.ts";
import type { Cell, Claim, Table } from "../../results/comparison.ts";
import { defineExperiment, type ExperimentReport, type TrialOf } from "../experiment.ts";
import { loadPublished, publishedCell, publishedTable } from "../published.ts";
import { absentCell, numberCell } from "../verdict.ts";
import { SITES_ERRATA } from "./errata.ts";
import { type Reading, SITE_MONITORS, sitesTasks } from "./internetwork-tasks.ts";
import { compareOnSites } from "./internetwork-trials.ts";

const published = publishedTable(loadPublished("placement"), "fig6");

type SitesTrial = TrialOf<typeof compareOnSites>;

/** Rows of the figure: the paper's row, and what is counted here. */
const ROWS: readonly { method: string; reading: Reading; row: string; name: string }[] = [
  { method: "kmax", reading: "observed", row: "K-max", name: "K-max" },
  { method: "degree", reading: "observed", row: "Degree", name: "Degree" },
  { method: "brute", reading: "observed", row: "Brute-force", name: "Brute-force" },
  { method: "bidirectional", reading: "observed", row: "Bi-directional", name: "Bi-directional, |C|/N" },
  { method: "bidirectional", reading: "twoWay", row: "Bi-directional", name: "Bi-directional, both directions" },
];
type Row = (typeof ROWS)[number];

/** Figure 6: four monitors for 6 sites, over random draws of 6 sites. */
export const fig6 = defineExperiment({
  id: "placement/fig6",
  paper: "placement",
  title: "Figure 6, four monitors for 6 sites, over random draws of sites",
  result: compareOnSites.result,
  plan: (run) => ({ tasks: sitesTasks(run), inputs: [] }),
  summarise: (trials): ExperimentReport => {
    const spec = specOf(trials);
    return {
      tables: [tableOf(trials)],
      figures: [{ id: "fig6", title: spec.title, spec }],
      claims: [usualClaim(trials)],
      errata: SITES_ERRATA,
      parameters: { draws: trials.length, sites: 6, monitors: SITE_MONITORS },
    };
  },
});

function tableOf(trials: readonly SitesTrial[]): Table {
  const relays = trials.map(({ result }) => result.relays);
  return {
    id: "fig6",
    title: "Share of routes observed by 4 monitors, 6 sites",
    place: "Fig. 6",
    cells: [
      numberCell(
        { row: "network", column: "relay nodes", published: publishedCell(published, "network", "relay nodes") },
        relays,
      ),
      ...ROWS.flatMap((row) => cellsOf(trials, row)),
    ],
    notes: [
      "Every draw is of 6 sites out of 105 from an internetwork of its own; the paper has one draw. Its node numbers mean nothing without its map.",
      "Percentile: the share of draws that lie below the paper's value, those equal to it counted half. Approximation: the share of Brute-force's own result. Values have as many digits as the paper prints.",
    ],
  };
}

function cellsOf(trials: readonly SitesTrial[], row: Row): Cell[] {
  const values = valuesOf(trials, row);
  const best = valuesOf(trials, ROWS[2]);
  const context = (column: string) => ({
    row: row.name,
    column,
    published: publishedCell(published, row.row, column),
    reason: "the paper's draw lies outside 2.5-97.5 % of ours",
  });
  return [
    ...(row.reading === "observed"
      ? [absentCell(context("node chosen"), "the paper's map is lost, and its node numbers with it")]
      : []),
    numberCell(context("total AOR"), values),
    {
      ...numberCell({ row: row.name, column: "percentile", published: undefined, unit: "%" }, [
        percentileOf(trials, row),
      ]),
      trials: values.length,
    },
    numberCell(
      context("approximation"),
      values.map((value, i) => Math.round((100 * value) / best[i])),
    ),
  ];
}

/** With two digits, as the paper prints them: the values are multiples of 1/30, so equal ones are to be equal. */
function valuesOf(trials: readonly SitesTrial[], { method, reading }: Row): number[] {
  return trials.flatMap(({ result: { results } }) =>
    results.filter((each) => each.method === method).map((each) => Number(each[reading].toFixed(2))),
  );
}

function paperOf({ row }: Row): number {
  return Number(publishedCell(published, row, "total AOR")?.value);
}

/** Where the paper's value lies among ours. */
function percentileOf(trials: readonly SitesTrial[], row: Row): number {
  const values = valuesOf(trials, row);
  const equal = values.filter((value) => value === paperOf(row)).length;
  const below = values.filter((value) => value < paperOf(row)).length;
  return (100 * (below + equal / 2)) / values.length;
}

/** `agrees`: at least 2.5 % of draws see as much as the paper's by every method at once. */
function usualClaim(trials: readonly SitesTrial[]): Claim {
  const rows = ROWS.filter(({ reading }) => reading === "observed");
  const values = rows.map((row) => valuesOf(trials, row));
  const reaching = trials.filter((_, draw) => rows.every((row, i) => values[i][draw] >= paperOf(row))).length;
  const places = rows.map((row) => `${row.name} ${percentileOf(trials, row).toFixed(0)}`);
  return {
    by: "netvantage",
    text: "the paper's draw of 6 sites is a usual one: 2.5 % of random draws or more observe as much by all four methods",
    verdict: trials.length < 2 ? "not run" : reaching >= 0.025 * trials.length ? "agrees" : "differs",
    evidence: `${reaching} of ${trials.length} draws do; the paper's percentiles are ${places.join(", ")}`,
  };
}

function specOf(trials: readonly SitesTrial[]): FigureSpec {
  return {
    title: "Random draws of 6 sites: share of routes that 4 monitors observe",
    subtitle: `Tang, Daniels, Fig. 6: share of ${trials.length} draws at or below; the point is the paper's draw`,
    x: { label: "observed", unit: "%", scale: "linear", domain: [0, 100] },
    y: { label: "draws at or below", unit: "%", scale: "linear", domain: [0, 102] },
    series: ROWS.flatMap((row): Series[] => {
      const x = valuesOf(trials, row).sort((a, b) => a - b);
      const share = x.map((_, i) => (100 * (i + 1)) / x.length);
      return [
        { name: "random draws", mark: "step", facet: row.name, x, y: share },
        {
          name: "the paper's draw",
          mark: "points",
          facet: row.name,
          x: [paperOf(row)],
          y: [percentileOf(trials, row)],
        },
      ];
    }),
  };
}
