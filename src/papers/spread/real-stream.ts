import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Task } from "../../engine/task.ts";
import { deriveSeed } from "../../numbers/seed.ts";
import { mean } from "../../numbers/statistics.ts";
import type { Cell } from "../../results/comparison.ts";
import { significantPercent } from "../../text/numbers.ts";
import { defineExperiment, type ExperimentReport, type Run, type TrialOf } from "../experiment.ts";
import { absentCell, numberCell } from "../verdict.ts";
import { type Configuration, MCSE_JOINT, PUBLISHED, RSKT2_64, VHLL_128 } from "./configurations.ts";
import { extentOf } from "./extent.ts";
import { errorsOnStream, stream } from "./real-trials.ts";
import { ROWS, rowName } from "./rows.ts";

const FILE = "flows/wiki-Vote.txt";
/** Contacts a bit of memory in the paper: 8.4M in 8M bits. */
const LOAD = 1.05;
const COLUMNS: readonly Configuration[] = [...PUBLISHED, MCSE_JOINT, VHLL_128, RSKT2_64];

type StreamInput = ReturnType<typeof stream.input>;
type RealTrial = TrialOf<typeof errorsOnStream>;

/** Table 1 on a real stream: who voted on whom in Wikipedia, a public graph of the Stanford collection. */
export const realStream = defineExperiment({
  id: "spread/real",
  paper: "spread",
  title: "The errors of Table 1 on a real stream, against exact counts",
  result: errorsOnStream.result,
  plan: (run) => {
    const input = streamInput(run);
    if (input === undefined) return { tasks: [], inputs: [] };
    const trials = Array.from({ length: extentOf(run).realTrials }, (_, trial) => trial);
    return {
      tasks: trials.flatMap((trial) => COLUMNS.map((each) => realTask(run, each, trial, input))),
      inputs: [input],
    };
  },
  summarise,
});

/** undefined: the file is not there. */
function streamInput({ dataDir }: Run) {
  const file = dataDir === undefined ? undefined : join(dataDir, FILE);
  if (file === undefined || !existsSync(file)) return undefined;
  return stream.input(`spread/stream ${FILE}`, { file });
}

function realTask(run: Run, { id, sketch }: Configuration, trial: number, records: StreamInput): Task {
  const seed = deriveSeed(run.seed, "spread/real", { configuration: id }, trial);
  const parameters = { configuration: id, sketch, load: LOAD, trial, seed };
  return errorsOnStream.task(`spread/real ${id} trial ${trial}`, parameters, { stream: records });
}

function summarise(trials: readonly RealTrial[], run: Run): ExperimentReport {
  const title = "Mean of |estimate - spread| / spread, by true spread, wiki-Vote";
  const empty = { figures: [], claims: [], errata: [] };
  if (trials.length === 0) {
    const absent = `needs ${FILE}: ${run.dataDir === undefined ? "say where with --data DIR" : `not in ${run.dataDir}`}`;
    const cells = COLUMNS.map(({ name }) => absentCell({ row: "all", column: name, published: undefined }, absent));
    return { ...empty, tables: [{ id: "real", title, cells }], parameters: { file: FILE } };
  }
  const [{ result: first }] = trials;
  return {
    ...empty,
    tables: [{ id: "real", title, cells: cellsOf(trials), notes: notesOf(trials) }],
    parameters: {
      file: FILE,
      sources: first.sources,
      distinctContacts: first.contacts,
      memoryBits: first.memoryBits,
      trials: extentOf(run).realTrials,
    },
  };
}

function of(trials: readonly RealTrial[], { id }: Configuration): RealTrial[] {
  return trials.filter(({ task }) => task.parameters.configuration === id);
}

/** The rows that the stream has sources in. */
function cellsOf(trials: readonly RealTrial[]): Cell[] {
  const [{ result: first }] = trials;
  const present = Array.from({ length: ROWS }, (_, row) => row).filter((row) => first.rows[row].sources > 0);
  return present.flatMap((row) =>
    COLUMNS.map((each) =>
      numberCell(
        { row: rowName(row), column: each.name, published: undefined },
        of(trials, each).map((trial) => trial.result.rows[row].mean),
      ),
    ),
  );
}

function notesOf(trials: readonly RealTrial[]): string[] {
  const [{ result: first }] = trials;
  const counts = first.rows.flatMap(({ sources }, row) => (sources > 0 ? [`${rowName(row)} ${sources}`] : []));
  const high = first.rows.findLastIndex(({ sources }) => sources > 0);
  const saturated = mean(
    of(trials, PUBLISHED[0]).map(({ result: { rows } }) => rows[high].saturated / rows[high].sources),
  );
  return [
    `${first.contacts} distinct contacts of ${first.sources} sources in ${first.memoryBits} bits: the paper's load, 1.05 contacts a bit. Every source is decoded; trials differ in the sketch's seed alone.`,
    `Sources a row: ${counts.join(", ")}. CSE-256 flags ${significantPercent(saturated)} of the last row as saturated.`,
    "The paper has no such stream, so nothing is published to hold this against. Its sources are larger (17 contacts each), and in so small a sketch a large source shares bits with itself.",
  ];
}
