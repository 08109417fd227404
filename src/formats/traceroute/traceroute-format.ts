/** What makes a format of traceroutes; formats.ts has the table of them. */
import type { ByteWindow } from "../../files/byte-window.ts";
import type { Format } from "../open-format.ts";
import type { GivenTrace, TracerouteTally } from "./traceroute.ts";

export interface TracerouteOptions {
  /** The file's name for errors; "-" is standard input. */
  readonly name: string;
  /** A name from the table; told by content if absent. */
  readonly format?: string | undefined;
  /** From interface addresses to routers' names; see readAliases. */
  readonly aliases?: ReadonlyMap<string, string> | undefined;
}

/** How a stream begins. */
export interface TracerouteHead {
  /** The first line that is not blank. */
  readonly first: string;
  /** The first lines: JSON may be printed over many. */
  readonly text: string;
}

export type TraceSource = AsyncGenerator<GivenTrace>;

export interface TracerouteFormat extends Format {
  readonly detect: (head: TracerouteHead) => boolean;
  /** Reads the window to its end; fills in the tally's records, not what its traces add up to. */
  readonly read: (window: ByteWindow, name: string, tally: TracerouteTally) => TraceSource;
}

/** Whether a stream can only be meant as JSON. */
export function looksLikeJson({ first }: TracerouteHead): boolean {
  return /^\s*[{[]/.test(first);
}

/** Whether a stream can only be meant as XML or HTML. */
export function looksLikeMarkup({ first }: TracerouteHead): boolean {
  return /^\s*</.test(first);
}
