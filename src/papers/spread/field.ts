import { meanInterval } from "../../numbers/statistics.ts";
import type { Cell, Claim, Table } from "../../results/comparison.ts";
import { defineExperiment, type ExperimentReport, type Run } from "../experiment.ts";
import { numberCell } from "../verdict.ts";
import {
  type Configuration,
  CSE_256,
  CSE_1024,
  CSE_4096,
  CSES_256,
  MCSE_JOINT,
  RSKT2_64,
  VHLL_128,
  VHLL_512,
} from "./configurations.ts";
import { extentOf } from "./extent.ts";
import { PUBLISHED_ROWS, ROWS, rowName } from "./rows.ts";
import { type ErrorsTrial, errorsOf, planErrors } from "./tasks.ts";
import { sampleText } from "./text.ts";
import { errorsByRow } from "./trace-trials.ts";

const BITMAPS = [CSE_256, CSE_1024, CSE_4096];
const PEERS = [VHLL_128, VHLL_512, RSKT2_64];

/** Ours against the other at equal memory, on the same drawings. */
interface Pair {
  readonly ours: Configuration;
  readonly other: Configuration;
}

/** Hypotheses of this project beyond the paper, paired over drawings of the trace. */
export const field = defineExperiment({
  id: "spread/field",
  paper: "spread",
  title: "Estimators at equal memory, paired over drawings of the trace",
  result: errorsByRow.result,
  plan: (run) => planErrors(run, "fitted", [MCSE_JOINT, CSES_256, ...BITMAPS, ...PEERS], extentOf(run).pairs),
  summarise,
});

function summarise(trials: readonly ErrorsTrial[], run: Run): ExperimentReport {
  const joint = { ours: MCSE_JOINT, other: CSES_256 };
  const peers = BITMAPS.map((ours) => PEERS.map((other) => ({ ours, other })));
  const { pairs, most } = extentOf(run);
  return {
    tables: [
      tableOf(trials, "joint", "MCSE's joint decoder against CSES", [joint]),
      ...peers.map((row) => tableOf(trials, row[0].ours.id, `${row[0].ours.name} against register sketches`, row)),
    ],
    figures: [],
    claims: [joint, ...peers.flat()].map((pair) => hypothesis(trials, pair)),
    errata: [],
    parameters: { memoryBits: 8_000_000, contacts: 8_400_000, pairs, decoding: sampleText(most.fitted) },
  };
}

/** 100 (ours - other) / mean of other, one a drawing in which the row has sources. */
function differences(trials: readonly ErrorsTrial[], { ours, other }: Pair, row: number): number[] {
  const [a, b] = [ours, other].map((each) => errorsOf(trials, "fitted", each).map(({ result }) => result.rows[row]));
  const paired = a.map((each, i) => [each, b[i]]).filter(([each]) => each.sources > 0);
  const scale = paired.reduce((sum, [, each]) => sum + each.mean, 0) / paired.length;
  return paired.map(([x, y]) => (100 * (x.mean - y.mean)) / scale);
}

function tableOf(trials: readonly ErrorsTrial[], id: string, title: string, pairs: readonly Pair[]): Table {
  return {
    id,
    title: `${title}: difference of their errors in percent of the other's; below 0, ours is better`,
    cells: Array.from({ length: ROWS }, (_, row) =>
      pairs.flatMap((pair): Cell[] => {
        const column = `${pair.ours.name} v. ${pair.other.name}`;
        const context = { row: rowName(row), column, published: undefined, unit: "%" };
        const values = differences(trials, pair, row);
        return values.length === 0 ? [] : [numberCell(context, values)];
      }),
    ).flat(),
  };
}

/** `agrees`: the 95 % interval is below 0 in every row that the paper prints; `differs`: it is above 0 in one or more. */
function hypothesis(trials: readonly ErrorsTrial[], pair: Pair): Claim {
  const text = `${pair.ours.name} has less error than ${pair.other.name} in the same memory, in every row up to 4095`;
  const pairs = errorsOf(trials, "fitted", pair.ours).length;
  if (pairs < 2) return { by: "netvantage", text, verdict: "not run", evidence: "one pair; an interval needs two" };
  const better: number[] = [];
  const worse: number[] = [];
  const open: number[] = [];
  for (let row = 0; row < PUBLISHED_ROWS; row++) {
    const interval = meanInterval(differences(trials, pair, row));
    if (interval !== undefined && interval.high < 0) better.push(row);
    else if (interval !== undefined && interval.low > 0) worse.push(row);
    else open.push(row);
  }
  const verdict = worse.length > 0 ? "differs" : open.length > 0 ? "undecided" : "agrees";
  const parts = [
    `better in ${rowsText(better)}`,
    ...(worse.length > 0 ? [`worse in ${rowsText(worse)}`] : []),
    ...(open.length > 0 ? [`undecided in ${rowsText(open)}`] : []),
  ];
  return {
    by: "netvantage",
    text,
    verdict,
    evidence: `paired 95 % intervals of ${pairs} drawings: ${parts.join(", ")}`,
  };
}

/** Runs of rows as ranges of spreads: "1-255, 1024-2047". */
function rowsText(rows: readonly number[]): string {
  if (rows.length === 0) return "no row";
  if (rows.length === PUBLISHED_ROWS) return "every row";
  const parts: string[] = [];
  for (const [i, row] of rows.entries()) {
    if (i > 0 && rows[i - 1] === row - 1) continue;
    let end = row;
    while (rows.includes(end + 1)) end += 1;
    parts.push(end === 0 ? "1" : `${2 ** row}-${2 ** (end + 1) - 1}`);
  }
  return parts.join(", ");
}
