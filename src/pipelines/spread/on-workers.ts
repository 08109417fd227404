import { resolve } from "node:path";
import { type QueueOptions, requireResult, runTasks } from "../../engine/engine.ts";
import { mapMerge } from "../../engine/map-merge.ts";
import type { Task } from "../../engine/task.ts";
import type { FileTally } from "./file.ts";
import { mergeFiles, sketchFile } from "./file-sketches.ts";
import type { CountingRule } from "./rule.ts";

/** What of a SpreadJob matters here. */
interface FilesJob {
  readonly files: readonly string[];
  readonly rule: CountingRule;
  readonly workers?: number | undefined;
  readonly queue?: QueueOptions | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((part: string, done: number, total: number) => void) | undefined;
}

/** A sketch's bytes and what it counted. */
type Take = (state: Uint8Array, contacts: number) => Promise<void>;

/**
 * Counts each file by itself, and merges in the order of the files: where the workers are, so that one sketch comes
 * back, unless the fold begins with saved states, which are here. Files that an interruption cut short are left out.
 * @throws InputError
 */
export async function countFilesOnWorkers(job: FilesJob, afterStates: boolean, take: Take): Promise<FileTally[]> {
  const tallies = afterStates ? await mergeHere(job, take) : await mergeThere(job, take);
  const names = new Map(job.files.map((file) => [placeOf(file, job), file]));
  return tallies.map((tally) => ({ ...tally, file: names.get(tally.file) ?? tally.file }));
}

async function mergeThere(job: FilesJob, take: Take): Promise<readonly FileTally[]> {
  const { estimator } = job.rule.sketch;
  const merge = mergeFiles.task("spread merge", { estimator });
  const onPart = (done: number, total: number) => job.onProgress?.("files", done, total);
  const merged = await mapMerge({ parts: tasksOf(job), merge }, { ...engineOptions(job), onProgress: onPart });
  const { tallies, contacts, state } = mergeFiles.result.parse(merged);
  if (state !== undefined) await take(state, contacts);
  return tallies;
}

async function mergeHere(job: FilesJob, take: Take): Promise<readonly FileTally[]> {
  const tallies: FileTally[] = [];
  const outcomes = runTasks(tasksOf(job), [], {
    ...engineOptions(job),
    onProgress: ({ done, total }) => job.onProgress?.("files", done, total),
  });
  try {
    for await (const outcome of outcomes) {
      const { tally, contacts, state } = sketchFile.result.parse(requireResult(outcome));
      tallies.push(tally);
      if (state !== undefined) await take(state, contacts);
    }
  } catch (error) {
    if (job.signal?.aborted !== true || error !== job.signal.reason) throw error;
  }
  return tallies;
}

function tasksOf(job: FilesJob): Task[] {
  const { files, rule } = job;
  return files.map((file, i) => sketchFile.task(`spread ${i} ${file}`, { file: placeOf(file, job), rule }));
}

/** Workers of a queue run in directories of their own. */
function placeOf(file: string, { queue }: FilesJob): string {
  return queue === undefined ? file : resolve(file);
}

function engineOptions({ signal, workers, queue }: FilesJob) {
  return { signal, workers, queue };
}
