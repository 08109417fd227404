import { z } from "zod";
import type { Task } from "../../engine/task.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import { mean } from "../../numbers/statistics.ts";
import type { Cell, Claim } from "../../results/comparison.ts";
import { INDEX_HASHES, type IndexHash, rangeLimit, resolveOptions } from "../../spread/sketch-options.ts";
import { significant } from "../../text/numbers.ts";
import { defineExperiment, type ExperimentReport, type Run, type TrialOf } from "../experiment.ts";
import { loadPublished, publishedCell, publishedTable } from "../published.ts";
import { type CellContext, numberCell, textCell } from "../verdict.ts";
import {
  type Configuration,
  CSE_256,
  CSE_1024,
  CSES_256,
  MCSE_CANDIDATE,
  MCSE_JOINT,
  PUBLISHED,
} from "./configurations.ts";
import { countedOperations } from "./count-trials.ts";
import { extentOf } from "./extent.ts";
import { MEMORY_BITS } from "./sketch.ts";
import { type Drawing, errorsOf, planErrors, rangeTask, rowMeans } from "./tasks.ts";
import { errorsByRow, largestEstimates } from "./trace-trials.ts";

const published = publishedTable(loadPublished("spread"), "table2");

type Counts = TrialOf<typeof countedOperations>["result"]["store"];
type Table2Trial = TrialOf<typeof countedOperations | typeof largestEstimates | typeof errorsByRow>;

/** The paper's columns, and our decoder of MCSE. */
const COLUMNS: readonly Configuration[] = [...PUBLISHED, MCSE_JOINT];
const DRAWING: Drawing = { preset: "fitted", trial: 0 };
/** Contacts that operations are counted on: 4000 sources of 5. */
const COUNTED = { sources: 4000, spread: 5 };
/** Rows 1 to 8-15, and 256-511 to 2048-4095, of Table 1. */
const SMALL_ROWS = [0, 1, 2, 3];
const LARGE_ROWS = [8, 9, 10, 11];

/** Table 2: range, accuracy and cost, measured. */
export const table2 = defineExperiment({
  id: "spread/table2",
  paper: "spread",
  title: "Table 2, range, accuracy and cost of the algorithms",
  result: z.union([errorsByRow.result, countedOperations.result, largestEstimates.result]),
  plan: (run) => {
    const errors = planErrors(run, DRAWING.preset, COLUMNS, extentOf(run).trials);
    const own = COLUMNS.flatMap((each) => [
      rangeTask(run, DRAWING, each),
      ...INDEX_HASHES.map((indexHash) => countTask(run, each, indexHash)),
    ]);
    return { tasks: [...errors.tasks, ...own], inputs: errors.inputs };
  },
  summarise,
});

function countTask(run: Run, { id, sketch }: Configuration, indexHash: IndexHash): Task {
  const parameters = { configuration: id, indexHash, ...COUNTED };
  const seed = deriveSeed(run.seed, "spread/count", parameters, 0);
  return countedOperations.task(`spread/count ${id} ${indexHash}`, { ...parameters, sketch, seed });
}

function summarise(trials: readonly Table2Trial[], run: Run): ExperimentReport {
  const rows = [
    ...rangeRows(trials),
    markRow(trials, "accuracy, spreads 1-15", SMALL_ROWS),
    markRow(trials, "accuracy, spreads 256-4095", LARGE_ROWS),
    ...costRows(trials),
  ];
  return {
    tables: [{ id: "table2", title: "Range, accuracy and cost", place: "Table 2", cells: rows.flat(), notes: NOTES }],
    figures: [],
    claims: claims(trials),
    errata: [],
    parameters: {
      memoryBits: MEMORY_BITS,
      trialsOfTheMarks: extentOf(run).trials,
      contactsCounted: COUNTED.sources * COUNTED.spread,
    },
  };
}

const NOTES = [
  "Maximum range: the estimate of a source that sets all its virtual bits in a sketch of its own, s ln s / p. In the loaded sketch (8.4M contacts) what remains of it is less, since the noise takes its share of the bits: the paper's Figure 4a ends there too.",
  "Accuracy: the mean of the rows' errors over that of CSE-256: ++ up to 1/3, + up to 0.95, = up to 1.05, - up to 3, -- above. The paper states no rule; this one gives its marks from its own Table 1, and is applied to our rows.",
  "H: hashes computed, M: accesses to the sketch's bits, averages over 20,000 contacts, counted by an instrumented build of the kernel; L: logarithms and exponentials. mix64 hashes every virtual bit, which is the paper's cost; double32, the default, hashes a source once and steps through its bits.",
];

function contextOf(row: string, { name }: Configuration, more: Partial<CellContext> = {}): CellContext {
  return { row, column: name, published: publishedCell(published, row, name), ...more };
}

function rangeRows(trials: readonly Table2Trial[]): Cell[][] {
  const of = (configuration: Configuration) =>
    trials.flatMap(({ task, result }) =>
      "alone" in result && task.parameters.configuration === configuration.id ? [result] : [],
    );
  const exact = (context: CellContext, values: readonly number[]) => numberCell(context, values.map(Math.round));
  return [
    COLUMNS.map((each) =>
      exact(
        contextOf("maximum range (destinations)", each),
        of(each).map(({ alone }) => alone),
      ),
    ),
    COLUMNS.map((each) =>
      exact(
        contextOf("... under this load", each),
        of(each).map(({ loaded }) => loaded),
      ),
    ),
    COLUMNS.map((each) => {
      const limit = rangeLimit(resolveOptions({ ...each.sketch, memoryBits: MEMORY_BITS }));
      return { ...exact(contextOf("... by formula, s ln s / p", each), [limit]), trials: 0 };
    }),
  ];
}

