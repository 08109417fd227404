/** GraphML: the nodes and edges of the first graph, nested graphs included; hyperedges and ports have no place here. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { parseNumber } from "../../text/parse-number.ts";
import { shown } from "../../text/quote.ts";
import { type GivenLength, NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import { type Attributes, describeNode, setOwn, type Value } from "./node-attributes.ts";
import { type TopologyFormat, type TopologyOptions, xmlRoot } from "./topology-format.ts";
import { readXml } from "./xml.ts";

/** Each node looks at them for defaults. */
const MAX_KEYS = 1024;

interface Key {
  readonly name: string;
  readonly type: string;
  /** What it applies to: node, edge, graph, all ... */
  readonly domain: string;
  fallback: Value | undefined;
}

interface OpenEdge {
  readonly source: string;
  readonly target: string;
  readonly directed: boolean;
  readonly line: number;
  length: GivenLength;
}

export const graphml: TopologyFormat = {
  format: "graphml",
  detect: (head) => xmlRoot(head) === "graphml",
  read: readGraphml,
};

/** Reads a GraphML document. Edges may stand before their nodes, as GraphML lets them. */
async function readGraphml(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const reader = new GraphmlReader(options);
  await readXml(window, options.name, reader);
  return reader.finish();
}

class GraphmlReader {
  private readonly builder: NetworkBuilder;
  private readonly file: string;
  private readonly keys = new Map<string, Key>();
  private readonly edges: OpenEdge[] = [];
  /** The elements around the current one. */
  private readonly path: string[] = [];
  private readonly openNodes: { readonly index: number; readonly attributes: Attributes }[] = [];
  private key: Key | undefined;
  private dataKey: Key | undefined;
  private edge: OpenEdge | undefined;
  private graphs = 0;
  /** Depth of the <graph> elements around the current one that count. */
  private depth = 0;
  private skipped = false;
  private directedByDefault: boolean[] = [];
  private hyperedges = 0;
  private sawRoot = false;

  constructor(options: TopologyOptions) {
    this.file = options.name;
    this.builder = new NetworkBuilder(options.name, options.lengths);
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void {
    if (!this.sawRoot && name !== "graphml")
      throw new InputError(this.file, { line }, `${shown(`<${name}>`)}, expected <graphml>`);
    this.sawRoot = true;
    this.path.push(name);
    if (name === "key") this.openKey(attributes, line);
    else if (name === "graph") this.openGraph(attributes);
    else if (this.depth === 0 || this.skipped) return;
    else if (name === "node") this.openNode(attributes, line);
    else if (name === "edge") this.openEdge(attributes, line);
    else if (name === "hyperedge") this.hyperedges++;
    else if (name === "data") {
      const parent = this.path.at(-2);
      this.dataKey = parent === "node" || parent === "edge" ? this.keys.get(attributes.key ?? "") : undefined;
    }
  }

  close(name: string, text: string): void {
    this.path.pop();
    if (name === "key") this.key = undefined;
    else if (name === "default" && this.key !== undefined) this.key.fallback = typed(text, this.key.type);
    else if (name === "graph") {
      this.depth--;
      this.directedByDefault.pop();
    } else if (this.depth === 0 || this.skipped) return;
    else if (name === "data") this.closeData(text);
    else if (name === "node") this.closeNode();
    else if (name === "edge") this.closeEdge();
  }

  finish(): ReadNetwork {
    const { builder } = this;
    if (this.graphs === 0) throw new InputError(this.file, undefined, "no <graph>, expected one");
    for (const { source, target, directed, length, line } of this.edges) {
      builder.addEdge(builder.resolve(source, line), builder.resolve(target, line), length, line, directed);
    }
    builder.note(this.graphs - 1, "further graph left out", "further graphs left out");
    builder.note(this.hyperedges, "hyperedge left out", "hyperedges left out");
    return builder.finish();
  }

  private openKey(attributes: Readonly<Record<string, string>>, line: number): void {
    const { id } = attributes;
    if (id === undefined) throw new InputError(this.file, { line }, "<key> without an id");
    if (this.keys.size === MAX_KEYS) throw new InputError(this.file, { line }, `more than ${MAX_KEYS} keys`);
    this.key = {
      name: attributes["attr.name"] ?? id,
      type: attributes["attr.type"] ?? "string",
      domain: attributes.for ?? "all",
      fallback: undefined,
    };
    this.keys.set(id, this.key);
  }

  private openGraph(attributes: Readonly<Record<string, string>>): void {
    if (this.depth++ === 0) this.skipped = ++this.graphs > 1;
    this.directedByDefault.push(attributes.edgedefault === "directed");
  }

  private openNode(attributes: Readonly<Record<string, string>>, line: number): void {
    const { id } = attributes;
    if (id === undefined) throw new InputError(this.file, { line }, "<node> without an id");
    this.openNodes.push({ index: this.builder.declare(id, line), attributes: this.fallbacks("node") });
  }

  private openEdge(attributes: Readonly<Record<string, string>>, line: number): void {
    const { source, target } = attributes;
    if (source === undefined || target === undefined) {
      throw new InputError(this.file, { line }, `<edge> without a ${source === undefined ? "source" : "target"}`);
    }
    const directed =
      attributes.directed === undefined
        ? this.directedByDefault.at(-1) === true
        : attributes.directed === "true" || attributes.directed === "1";
    const { lengthAttribute } = this.builder;
    const fallback = lengthAttribute === undefined ? undefined : this.fallbacks("edge")[lengthAttribute];
    this.edge = { source, target, directed, line, length: typeof fallback === "boolean" ? undefined : fallback };
  }

  private fallbacks(domain: string): Attributes {
    const attributes: Attributes = {};
    for (const key of this.keys.values()) {
      if (key.fallback !== undefined && (key.domain === domain || key.domain === "all")) {
        setOwn(attributes, key.name, key.fallback);
      }
    }
    return attributes;
  }

  private closeData(text: string): void {
    const key = this.dataKey;
    this.dataKey = undefined;
    if (key === undefined) return;
    if (this.path.at(-1) === "node")
      setOwn(this.openNodes[this.openNodes.length - 1].attributes, key.name, typed(text, key.type));
    else if (this.edge !== undefined && key.name === this.builder.lengthAttribute) this.edge.length = text;
  }

  private closeNode(): void {
    const node = this.openNodes.pop();
    if (node === undefined) return;
    const { index, attributes } = node;
    describeNode(this.builder, index, attributes);
  }

  private closeEdge(): void {
    if (this.edge !== undefined) this.edges.push(this.edge);
    this.edge = undefined;
  }
}

/** A value by its declared type; text that is not of the type stays text. */
function typed(text: string, type: string): Value {
  if (type === "boolean")
    return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : text;
  if (type === "int" || type === "integer" || type === "long" || type === "float" || type === "double") {
    const value = parseNumber(text);
    return Number.isNaN(value) ? text : value;
  }
  return text;
}
