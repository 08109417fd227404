/** Tells a topology format by a file's first lines, and where these leave it open by its name. */
import { InputError } from "../../files/input-error.ts";
import { isComment } from "./edge-list.ts";
import { TOPOLOGY_FORMATS, type TopologyFormat } from "./network-file.ts";

/** How many records are looked at. */
export const HEAD_RECORDS = 64;
/** Characters of each line. */
const LOOKED_AT = 1024;

/** @throws InputError if the lines are none of the formats. */
export function detectTopology(lines: readonly string[], name: string): TopologyFormat {
  const head = lines.map((line) => line.slice(0, LOOKED_AT));
  const first = head.findIndex((line) => line.trim() !== "");
  if (first < 0) throw new InputError(name, undefined, "empty input, expected a network");
  const text = head[first].trim();
  const unknown = (what: string): never => {
    throw new InputError(name, { line: first + 1 }, `${what}, expected one of ${TOPOLOGY_FORMATS.join(", ")}`);
  };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells binary data.
  if (/[\x00-\x08\x0e-\x1f]/.test(text)) return unknown("binary data");
  if (text.startsWith("<")) return xmlFormat(head) ?? unknown("XML of an unknown kind");
  if (text.startsWith("{")) return "node-link";
  if (text.startsWith("[")) return unknown("a JSON list");
  if (/^Topology:\s*\(/.test(text)) return "brite";
  if (/(?:^|\n)[ \t]*graph\s*\[/.test(head.join("\n"))) return "gml";
  const record = head.findIndex((line) => line.trim() !== "" && !isComment(line.trim()));
  return record < 0 ? "edge-list" : lineFormat(head.slice(record), name);
}

function xmlFormat(head: readonly string[]): TopologyFormat | undefined {
  const root = /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)/.exec(withoutComments(head.join("\n")))?.[1];
  if (root === "graphml") return "graphml";
  return root === "network" ? "sndlib" : undefined;
}

function withoutComments(text: string): string {
  const parts = text.split("<!--");
  return parts.map((part, index) => (index === 0 ? part : (part.split("-->", 2)[1] ?? ""))).join("");
}

function lineFormat(records: readonly string[], name: string): TopologyFormat {
  const text = records[0].trim();
  if (/^\d+\s+@/.test(text) || /^-\d+\s+=/.test(text)) return "rocketfuel-cch";
  if (/^[^|\s]+\|[^|\s]+\|-?\d/.test(text)) return "as-relationships";
  if (isMetis(records, name)) return "metis";
  const rocketfuel = /\.intra$/.test(name) || records.some((line) => /^\S+,\+\S+\s+\S+\s+[\d.]+$/.test(line.trim()));
  return rocketfuel && /^\S+\s+\S+\s+[\d.]+$/.test(text) ? "rocketfuel-weights" : "edge-list";
}

/**
 * A header of two to four counts, then rows of node numbers. Rows of any other length than an edge list's two or three
 * tell METIS; where all have these, the file's name does (.graph, .metis).
 */
function isMetis(records: readonly string[], name: string): boolean {
  const header = records[0].trim().split(/\s+/);
  if (header.length < 2 || header.length > 4 || !header.every((column) => /^\d{1,16}$/.test(column))) return false;
  const named = /\.(?:graph|metis)(?:\.\w+)?$/i.test(name);
  const rows = records.slice(1).filter((line) => !isComment(line.trim() === "" ? " " : line.trim()));
  const columns = rows.map((line) => (line.trim() === "" ? [] : line.trim().split(/\s+/)));
  if (!columns.every((row) => row.every((column) => /^\d+(?:\.\d+)?$/.test(column)))) return false;
  const irregular = columns.slice(0, -1).some((row) => row.length !== 2 && row.length !== 3);
  return named || (irregular && new Set(columns.map((row) => row.length)).size > 1);
}
