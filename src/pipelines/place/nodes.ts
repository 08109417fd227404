/** Nodes as people name them: by the identifier in the file, or by the label. */

export class NodeNames {
  readonly labels: readonly string[];
  readonly names: readonly string[];
  private readonly byName: ReadonlyMap<string, number>;
  private readonly byLabel: ReadonlyMap<string, number>;

  constructor(names: readonly string[], labels: readonly string[]) {
    this.names = names;
    this.labels = labels;
    this.byName = new Map(names.map((name, node) => [name, node]));
    this.byLabel = new Map(labels.map((label, node) => [label, node]));
  }

  /** The node of a name, else of a label; undefined: none. */
  find(text: string): number | undefined {
    return this.byName.get(text) ?? this.byLabel.get(text);
  }

  /**
   * The nodes of a comma-separated list; a name may hold commas itself: the longest that is one is taken.
   * @throws RangeError for what is no node
   */
  parseList(list: string, option: string): number[] {
    const parts = list.split(",");
    const found: number[] = [];
    for (let from = 0; from < parts.length; ) {
      let to = parts.length;
      let node = this.find(parts.slice(from, to).join(",").trim());
      while (node === undefined && to > from + 1) {
        to--;
        node = this.find(parts.slice(from, to).join(",").trim());
      }
      if (node === undefined) {
        throw new RangeError(`${option}: no node "${parts[from].trim()}"; there are ${this.examples()}`);
      }
      found.push(node);
      from = to;
    }
    return found;
  }

  private examples(): string {
    const some = this.labels.slice(0, 4).map((label) => `"${label}"`);
    return `${some.join(", ")}${this.labels.length > 4 ? ` and ${this.labels.length - 4} more` : ""}`;
  }
}
