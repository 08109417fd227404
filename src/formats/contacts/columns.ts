/** Which columns of delimited text hold the contact: by the header's names, by the user's choice, or as plain pairs. */

import { InputError } from "../../files/input-error.ts";
import { isRecord } from "../../files/lines.ts";
import { splitLine, WHITESPACE } from "../../files/rows.ts";
import { writeAddress } from "./address.ts";
import { IdentityKind } from "./contact-batch.ts";

/** The user's columns: a header's name (in any case) or a number counted from 1; and the delimiter. */
export interface ColumnOptions {
  readonly sourceColumn?: string | undefined;
  readonly destinationColumn?: string | undefined;
  readonly portColumn?: string | undefined;
  readonly timeColumn?: string | undefined;
  readonly delimiter?: string | undefined;
}

export type DelimitedFormat = "argus" | "nfdump" | "csv" | "pairs";

export interface ColumnPlan {
  readonly format: DelimitedFormat;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** Counted from 0. */
  readonly source: number;
  readonly destination: number;
  /** These three are -1 where there is no such column. */
  readonly port: number;
  readonly protocol: number;
  readonly time: number;
  /** Whether identities other than IP addresses (MAC addresses, numbers, names) count. */
  readonly anyIdentity: boolean;
}

const names = {
  source: [
    "source_ip",
    "src_ip",
    "srcip",
    "ip_src",
    "ip.src",
    "source ip",
    "src ip",
    "src_addr",
    "source_address",
  ].concat(["source address", "srcaddr", "saddr", "sa", "sip", "id.orig_h", "src", "source", "from", "fromnodeid"]),
  destination: ["destination_ip", "dest_ip", "dst_ip", "dstip", "ip_dst", "ip.dst", "destination ip", "dest ip"].concat(
    ["dst ip", "dst_addr", "destination_address", "destination address", "dstaddr", "daddr", "da", "dip"],
    ["id.resp_h", "dst", "dest", "destination", "target", "to", "tonodeid"],
  ),
  port: ["destination_port", "dest_port", "dst_port", "dstport", "destination port", "dest port", "dst port"].concat([
    "dport",
    "dp",
    "id.resp_p",
    "tcp.dstport",
    "udp.dstport",
  ]),
  protocol: ["proto", "protocol", "pr", "ip_proto", "ip.proto"],
  time: ["starttime", "start_time", "firstseen", "first_seen", "ts", "timestamp", "time", "frame.time_epoch", "date"],
} as const;

/**
 * Plans how to read delimited text from its first lines.
 *
 * @param format undefined to tell it by content.
 * @throws InputError if the columns cannot be told, or a named one is missing.
 */
export function planColumns(
  head: readonly string[],
  options: ColumnOptions,
  format: DelimitedFormat | undefined,
  name: string,
): ColumnPlan {
  const records = head.filter(isRecord);
  const line = 1 + Math.max(0, head.findIndex(isRecord));
  const delimiter = chooseDelimiter(options.delimiter, records[0] ?? "", name);
  const rows = records.slice(0, 2).map((record) => splitLine(record, delimiter).map(unquote));
  const first = rows[0] ?? [];
  const { sourceColumn, destinationColumn } = options;
  if (sourceColumn !== undefined && destinationColumn !== undefined) {
    return planChosen(rows, { ...options, sourceColumn, destinationColumn }, delimiter, name, line);
  }
  if (sourceColumn !== undefined || destinationColumn !== undefined) {
    throw new InputError(
      name,
      undefined,
      "both the source column and the destination column must be given, or neither",
    );
  }
  const header = first.map((cell) => cell.toLowerCase());
  const source = findName(header, names.source);
  const destination = findName(header, names.destination);
  if (source >= 0 && destination >= 0 && format !== "pairs") {
    const told = format ?? tellHeader(header);
    const others = findOthers(header, options, name, line);
    return { format: told, delimiter, hasHeader: true, source, destination, ...others, anyIdentity: told === "csv" };
  }
  if (format === "pairs" || (format === undefined && first.length === 2)) {
    const others = { port: -1, protocol: -1, time: -1 };
    return { format: "pairs", delimiter, hasHeader: false, source: 0, destination: 1, ...others, anyIdentity: true };
  }
  throw new InputError(
    name,
    { line },
    "cannot tell the source and destination columns, expected a header that names them, two columns, or the columns' names or numbers",
  );
}

