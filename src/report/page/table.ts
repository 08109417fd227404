import type { Cell, Table } from "../../results/comparison.ts";
import { cellText, valueText } from "../cell-text.ts";
import { tallyCells } from "../tally.ts";
import { anchor, type Html, html, prose } from "./html.ts";
import { chip, countsText, verdictClass } from "./verdict.ts";

/** Names of rows up to this length stand on one line on a phone too. */
const SHORT_ROW = 14;

/** Numbers of the reasons below a table, in the order of their first cell. */
type Notes = ReadonlyMap<string, number>;

interface Column {
  readonly name: string;
  /** The unit, where all cells of the column have the same. */
  readonly unit: string | undefined;
  /** Whether the paper has any of it. */
  readonly isPublished: boolean;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** The id of a table within the page. */
export function tableAnchor(experiment: string, table: Table): string {
  return anchor("table", experiment, table.id);
}

/** A table as the paper lays it out, each cell with what was measured, what was published and the verdict. */
export function tableHtml(experiment: string, table: Table): Html {
  const id = tableAnchor(experiment, table);
  const rows = [...new Set(table.cells.map((cell) => cell.row))];
  const columns = columnsOf(table.cells);
  const notes = noteNumbers(table.cells);
  const compared = table.cells.some((cell) => cell.verdict !== null);
  const heads = columns.map((column) => columnHead(column, compared));
  const lines = rows.map(
    (row) =>
      html`<tr><th scope="row" class="${row.length <= SHORT_ROW ? "short" : "long"}">${row}</th>${columns.map((column) => cellHtml(column.cells.get(row), column, id, notes))}</tr>\n`,
  );
  const place = table.place === undefined ? "" : ` (${table.place})`;
  return html`<div class="table" id="${id}">
<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">
<table>
<caption id="${id}-caption"><span class="caption"><b>${table.title}</b>${place} <span class="quiet">${countsText(tallyCells(table.cells))}</span></span></caption>
<thead><tr><td></td>${heads}</tr></thead>
<tbody>
${lines}</tbody>
</table>
</div>
${reasons(id, notes)}${(table.notes ?? []).map((note) => html`<p class="note">${prose(note)}</p>`)}
</div>
`;
}

function columnsOf(cells: readonly Cell[]): Column[] {
  return [...new Set(cells.map((cell) => cell.column))].map((name) => {
    const own = cells.filter((cell) => cell.column === name);
    const units = new Set(own.map((cell) => cell.unit));
    return {
      name,
      unit: units.size === 1 ? own[0].unit : undefined,
      isPublished: own.some((cell) => cell.published !== null),
      cells: new Map(own.map((cell) => [cell.row, cell])),
    };
  });
}

function columnHead({ name, unit, isPublished }: Column, compared: boolean): Html {
  const below = unit === undefined || unit === "" ? undefined : html` <span class="unit">(${unit})</span>`;
  const own = compared && !isPublished ? html`<span class="own">not in the paper</span>` : undefined;
  return html`<th scope="col">${name}${below}${own}</th>`;
}

function cellHtml(cell: Cell | undefined, column: Column, id: string, notes: Notes): Html {
  if (cell === undefined) return html`<td class="blank"></td>`;
  const text = cellText(cell);
  const unit = column.unit === undefined && cell.unit !== "" ? ` ${cell.unit}` : "";
  const measured =
    cell.measured === null
      ? html`<span class="measured quiet">no measurement</span>`
      : html`<span class="measured"><span class="vh">measured </span>${text.measured}${unit}${interval(text.shortInterval)}</span>`;
  if (cell.verdict === null)
    return html`<td class="${typeof cell.measured === "string" ? "words" : ""}">${measured}</td>`;
  const published =
    cell.published === null ? undefined : html`<span class="published">published ${text.published}${unit}</span>`;
  const verdict = html`<span class="verdict">${chip(cell.verdict)}${deviation(cell)}${noteLink(cell, id, notes)}</span>`;
  const words = typeof cell.measured === "string" || typeof cell.published === "string" ? " words" : "";
  return html`<td class="${verdictClass(cell.verdict)}${words}">${measured}${published}${verdict}</td>`;
}

function interval(text: string): Html | undefined {
  if (text === "") return undefined;
  return html` <span class="interval"><span class="vh">95 % interval </span>${text}</span>`;
}

/** Measured against published: "+1.2 %". */
function deviation({ ratio }: Cell): Html | undefined {
  if (ratio === null) return undefined;
  const percent = (ratio - 1) * 100;
  const size = Math.abs(percent);
  const digits = size < 10 ? percent.toFixed(1) : size < 1000 ? percent.toFixed(0) : undefined;
  const text = digits === undefined ? `${valueText(Number(ratio.toPrecision(3)))} times` : `${signed(digits)} %`;
  return html` <span class="deviation">${text}</span>`;
}

function signed(digits: string): string {
  if (Number(digits) === 0) return digits.replace("-", "");
  return digits.startsWith("-") ? `−${digits.slice(1)}` : `+${digits}`;
}

function noteLink(cell: Cell, id: string, notes: Notes): Html | undefined {
  const number = cell.verdict === "calibrated" ? undefined : notes.get(cell.how);
  if (number === undefined) return undefined;
  return html` <a class="ref" href="#${id}-note-${number}" aria-label="reason ${number}">${number}</a>`;
}

function noteNumbers(cells: readonly Cell[]): Notes {
  const texts = new Set(
    cells.filter(({ verdict }) => verdict !== null && verdict !== "calibrated").map(({ how }) => how),
  );
  texts.delete("");
  return new Map([...texts].map((how, i) => [how, i + 1]));
}

function reasons(id: string, notes: Notes): Html | undefined {
  if (notes.size === 0) return undefined;
  const items = [...notes].map(([how, number]) => html`<li id="${id}-note-${number}">${prose(how)}</li>`);
  return html`<ol class="reasons">${items}</ol>\n`;
}
