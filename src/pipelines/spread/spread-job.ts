import { stat } from "node:fs/promises";
import type { QueueOptions } from "../../engine/engine.ts";
import { InputError } from "../../files/input-error.ts";
import { requireWritable } from "../../files/replace-file.ts";
import { ExactSpread } from "../../spread/exact.ts";
import { ownParameters, resolveOptions } from "../../spread/sketch-options.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { KernelError } from "../../wasm/kernel/kernel.ts";
import { countFiles, emptySketch, sketchOptions } from "./count.ts";
import type { FileTally } from "./file.ts";
import { countFilesOnWorkers } from "./on-workers.ts";
import type { PartyRule } from "./parties.ts";
import {
  countsOf,
  jsonNumber,
  jsonSeed,
  type Listing,
  SPREAD_VERSION,
  type SpreadResult,
  type WindowResult,
} from "./result.ts";
import type { CountingRule } from "./rule.ts";
import { readState, type SavedState, type StateNote, writeStateFile } from "./saved-state.ts";
import { type Interruption, warningsOf } from "./warnings.ts";
import type { Window } from "./windows.ts";

/** The job behind `netvantage spread`: captures -> sketches -> merge -> offenders. */
export interface SpreadJob {
  /** Captures and logs; "-" is standard input. */
  readonly files: readonly string[];
  /** Saved states to start from; the first one's sketch and counting rule replace those of `rule`. */
  readonly merge: readonly string[];
  readonly rule: CountingRule;
  readonly listing: Listing;
  /** Count exactly, too: memory grows with the distinct contacts. */
  readonly exact: boolean;
  /** Where the state goes; with windows, one file each, their start in the name. */
  readonly save?: string | undefined;
  /** Threads for several files without windows; undefined: all cores. */
  readonly workers?: number | undefined;
  /** Counts the files on the workers of a queue, which have to find them under the same absolute paths. */
  readonly queue?: QueueOptions | undefined;
  /** Ends the reading; what was read until then is the result. */
  readonly signal?: AbortSignal | undefined;
  /** Called as windows close, in order of time. */
  readonly onWindow?: ((window: WindowResult) => void) | undefined;
  readonly onProgress?: ((part: string, done: number, total: number) => void) | undefined;
}

/** Smaller files are read before a bar could be. */
const LARGE_FILE = 50e6;

/** Sketches open at a time: a total and, with windows, the newest and the one before it. */
const OPEN_WINDOWS = 3;

/**
 * Runs the job. The result does not depend on the number of workers.
 * @throws InputError for bad files and states, RangeError for options out of range
 */
export async function runSpread(job: SpreadJob): Promise<SpreadResult> {
  requireQueueable(job);
  if (job.save !== undefined) await requireWritable(job.save);
  const states = await Promise.all(job.merge.map(readState));
  const rule = adoptRule(job.rule, states[0]);
  resolveOptions(sketchOptions(rule));
  const total = startTotal(rule, states, job);
  const tallies = await countAll({ ...job, rule }, total);
  return resultOf({ ...job, rule }, total, tallies, states);
}

function requireQueueable({ queue, rule, exact, files }: SpreadJob): void {
  if (queue === undefined) return;
  const other =
    rule.windowSeconds !== null ? "--window" : exact ? "--exact" : files.includes("-") ? "standard input" : "";
  if (other !== "") throw new RangeError(`--queue counts whole files on its workers, so it does not go with ${other}`);
}

/** A saved state says what it is: the sketch made here has to be the same. */
function adoptRule(rule: CountingRule, first: SavedState | undefined): CountingRule {
  if (first === undefined) return rule;
  const { options } = first.sketch;
  const { estimator, memoryBits, virtualBits, seed } = options;
  return {
    ...rule,
    sketch: { estimator, memoryBits, virtualBits, seed: String(seed), ...ownParameters(options) },
    candidates: first.sketch.candidates,
    party: first.note.rule,
  };
}

/** All windows together, and what was told of each. */
interface Total {
  sketch: SpreadSketch | undefined;
  contacts: number;
  readonly exact: ExactSpread | undefined;
  readonly windows: WindowResult[];
  readonly take: (window: Window) => Promise<void>;
}

function startTotal(rule: CountingRule, states: readonly SavedState[], job: SpreadJob): Total {
  const total: Total = {
    sketch: undefined,
    contacts: 0,
    exact: job.exact ? new ExactSpread() : undefined,
    windows: [],
    take: async (window) => {
      if (window.start !== undefined && rule.windowSeconds !== null) {
        const times = { start: new Date(window.start * 1000).toISOString(), seconds: rule.windowSeconds };
        const result = { ...times, ...countsOf(window, window.exacts[0], rule.party, job.listing) };
        total.windows.push(result);
        job.onWindow?.(result);
        if (job.save !== undefined) await saveWindow(window.start, rule.windowSeconds, window, job.save);
      }
      total.contacts += window.contacts;
      if (total.sketch === undefined) total.sketch = window.sketch;
      else total.sketch.merge(window.sketch);
    },
  };
  async function saveWindow(start: number, seconds: number, { sketch, contacts }: Window, save: string): Promise<void> {
    const note = { ...noteOf(rule), packets: contacts, contacts, window: { start, seconds } };
    await writeStateFile(windowFile(save, start), sketch, note);
  }
  states.forEach(({ sketch, note }, i) => {
    requireSameRule(rule.party, note.rule, job.merge[i]);
    total.contacts += note.contacts;
    if (total.sketch === undefined) total.sketch = sketch;
    else mergeState(total.sketch, sketch, job.merge[i], job.merge[0]);
  });
  return total;
}

