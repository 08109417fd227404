/** BRITE's generated topologies: a section of nodes, then one of edges. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { parseNumber } from "../../text/parse-number.ts";
import { shown } from "../../text/quote.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import type { TopologyFormat, TopologyOptions } from "./topology-format.ts";

/** Where an edge's lengths lie: id from to length delay bandwidth ASfrom ASto type [U|D] */
const LENGTH_COLUMNS: Readonly<Record<string, number>> = { length: 3, delay: 4, bandwidth: 5 };
const SECTION = /^(Nodes|Edges):\s*\(\s*(\d{1,15})\s*\)$/;

export const brite: TopologyFormat = {
  format: "brite",
  detect: ({ first }) => /^Topology:\s*\(/.test(first),
  read: readBrite,
};

/** @throws InputError if a section holds another number of rows than it tells. */
async function readBrite(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const { name, lengths } = options;
  if (lengths !== undefined && !Object.hasOwn(LENGTH_COLUMNS, lengths)) {
    throw new InputError(name, undefined, `no edge attribute ${shown(lengths)}, expected length, delay or bandwidth`);
  }
  const reader = new BriteReader(name, lengths);
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) reader.readLine(lines[index].trim(), first + index);
  }
  return reader.finish();
}

class BriteReader {
  private readonly file: string;
  private readonly builder: NetworkBuilder;
  private readonly column: number;
  private section: "" | "Nodes" | "Edges" = "";
  private told = 0;
  private rows = 0;

  constructor(file: string, lengths: string | undefined) {
    this.file = file;
    this.builder = new NetworkBuilder(file, lengths);
    this.column = lengths === undefined ? -1 : LENGTH_COLUMNS[lengths];
  }

  readLine(text: string, line: number): void {
    if (text === "") return;
    const section = SECTION.exec(text);
    if (section !== null) {
      this.checkRows({ line });
      this.section = section[1] === "Nodes" ? "Nodes" : "Edges";
      this.told = Number(section[2]);
      this.rows = 0;
    } else if (this.section === "Nodes") this.readNode(text.split(/\s+/), line);
    else if (this.section === "Edges") this.readEdge(text.split(/\s+/), line);
    else if (!/^(?:Topology|Model)\b/.test(text)) {
      throw new InputError(this.file, { line }, `${shown(text)}, expected "Nodes: ( count )"`);
    }
  }

  finish(): ReadNetwork {
    this.checkRows(undefined);
    if (this.section === "") throw new InputError(this.file, undefined, 'no "Nodes: ( count )", expected one');
    return this.builder.finish();
  }

  private checkRows(place: { readonly line: number } | undefined): void {
    if (this.rows === this.told) return;
    const what = this.section.toLowerCase();
    throw new InputError(this.file, place, `the header tells ${this.told} ${what}, the file has ${this.rows}`);
  }

  private readNode(columns: readonly string[], line: number): void {
    if (columns.length < 3) this.fail(line, columns, "id x y ...");
    const node = this.builder.declare(columns[0], line);
    this.rows++;
    this.builder.setPosition(node, parseNumber(columns[1]), parseNumber(columns[2]));
    const [, , , , , as, type] = columns;
    this.builder.setAttributes(node, {
      ...(as === undefined || as === "-1" ? {} : { as }),
      ...(type === undefined ? {} : { type }),
    });
  }

  private readEdge(columns: readonly string[], line: number): void {
    if (columns.length < 3) this.fail(line, columns, "id from to ...");
    const [source, target] = [this.builder.resolve(columns[1], line), this.builder.resolve(columns[2], line)];
    this.builder.addEdge(source, target, columns[this.column], line, columns[9] === "D");
    this.rows++;
  }

  private fail(line: number, columns: readonly string[], expected: string): never {
    throw new InputError(this.file, { line }, `${columns.length} columns, expected "${expected}"`);
  }
}
