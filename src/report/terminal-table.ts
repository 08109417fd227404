import CliTable from "cli-table3";
import { cellText } from "./cell-text.ts";
import type { Cell, Table } from "./comparison.ts";
import { paint, type TerminalOptions, widthOf } from "./terminal-style.ts";

/** One column of the paper with what is printed under it. */
interface Group {
  readonly column: string;
  readonly unit: string;
  readonly heads: readonly string[];
  /** By row; undefined: the table has no such cell. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
  readonly width: number;
}

/** A table beside the published one: as many of the paper's columns side by side as the width holds. */
export function terminalTable(table: Table, options: TerminalOptions): string {
  const notes = noteNumbers(table.cells);
  const rows = [...new Set(table.cells.map((cell) => cell.row))];
  const columns = [...new Set(table.cells.map((cell) => cell.column))];
  const groups = columns.map((column) => groupOf(table, column, notes, options));
  const rowWidth = Math.max(...rows.map(widthOf), 0) + 4;
  const blocks = packed(groups, options.width - rowWidth).map((block) => blockText(block, rows));
  const title = table.place === undefined ? table.title : `${table.title} (${table.place})`;
  const footnotes = [...notes].map(([how, number]) => `[${number}] ${how}`);
  return [paint("bold", title, options.color), ...blocks, ...footnotes, ...(table.notes ?? [])].join("\n");
}

function groupOf(table: Table, column: string, notes: ReadonlyMap<string, number>, options: TerminalOptions): Group {
  const cells = table.cells.filter((cell) => cell.column === column);
  const compared = cells.some((cell) => cell.verdict !== null);
  const inRange = cells.some((cell) => cellText(cell).interval !== "");
  const heads = [
    ...(compared ? ["published"] : []),
    "measured",
    ...(inRange ? ["95 % interval"] : []),
    ...(compared ? ["ratio", "verdict"] : []),
  ];
  const lines = new Map(
    cells.map((cell) => {
      const text = cellText(cell);
      const values: { readonly [head: string]: string } = {
        published: text.published,
        measured: text.measured,
        "95 % interval": text.interval,
        ratio: text.ratio,
        verdict: verdictText(cell, notes, options.color),
      };
      return [cell.row, heads.map((head) => values[head])] as const;
    }),
  );
  const widths = heads.map((head, i) =>
    Math.max(widthOf(head), ...[...lines.values()].map((line) => widthOf(line[i]))),
  );
  const width = widths.reduce((sum, each) => sum + each + 3, 0);
  return { column, unit: cells[0].unit, heads, lines, width };
}

function blockText(groups: readonly Group[], rows: readonly string[]): string {
  const shown = rows.filter((row) => groups.some((group) => group.lines.has(row)));
  const print = new CliTable({
    style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    colAligns: ["left", ...groups.flatMap((group) => group.heads.map(alignment))],
  });
  const name = (group: Group) => (group.unit === "" ? group.column : `${group.column} (${group.unit})`);
  print.push(["", ...groups.map((group) => ({ content: name(group), colSpan: group.heads.length }))]);
  print.push(["", ...groups.flatMap((group) => group.heads)]);
  for (const row of shown) {
    print.push([row, ...groups.flatMap((group) => [...(group.lines.get(row) ?? group.heads.map(() => ""))])]);
  }
  return print.toString();
}

function alignment(head: string): "left" | "right" {
  return head === "verdict" ? "left" : "right";
}

/** Groups side by side as long as they fit; one that is too wide alone stands alone. */
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

function verdictText(cell: Cell, notes: ReadonlyMap<string, number>, color: boolean): string {
  if (cell.verdict === null) return "";
  const note = notes.get(cell.how);
  const text = paint(cell.verdict, cell.verdict, color);
  return note === undefined ? text : `${text} [${note}]`;
}
