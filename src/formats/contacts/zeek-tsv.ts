/** Zeek's tab-separated logs (https://docs.zeek.org/en/current/log-formats.html): columns by the #fields lines. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import type { ContactBatch, ReaderTally } from "./contact-batch.ts";
import type { ContactFormat } from "./contact-format.ts";
import { parsePort, RecordWriter } from "./record-writer.ts";
import { parseTime } from "./timestamp.ts";

export const zeekTsv: ContactFormat = {
  format: "zeek-tsv",
  detect: ({ line }) => /^#(separator|fields)\b/.test(line),
  read: (window, { name }, tally) => readZeekTsv(window, name, tally),
};

interface ZeekColumns {
  readonly source: number;
  readonly destination: number;
  /** These three are -1 where the log has no such field. */
  readonly port: number;
  readonly protocol: number;
  readonly time: number;
  readonly count: number;
}

/**
 * Contacts of a Zeek log, originator to responder; headers may come again (rotated logs in one stream).
 *
 * @throws InputError for a log without id.orig_h and id.resp_h, and for a row with too few columns (the last one, if it
 * has no line end, only leaves a warning).
 */
async function* readZeekTsv(window: ByteWindow, name: string, tally: ReaderTally): AsyncGenerator<ContactBatch> {
  const writer = new RecordWriter(tally, true);
  let separator = "\t";
  let columns: ZeekColumns | undefined;
  for await (const { lines, first, unterminated } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index];
      if (line === "") continue;
      if (line.charCodeAt(0) === 0x23) {
        if (line.startsWith("#separator ")) separator = unescapeSeparator(line.slice("#separator ".length));
        else if (line.startsWith("#fields")) columns = findColumns(line, separator, name, first + index);
        continue;
      }
      if (columns === undefined) throw new InputError(name, { line: first + index }, "row before any #fields line");
      const fields = line.split(separator);
      if (fields.length < columns.count) {
        if (!unterminated) {
          const what = `row with ${fields.length} columns, expected ${columns.count}`;
          throw new InputError(name, { line: first + index }, what);
        }
        tally.warnings.push(`the last line (${first + index}) is truncated and was left out`);
        continue;
      }
      const port = parsePort(fields[columns.port], fields[columns.protocol]);
      writer.add(fields[columns.source], fields[columns.destination], port, parseTime(fields[columns.time] ?? ""));
      if (writer.isFull) {
        yield writer.batch;
        writer.clear();
      }
    }
  }
  if (writer.batch.length > 0) yield writer.batch;
  writer.finish();
}

function findColumns(line: string, separator: string, name: string, number: number): ZeekColumns {
  const fields = line.split(separator).slice(1);
  const source = fields.indexOf("id.orig_h");
  const destination = fields.indexOf("id.resp_h");
  if (source < 0 || destination < 0) {
    throw new InputError(
      name,
      { line: number },
      "Zeek log without addresses, expected the fields id.orig_h and id.resp_h",
    );
  }
  return {
    source,
    destination,
    port: fields.indexOf("id.resp_p"),
    protocol: fields.indexOf("proto"),
    time: fields.indexOf("ts"),
    count: fields.length,
  };
}

/** `\x09` and its like, as Zeek escapes its separator. */
function unescapeSeparator(text: string): string {
  return text.replace(/\\x([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
