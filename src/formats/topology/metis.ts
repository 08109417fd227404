/** METIS graphs: a header `nodes edges [fmt [constraints]]`, then one row of neighbours per node, counted from 1. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { shown } from "../../text/quote.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import { isComment, type TopologyFormat, type TopologyHead, type TopologyOptions } from "./topology-format.ts";

const MAX_NODES = 2 ** 31;
const MAX_CONSTRAINTS = 1024;

interface Header {
  readonly nodes: number;
  readonly edges: number;
  /** Columns of node sizes and weights before the neighbours. */
  readonly skipped: number;
  readonly weighted: boolean;
}

export const metis: TopologyFormat = {
  format: "metis",
  detect: isMetis,
  read: readMetis,
};

/**
 * A header of two to four counts, then rows of node numbers. Rows of any other length than an edge list's two or three
 * tell METIS; where all have these, the file's name does (.graph, .metis).
 */
function isMetis({ records }: TopologyHead, name: string): boolean {
  const header = records[0]?.trim().split(/\s+/) ?? [];
  if (header.length < 2 || header.length > 4 || !header.every((column) => /^\d{1,16}$/.test(column))) return false;
  const named = /\.(?:graph|metis)(?:\.\w+)?$/i.test(name);
  const rows = records.slice(1).filter((line) => !isComment(line.trim() === "" ? " " : line.trim()));
  const columns = rows.map((line) => (line.trim() === "" ? [] : line.trim().split(/\s+/)));
  if (!columns.every((row) => row.every((column) => /^\d+(?:\.\d+)?$/.test(column)))) return false;
  const irregular = columns.slice(0, -1).some((row) => row.length !== 2 && row.length !== 3);
  return named || (irregular && new Set(columns.map((row) => row.length)).size > 1);
}

/** Rows are taken as they come: memory follows the file, not what its header tells. Empty rows are nodes without edges. */
async function readMetis(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const { name, lengths } = options;
  const builder = new NetworkBuilder(name, lengths);
  builder.oneWay = ["edge stands in one row only", "edges stand in one row only"];
  let header: Header | undefined;
  let arcs = 0;
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index].trim();
      const line = first + index;
      if (isComment(text)) continue;
      if (header === undefined) {
        if (text !== "") header = parseHeader(text, name, line);
      } else if (builder.nodes < header.nodes) {
        arcs += addRow(builder, header, text === "" ? [] : text.split(/\s+/), name, line);
      } else if (text !== "") {
        throw new InputError(name, { line }, `a row behind those of the header's ${header.nodes} nodes`);
      }
    }
  }
  if (header === undefined) throw new InputError(name, undefined, "no header, expected numbers of nodes and edges");
  if (builder.nodes < header.nodes) {
    throw new InputError(
      name,
      undefined,
      `the header tells ${header.nodes} nodes, the file has rows of ${builder.nodes}`,
    );
  }
  if (arcs !== 2 * header.edges)
    builder.notes.push(`the header tells ${header.edges} edges, the rows hold ${arcs / 2}`);
  return builder.finish();
}

function parseHeader(text: string, name: string, line: number): Header {
  const columns = text.split(/\s+/);
  if (columns.length < 2 || columns.length > 4 || columns.some((column) => !/^\d{1,16}$/.test(column))) {
    throw new InputError(name, { line }, `header ${shown(text)}, expected "nodes edges [fmt [constraints]]"`);
  }
  const [nodes, edges] = columns.map(Number);
  const format = columns[2] ?? "0";
  const constraints = Number(columns[3] ?? "1");
  if (nodes >= MAX_NODES) throw new InputError(name, { line }, `${nodes} nodes, expected less than ${MAX_NODES}`);
  if (!/^[01]{1,3}$/.test(format))
    throw new InputError(name, { line }, `fmt "${format}", expected up to three of 0 and 1`);
  if (constraints > MAX_CONSTRAINTS) throw new InputError(name, { line }, `${constraints} constraints are too many`);
  const [sized, weighed, weighted] = [...format.padStart(3, "0")].map((flag) => flag === "1");
  return { nodes, edges, skipped: (sized ? 1 : 0) + (weighed ? constraints : 0), weighted };
}

/** Adds a node and its arcs; returns how many. */
function addRow(builder: NetworkBuilder, header: Header, columns: string[], name: string, line: number): number {
  const node = builder.declare(String(builder.nodes + 1), line);
  const { skipped, weighted } = header;
  if (columns.length < skipped || (weighted && (columns.length - skipped) % 2 !== 0)) {
    throw new InputError(name, { line }, `${columns.length} columns do not fit the header's fmt`);
  }
  const step = weighted ? 2 : 1;
  for (let at = skipped; at < columns.length; at += step) {
    const neighbour = /^\d{1,10}$/.test(columns[at]) ? Number(columns[at]) : 0;
    if (neighbour < 1 || neighbour > header.nodes) {
      throw new InputError(name, { line }, `unknown node ${shown(columns[at])}, expected 1 to ${header.nodes}`);
    }
    builder.addEdge(node, neighbour - 1, weighted ? columns[at + 1] : undefined, line, true);
  }
  return (columns.length - skipped) / step;
}
