/** Collects a file's nodes and edges, and makes a network of them. */

import { InputError } from "../../files/input-error.ts";
import { buildTopology, isLength, newEdgeTally } from "../../network/build-topology.ts";
import { differsByDirection } from "../../network/graphology.ts";
import { parseNumber } from "../../text/parse-number.ts";
import { shown } from "../../text/quote.ts";
import type { Coordinates, Demand, NodeAttributes, ReadNetwork } from "./network-file.ts";

const NO_ATTRIBUTES: NodeAttributes = Object.freeze({});

/** A length as a file has it: its text or number, and where. */
export type GivenLength = string | number | undefined;

export class NetworkBuilder {
  /** What an edge that stands in one direction only is noted as; given both ways, edges in two directions are one. */
  oneWay: readonly [one: string, many: string] = [
    "directed edge taken as undirected",
    "directed edges taken as undirected",
  ];
  /** The name of the edge attribute that lengths come from; undefined: lengths are not asked for. */
  readonly lengthAttribute: string | undefined;
  readonly notes: string[] = [];
  demands: Demand[] | undefined;
  private coordinateKind: Coordinates["kind"] = "plane";
  private readonly file: string;
  private readonly names: string[] = [];
  private readonly indices = new Map<string, number>();
  private readonly edges: number[] = [];
  private readonly lengths: number[] = [];
  /** Per edge, whether it is directed. */
  private readonly directions: boolean[] = [];
  private readonly labels = new Map<number, string>();
  private readonly attributes = new Map<number, NodeAttributes>();
  private readonly positions = new Map<number, readonly [x: number, y: number]>();

  constructor(file: string, lengthAttribute: string | undefined) {
    this.file = file;
    this.lengthAttribute = lengthAttribute;
  }

  get nodes(): number {
    return this.names.length;
  }

  /** The index of a node that the file declares here. @throws InputError if it was declared before. */
  declare(name: string, line: number): number {
    if (this.indices.has(name)) throw new InputError(this.file, { line }, `node ${shown(name)} stands twice`);
    return this.nodeNamed(name);
  }

  /** The index of a node, which is new if it was not seen before. */
  nodeNamed(name: string): number {
    let index = this.indices.get(name);
    if (index === undefined) {
      index = this.names.length;
      this.indices.set(name, index);
      this.names.push(name);
    }
    return index;
  }

  /** The index of a node, undefined if there is none of that name. */
  find(name: string): number | undefined {
    return this.indices.get(name);
  }

  /** The index of a declared node. @throws InputError if there is none of that name. */
  resolve(name: string, line: number): number {
    const index = this.indices.get(name);
    if (index === undefined) throw new InputError(this.file, { line }, `unknown node ${shown(name)}`);
    return index;
  }

  /** @throws InputError for a length, if they are asked for, that is absent, no number, or not positive. */
  addEdge(source: number, target: number, length: GivenLength, line: number | undefined, directed = false): void {
    this.edges.push(source, target);
    this.directions.push(directed);
    if (this.lengthAttribute !== undefined) this.lengths.push(this.parseLength(length, line));
  }

  private parseLength(length: GivenLength, line: number | undefined): number {
    const place = line === undefined ? undefined : { line };
    if (length === undefined || length === "") {
      throw new InputError(
        this.file,
        place,
        `edge without ${shown(this.lengthAttribute)}, which lengths were to come from`,
      );
    }
    const value = typeof length === "number" ? length : parseNumber(length);
    if (!isLength(value)) {
      throw new InputError(this.file, place, `edge length ${shown(length)}, expected a positive number`);
    }
    return value;
  }

  setLabel(node: number, label: string): void {
    if (label !== "") this.labels.set(node, label);
  }

  setAttributes(node: number, attributes: NodeAttributes): void {
    this.attributes.set(node, attributes);
  }

  /** Coordinates that are no numbers are left out; as soon as a node has degrees, those in a plane are. */
  setPosition(node: number, x: number, y: number, kind: Coordinates["kind"] = "plane"): void {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    if (kind !== this.coordinateKind) {
      if (kind === "plane") return;
      this.coordinateKind = kind;
      this.positions.clear();
    }
    this.positions.set(node, [x, y]);
  }

  /** @throws InputError if there is no node. */
  finish(): ReadNetwork {
    if (this.names.length === 0) throw new InputError(this.file, undefined, "no nodes, expected a network");
    const tally = newEdgeTally();
    const lengths = this.lengthAttribute === undefined ? undefined : this.lengths;
    const directed = this.directions.includes(true);
    if (directed) this.addOppositesOfUndirected();
    const topology = buildTopology(this.names, this.edges, lengths, { directed, tally });
    this.note(tally.parallel, "parallel edge merged", "parallel edges merged");
    this.note(tally.selfLoops, "self-loop dropped", "self-loops dropped");
    this.note(tally.isolated, "node has no edges", "nodes have no edges");
    this.note(tally.oneWay, ...this.oneWay);
    const labels = this.uniqueLabels();
    return {
      topology,
      directedLengths: differsByDirection(topology),
      labels,
      attributes: this.names.map((_, node) => this.attributes.get(node) ?? NO_ATTRIBUTES),
      coordinates: this.coordinates(),
      demands: this.demands,
      notes: this.notes,
    };
  }

  /** Beside directed edges, an undirected one is one in each direction. */
  private addOppositesOfUndirected(): void {
    for (let edge = this.directions.length - 1; edge >= 0; edge--) {
      const [source, target] = [this.edges[2 * edge], this.edges[2 * edge + 1]];
      if (this.directions[edge] || source === target) continue;
      this.edges.push(target, source);
      if (this.lengthAttribute !== undefined) this.lengths.push(this.lengths[edge]);
    }
  }

  /** Notes a count, unless it is zero. */
  note(count: number, one: string, many: string): void {
    if (count > 0) this.notes.push(`${count} ${count === 1 ? one : many}`);
  }

  private uniqueLabels(): string[] {
    const labels = this.names.map((name, node) => this.labels.get(node) ?? name);
    const uses = new Map<string, number>();
    for (const label of labels) uses.set(label, (uses.get(label) ?? 0) + 1);
    let repeated = 0;
    const unique = labels.map((label, node) => {
      if (uses.get(label) === 1) return label;
      repeated++;
      return `${label} (${this.names[node]})`;
    });
    this.note(repeated, "node's label is not unique", "nodes' labels are not unique and show the node's name too");
    // A label may read like a disambiguated one; names are unique whatever labels say.
    return new Set(unique).size === unique.length ? unique : [...this.names];
  }

  private coordinates(): Coordinates | undefined {
    if (this.positions.size === 0) return undefined;
    const x = new Float64Array(this.names.length).fill(Number.NaN);
    const y = new Float64Array(this.names.length).fill(Number.NaN);
    for (const [node, position] of this.positions) [x[node], y[node]] = position;
    return { kind: this.coordinateKind, x, y };
  }
}
