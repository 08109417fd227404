/** Delimited flow logs (Argus, nfdump), any CSV whose columns are known, and plain pairs. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { peekLines } from "../../files/lines.ts";
import { readRows } from "../../files/rows.ts";
import { type ColumnPlan, type DelimitedFormat, planColumns } from "./columns.ts";
import type { ContactBatch, ReaderTally } from "./contact-batch.ts";
import { type ContactFormat, type ContactOptions, HEAD_RECORDS } from "./contact-format.ts";
import { looksLikeJson } from "./json-lines.ts";
import { parsePort, RecordWriter } from "./record-writer.ts";
import { parseTime } from "./timestamp.ts";

export const argus = delimited("argus");
export const nfdump = delimited("nfdump");
export const csv = delimited("csv");
export const pairs = delimited("pairs");

/** Which of them a text is, its columns tell. */
function delimited(format: DelimitedFormat): ContactFormat {
  return {
    format,
    detect: ({ lines, line }, options) =>
      line !== "" && !looksLikeJson(line) && planColumns(lines, options, undefined, options.name).format === format,
    read: (window, options, tally) => readDelimited(window, options, tally, format),
  };
}

/**
 * Contacts of delimited text.
 *
 * @throws InputError if the columns cannot be told; and naming the line of a row that ends before the source or destination
 * column (the last one, if it has no line end, only leaves a warning).
 */
async function* readDelimited(
  window: ByteWindow,
  options: ContactOptions,
  tally: ReaderTally,
  format: DelimitedFormat,
): AsyncGenerator<ContactBatch> {
  const { name } = options;
  const plan = planColumns(await peekLines(window, HEAD_RECORDS), options, format, name);
  // Columns that the user names make it any CSV.
  tally.format = plan.format;
  const writer = new RecordWriter(tally, !plan.anyIdentity);
  const leastColumns = 1 + Math.max(plan.source, plan.destination);
  let header = plan.hasHeader;
  reading: for await (const { rows, lines, unterminated } of readRows(window, name, plan.delimiter, tally.warnings)) {
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index];
      if (header) {
        header = false;
        continue;
      }
      if (row.length < leastColumns) {
        // nfdump ends with a summary in columns of its own.
        if (plan.format === "nfdump" && row[0] === "Summary") break reading;
        if (!unterminated || index < rows.length - 1) {
          const what = `row with ${row.length} columns, expected at least ${leastColumns}`;
          throw new InputError(name, { line: lines[index] }, what);
        }
        tally.warnings.push(`the last line (${lines[index]}) is truncated and was left out`);
        continue;
      }
      addRow(writer, row, plan);
      if (writer.isFull) {
        yield writer.batch;
        writer.clear();
      }
    }
  }
  if (writer.batch.length > 0) yield writer.batch;
  writer.finish();
}

function addRow(writer: RecordWriter, row: readonly string[], plan: ColumnPlan): void {
  const port = plan.port < 0 ? 0 : parsePort(row[plan.port]?.trim(), row[plan.protocol]?.trim());
  const time = plan.time < 0 ? Number.NaN : parseTime(row[plan.time]?.trim() ?? "");
  writer.add(row[plan.source].trim(), row[plan.destination].trim(), port, time);
}
