import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { codeHash } from "../../engine/code.ts";
import { codeVersion } from "../../engine/code-version.ts";
import type { TaskStore } from "../../engine/memory.ts";
import { openStore } from "../../engine/store.ts";
import type { Experiment, Run } from "../../papers/experiment.ts";
import { type ExperimentProgress, type ReproduceOptions, reproduce } from "../../papers/reproduce.ts";
import { describeRun, writeExperiment, writeResults } from "../../report/result-files.ts";
import {
  COMPARISON_VERSION,
  type Comparison,
  type ExperimentEntry,
  type PaperEntry,
} from "../../results/comparison.ts";

/** Experiments to run and, with `out`, to write. */
export interface ReproduceJob extends Pick<ReproduceOptions, "workers" | "queue"> {
  readonly experiments: readonly Experiment[];
  /** All that there are: the results describe those that they are of. */
  readonly papers: readonly PaperEntry[];
  readonly run: Run;
  /** Version of the package. */
  readonly netvantage: string;
  /** Directory of results, page, tables, figures and finished trials; undefined: nothing is written. */
  readonly out: string | undefined;
  /** Runs every trial, whatever `out` holds. */
  readonly fresh: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExperimentProgress) => void;
  readonly onExperiment: (entry: ExperimentEntry) => void;
  readonly onNote: (note: string) => void;
}

export interface ReproduceOutcome {
  readonly comparison: Comparison;
  /** Its path, where it was written. */
  readonly page: string | undefined;
}

/**
 * Runs experiments, hands each on when its last trial is in, and writes what there is; an interrupted run writes what
 * it has finished. @throws InputError where data is bad; the signal's reason where the run is stopped.
 */
export async function runReproduce(job: ReproduceJob): Promise<ReproduceOutcome> {
  const { experiments, run, out, papers, signal, onProgress, workers, queue } = job;
  const environment = environmentOf(job);
  const store = await openTrials(job);
  const entries: ExperimentEntry[] = [];
  const comparison = (): Comparison => {
    return { version: COMPARISON_VERSION, scale: run.scale, seed: run.seed, experiments: entries, environment };
  };
  try {
    const results = reproduce(experiments, run, { signal, onProgress, workers, queue, store });
    for await (const result of results) {
      const entry = out === undefined ? result.entry : await writeExperiment(out, result);
      entries.push(entry);
      job.onExperiment(entry);
    }
  } catch (error) {
    // Nothing finished is not written over the results of an earlier run.
    if (signal.aborted && out !== undefined && entries.length > 0) {
      const unfinished = experiments.map(({ id }) => id).filter((id) => !entries.some((entry) => entry.id === id));
      await writeResults(out, { ...comparison(), unfinished }, papers);
    }
    throw error;
  }
  const page = out === undefined ? undefined : await writeResults(out, comparison(), papers);
  return { comparison: describeRun(comparison(), papers), page };
}

async function openTrials({ out, fresh, onNote }: ReproduceJob): Promise<TaskStore | undefined> {
  if (out === undefined) return undefined;
  await mkdir(out, { recursive: true });
  return { results: await openStore(join(out, "trials"), { fresh, onNote }), codeHash };
}

function environmentOf({ netvantage }: ReproduceJob): Comparison["environment"] {
  return {
    netvantage,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    code: codeVersion(),
  };
}
