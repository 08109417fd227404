import { z } from "zod";
import type { FigureSpec, Series } from "../../report/figure/spec.ts";
import type { Cell, Table } from "../../results/comparison.ts";
import { TRACE_PRESET_NAMES, TRACE_PRESETS, type TracePresetName } from "../../spread/trace.ts";
import { defineExperiment, type ExperimentReport, type TrialOf } from "../experiment.ts";
import { loadPublished, publishedCell, publishedTable } from "../published.ts";
import { numberCell } from "../verdict.ts";
import { countsTask, traceInput } from "./tasks.ts";
import { TRACE_TITLES } from "./text.ts";
import { spreadCounts } from "./trace-trials.ts";

const published = publishedTable(loadPublished("spread"), "trace");

type CountsTrial = TrialOf<typeof spreadCounts>;
type Counts = CountsTrial["result"];

/** Points drawn a decade of spreads above 1000; below, every spread is drawn. */
const POINTS_A_DECADE = 60;

/** Figure 3: how many sources have each spread, and what Section 4 says of the trace. */
export const fig3 = defineExperiment({
  id: "spread/fig3",
  paper: "spread",
  title: "Figure 3, the trace's spreads",
  result: spreadCounts.result,
  plan: (run) => {
    const drawings = TRACE_PRESET_NAMES.map((preset) => ({ preset, trial: 0 }));
    return {
      tasks: drawings.map((drawing) => countsTask(run, drawing)),
      inputs: drawings.map((drawing) => traceInput(run, drawing)),
    };
  },
  summarise,
});

function summarise(trials: readonly CountsTrial[]): ExperimentReport {
  const spec = specOf(trials);
  return {
    tables: [traceTable(trials)],
    figures: [{ id: "fig3", title: spec.title, spec }],
    claims: [],
    errata: [],
    parameters: {
      exponents: Object.fromEntries(TRACE_PRESET_NAMES.map((preset) => [preset, TRACE_PRESETS[preset].exponent])),
    },
  };
}

function presetOf({ task }: CountsTrial): TracePresetName {
  return z.enum(TRACE_PRESET_NAMES).parse(task.parameters.preset);
}

const REASON =
  "the paper contradicts itself: 8.4M contacts are 1.4 for each of 6M sources, and make 631k sources at 13.3";

function traceTable(trials: readonly CountsTrial[]): Table {
  const figures: [string, (counts: Counts) => number][] = [
    ["distinct contacts", ({ spreads, counts }) => total(spreads.map((spread, i) => spread * counts[i]))],
    ["sources", ({ counts }) => total(counts)],
    ["average spread", ({ spreads, counts }) => total(spreads.map((spread, i) => spread * counts[i])) / total(counts)],
    ["largest spread", ({ spreads }) => spreads[spreads.length - 1]],
  ];
  return {
    id: "trace",
    title: "What the paper says of its trace, and our three readings of it",
    place: "Section 4",
    cells: figures.flatMap(([row, of]) =>
      trials.map((trial): Cell => {
        const column = presetOf(trial);
        const context = { row, column, published: publishedCell(published, row, column), reason: REASON };
        return numberCell(context, [of(trial.result)]);
      }),
    ),
    notes: TRACE_PRESET_NAMES.map(
      (preset) => `${preset}: ${TRACE_TITLES[preset]}; P(k) ~ k^-${TRACE_PRESETS[preset].exponent}.`,
    ),
  };
}

function specOf(trials: readonly CountsTrial[]): FigureSpec {
  return {
    title: "Distribution of spreads in the generated traces",
    subtitle: "Dao, Nyang, Lee, Figure 3: each point is the number of sources that have this spread",
    x: { label: "spread", unit: "destinations", scale: "log", domain: [0.8, 40_000] },
    y: { label: "sources", scale: "log", domain: [0.6, 10_000_000] },
    series: trials.map((trial): Series => {
      const shown = thinned(trial.result);
      return { name: TRACE_TITLES[presetOf(trial)], mark: "points", x: shown.spreads, y: shown.counts };
    }),
  };
}

/** Every spread up to 1000, then the first in each of 60 equal steps a decade. */
function thinned({ spreads, counts }: Counts): Counts {
  const step = (spread: number) => Math.floor(Math.log10(spread) * POINTS_A_DECADE);
  const kept = spreads
    .map((spread, i) => ({ spread, count: counts[i], before: i === 0 ? 0 : spreads[i - 1] }))
    .filter(({ spread, before }) => spread <= 1000 || step(spread) > step(before));
  return { spreads: kept.map(({ spread }) => spread), counts: kept.map(({ count }) => count) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
