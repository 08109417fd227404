/** Files of amounts: `node rate`, `node cost`, `source target rate` per line; CSV, TSV or blanks; # begins a comment. */
import { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { isRecord, peekLines } from "../../files/lines.ts";
import { openFile } from "../../files/open-file.ts";
import { readRows, WHITESPACE } from "../../files/rows.ts";
import { parseNumber } from "../../text/parse-number.ts";
import { shown } from "../../text/quote.ts";
import type { NodeNames } from "./nodes.ts";

interface Amount {
  readonly nodes: readonly number[];
  readonly value: number;
  /** As it is written. */
  readonly text: string;
  readonly line: number;
}

/**
 * Rows of `count` nodes and a number. A first row whose last column is no number and whose nodes are unknown is a heading.
 * @throws InputError naming the line of an unknown node, a number that is not finite or below `least`, or a repeated row
 */
async function* readAmounts(
  file: string,
  names: NodeNames,
  count: number,
  what: string,
  isAllowed: (value: number) => boolean,
): AsyncGenerator<Amount> {
  const window = new ByteWindow(openFile(file));
  const seen = new Set<string>();
  const warnings: string[] = [];
  try {
    const head = (await peekLines(window, 1)).find(isRecord) ?? "";
    const delimiter = [",", "\t", ";"].find((each) => head.includes(each)) ?? WHITESPACE;
    let first = true;
    for await (const { rows, lines } of readRows(window, file, delimiter, warnings)) {
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i].map((cell) => cell.trim());
        const line = lines[i];
        if (row.length === 1 && row[0] === "") continue;
        if (row.length !== count + 1) {
          throw new InputError(
            file,
            { line },
            `${row.length} columns, expected ${count === 1 ? "a node" : "two nodes"} and a ${what}`,
          );
        }
        const value = parseNumber(row[count]);
        const nodes = row.slice(0, count).map((name) => names.find(name));
        const heading = first && Number.isNaN(value) && nodes.every((node) => node === undefined);
        first = false;
        if (heading) continue;
        const unknown = nodes.indexOf(undefined);
        if (unknown !== -1) throw new InputError(file, { line }, `no node ${shown(row[unknown])} in the network`);
        if (!isAllowed(value))
          throw new InputError(file, { line }, `${what} ${shown(row[count])}, expected ${expected(isAllowed)}`);
        if (seen.has(nodes.join(" ")))
          throw new InputError(file, { line }, `${row.slice(0, count).join(", ")} stands twice`);
        seen.add(nodes.join(" "));
        yield { nodes: nodes.filter((node) => node !== undefined), value, text: row[count], line };
      }
    }
    if (warnings.length > 0) throw new InputError(file, undefined, warnings[0]);
  } finally {
    await window.close();
  }
}

function expected(isAllowed: (value: number) => boolean): string {
  return isAllowed(0) ? "a number from 0 on" : "a number above 0";
}

function isRate(value: number): boolean {
  return value >= 0 && value < Number.POSITIVE_INFINITY;
}

function isCost(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY;
}

/** r(x,*) per access node. @throws InputError where one has none; lines of other nodes are not used */
export async function readRates(file: string, names: NodeNames, access: Uint32Array): Promise<Float64Array> {
  const rates = new Map<number, number>();
  for await (const { nodes, value } of readAmounts(file, names, 1, "rate", isRate)) rates.set(nodes[0], value);
  const missing = access.find((node) => !rates.has(node));
  if (missing !== undefined)
    throw new InputError(file, undefined, `no rate for access node "${names.labels[missing]}"`);
  return Float64Array.from(access, (node) => rates.get(node) ?? 0);
}

/** Cost per node, and as the file writes it; 1 where the file has none. */
export async function readCosts(file: string, names: NodeNames) {
  const values = new Float64Array(names.names.length).fill(1);
  const texts: (string | undefined)[] = names.names.map(() => undefined);
  for await (const { nodes, value, text } of readAmounts(file, names, 1, "cost", isCost)) {
    values[nodes[0]] = value;
    texts[nodes[0]] = text;
  }
  return { values, texts };
}

/** r(x,y), by places in `access`; 0 where the file has none. @throws InputError for an end that is no access node */
export async function readDemands(file: string, names: NodeNames, access: Uint32Array): Promise<Float64Array> {
  const places = new Map(Array.from(access, (node, place) => [node, place]));
  const matrix = new Float64Array(access.length ** 2);
  for await (const { nodes, value, line } of readAmounts(file, names, 2, "rate", isRate)) {
    const [source, target] = nodes.map((node) => places.get(node));
    if (source === undefined || target === undefined) {
      const other = nodes[source === undefined ? 0 : 1];
      throw new InputError(file, { line }, `"${names.labels[other]}" is no access node`);
    }
    if (source !== target) matrix[source * access.length + target] = value;
  }
  return matrix;
}
