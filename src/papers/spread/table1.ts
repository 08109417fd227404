import { centralRange, mean } from "../../numbers/statistics.ts";
import type { Cell, Claim, Table } from "../../results/comparison.ts";
import type { TracePresetName } from "../../spread/trace.ts";
import { significant, significantPercent } from "../../text/numbers.ts";
import { defineExperiment, type ExperimentReport, type Run } from "../experiment.ts";
import { loadPublished, type PublishedCell, publishedCell, publishedTable } from "../published.ts";
import { numberCell, TRIALS_FOR_A_RANGE } from "../verdict.ts";
import { type Configuration, MCSE_CANDIDATE, OWN, PUBLISHED, type PublishedConfiguration } from "./configurations.ts";
import { TABLE_ERRATA } from "./errata.ts";
import { extentOf } from "./extent.ts";
import { PUBLISHED_ROWS, ROWS, rowName } from "./rows.ts";
import { claimsOfTable1 } from "./table1-claims.ts";
import { type ErrorsTrial, errorsOf, planErrors, rowMeans } from "./tasks.ts";
import { runs, sampleText, TRACE_TITLES } from "./text.ts";
import { errorsByRow } from "./trace-trials.ts";

/** Where column C is not reproduced. */
const ROWS_BELOW_1024 = 10;

const published = publishedTable(loadPublished("spread"), "table1");

/** Table 1: the mean error by true spread, on a generated trace with the load of the paper's. */
export const table1 = defineExperiment({
  id: "spread/table1",
  paper: "spread",
  title: "Table 1, the error of CSE, MCSE and CSES by true spread, in 1 MB",
  result: errorsByRow.result,
  plan: (run) => {
    const { presets, trials } = extentOf(run);
    const plans = presets.map((preset) =>
      planErrors(run, preset, preset === "fitted" ? [...PUBLISHED, ...OWN] : PUBLISHED, trials),
    );
    return { tasks: plans.flatMap(({ tasks }) => tasks), inputs: plans.flatMap(({ inputs }) => inputs) };
  },
  summarise,
});

function summarise(trials: readonly ErrorsTrial[], run: Run): ExperimentReport {
  const { most, presets } = extentOf(run);
  const cells = cellsOf(trials);
  const others = presets.filter((preset) => preset !== "fitted");
  return {
    tables: [
      {
        id: "table1",
        title: "Mean of |estimate - spread| / spread, by true spread",
        place: "Table 1",
        cells,
        notes: notesOf(trials, run),
      },
      ...others.map((preset) => otherPreset(trials, preset)),
    ],
    figures: [],
    claims: [
      ...claimsOfTable1(trials.filter(({ task }) => task.parameters.preset === "fitted")),
      ...others.map((preset) => readingClaim(trials, preset)),
    ],
    errata: TABLE_ERRATA,
    parameters: {
      memoryBits: 8_000_000,
      contacts: 8_400_000,
      trials: extentOf(run).trials,
      sourcesDecodedPerRow: Object.fromEntries(presets.map((preset) => [preset, most[preset] ?? "all"])),
      addresses: "scrambled",
      negativeEstimates: "count as 0",
    },
  };
}

/** Row by row: the paper's columns, then ours. */
function cellsOf(trials: readonly ErrorsTrial[]): Cell[] {
  const reason = candidateReason(trials);
  return Array.from({ length: ROWS }, (_, row) => [
    ...PUBLISHED.flatMap((configuration) => publishedColumnCell(trials, configuration, row, reason)),
    ...OWN.flatMap((configuration) => ownCell(trials, "fitted", configuration, configuration.name, row)),
  ]).flat();
}

function publishedColumnCell(
  trials: readonly ErrorsTrial[],
  configuration: PublishedConfiguration,
  row: number,
  candidate: string,
): Cell[] {
  const { column } = configuration;
  const of = errorsOf(trials, "fitted", configuration);
  const figure = publishedCell(published, rowName(row), column);
  if (figure === undefined) return ownCell(trials, "fitted", configuration, column, row);
  const unreproduced = configuration.id === MCSE_CANDIDATE.id && row < ROWS_BELOW_1024;
  const reason = unreproduced ? candidate : reasonOf(of, row, figure);
  return [numberCell({ row: rowName(row), column, published: figure, reason }, rowMeans(of, row))];
}

/** A cell that the paper has not; none where no trial has a source of the row. */
function ownCell(
  trials: readonly ErrorsTrial[],
  preset: TracePresetName,
  configuration: Configuration,
  column: string,
  row: number,
): Cell[] {
  const values = rowMeans(errorsOf(trials, preset, configuration), row);
  return values.length === 0 ? [] : [numberCell({ row: rowName(row), column, published: undefined }, values)];
}

