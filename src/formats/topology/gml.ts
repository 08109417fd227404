/** GML: nested lists of keys and values; the nodes and edges of the first graph. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { parseNumber } from "../../text/parse-number.ts";
import { shown } from "../../text/quote.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import { type Attributes, describeNode, setOwn, type Value } from "./node-attributes.ts";
import type { TopologyFormat, TopologyOptions } from "./topology-format.ts";

const MAX_DEPTH = 64;
const MAX_STRING_CHARACTERS = 1024 * 1024;
/** A bracket, a string (whose end may lie on a later line), or a word. */
const TOKEN = /\s*(?:([[\]])|"([^"]*)("?)|([^\s[\]"]+))/y;

interface Edge {
  readonly source: string;
  readonly target: string;
  readonly length: string | number | undefined;
  readonly line: number;
}

export const gml: TopologyFormat = {
  format: "gml",
  detect: ({ records }) => /(?:^|\n)[ \t]*graph\s*\[/.test(records.join("\n")),
  read: readGml,
};

/** Edges may stand before their nodes. Attributes of nested lists are named `graphics.x` and the like. */
async function readGml(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const reader = new GmlReader(options);
  for await (const { lines, first } of readLines(window, options.name)) {
    for (let index = 0; index < lines.length; index++) reader.readLine(lines[index], first + index);
  }
  return reader.finish();
}

class GmlReader {
  private readonly builder: NetworkBuilder;
  private readonly file: string;
  /** Keys of the lists around the current place. */
  private readonly path: string[] = [];
  private key: string | undefined;
  /** A string whose end has not come yet. */
  private text: string | undefined;
  /** What the current node or edge holds, and where it began. */
  private record: Attributes = {};
  private recordLine = 0;
  private readonly edges: Edge[] = [];
  private directed = false;
  private graphs = 0;
  private line = 0;

  constructor(options: TopologyOptions) {
    this.file = options.name;
    this.builder = new NetworkBuilder(options.name, options.lengths);
  }

  readLine(line: string, number: number): void {
    this.line = number;
    let at = 0;
    if (this.text !== undefined) {
      const end = line.indexOf('"');
      this.text += `\n${end < 0 ? line : line.slice(0, end)}`;
      if (this.text.length > MAX_STRING_CHARACTERS)
        this.fail(`string of more than ${MAX_STRING_CHARACTERS} characters`);
      if (end < 0) return;
      this.value(decodeEntities(this.text));
      this.text = undefined;
      at = end + 1;
    } else if (/^\s*#/.test(line)) return;
    const end = line.trimEnd().length;
    while (at < end) at = this.readToken(line, at);
  }

  finish(): ReadNetwork {
    if (this.text !== undefined) this.fail("the file ends inside a string");
    if (this.path.length > 0) this.fail(`the file ends inside ${shown(`${this.path.at(-1)} [`)}, expected "]"`);
    if (this.key !== undefined) this.fail(`key ${shown(this.key)} without a value`);
    if (this.graphs === 0) throw new InputError(this.file, undefined, 'no "graph [", expected one');
    const { builder } = this;
    for (const { source, target, length, line } of this.edges) {
      builder.addEdge(builder.resolve(source, line), builder.resolve(target, line), length, line, this.directed);
    }
    builder.note(this.graphs - 1, "further graph left out", "further graphs left out");
    return builder.finish();
  }

  private readToken(line: string, at: number): number {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(line);
    if (match === null) this.fail("malformed GML");
    const [, bracket, text, quote, word] = match;
    if (bracket === "[") this.openList();
    else if (bracket === "]") this.closeList();
    else if (word !== undefined && this.key === undefined) this.key = word;
    else if (word !== undefined) this.value(numberOrText(word));
    else if (this.key === undefined) this.fail("a string where a key was expected");
    else if (quote === '"') this.value(decodeEntities(text));
    else this.text = text;
    return TOKEN.lastIndex;
  }

  private openList(): void {
    if (this.key === undefined) this.fail('"[" without a key');
    if (this.path.length === MAX_DEPTH) this.fail(`lists nested more than ${MAX_DEPTH} deep`);
    this.path.push(this.key);
    this.key = undefined;
    if (this.path.length === 1 && this.path[0] === "graph") this.graphs++;
    if (this.path.length === 2) {
      this.record = {};
      this.recordLine = this.line;
    }
  }

  private closeList(): void {
    if (this.key !== undefined) this.fail(`key ${shown(this.key)} without a value`);
    if (this.path.length === 0) this.fail('"]" without "["');
    if (this.inFirstGraph && this.path.length === 2) {
      if (this.path[1] === "node") this.addNode();
      else if (this.path[1] === "edge") this.addEdge();
    }
    this.path.pop();
  }

  private value(value: Value): void {
    const { key } = this;
    if (key === undefined) return;
    this.key = undefined;
    if (!this.inFirstGraph) return;
    if (this.path.length === 1 && key === "directed") this.directed = String(value) === "1";
    if (this.path.length >= 2) setOwn(this.record, [...this.path.slice(2), key].join("."), value);
  }

  private get inFirstGraph(): boolean {
    return this.path[0] === "graph" && this.graphs === 1;
  }

  private addNode(): void {
    const { id, ...attributes } = this.record;
    if (id === undefined) throw new InputError(this.file, { line: this.recordLine }, "node without an id");
    describeNode(this.builder, this.builder.declare(String(id), this.recordLine), attributes);
  }

  private addEdge(): void {
    const { source, target } = this.record;
    if (source === undefined || target === undefined) {
      const missing = source === undefined ? "source" : "target";
      throw new InputError(this.file, { line: this.recordLine }, `edge without a ${missing}`);
    }
    const { lengthAttribute } = this.builder;
    const length = lengthAttribute === undefined ? undefined : this.record[lengthAttribute];
    this.edges.push({
      source: String(source),
      target: String(target),
      length: typeof length === "boolean" ? undefined : length,
      line: this.recordLine,
    });
  }

  private fail(what: string): never {
    throw new InputError(this.file, { line: this.line }, what);
  }
}

function numberOrText(word: string): Value {
  const value = parseNumber(word);
  return Number.isNaN(value) ? word : value;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** GML writes what is not ASCII as `&#233;`, and `"` as `&quot;`; unknown names stay as they are. */
function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return Object.hasOwn(NAMED, name) ? NAMED[name] : whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
