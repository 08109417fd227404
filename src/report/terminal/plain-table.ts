import CliTable from "cli-table3";
import { widthOf, wrap } from "./style.ts";

/** A column: what stands above it, and to which side it is set. Numbers go to the right. */
export type PlainColumn = readonly [head: string, align: "left" | "right"];

/** The table printer's `chars` for columns that only blanks part. */
export const NO_LINES = Object.fromEntries(
  [
    ...["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"],
  ].map((name) => [name, ""]),
);

/** Between columns. */
const GAP = 2;
/** No column of text is made narrower. */
const NARROWEST = 12;

/**
 * Columns that only blanks part, under their heads. Where they are wider than `width`, the heads of numbers wrap, and
 * then the widest texts. Where that is not enough, each row is a paragraph of heads and values. No rows: "(none)".
 */
export function plainTable(
  columns: readonly PlainColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  if (rows.length === 0) return "(none)";
  const widths = fittedWidths(columns, rows, width);
  if (widths === undefined) return rows.map((row) => paragraph(columns, row, width)).join("\n");
  const print = new CliTable({
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
    chars: NO_LINES,
    colAligns: columns.map(([, align]) => align),
    rowAligns: ["bottom"],
  });
  for (const line of [columns.map(([head]) => head), ...rows]) {
    print.push(line.map((text, i) => wrap(text, widths[i])));
  }
  return print.toString().replace(/ +$/gm, "");
}

/** Without the gaps; undefined: even the narrowest are too wide. */
function fittedWidths(
  columns: readonly PlainColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] | undefined {
  const heads = columns.map(([head]) => widthOf(head));
  const values = columns.map((_, i) => Math.max(...rows.map((row) => widthOf(row[i]))));
  const least = columns.map(([head, align], i) => {
    const word = Math.max(...head.split(" ").map(widthOf));
    return Math.max(word, align === "left" ? Math.min(values[i], NARROWEST) : values[i]);
  });
  const wide = columns.map((_, i) => Math.max(heads[i], values[i]));
  const room = width - GAP * (columns.length - 1);
  if (total(wide) <= room) return wide;
  const widths = columns.map(([, align], i) => (align === "right" ? least[i] : wide[i]));
  for (let over = total(widths) - room; over > 0; over--) {
    const loose = widths.map((each, i) => (each > least[i] ? each : 0));
    const widest = Math.max(...loose);
    if (widest === 0) return undefined;
    widths[loose.lastIndexOf(widest)] -= 1;
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0);
}

/** "# 1, node Kansas City, adds 46.06 %"; lines after the first are indented. */
function paragraph(columns: readonly PlainColumn[], row: readonly string[], width: number): string {
  const pairs = columns.flatMap(([head], i) => (row[i] === "" ? [] : [`${head} ${row[i]}`.trim()]));
  return wrap(pairs.join(", "), width, "  ");
}
