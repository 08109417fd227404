import CliTable from "cli-table3";
import type { Cell, Table } from "../../results/comparison.ts";
import { cellText } from "../cell-text.ts";
import { NO_LINES, type PlainColumn, plainTable } from "./plain-table.ts";
import { paint, plainProse, type TerminalOptions, widthOf, wrap } from "./style.ts";

/** One column of the paper with what is printed under it. */
interface Group {
  readonly name: string;
  readonly heads: readonly string[];
  readonly widths: readonly number[];
  /** By row; undefined: the table has no such cell. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  readonly width: number;
}

/** Between columns: the padding of one and the blank that the table printer sets. */
const GAP = "  ";
const PADDING = 1;
/** Stands before each group. */
const RULE = "│";
/** Longer text (a set of nodes) is wrapped. */
const WIDEST = 44;

/**
 * A table beside the published one: as many of the paper's columns side by side as the width holds, or each by itself
 * where it does not hold one of them.
 */
export function terminalTable(table: Table, options: TerminalOptions): string {
  const notes = noteNumbers(table.cells);
  const rows = [...new Set(table.cells.map((cell) => cell.row))];
  const columns = [...new Set(table.cells.map((cell) => cell.column))];
  const groups = columns.map((column) => groupOf(table, column, notes, options));
  const rowWidth = Math.max(...rows.map(widthOf), 0) + 4;
  const room = options.width - rowWidth;
  const blocks = groups.some((group) => group.width > room)
    ? groups.map((group) => narrowText(group, options))
    : packed(groups, room).map((block) => blockText(block, rows));
  const title = table.place === undefined ? table.title : `${table.title} (${table.place})`;
  const footnotes = [...notes].map(([how, number]) => hanging(`[${number}]`, plainProse(how), options.width));
  const remarks = (table.notes ?? []).map((note) => wrap(plainProse(note), options.width, "  "));
  const head = paint("bold", wrap(title, options.width, "  "), options.color);
  return [head, blocks.join("\n\n"), ...footnotes, ...remarks].join("\n");
}

function groupOf(table: Table, column: string, notes: ReadonlyMap<string, number>, options: TerminalOptions): Group {
  const cells = table.cells.filter((cell) => cell.column === column);
  const compared = cells.some((cell) => cell.verdict !== null);
  const inRange = cells.some((cell) => cellText(cell).shortInterval !== "");
  const heads = [
    ...(compared ? ["published"] : []),
    "measured",
    ...(inRange ? ["95 % CI"] : []),
    ...(compared ? ["ratio", "verdict"] : []),
  ];
  const lines = new Map(
    cells.map((cell) => {
      const text = cellText(cell);
      const values: { readonly [head: string]: string } = {
        published: text.published,
        measured: text.measured,
        "95 % CI": text.shortInterval,
        ratio: text.ratio,
        verdict: verdictText(cell, notes, options.color),
      };
      return [cell.row, heads.map((head) => values[head])] as const;
    }),
  );
  const widths = heads.map((head, i) =>
    Math.max(widthOf(head), ...[...lines.values()].map((line) => widthOf(line[i]))),
  );
  const name = cells[0].unit === "" ? column : `${column} (${cells[0].unit})`;
  const limited = widths.map((each) => Math.min(each, WIDEST));
  limited[limited.length - 1] += Math.max(0, widthOf(name) - total(limited));
  return { name, heads, lines, widths: limited, width: total(limited) + 2 * GAP.length + RULE.length };
}

/** The width of columns side by side. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length);
}

function blockText(groups: readonly Group[], rows: readonly string[]): string {
  const shown = rows.filter((row) => groups.some((group) => group.lines.has(row)));
  const print = new CliTable({
    style: { head: [], border: [], "padding-left": PADDING, "padding-right": 0 },
    chars: { ...NO_LINES, middle: " " },
    colAligns: ["left", ...groups.flatMap((group): Align[] => ["left", ...group.heads.map(alignment)])],
    colWidths: [null, ...groups.flatMap((group) => [null, ...group.widths.map((width) => width + PADDING)])],
    wordWrap: true,
  });
  const line = (row: string, cellsOf: (group: Group) => readonly string[]) =>
    print.push([row, ...groups.flatMap((group) => [RULE, ...cellsOf(group)])]);
  print.push([
    "",
    ...groups.flatMap((group) => [
      RULE,
      { content: group.name, colSpan: group.heads.length, hAlign: "left" as const, wordWrap: false },
    ]),
  ]);
  line("", (group) => group.heads);
  for (const row of shown) line(row, (group) => group.lines.get(row) ?? group.heads.map(() => ""));
  const [names, heads, ...cells] = print
    .toString()
    .split("\n")
    .map((text) => text.slice(PADDING).trimEnd());
  const rule = [...heads].map((character) => (character === "│" ? "┼" : "─")).join("");
  return [names, heads, rule, ...cells].join("\n");
}

type Align = "left" | "right";

function alignment(head: string): Align {
  return head === "verdict" ? "left" : "right";
}

/** A column of the paper as a table by itself. */
function narrowText({ name, heads, lines }: Group, { width, color }: TerminalOptions): string {
  const columns: PlainColumn[] = [["", "left"], ...heads.map((head): PlainColumn => [head, alignment(head)])];
  const rows = [...lines].map(([row, line]) => [row, ...line]);
  return `${paint("bold", wrap(name, width, "  "), color)}\n${plainTable(columns, rows, width)}`;
}

/** Groups side by side as long as they fit. */
function packed(groups: readonly Group[], width: number): Group[][] {
  const blocks: Group[][] = [];
  let left = 0;
  for (const group of groups) {
    if (blocks.length === 0 || group.width > left) {
      blocks.push([]);
      left = width;
    }
    blocks[blocks.length - 1].push(group);
    left -= group.width;
  }
  return blocks;
}

/** Rules and reasons, numbered in the order of their first cell. */
function noteNumbers(cells: readonly Cell[]): Map<string, number> {
  const texts = new Set(cells.filter((cell) => cell.verdict !== "calibrated").map((cell) => cell.how));
  texts.delete("");
  return new Map([...texts].map((how, i) => [how, i + 1]));
}

/** A text behind its number; further lines stand below the text. */
function hanging(number: string, text: string, width: number): string {
  return wrap(`${number} ${text}`, width, " ".repeat(number.length + 1));
}

function verdictText(cell: Cell, notes: ReadonlyMap<string, number>, color: boolean): string {
  if (cell.verdict === null) return "";
  const note = notes.get(cell.how);
  const text = paint(cell.verdict, cell.verdict, color);
  return note === undefined ? text : `${text} [${note}]`;
}
