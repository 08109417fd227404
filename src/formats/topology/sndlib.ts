/** SNDlib's XML: networks, and demand matrices given in the network's file or beside it. */

import { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import type { Topology } from "../../network/topology.ts";
import { parseNumber } from "../../text/parse-number.ts";
import { shown } from "../../text/quote.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { Demand, ReadNetwork } from "./network-file.ts";
import { type TopologyFormat, type TopologyOptions, xmlRoot } from "./topology-format.ts";
import { readXml } from "./xml.ts";

interface GivenDemand {
  readonly source: string;
  readonly target: string;
  readonly value: number;
  readonly line: number;
}

export const sndlib: TopologyFormat = {
  format: "sndlib",
  detect: (head) => xmlRoot(head) === "network",
  read: readSndlib,
};

/**
 * Reads a network with its demands (which may repeat: they add up). Links are undirected, unless every one of them stands
 * in both directions.
 */
async function readSndlib(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const builder = new NetworkBuilder(options.name, options.lengths);
  const reader = new SndlibReader(options.name, builder);
  await readXml(window, options.name, reader);
  const pairs = new Set(reader.links.map(({ source, target }) => JSON.stringify([source, target])));
  const directed = reader.links.every(({ source, target }) => pairs.has(JSON.stringify([target, source])));
  for (const { source, target, length, line } of reader.links) {
    builder.addEdge(builder.resolve(source, line), builder.resolve(target, line), length, line, directed);
  }
  if (directed) builder.note(pairs.size, "link, all in both directions", "links, all in both directions");
  const resolve = (name: string, line: number) => builder.resolve(name, line);
  if (reader.hasDemands) builder.demands = resolveDemands(reader.demands, resolve, builder.notes);
  return builder.finish();
}

/**
 * Reads a demand matrix of SNDlib's for a network that was read before; nodes are matched by name.
 *
 * @throws InputError for a demand between nodes that the network has not, or a value that is negative or no number.
 */
export async function openDemands(
  input: AsyncIterable<Uint8Array>,
  options: { readonly name: string; readonly topology: Topology },
): Promise<{ readonly demands: readonly Demand[]; readonly notes: readonly string[] }> {
  const { name, topology } = options;
  const window = new ByteWindow(input);
  try {
    const reader = new SndlibReader(name, new NetworkBuilder(name, undefined));
    await readXml(window, name, reader);
    if (!reader.hasDemands) throw new InputError(name, undefined, "no <demands>, expected a demand matrix");
    const indices = new Map(topology.names.map((node, index) => [node, index]));
    const resolve = (node: string, line: number): number => {
      const index = indices.get(node);
      if (index === undefined)
        throw new InputError(name, { line }, `unknown node ${shown(node)}, the network has none of that name`);
      return index;
    };
    const notes: string[] = [];
    return { demands: resolveDemands(reader.demands, resolve, notes), notes };
  } finally {
    await window.close();
  }
}

function resolveDemands(
  given: readonly GivenDemand[],
  resolve: (name: string, line: number) => number,
  notes: string[],
): Demand[] {
  const demands = given.map(({ source, target, value, line }) => ({
    source: resolve(source, line),
    target: resolve(target, line),
    value,
  }));
  const between = demands.filter(({ source, target }) => source !== target);
  const within = demands.length - between.length;
  if (within > 0) notes.push(`${within} ${within === 1 ? "demand" : "demands"} of a node to itself left out`);
  return between;
}

class SndlibReader {
  readonly links: { source: string; target: string; length: string | undefined; line: number }[] = [];
  readonly demands: GivenDemand[] = [];
  hasDemands = false;
  private readonly file: string;
  private readonly builder: NetworkBuilder;
  /** The elements around the current one. */
  private readonly path: string[] = [];
  private node = 0;
  /** Texts of the current node's, link's or demand's elements, by their path below it; the first of each. */
  private texts = new Map<string, string>();
  private line = 1;
  private geographic = false;

  constructor(file: string, builder: NetworkBuilder) {
    this.file = file;
    this.builder = builder;
  }

  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void {
    if (this.path.length === 0 && name !== "network") this.fail(line, `${shown(`<${name}>`)}, expected <network>`);
    this.path.push(name);
    if (name === "nodes") this.geographic = attributes.coordinatesType === "geographical";
    else if (name === "demands" && this.path.length === 2) this.hasDemands = true;
    else if (this.inList("node", "link", "demand")) {
      this.line = line;
      this.texts = new Map();
      if (name !== "node") return;
      if (attributes.id === undefined) this.fail(line, "<node> without an id");
      this.node = this.builder.declare(attributes.id, line);
    }
  }

  close(name: string, text: string): void {
    if (this.inList("node")) {
      const [x, y] = ["coordinates.x", "coordinates.y"].map((key) => parseNumber(this.texts.get(key) ?? ""));
      this.builder.setPosition(this.node, x, y, this.geographic ? "geographic" : "plane");
    } else if (this.inList("link")) {
      const { lengthAttribute } = this.builder;
      const length = lengthAttribute === undefined ? undefined : this.texts.get(lengthAttribute);
      this.links.push({ ...this.ends("link"), length, line: this.line });
    } else if (this.inList("demand")) {
      const text = this.texts.get("demandValue") ?? "";
      const value = parseNumber(text);
      if (!(value >= 0)) this.fail(this.line, `demand of ${shown(text)}, expected a number that is not negative`);
      this.demands.push({ ...this.ends("demand"), value, line: this.line });
    } else {
      const key = this.path.slice(this.depthOfRecord).join(".");
      if (key !== "" && !this.texts.has(key)) this.texts.set(key, text);
    }
    this.path.pop();
    if (this.path.length === 0 && name !== "network") this.fail(this.line, "malformed XML");
  }

  /** Whether the current element is one of these, in the list where SNDlib has them. */
  private inList(...names: string[]): boolean {
    const name = this.path.at(-1) ?? "";
    return names.includes(name) && this.path.at(-2) === `${name}s` && this.path.length === this.depthOfRecord;
  }

  /** network > networkStructure > nodes > node, but network > demands > demand. */
  private get depthOfRecord(): number {
    return this.path[1] === "demands" ? 3 : 4;
  }

  private ends(kind: string): { source: string; target: string } {
    const [source, target] = [this.texts.get("source"), this.texts.get("target")];
    if (source === undefined) this.fail(this.line, `<${kind}> without a <source>`);
    if (target === undefined) this.fail(this.line, `<${kind}> without a <target>`);
    return { source, target };
  }

  private fail(line: number, what: string): never {
    throw new InputError(this.file, { line }, what);
  }
}
