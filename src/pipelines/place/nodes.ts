/** Nodes as people name them: by the identifier in the file, or by the label. What is printed is taken back for the same node. */
import { printable } from "../../text/quote.ts";

export class NodeNames {
  /** What is printed for each node: its label, or its identifier where the label names another, none, or cannot be shown. */
  readonly labels: readonly string[];
  readonly names: readonly string[];
  /** The labels as the file has them. */
  readonly given: readonly string[];
  private readonly byName: ReadonlyMap<string, number>;
  /** Without labels that stand twice. */
  private readonly byLabel: ReadonlyMap<string, number>;

  constructor(names: readonly string[], labels: readonly string[]) {
    this.names = names;
    this.given = labels;
    this.byName = new Map(names.map((name, node) => [name, node]));
    const byLabel = new Map<string, number>();
    const twice = new Set<string>();
    for (const [node, label] of labels.entries()) {
      if (byLabel.has(label)) twice.add(label);
      byLabel.set(label, node);
    }
    for (const label of twice) byLabel.delete(label);
    this.byLabel = byLabel;
    this.labels = labels.map((label, node) =>
      this.find(label) === node && printable(label) === label ? label : names[node],
    );
  }

  /** The node of a name, else of a label; blanks around it count only where it is none with them. Undefined: none. */
  find(text: string): number | undefined {
    const trimmed = text.trim();
    return this.byName.get(text) ?? this.byLabel.get(text) ?? this.byName.get(trimmed) ?? this.byLabel.get(trimmed);
  }

  /**
   * The nodes of a comma-separated list; a name may hold commas itself: the longest that is one is taken.
   * @throws RangeError for what is no node
   */
  parseList(list: string, option: string): number[] {
    const { nodes, rest } = this.scanList(list);
    if (rest === undefined) return nodes;
    throw new RangeError(`${option}: no node "${rest}"; there are ${this.examples()}`);
  }

  /** Whether a text is a list of nodes. */
  isList(text: string): boolean {
    return this.scanList(text).rest === undefined;
  }

  /** The nodes of a list, up to what is none. */
  private scanList(list: string): { readonly nodes: number[]; readonly rest: string | undefined } {
    const parts = list.split(",");
    const nodes: number[] = [];
    for (let from = 0; from < parts.length; ) {
      let to = parts.length;
      let node = this.find(parts.slice(from, to).join(","));
      while (node === undefined && to > from + 1) {
        to--;
        node = this.find(parts.slice(from, to).join(","));
      }
      if (node === undefined) return { nodes, rest: parts[from].trim() };
      nodes.push(node);
      from = to;
    }
    return { nodes, rest: undefined };
  }

  private examples(): string {
    const some = this.labels.slice(0, 4).map((label) => `"${label}"`);
    return `${some.join(", ")}${this.labels.length > 4 ? ` and ${this.labels.length - 4} more` : ""}`;
  }
}
