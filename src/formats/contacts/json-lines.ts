/** Flow logs with one JSON object per line: Zeek's JSON, Suricata's EVE, or named keys. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import type { ContactBatch, ReaderTally } from "./contact-batch.ts";
import type { ContactFormat, ContactOptions } from "./contact-format.ts";
import { parsePort, RecordWriter } from "./record-writer.ts";
import { epochSeconds, parseTime } from "./timestamp.ts";

/** Where a record's fields lie: a flat key (`id.orig_h`), or the same as a path (`{"id": {"orig_h": ...}}`). */
interface JsonKeys {
  readonly source: string;
  readonly destination: string;
  readonly port: string;
  readonly protocol: string;
  readonly time: string;
  /** Whether identities other than IP addresses count. */
  readonly anyIdentity: boolean;
}

const zeekJsonKeys: JsonKeys = {
  source: "id.orig_h",
  destination: "id.resp_h",
  port: "id.resp_p",
  protocol: "proto",
  time: "ts",
  anyIdentity: false,
};

const eveKeys: JsonKeys = {
  source: "src_ip",
  destination: "dest_ip",
  port: "dest_port",
  protocol: "proto",
  time: "timestamp",
  anyIdentity: false,
};

/** Objects with keys that the user names. */
export const json: ContactFormat = {
  format: "json",
  detect: ({ line }, { sourceColumn, destinationColumn }) =>
    sourceColumn !== undefined && destinationColumn !== undefined && parseObject(line) !== undefined,
  read: (window, options, tally) => readJsonLines(window, options.name, tally, namedKeys(zeekJsonKeys, options, true)),
};

export const zeekJson: ContactFormat = {
  format: "zeek-json",
  detect: ({ line }) => has(line, "id.orig_h") || (has(line, "ts") && has(line, "uid") && !isEve(line)),
  read: (window, options, tally) => readJsonLines(window, options.name, tally, namedKeys(zeekJsonKeys, options, false)),
};

/** Suricata's. */
export const eve: ContactFormat = {
  format: "eve",
  detect: ({ line }) => isEve(line),
  read: (window, options, tally) => readJsonLines(window, options.name, tally, namedKeys(eveKeys, options, false)),
};

function isEve(line: string): boolean {
  return has(line, "src_ip") || has(line, "event_type");
}

function has(line: string, key: string): boolean {
  const record = parseObject(line);
  return record !== undefined && lookUp(record, key) !== undefined;
}

/** Whether a line can only be meant as JSON. */
export function looksLikeJson(line: string): boolean {
  return /^\s*[{[]/.test(line);
}

/** @throws InputError where only one of source and destination is named, or neither is and they have to be. */
function namedKeys(defaults: JsonKeys, options: ContactOptions, required: boolean): JsonKeys {
  const { sourceColumn, destinationColumn } = options;
  const named = sourceColumn !== undefined;
  if (named !== (destinationColumn !== undefined) || (required && !named)) {
    throw new InputError(options.name, undefined, "both the source key and the destination key must be given");
  }
  return {
    source: sourceColumn ?? defaults.source,
    destination: destinationColumn ?? defaults.destination,
    port: options.portColumn ?? (named ? "dest_port" : defaults.port),
    protocol: defaults.protocol,
    time: options.timeColumn ?? (named ? "timestamp" : defaults.time),
    anyIdentity: named,
  };
}

/**
 * Contacts of JSON lines. Objects without addresses (EVE's stats, say) are counted and warned about.
 *
 * @throws InputError naming the line that is no JSON object (the last one, if it has no line end, only leaves a warning).
 */
async function* readJsonLines(
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
function lookUp(record: object, key: string): unknown {
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