function planChosen(
  rows: readonly string[][],
  options: ColumnOptions & { readonly sourceColumn: string; readonly destinationColumn: string },
  delimiter: string,
  name: string,
  line: number,
): ColumnPlan {
  const header = (rows[0] ?? []).map((cell) => cell.toLowerCase());
  const source = chosenColumn(header, options.sourceColumn, name, line);
  const destination = chosenColumn(header, options.destinationColumn, name, line);
  const hasHeader =
    header.includes(options.sourceColumn.toLowerCase()) ||
    header.includes(options.destinationColumn.toLowerCase()) ||
    looksLikeHeader(rows, source, destination);
  const others = findOthers(hasHeader ? header : [], options, name, line);
  return { format: "csv", delimiter, hasHeader, source, destination, ...others, anyIdentity: true };
}

/** Where columns are numbers, the first row is a header if it has known names, or no addresses above a row that has. */
function looksLikeHeader(rows: readonly string[][], source: number, destination: number): boolean {
  const [first, second] = rows;
  if (first === undefined) return false;
  const known = (cells: readonly string[]) => findName([first[source]?.toLowerCase() ?? ""], cells) === 0;
  if (known(names.source)) return true;
  if (second === undefined) return false;
  const addresses = (row: readonly string[]) => isAddress(row[source]) && isAddress(row[destination]);
  return !addresses(first) && addresses(second);
}

function findOthers(
  header: readonly string[],
  options: ColumnOptions,
  name: string,
  line: number,
): { port: number; protocol: number; time: number } {
  const { portColumn, timeColumn } = options;
  return {
    port: portColumn === undefined ? findName(header, names.port) : chosenColumn(header, portColumn, name, line),
    protocol: findName(header, names.protocol),
    time: timeColumn === undefined ? findName(header, names.time) : chosenColumn(header, timeColumn, name, line),
  };
}

/** A header's name first, so that a header of numbers works too. */
function chosenColumn(header: readonly string[], column: string, name: string, line: number): number {
  const index = header.indexOf(column.toLowerCase());
  if (index >= 0) return index;
  if (/^[1-9]\d{0,4}$/.test(column)) return Number(column) - 1;
  throw new InputError(name, { line }, `no column "${column}", the first row has: ${header.slice(0, 40).join(", ")}`);
}

function findName(header: readonly string[], candidates: readonly string[]): number {
  for (const candidate of candidates) {
    const index = header.indexOf(candidate);
    if (index >= 0) return index;
  }
  return -1;
}

function tellHeader(header: readonly string[]): DelimitedFormat {
  if (header.includes("sa") && header.includes("da")) return "nfdump";
  if (!header.includes("srcaddr") || !header.includes("dstaddr")) return "csv";
  return header.includes("firstseen") || header.includes("dstport") ? "nfdump" : "argus";
}

function chooseDelimiter(option: string | undefined, record: string, name: string): string {
  if (option === undefined) return [",", "\t", ";", "|"].find((candidate) => record.includes(candidate)) ?? WHITESPACE;
  if (option === "tab" || option === "\\t") return "\t";
  if (option === "space") return WHITESPACE;
  if (option.length === 1 && option !== '"' && option !== "\n" && option !== "\r") return option;
  throw new InputError(name, undefined, `delimiter "${option}", expected one character, tab or space`);
}

function unquote(cell: string): string {
  const trimmed = cell.trim();
  return trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
}

function isAddress(text: string | undefined): boolean {
  return text !== undefined && writeAddress(new Uint8Array(16), 0, text) !== IdentityKind.text;
}
