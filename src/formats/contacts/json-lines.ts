/** Flow logs with one JSON object per line: Zeek's JSON, Suricata's EVE, or named keys. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import type { ContactBatch, ReaderTally } from "./contacts.ts";
import { parsePort, RecordWriter } from "./record-writer.ts";
import { epochSeconds, parseTime } from "./timestamp.ts";

/** Where a record's fields lie: a flat key (`id.orig_h`), or the same as a path (`{"id": {"orig_h": ...}}`). */
export interface JsonKeys {
  readonly source: string;
  readonly destination: string;
  readonly port: string;
  readonly protocol: string;
  readonly time: string;
  /** Whether identities other than IP addresses count. */
  readonly anyIdentity: boolean;
}

export const zeekJsonKeys: JsonKeys = {
  source: "id.orig_h",
  destination: "id.resp_h",
  port: "id.resp_p",
  protocol: "proto",
  time: "ts",
  anyIdentity: false,
};

export const eveKeys: JsonKeys = {
  source: "src_ip",
  destination: "dest_ip",
  port: "dest_port",
  protocol: "proto",
  time: "timestamp",
  anyIdentity: false,
};

/**
 * Contacts of JSON lines. Objects without addresses (EVE's stats, say) are counted and warned about.
 *
 * @throws InputError naming the line that is no JSON object (the last one, if it has no line end, only leaves a warning).
 */
export async function* readJsonLines(
  window: ByteWindow,
  name: string,
  tally: ReaderTally,
  keys: JsonKeys,
): AsyncGenerator<ContactBatch> {
  const writer = new RecordWriter(tally, !keys.anyIdentity);
  for await (const { lines, first, unterminated } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      if (lines[index].trim() === "") continue;
      const record = parseObject(lines[index]);
      if (record === undefined) {
        if (!unterminated) throw new InputError(name, { line: first + index }, "not a JSON object");
        tally.warnings.push(`the last line (${first + index}) is truncated and was left out`);
        continue;
      }
      const port = parsePort(textOf(record, keys.port), textOf(record, keys.protocol));
      writer.add(textOf(record, keys.source), textOf(record, keys.destination), port, timeOf(record, keys.time));
      if (writer.isFull) {
        yield writer.batch;
        writer.clear();
      }
    }
  }
  if (writer.batch.length > 0) yield writer.batch;
  writer.finish();
}

/** The object that a line holds, or undefined if it is not one. */
export function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a flat key or a path, undefined where there is none. */
export function lookUp(record: object, key: string): unknown {
  if (Object.hasOwn(record, key)) return propertyOf(record, key);
  if (!key.includes(".")) return undefined;
  let value: unknown = record;
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = propertyOf(value, part);
  }
  return value;
}

function propertyOf(record: object, key: string): unknown {
  return Reflect.get(record, key);
}

function textOf(record: object, key: string): string {
  const value = lookUp(record, key);
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "";
}

function timeOf(record: object, key: string): number {
  const value = lookUp(record, key);
  if (typeof value === "number") return epochSeconds(value);
  return typeof value === "string" ? parseTime(value) : Number.NaN;
}
