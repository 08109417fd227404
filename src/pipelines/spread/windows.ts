import type { ExactSpread } from "../../spread/exact.ts";
import type { SpreadSketch } from "../../spread/spread-sketch.ts";
import type { Parties } from "./parties.ts";

/** A stretch of time with the sketch of its contacts. */
export interface Window {
  /** Seconds since the epoch, a multiple of the window's length; undefined: all of time. */
  readonly start: number | undefined;
  readonly sketch: SpreadSketch;
  /** Exact counts beside it: none, or its own first and those of more than this window. */
  readonly exacts: readonly ExactSpread[];
  contacts: number;
}

/** Makes an empty window. */
export type OpenWindow = (start: number | undefined) => Window;

/** Takes a window that closes; the next contacts wait for it. */
export type CloseWindow = (window: Window) => void | Promise<void>;

/**
 * Sorts contacts into windows aligned to the clock: window i covers [i w, (i + 1) w) seconds since the epoch.
 *
 * Two windows are open at a time, the newest and the one before it, so that packets may be late by up to one window. When a newer
 * window opens, older ones close, in order of time. A contact of a window that has closed is late. Windows without contacts
 * do not exist.
 */
export interface WindowSorter {
  /** Adds n contacts of window `index`; false where they are late, and left out. */
  add(index: number, parties: Parties, n: number): Promise<boolean>;
  /** Closes what is open, in order of time. */
  end(): Promise<void>;
}

/** A contact without a time that a window could hold. */
export class NoTimeError extends Error {
  override readonly name = "NoTimeError";
}

/** What a Date can hold, in seconds from the epoch. */
const CALENDAR = 8.64e12;

/** The window that a time falls into; of all of time (seconds undefined), 0. @throws NoTimeError */
export function windowAt(time: number, seconds: number | undefined): number {
  if (seconds === undefined) return 0;
  if (Number.isNaN(time)) {
    throw new NoTimeError("a contact without a time, which --window needs; for logs, --time-column names its column");
  }
  if (Math.abs(time) > CALENDAR) throw new NoTimeError(`a contact at ${time} s, outside of the calendar`);
  return Math.floor(time / seconds);
}

/** @param seconds the windows' length; undefined: one window of all time */
export function sortIntoWindows(seconds: number | undefined, open: OpenWindow, onClose: CloseWindow): WindowSorter {
  let newest = Number.NEGATIVE_INFINITY;
  const windows = new Map<number, Window>();

  async function closeBefore(index: number): Promise<void> {
    for (const each of [...windows.keys()].sort((a, b) => a - b)) {
      const window = windows.get(each);
      if (each >= index || window === undefined) continue;
      windows.delete(each);
      await onClose(window);
    }
  }

  function windowOf(index: number): Window {
    const known = windows.get(index);
    if (known !== undefined) return known;
    const window = open(seconds === undefined ? undefined : index * seconds);
    windows.set(index, window);
    return window;
  }

  return {
    add: async (index, parties, n) => {
      if (index < newest - 1) return false;
      if (index > newest) {
        newest = index;
        await closeBefore(index - 1);
      }
      addTo(windowOf(index), parties, n);
      return true;
    },
    end: () => closeBefore(Number.POSITIVE_INFINITY),
  };
}

function addTo(window: Window, { spreaders, counted }: Parties, n: number): void {
  window.sketch.add(spreaders, counted, n);
  window.contacts += n;
  if (window.exacts.length === 0) return;
  const spreaderKeys = window.sketch.keysOf(spreaders, n);
  const countedKeys = window.sketch.keysOf(counted, n);
  for (const exact of window.exacts) exact.add(spreaderKeys, countedKeys, n);
}
