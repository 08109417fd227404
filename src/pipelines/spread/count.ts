import { stat } from "node:fs/promises";
import type { SketchOptions } from "../../spread/sketch-options.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { type FileReading, type FileTally, type ReadHooks, type Run, readRuns } from "./file.ts";
import type { CountingRule } from "./rule.ts";
import { type CloseWindow, type OpenWindow, sortIntoWindows, type Window } from "./windows.ts";

export interface CountHooks extends ReadHooks {
  /** Default: empty sketches, no exact counts. */
  readonly open?: OpenWindow | undefined;
  readonly onClose: CloseWindow;
  /** Called as files end. */
  readonly onFile?: ((done: number) => void) | undefined;
}

/** What a rule's sketch is made from. */
export function sketchOptions({ sketch }: CountingRule): SketchOptions {
  return { ...sketch, seed: BigInt(sketch.seed) };
}

/** The sketch that a rule asks for. @throws RangeError that names the option out of range. */
export function emptySketch(rule: CountingRule): SpreadSketch {
  return SpreadSketch.create(sketchOptions(rule), rule.candidates);
}

/** A window without contacts or exact counts. */
function emptyWindow(rule: CountingRule, start: number | undefined): Window {
  return { start, sketch: emptySketch(rule), exacts: [], contacts: 0 };
}

/** A file that is being read: its next run is at hand. */
interface Active {
  readonly slot: number;
  readonly reading: FileReading;
  run: Run;
  late: number;
}

/**
 * Streams files into windows as if they were one stream in order of time, window by window, in memory that does not grow with
 * them. Only files whose times overlap are open at once: each one's first window is looked up beforehand.
 * @throws InputError
 */
export async function countFiles(
  files: readonly string[],
  rule: CountingRule,
  hooks: CountHooks,
): Promise<FileTally[]> {
  const open = hooks.open ?? ((start) => emptyWindow(rule, start));
  const sorter = sortIntoWindows(rule.windowSeconds ?? undefined, open, hooks.onClose);
  const tallies: FileTally[] = [];
  let active: Active[] = [];
  let done = 0;

  const advance = async (each: Omit<Active, "run">): Promise<void> => {
    const { value, done: ended } = await each.reading.runs.next();
    active = active.filter(({ slot }) => slot !== each.slot);
    if (ended !== true) active.push({ ...each, run: value });
    else {
      tallies[each.slot] = each.reading.tally(each.late);
      hooks.onFile?.(++done);
    }
  };

  const waiting = await inOrderOfTime(files, rule, hooks);
  try {
    for (;;) {
      const first = active.reduce((least, { run }) => Math.min(least, run.index), Number.POSITIVE_INFINITY);
      const next = waiting[0];
      if (next !== undefined && next.index <= first) {
        waiting.shift();
        await advance({ slot: next.slot, reading: readRuns(files[next.slot], rule, hooks), late: 0 });
        continue;
      }
      const each = active.find(({ run }) => run.index === first);
      if (each === undefined) break;
      const { index, parties, length } = each.run;
      const counted = await sorter.add(index, parties, length);
      await advance({ ...each, late: each.late + (counted ? 0 : length) });
    }
  } finally {
    await Promise.all(active.map(({ reading }) => reading.runs.return(undefined)));
  }
  await sorter.end();
  return tallies;
}

/** The files by the window they begin in; those that cannot be read twice (pipes) come first. */
async function inOrderOfTime(
  files: readonly string[],
  rule: CountingRule,
  { signal }: ReadHooks,
): Promise<{ slot: number; index: number }[]> {
  const order: { slot: number; index: number }[] = [];
  for (const [slot, file] of files.entries()) {
    const known = files.length > 1 && rule.windowSeconds !== null && (await isRegular(file));
    const index = known ? await firstWindow(file, rule, signal) : Number.NEGATIVE_INFINITY;
    order.push({ slot, index });
  }
  return order.sort((a, b) => a.index - b.index || a.slot - b.slot);
}

async function isRegular(file: string): Promise<boolean> {
  return file !== "-" && (await stat(file).catch(() => undefined))?.isFile() === true;
}

async function firstWindow(file: string, rule: CountingRule, signal: AbortSignal | undefined): Promise<number> {
  const { runs } = readRuns(file, rule, { signal });
  const { value, done } = await runs.next();
  await runs.return(undefined);
  return done === true ? Number.NEGATIVE_INFINITY : value.index;
}
