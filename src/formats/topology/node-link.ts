/** Node-link JSON, as networkx and d3 write it: an object with `nodes`, and `links` or `edges`. */

import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { isLength } from "../../network/build-topology.ts";
import { parseNumber } from "../../text/parse-number.ts";
import { shown } from "../../text/quote.ts";
import { lineOfElement, lineOfOffset } from "./json-place.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import { type Attributes, describeNode, setOwn } from "./node-attributes.ts";
import type { TopologyFormat, TopologyOptions } from "./topology-format.ts";

/** The document is read whole. */
const MAX_BYTES = 64 * 1024 * 1024;

export const nodeLink: TopologyFormat = {
  format: "node-link",
  detect: ({ first }) => first.startsWith("{"),
  read: readNodeLink,
};

/**
 * A node's name is its `id`, else its `name`, else its index. Links name their ends, or give indices (d3 version 3, old
 * networkx) where nodes have no `id`, or ids are all text; an end may also be the node itself (d3 after a simulation).
 */
async function readNodeLink(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const text = await readText(window, options.name);
  const document = parse(text, options.name);
  return new NodeLinkReader(text, document, options).read();
}

async function readText(window: ByteWindow, name: string): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of window.rest()) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new InputError(name, undefined, `JSON of more than ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string, name: string): object {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const offset = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    const line = lineOfOffset(text, offset === undefined ? text.length : Number(offset));
    throw new InputError(name, { line }, "malformed JSON");
  }
  if (!isObject(document)) throw new InputError(name, { line: 1 }, "no JSON object, expected one with nodes and links");
  return document;
}

class NodeLinkReader {
  private readonly text: string;
  private readonly document: object;
  private readonly file: string;
  private readonly builder: NetworkBuilder;
  private byIndex = false;

  constructor(text: string, document: object, options: TopologyOptions) {
    this.text = text;
    this.document = document;
    this.file = options.name;
    this.builder = new NetworkBuilder(options.name, options.lengths);
  }

  read(): ReadNetwork {
    const nodes = this.list("nodes");
    const key = Object.hasOwn(this.document, "links") ? "links" : "edges";
    const links = this.list(key);
    const ids = nodes.map((node) => (isObject(node) ? ownOf(node, "id") : undefined));
    this.byIndex = ids.every((id) => id === undefined) || ids.every((id) => typeof id === "string");
    nodes.forEach((node, index) => {
      this.addNode(node, index);
    });
    const directed = ownOf(this.document, "directed") === true;
    links.forEach((link, index) => {
      this.addLink(link, key, index, directed);
    });
    return this.builder.finish();
  }

  private list(key: string): readonly unknown[] {
    const value = ownOf(this.document, key);
    if (Array.isArray(value)) return value;
    throw new InputError(this.file, undefined, `no list "${key}", expected an object with nodes and links`);
  }

  private addNode(node: unknown, index: number): void {
    const fail: (what: string) => never = (what) => this.fail("nodes", index, what);
    if (!isObject(node)) fail("no object");
    const name = nameOf(ownOf(node, "id") ?? ownOf(node, "name") ?? index);
    if (name === undefined) fail("neither id nor name is text or a number");
    const before = this.builder.nodes;
    if (this.builder.nodeNamed(name) !== before) fail(`node ${shown(name)} stands twice`);
    const attributes: Attributes = {};
    for (const [key, value] of Object.entries(node)) {
      if (key === "id") continue;
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
        setOwn(attributes, key, value);
      }
    }
    describeNode(this.builder, before, attributes);
  }

  private addLink(link: unknown, key: string, index: number, directed: boolean): void {
    const fail: (what: string) => never = (what) => this.fail(key, index, what);
    if (!isObject(link)) fail("no object");
    const ends = ["source", "target"].map((end) => {
      const node = this.end(ownOf(link, end));
      return node ?? fail(`${end} ${JSON.stringify(ownOf(link, end) ?? null).slice(0, 60)} is no node`);
    });
    const { lengthAttribute } = this.builder;
    const length = lengthAttribute === undefined ? undefined : ownOf(link, lengthAttribute);
    const line = lengthAttribute === undefined ? 1 : this.lineIfBad(length, key, index);
    this.builder.addEdge(ends[0], ends[1], asLength(length), line, directed);
  }

  private end(given: unknown): number | undefined {
    const value =
      isObject(given) && !Array.isArray(given)
        ? (ownOf(given, "id") ?? ownOf(given, "name") ?? ownOf(given, "index"))
        : given;
    if (typeof value === "number" && this.byIndex) {
      return Number.isInteger(value) && value >= 0 && value < this.builder.nodes ? value : undefined;
    }
    const name = nameOf(value);
    return name === undefined ? undefined : this.builder.find(name);
  }

  /** The line is looked for only where it will be needed. */
  private lineIfBad(length: unknown, key: string, index: number): number {
    const given = asLength(length) ?? "";
    const value = typeof given === "number" ? given : parseNumber(given);
    return isLength(value) ? 1 : lineOfElement(this.text, key, index);
  }

  private fail(key: string, index: number, what: string): never {
    throw new InputError(this.file, { line: lineOfElement(this.text, key, index) }, `${key}[${index}]: ${what}`);
  }
}

function asLength(value: unknown): string | number | undefined {
  return typeof value === "number" || typeof value === "string" ? value : undefined;
}

/** networkx writes a tuple as a list: its JSON is the name. */
function nameOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? JSON.stringify(value) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function ownOf(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? Reflect.get(record, key) : undefined;
}
