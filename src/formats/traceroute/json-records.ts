/** JSON objects of a stream, one by one: a list of them, or one behind the other (JSON lines); in memory is one at a time. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";

const MAX_RECORD_CHARACTERS = 16 * 1024 * 1024;

export interface JsonRecord {
  readonly value: object;
  /** The line on which it begins. */
  readonly line: number;
}

/**
 * @throws InputError naming the line of what is no JSON object; an object that the stream's end cuts off leaves a warning.
 */
export async function* readJsonRecords(
  window: ByteWindow,
  name: string,
  warnings: string[],
): AsyncGenerator<JsonRecord> {
  const scanner = new RecordScanner(name);
  const decoder = new TextDecoder();
  for await (const chunk of window.rest()) yield* scanner.scan(decoder.decode(chunk, { stream: true }));
  yield* scanner.scan(decoder.decode());
  if (scanner.depth > 0) warnings.push(`the last record (line ${scanner.recordLine}) is truncated and was left out`);
  else if (scanner.inList) warnings.push("the list has no end: the file is truncated");
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;

class RecordScanner {
  /** Of the object that is being read; 0 between objects. */
  depth = 0;
  inList = false;
  recordLine = 1;
  private readonly file: string;
  private line = 1;
  private inString = false;
  private escaped = false;
  /** What former chunks hold of the current object. */
  private carried = "";

  constructor(file: string) {
    this.file = file;
  }

  *scan(text: string): Generator<JsonRecord> {
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === NEWLINE) this.line++;
      if (this.escaped) this.escaped = false;
      else if (this.inString) {
        if (code === QUOTE) this.inString = false;
        else if (code === BACKSLASH) this.escaped = true;
      } else if (this.depth === 0) {
        if (this.between(code)) start = at;
      } else if (code === QUOTE) this.inString = true;
      else if (code === 0x7b || code === 0x5b) this.depth++;
      else if ((code === 0x7d || code === 0x5d) && --this.depth === 0) {
        yield this.record(this.carried + text.slice(start, at + 1));
        this.carried = "";
      }
    }
    if (this.depth === 0) return;
    this.carried += text.slice(start);
    if (this.carried.length > MAX_RECORD_CHARACTERS) {
      throw new InputError(
        this.file,
        { line: this.recordLine },
        `record of more than ${MAX_RECORD_CHARACTERS} characters`,
      );
    }
  }

  /** Whether an object begins here. */
  private between(code: number): boolean {
    if (code === 0x7b) {
      this.depth = 1;
      this.recordLine = this.line;
      return true;
    }
    if (code === 0x5b && !this.inList) this.inList = true;
    else if (code === 0x5d && this.inList) this.inList = false;
    else if (code > 0x20 && code !== COMMA && code !== 0xfeff) {
      throw new InputError(this.file, { line: this.line }, "not JSON, expected an object or a list of objects");
    }
    return false;
  }

  private record(text: string): JsonRecord {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value !== null) return { value, line: this.recordLine };
    } catch {
      // Told below.
    }
    throw new InputError(this.file, { line: this.recordLine }, "malformed JSON object");
  }
}
