import type { Cell, CellValue } from "../results/comparison.ts";
import { significant } from "../text/numbers.ts";

/** A cell as the words that every printed form shows. */
export interface CellText {
  readonly published: string;
  readonly measured: string;
  /** "8.91 to 9.02", or "one run". */
  readonly interval: string;
  /** The same in short: "±0.05" where it is symmetric about the mean. */
  readonly shortInterval: string;
  readonly ratio: string;
  readonly verdict: string;
}

export function cellText(cell: Cell): CellText {
  return {
    published: cell.published === null ? "" : publishedText(cell.published),
    measured: cell.measured === null ? "" : valueText(cell.measured),
    interval: intervalText(cell),
    shortInterval: shortIntervalText(cell),
    ratio: cell.ratio === null ? "" : cell.ratio.toFixed(3),
    verdict: cell.verdict ?? "",
  };
}

/** Four significant digits; whole numbers in full. */
export function valueText(value: CellValue): string {
  if (typeof value === "string") return value;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e7 ? fixed(value) : value.toExponential(3);
}

/** As the paper prints it. */
function publishedText(value: CellValue): string {
  return String(value);
}

function intervalText(cell: Cell): string {
  if (cell.low !== null && cell.high !== null) return `${valueText(cell.low)} to ${valueText(cell.high)}`;
  return cell.trials === 1 && typeof cell.measured === "number" ? "one run" : "";
}

function shortIntervalText(cell: Cell): string {
  const { low, high, measured } = cell;
  if (low === null || high === null || typeof measured !== "number") return intervalText(cell);
  const half = (high - low) / 2;
  const symmetric = Math.abs(measured - low - half) <= 1e-6 * half;
  return symmetric ? `±${significant(half, 2)}` : intervalText(cell);
}

function fixed(value: number): string {
  const digits = 3 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.max(0, digits));
}