/** What is known of a miss. */
function reasonOf(trials: readonly ErrorsTrial[], row: number, { value }: PublishedCell): string {
  const values = rowMeans(trials, row);
  if (values.length >= TRIALS_FOR_A_RANGE) {
    const { low, high } = centralRange(values);
    return `the published run is outside our 2.5-97.5 % range of single runs, ${significant(low, 3)} to ${significant(high, 3)}`;
  }
  if (values.length !== 1) return "";
  const [{ result }] = trials;
  const { sources, mean: error, standardError } = result.rows[row];
  const share = standardError / error;
  const off = Math.abs(values[0] - Number(value)) / standardError;
  return `one run of ${sources} sources: its own standard error is ${significantPercent(share)}, the miss ${off.toFixed(1)} of them`;
}

/** Column C is not reproduced: what is known of it, measured. */
function candidateReason(trials: readonly ErrorsTrial[]): string {
  const of = errorsOf(trials, "fitted", MCSE_CANDIDATE);
  const below = Array.from({ length: ROWS_BELOW_1024 }, (_, row) => {
    const value = publishedCell(published, rowName(row), MCSE_CANDIDATE.column)?.value;
    return 1 - mean(rowMeans(of, row)) / Number(value);
  });
  const [least, largest] = [Math.min(...below), Math.max(...below)];
  return (
    `not reproduced: our reading of Algorithm 3's choice has ${Math.round(least * 100)} to ${Math.round(largest * 100)} % ` +
    "lower error than printed below 1024, and none of about 20 other rules of choice gave the printed figures"
  );
}

function notesOf(trials: readonly ErrorsTrial[], run: Run): string[] {
  const { trials: trialCount, most } = extentOf(run);
  const fitted = errorsOf(trials, "fitted", PUBLISHED[0]);
  const sources = Math.round(mean(fitted.map(({ result }) => result.sources)));
  return [
    `The trace: ${TRACE_TITLES.fitted}; here ${sources} sources, 8.4M distinct contacts, ${runs(trialCount)}; ${sampleText(most.fitted)}.`,
    "calibrated: the trace was fitted to rows 1 and 2-3 of columns A, B and D, so their agreement proves nothing; the test is from 4-7 on.",
    "Rows above 4095 and the columns after D are not in the paper. CSE-4096, vHLL and rSkt2 have the same memory as the others.",
    ...saturationNotes(trials),
  ];
}

/** Estimates at the range limit are flagged; where they are many, the mean error tells nothing but that. */
function saturationNotes(trials: readonly ErrorsTrial[]): string[] {
  const parts = [...PUBLISHED, ...OWN].flatMap((configuration) => {
    const of = errorsOf(trials, "fitted", configuration);
    const shares = Array.from({ length: ROWS }, (_, row) => {
      const rows = of.map(({ result }) => result.rows[row]);
      const decoded = rows.reduce((sum, { sources }) => sum + sources, 0);
      return decoded === 0 ? 0 : rows.reduce((sum, { saturated }) => sum + saturated, 0) / decoded;
    });
    const flagged = shares.flatMap((share, row) =>
      share >= 0.05 ? [`${rowName(row)} ${Math.round(share * 100)} %`] : [],
    );
    return flagged.length === 0 ? [] : [`${configuration.name} ${flagged.join(", ")}`];
  });
  return parts.length === 0 ? [] : [`Sources flagged as saturated (from 5 % on): ${parts.join("; ")}.`];
}

function otherPreset(trials: readonly ErrorsTrial[], preset: TracePresetName): Table {
  return {
    id: `table1-${preset}`,
    title: `The same with the reading "${TRACE_TITLES[preset]}"`,
    cells: Array.from({ length: ROWS }, (_, row) =>
      PUBLISHED.flatMap((configuration) => ownCell(trials, preset, configuration, configuration.column, row)),
    ).flat(),
    notes: ["Not held against the paper cell by cell: the claim below counts how many cells this reading would meet."],
  };
}

/** Whether another reading of the trace gives Table 1. */
function readingClaim(trials: readonly ErrorsTrial[], preset: TracePresetName): Claim {
  const compared = PUBLISHED.filter(({ id }) => id !== MCSE_CANDIDATE.id).flatMap((configuration) =>
    Array.from({ length: PUBLISHED_ROWS }, (_, row) => {
      const figure = publishedCell(published, rowName(row), configuration.column);
      const plain = figure === undefined ? undefined : { ...figure, calibrated: false };
      const context = { row: rowName(row), column: configuration.column, published: plain };
      return numberCell(context, rowMeans(errorsOf(trials, preset, configuration), row)).verdict;
    }),
  );
  const met = compared.filter((verdict) => verdict === "agrees").length;
  return {
    by: "paper",
    text: preset === "average" ? "the average spread is 13.3" : "the trace has nearly 6M spreaders",
    verdict: met === compared.length ? "agrees" : "differs",
    evidence: `a trace read so meets ${met} of the ${compared.length} cells of columns A, B and D`,
  };
}