/** The mark of a mean error relative to CSE-256's. */
export function accuracyMark(ratio: number): string {
  if (ratio <= 1 / 3) return "++";
  if (ratio <= 0.95) return "+";
  if (ratio <= 1.05) return "=";
  return ratio <= 3 ? "-" : "--";
}

function markRow(trials: readonly Table2Trial[], row: string, rows: readonly number[]): Cell[] {
  const errors = trials.flatMap(({ result, ...trial }) => ("rows" in result ? [{ ...trial, result }] : []));
  const meanError = (configuration: Configuration) =>
    mean(rows.map((each) => mean(rowMeans(errorsOf(errors, "fitted", configuration), each))));
  return COLUMNS.map((each) => {
    const ratio = meanError(each) / meanError(CSE_256);
    const reason = `${significant(ratio, 3)} times CSE-256's error`;
    return textCell(contextOf(row, each, { reason }), accuracyMark(ratio), errorsOf(errors, "fitted", each).length);
  });
}

function countsOf(trials: readonly Table2Trial[], { id }: Configuration, indexHash: IndexHash) {
  const found = trials.flatMap(({ task: { parameters }, result }) =>
    "store" in result && parameters.configuration === id && parameters.indexHash === indexHash ? [result] : [],
  );
  if (found.length !== 1) throw new RangeError(`${found.length} counts of ${id}, ${indexHash}`);
  return found[0];
}

function costRows(trials: readonly Table2Trial[]): Cell[][] {
  const store = (configuration: Configuration, indexHash: IndexHash) =>
    encodeText(countsOf(trials, configuration, indexHash).store);
  const decode = (configuration: Configuration, indexHash: IndexHash) =>
    decodeText(countsOf(trials, configuration, indexHash).estimate, segmentsOf(configuration));
  const isSegmented = (configuration: Configuration) => segmentsOf(configuration) > 1;
  return [
    COLUMNS.map((each) =>
      textCell(contextOf("encode one contact", each, { reason: ENCODE_REASONS[each.id] ?? "" }), store(each, "mix64")),
    ),
    COLUMNS.map((each) =>
      textCell(
        contextOf("decode one source", each, {
          ...(isSegmented(each) && { pattern: "as many hashes and accesses as printed, and logarithms beside them" }),
        }),
        decode(each, "mix64"),
      ),
    ),
    COLUMNS.map((each) => textCell(contextOf("encode one contact, double32", each), store(each, "double32"))),
    COLUMNS.map((each) => textCell(contextOf("decode one source, double32", each), decode(each, "double32"))),
  ];
}

const ONE_MORE = "a hash more: the source's address is mixed into a 64-bit key";
const ENCODE_REASONS: { readonly [id: string]: string } = {
  [CSE_256.id]: ONE_MORE,
  [CSE_1024.id]: ONE_MORE,
  [MCSE_CANDIDATE.id]: `${ONE_MORE}; 1 contact in 8 is in no segment and costs neither a cell's hash nor accesses`,
  [CSES_256.id]: `${ONE_MORE}; 3 contacts in 4 are not sampled and cost neither a cell's hash nor accesses`,
};

function segmentsOf({ sketch }: Configuration): number {
  return sketch.segments ?? 1;
}

/** "3H + 2M". */
function encodeText({ hashes, accesses }: Counts): string {
  return `${rounded(hashes)}H + ${rounded(accesses)}M`;
}

/** "256*(H + M)", "256*3*(H + M) + 22L", "256*M"; a logarithm a source is not worth printing. */
function decodeText({ hashes, accesses, transcendentals }: Counts, segments: number): string {
  const times = segments === 1 ? String(accesses) : `${accesses / segments}*${segments}`;
  const bits = hashes === accesses ? `${times}*(H + M)` : `${hashes === 0 ? "" : `${rounded(hashes)}H + `}${times}*M`;
  return transcendentals < 2 ? bits : `${bits} + ${Math.round(transcendentals)}L`;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

function claims(trials: readonly Table2Trial[]): Claim[] {
  const decode = (configuration: Configuration) => countsOf(trials, configuration, "mix64").estimate;
  const [small, large, mcse, joint, cses] = [CSE_256, CSE_1024, MCSE_CANDIDATE, MCSE_JOINT, CSES_256].map(decode);
  const words = ({ hashes, accesses, transcendentals }: Counts) =>
    `${hashes} H, ${accesses} M, ${Math.round(transcendentals)} L`;
  const isThrice = mcse.accesses >= 3 * small.accesses && mcse.transcendentals > 3 * small.transcendentals;
  return [
    {
      by: "paper",
      text: "MCSE is significantly slower than CSE, due to its maximum likelihood",
      verdict: isThrice ? "agrees" : "differs",
      evidence: `operations to decode a source: MCSE ${words(mcse)} (joint ${words(joint)}), CSE-256 ${words(small)}; three segments are read, so the likelihood is only part of it`,
    },
    {
      by: "paper",
      text: "CSES is comparable to CSE in terms of speed, and its estimation time is below that of CSE with s = 1024",
      verdict: cses.accesses === small.accesses && cses.accesses < large.accesses ? "agrees" : "differs",
      evidence: `CSES ${words(cses)}, CSE-256 ${words(small)}, CSE-1024 ${words(large)}`,
    },
  ];
}
