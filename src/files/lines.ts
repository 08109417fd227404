/** Text lines of a byte stream, a block at a time: one asynchronous step per chunk, not per line. */
import type { ByteWindow } from "./byte-window.ts";
import { InputError } from "./input-error.ts";

/** Longer lines are refused: no log has them, and memory must not follow a file without line ends. */
const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;
/** What is looked at to tell a text format. */
const MAX_HEAD_BYTES = 1024 * 1024;

export interface LineBlock {
  /** Without their line ends; may be empty strings. */
  readonly lines: string[];
  /** Number of the first of them, counted from 1. */
  readonly first: number;
  /** Whether the last of them is the stream's last and has no line end: it may be truncated. */
  readonly unterminated: boolean;
}

/** Lines ended by LF or CR LF, in UTF-8 (a byte order mark is dropped, malformed bytes become U+FFFD). */
export async function* readLines(window: ByteWindow, name: string): AsyncGenerator<LineBlock> {
  const decoder = new TextDecoder();
  let carried = "";
  let first = 1;
  for await (const chunk of window.rest()) {
    const lines = (carried + decoder.decode(chunk, { stream: true })).split("\n");
    carried = lines.pop() ?? "";
    if (carried.length > MAX_LINE_CHARACTERS) {
      throw new InputError(name, { line: first + lines.length }, "line of more than 16 Mi characters");
    }
    if (lines.length === 0) continue;
    dropCarriageReturns(lines);
    yield { lines, first, unterminated: false };
    first += lines.length;
  }
  carried += decoder.decode();
  if (carried === "") return;
  const lines = [carried];
  dropCarriageReturns(lines);
  yield { lines, first, unterminated: true };
}

/**
 * The stream's first lines, up to `records` that are neither empty nor comments (#), without consuming them. Waits for
 * no more of the stream than that takes.
 */
export async function peekLines(window: ByteWindow, records: number): Promise<string[]> {
  let size = 1;
  for (;;) {
    const more = await window.fill(size);
    const lines = new TextDecoder().decode(window.bytes.subarray(window.start, window.end)).split("\n");
    const whole = more && window.available < MAX_HEAD_BYTES ? lines.slice(0, -1) : lines;
    dropCarriageReturns(whole);
    if (!more || window.available >= MAX_HEAD_BYTES || whole.filter(isRecord).length >= records) return whole;
    size = 2 * window.available;
  }
}

/** Whether a line of a delimited text is a record: neither empty nor a comment. */
export function isRecord(line: string): boolean {
  return line !== "" && line.charCodeAt(0) !== 0x23;
}

function dropCarriageReturns(lines: string[]): void {
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line.charCodeAt(line.length - 1) === 0x0d) lines[index] = line.slice(0, -1);
  }
}
