import type { ExactSpread } from "../../spread/exact.ts";
import type { SpreadSketch } from "../../spread/spread-sketch.ts";
import { type Parties, sliceParties } from "./parties.ts";

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

/**
 * Sorts contacts into windows aligned to the clock: window i covers [i w, (i + 1) w) seconds since the epoch.
 *
 * Two windows are open at a time, the newest and the one before it, so that packets may be late by up to one window. When a newer
 * window opens, older ones close, in order of time. A contact of a window that has closed is left out and counted as late.
 * Windows without contacts do not exist.
 */
export interface WindowSorter {
  /** @param times n seconds */
  add(parties: Parties, times: Float64Array, n: number): void;
  /** Closes what is open, in order of time. */
  end(): void;
  /** Contacts left out. */
  readonly late: number;
}

/** Contacts without a time, where windows need one. */
export class NoTimeError extends Error {
  override readonly name = "NoTimeError";
}

/** @param seconds the windows' length; undefined: one window of all time @param onClose takes each window that closes */
export function sortIntoWindows(
  seconds: number | undefined,
  open: OpenWindow,
  onClose: (window: Window) => void,
): WindowSorter {
  return seconds === undefined ? oneWindow(open(undefined), onClose) : clockWindows(seconds, open, onClose);
}

function oneWindow(window: Window, onClose: (window: Window) => void): WindowSorter {
  return {
    late: 0,
    add: (parties, _times, n) => addTo(window, parties, n),
    end: () => onClose(window),
  };
}

function clockWindows(seconds: number, open: OpenWindow, onClose: (window: Window) => void): WindowSorter {
  let newest = Number.NEGATIVE_INFINITY;
  const windows = new Map<number, Window>();
  let late = 0;

  function closeBefore(index: number): void {
    for (const each of [...windows.keys()].sort((a, b) => a - b)) {
      const window = windows.get(each);
      if (each >= index || window === undefined) continue;
      windows.delete(each);
      onClose(window);
    }
  }

  function windowAt(index: number): Window | undefined {
    if (index > newest) {
      newest = index;
      closeBefore(index - 1);
    }
    if (index < newest - 1) return undefined;
    let window = windows.get(index);
    if (window === undefined) {
      window = open(index * seconds);
      windows.set(index, window);
    }
    return window;
  }

  return {
    get late() {
      return late;
    },
    add: (parties, times, n) => {
      for (const { index, from, to } of runs(times, n, seconds)) {
        const window = windowAt(index);
        if (window === undefined) late += to - from;
        else addTo(window, sliceParties(parties, from, to), to - from);
      }
    },
    end: () => closeBefore(Number.POSITIVE_INFINITY),
  };
}

/** Stretches of contacts of one window. */
function* runs(
  times: Float64Array,
  n: number,
  seconds: number,
): Generator<{ index: number; from: number; to: number }> {
  let from = 0;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(times[i])) throw new NoTimeError("contacts without a time, which windows need");
    const index = Math.floor(times[from] / seconds);
    if (Math.floor(times[i] / seconds) === index) continue;
    yield { index, from, to: i };
    from = i;
  }
  if (from < n) yield { index: Math.floor(times[from] / seconds), from, to: n };
}

function addTo(window: Window, { spreaders, counted }: Parties, n: number): void {
  window.sketch.add(spreaders, counted, n);
  window.contacts += n;
  if (window.exacts.length === 0) return;
  const spreaderKeys = window.sketch.keysOf(spreaders, n);
  const countedKeys = window.sketch.keysOf(counted, n);
  for (const exact of window.exacts) exact.add(spreaderKeys, countedKeys, n);
}
