import type { Cell } from "../../results/comparison.ts";
import { significantPercent } from "../../text/numbers.ts";
import { cellText } from "../cell-text.ts";
import type { CellChange, CellState, Change, Difference } from "../difference.ts";
import { type PlainColumn, plainTable } from "./plain-table.ts";
import { paint, plainProse, type TerminalOptions, wrap } from "./style.ts";

const ARROW = "->";
/** Hashes are told apart by their beginning. */
const HASH = 12;
/** What changed between two runs, for the eye; one line where nothing did. */
export function terminalDifference(found: Difference, options: TerminalOptions): string {
  const line = (text: string) => wrap(text, options.width, "  ");
  const sections = [
    found.settings.map((change) => line(changeText(change))).join("\n"),
    [
      ...found.onlyBefore.map((id) => line(`only in the first: ${id}`)),
      ...found.onlyAfter.map((id) => line(`only in the second: ${id}`)),
    ].join("\n"),
    found.parameters.map((change) => line(`${change.experiment}, ${changeText(change)}`)).join("\n"),
    ...tablesOf(found.cells).map((cells) => tableText(cells, options)),
    claimsText(found, options),
    summary(found, options),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function changeText({ name, before, after }: Change): string {
  return `${name}: ${valueText(before)} ${ARROW} ${valueText(after)}`;
}

function valueText(value: string | null): string {
  if (value === null) return "absent";
  return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, HASH) : value;
}

function tablesOf(cells: readonly CellChange[]): CellChange[][] {
  const tables = new Map<string, CellChange[]>();
  for (const cell of cells) {
    const name = JSON.stringify([cell.experiment, cell.table]);
    tables.set(name, [...(tables.get(name) ?? []), cell]);
  }
  return [...tables.values()];
}

function tableText(cells: readonly CellChange[], options: TerminalOptions): string {
  const [{ experiment, title }] = cells;
  const heads = ["row", "column", "measured", "change", "95 % interval", "published", "verdict"];
  const lines = cells.map((cell) => columnsOf(cell, options));
  const used = heads.map((_, i) => i < 2 || lines.some((line) => line[i] !== ""));
  const columns = heads.map((head): PlainColumn => [head, "left"]).filter((_, i) => used[i]);
  const rows = lines.map((line) => line.filter((_, i) => used[i]));
  const head = paint("bold", wrap(`${experiment}: ${title}`, options.width, "  "), options.color);
  return `${head}\n${plainTable(columns, rows, options.width)}`;
}

function columnsOf(cell: CellChange, { color }: TerminalOptions): string[] {
  const { row, column, before, after, changed, relative } = cell;
  if (before === null || after === null) {
    const text = before === null ? "only in the second" : "only in the first";
    return [row, column, text, "", "", "", verdictText(before ?? after, color)];
  }
  const [a, b] = [before, after].map((state) => cellText(asCell(state)));
  const pair = (from: string, to: string) => (from === to ? to : `${from || "none"} ${ARROW} ${to || "none"}`);
  const verdicts = [before, after].map((state) => verdictText(state, color));
  return [
    row,
    column,
    pair(a.measured, b.measured),
    changed.includes("measured") && relative !== null ? signedPercent(relative) : "",
    changed.includes("interval") ? pair(a.interval, b.interval) : "",
    changed.includes("published") ? pair(a.published, b.published) : "",
    changed.includes("verdict") ? `${verdicts[0]} ${ARROW} ${verdicts[1]}` : verdicts[1],
  ];
}

function verdictText(state: CellState | null, color: boolean): string {
  const verdict = state?.verdict ?? null;
  return verdict === null ? "" : paint(verdict, verdict, color);
}

function asCell(state: CellState): Cell {
  return { row: "", column: "", tolerance: null, unit: "", ratio: null, how: "", ...state };
}

/** "+1.2 %"; what is small is not rounded away. */
function signedPercent(share: number): string {
  return `${share > 0 ? "+" : ""}${significantPercent(share, 2)}`;
}

function claimsText({ claims }: Difference, { width, color }: TerminalOptions): string {
  if (claims.length === 0) return "";
  const lines = claims.map(({ experiment, text, before, after }) =>
    wrap(`- ${before ?? "absent"} ${ARROW} ${after ?? "absent"}: ${plainProse(text)} (${experiment})`, width, "  "),
  );
  return [paint("bold", "Claims", color), ...lines].join("\n");
}

function summary(
  { cells, sameCells, claims, settings, onlyBefore, onlyAfter, parameters }: Difference,
  { width }: TerminalOptions,
) {
  const changes = [cells, claims, settings, onlyBefore, onlyAfter, parameters];
  if (changes.every((list) => list.length === 0)) return `nothing changed: ${sameCells} cells are the same`;
  const moved = new Map<string, number>();
  for (const { before, after, changed } of cells) {
    if (!changed.includes("verdict")) continue;
    const name = `${before?.verdict ?? "none"} ${ARROW} ${after?.verdict ?? "none"}`;
    moved.set(name, (moved.get(name) ?? 0) + 1);
  }
  const verdicts = [...moved].map(([name, count]) => `${count} ${name}`);
  const text = `${cells.length} cells changed, ${sameCells} are the same; verdicts: ${verdicts.join(", ") || "as before"}`;
  return wrap(text, width, "  ");
}
