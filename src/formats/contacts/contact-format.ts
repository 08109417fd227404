/** What makes a format of captures or flow logs; formats.ts has the table of them. */
import type { ByteWindow } from "../../files/byte-window.ts";
import type { Format } from "../open-format.ts";
import type { ColumnOptions } from "./columns.ts";
import type { ContactBatch, ReaderTally } from "./contact-batch.ts";

export interface ContactOptions extends ColumnOptions {
  /** The file's name for errors; "-" is standard input. */
  readonly name: string;
  /** A name from the table; told by content if absent. */
  readonly format?: string | undefined;
}

/** How many records of text a format is told by. */
export const HEAD_RECORDS = 2;

/** How a stream begins. */
export interface ContactHead {
  /** Its first 4 bytes, big-endian; undefined if there are fewer. */
  readonly magic: number | undefined;
  /** Its first lines, and the first of them that is not blank; empty as long as it may be a capture, told by its magic. */
  readonly lines: readonly string[];
  readonly line: string;
}

export interface ContactFormat extends Format {
  /** @throws InputError for text in columns, where these cannot be told. */
  readonly detect: (head: ContactHead, options: ContactOptions) => boolean;
  /** Reads the window to its end, a batch at a time, which may be reused; fills in the tally. */
  readonly read: (window: ByteWindow, options: ContactOptions, tally: ReaderTally) => AsyncGenerator<ContactBatch>;
}