function noteOf({ party, sketch }: CountingRule): Pick<StateNote, "rule" | "estimator"> {
  return { rule: party, estimator: sketch.estimator };
}

function requireSameRule(ours: PartyRule, theirs: PartyRule, file: string): void {
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return;
  const told = `--of ${theirs.of} --key ${theirs.key}${theirs.prefix === null ? "" : ` --prefix ${theirs.prefix.ipv4},${theirs.prefix.ipv6}`}`;
  throw new InputError(file, undefined, `counts something else (${told}), so it does not merge with the first state`);
}

function mergeState(into: SpreadSketch, sketch: SpreadSketch, file: string, first: string): void {
  try {
    into.merge(sketch);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    throw new InputError(file, undefined, `has other parameters or another seed than ${first}, so they do not merge`);
  }
}

/** name.nvs -> name-20240131T120000Z.nvs */
function windowFile(save: string, start: number): string {
  const time = new Date(start * 1000).toISOString().replace(/[-:]|\.000/g, "");
  const dot = save.lastIndexOf(".");
  const cut = dot > save.lastIndexOf("/") + 1 ? dot : save.length;
  return `${save.slice(0, cut)}-${time}${save.slice(cut)}`;
}

/** Windows need the files as one stream, in order of time; without them files are counted by themselves, and merged. */
async function countAll(job: SpreadJob, total: Total): Promise<FileTally[]> {
  const { files, exact, workers, rule, queue } = job;
  if (queue !== undefined) return countOnWorkers(job, total);
  if (files.length === 1 || rule.windowSeconds !== null) return countHere(files, job, total);
  // Exact counts are shared by files, and only this thread has the standard input.
  if (exact || workers === 0 || files.includes("-")) return countInTurn(job, total);
  return countOnWorkers(job, total);
}

async function countHere(files: readonly string[], job: SpreadJob, total: Total): Promise<FileTally[]> {
  const onBytes = job.files.length === 1 ? await byteReporter(files[0], job) : undefined;
  return countFiles(files, job.rule, {
    onClose: total.take,
    open: (start) => {
      const own = start !== undefined && job.exact ? new ExactSpread() : undefined;
      const exacts = [own, total.exact].filter((each) => each !== undefined);
      return { start, sketch: emptySketch(job.rule), exacts, contacts: 0 };
    },
    signal: job.signal,
    onFile: files.length > 1 ? (done) => job.onProgress?.("files", done, files.length) : undefined,
    onBytes,
  });
}

/** Tells every megabyte read of a large file. */
async function byteReporter(file: string, { onProgress }: SpreadJob): Promise<((bytes: number) => void) | undefined> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  if (size < LARGE_FILE) return undefined;
  let told = -1;
  return (bytes) => {
    const megabytes = Math.round(bytes / 1e6);
    if (megabytes !== told) onProgress?.(file, megabytes, Math.round(size / 1e6));
    told = megabytes;
  };
}

async function countInTurn(job: SpreadJob, total: Total): Promise<FileTally[]> {
  const tallies: FileTally[] = [];
  for (const [i, file] of job.files.entries()) {
    tallies.push(...(await countHere([file], job, total)));
    job.onProgress?.("files", i + 1, job.files.length);
  }
  return tallies;
}

async function countOnWorkers(job: SpreadJob, total: Total): Promise<FileTally[]> {
  const { estimator } = job.rule.sketch;
  return countFilesOnWorkers(job, total.sketch !== undefined, async (state, contacts) => {
    const sketch = SpreadSketch.fromBytes(state, { estimator });
    await total.take({ start: undefined, contacts, sketch, exacts: [] });
  });
}

function interruption({ signal, files }: SpreadJob, tallies: readonly FileTally[]): Interruption | undefined {
  return signal?.aborted === true ? { leftOut: files.length - tallies.length } : undefined;
}

async function resultOf(
  job: SpreadJob,
  total: Total,
  tallies: readonly FileTally[],
  states: readonly SavedState[],
): Promise<SpreadResult> {
  const { rule, listing } = job;
  const sketch = total.sketch ?? emptySketch(rule);
  const counts = countsOf({ sketch, contacts: total.contacts }, total.exact, rule.party, listing);
  const packets = [...tallies, ...states.map(({ note }) => note)].reduce((sum, each) => sum + each.packets, 0);
  if (job.save !== undefined && rule.windowSeconds === null) {
    const note = { ...noteOf(rule), packets, contacts: total.contacts, window: null };
    await writeStateFile(job.save, sketch, note);
  }
  const { estimator: name, memoryBits, virtualBits, segments, sampling, seed } = sketch.options;
  const { rangeLimit } = sketch;
  return {
    version: SPREAD_VERSION,
    files: tallies.map(({ warnings, ...tally }) => tally),
    packets,
    of: rule.party.of,
    key: rule.party.key,
    estimator: {
      name,
      memoryBits,
      virtualBits,
      segments,
      sampling,
      seed: jsonSeed(seed),
      rangeLimit: jsonNumber(rangeLimit),
    },
    memoryBytes: sketch.memoryBytes * (rule.windowSeconds === null ? 1 : OPEN_WINDOWS),
    candidates: sketch.candidates,
    warnings: warningsOf(sketch, counts, tallies, interruption(job, tallies)),
    ...counts,
    ...(rule.windowSeconds !== null && { windows: total.windows }),
  };
}
