/**
 * Rows of delimited text. Lines without a quotation mark are split here, which is several times as fast; from the first
 * quotation mark on, csv-parse reads the stream (RFC 4180: quoted delimiters, line ends and doubled quotation marks).
 */
import { CsvError, type Info, type Parser, parse } from "csv-parse";
import type { ByteWindow } from "./byte-window.ts";
import { InputError } from "./input-error.ts";
import { isRecord, type LineBlock, readLines } from "./lines.ts";

/** Delimiter for runs of spaces and tabs; nothing is quoted then. */
export const WHITESPACE = " ";

const MAX_ROW_CHARACTERS = 16 * 1024 * 1024;

export interface RowBlock {
  readonly rows: string[][];
  /** The line on which each row ends, counted from 1. */
  readonly lines: number[];
  /** Whether the last row is the stream's last and has no line end: it may be truncated. */
  readonly unterminated: boolean;
}

/**
 * Rows in blocks; empty lines and comments (`#` in front) are left out.
 *
 * @throws InputError naming the line of a misplaced quotation mark. One that the stream's end leaves open is a truncated
 * last row: it goes to `warnings`.
 */
export async function* readRows(
  window: ByteWindow,
  name: string,
  delimiter: string,
  warnings: string[],
): AsyncGenerator<RowBlock> {
  let quoted: QuotedRows | undefined;
  for await (const block of readLines(window, name)) {
    if (quoted === undefined && delimiter !== WHITESPACE && block.lines.some((line) => line.includes('"'))) {
      quoted = new QuotedRows(name, delimiter, block.first - 1);
    }
    yield quoted === undefined ? splitRows(block, delimiter) : await quoted.push(block);
  }
  if (quoted !== undefined) yield await quoted.end(warnings);
}

/** A line's fields; the delimiter WHITESPACE stands for any run of spaces and tabs. */
export function splitLine(line: string, delimiter: string): string[] {
  return delimiter === WHITESPACE ? line.trim().split(/[ \t]+/) : line.split(delimiter);
}

function splitRows({ lines, first, unterminated }: LineBlock, delimiter: string): RowBlock {
  const rows: string[][] = [];
  const numbers: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    if (!isRecord(lines[index])) continue;
    rows.push(splitLine(lines[index], delimiter));
    numbers.push(first + index);
  }
  return { rows, lines: numbers, unterminated };
}

/** csv-parse, fed block by block; its rows are taken as it finds them, past the stream's queue. */
class QuotedRows {
  private rows: string[][] = [];
  private lines: number[] = [];
  private unterminated = false;
  private readonly parser: Parser;
  private readonly name: string;
  private readonly linesBefore: number;

  constructor(name: string, delimiter: string, linesBefore: number) {
    this.name = name;
    this.linesBefore = linesBefore;
    this.parser = parse({
      delimiter,
      comment: "#",
      comment_no_infix: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW_CHARACTERS,
      on_record: (row: string[], info: Info) => {
        this.rows.push(row);
        this.lines.push(this.linesBefore + info.lines);
        return null;
      },
    });
    // Errors arrive through the callbacks below.
    this.parser.on("error", () => {});
    this.parser.resume();
  }

  async push(block: LineBlock): Promise<RowBlock> {
    this.unterminated = block.unterminated;
    const text = block.lines.join("\n") + (block.unterminated ? "" : "\n");
    await new Promise<void>((resolve, reject) => {
      this.parser.write(text, (error) => (error == null ? resolve() : reject(this.asInputError(error))));
    });
    return this.take(false);
  }

  async end(warnings: string[]): Promise<RowBlock> {
    await new Promise<void>((resolve, reject) => {
      this.parser.once("end", resolve);
      this.parser.once("error", (error) => {
        if (!(error instanceof CsvError) || error.code !== "CSV_QUOTE_NOT_CLOSED") reject(this.asInputError(error));
        else {
          warnings.push("the last row is truncated inside quotation marks and was left out");
          resolve();
        }
      });
      this.parser.end();
    });
    return this.take(this.unterminated);
  }

  private take(unterminated: boolean): RowBlock {
    const { rows, lines } = this;
    this.rows = [];
    this.lines = [];
    return { rows, lines, unterminated };
  }

  private asInputError(error: Error): Error {
    if (!(error instanceof CsvError)) return error;
    const line = typeof error.lines === "number" ? { line: this.linesBefore + error.lines } : undefined;
    return new InputError(this.name, line, `malformed CSV: ${error.message}`);
  }
}
