import { centralRange, mean, meanInterval, pairedInterval } from "../numbers/statistics.ts";
import type { Cell, CellValue, Claim } from "../results/comparison.ts";
import { significant, significantPercent } from "../text/numbers.ts";
import type { PublishedCell } from "./published.ts";

/** From this many trials on, the range of single runs means something. */
export const TRIALS_FOR_A_RANGE = 20;

/** Where a cell stands, and what its experiment knows about it beyond the numbers. */
export interface CellContext {
  readonly row: string;
  readonly column: string;
  /** undefined: the paper prints nothing here. */
  readonly published: PublishedCell | undefined;
  /** The unit, where the paper prints nothing. */
  readonly unit?: string | undefined;
  /** What holds (an ordering, a shape) if the value itself does not: turns `differs` into `pattern`. */
  readonly pattern?: string | undefined;
  /** Why the value differs, if that is known; it is shown when it does. */
  readonly reason?: string | undefined;
}

/** A cell of numbers: one value per trial (none: `not run`), each from a seed of its own. */
export function numberCell(context: CellContext, values: readonly number[]): Cell {
  if (values.length === 0) return absentCell(context, "no trial was run");
  const measured = mean(values);
  const published = context.published?.value;
  const comparable = typeof published === "number" && published !== 0;
  return {
    ...frame(context, values.length),
    ...intervalOf(values),
    measured,
    ratio: comparable ? measured / published : null,
    ...judge(context, numberAgreement(context.published, values)),
  };
}

/** A cell of a number that no chance goes into: there is nothing to try again. */
export function computedCell(context: CellContext, value: number): Cell {
  return { ...numberCell(context, [value]), trials: 0 };
}

/** A cell of text: one value that every trial gave, or a description of what they gave. */
export function textCell(context: CellContext, value: string, trials = 1): Cell {
  const equal = context.published !== undefined && sameText(context.published.value, value);
  return { ...frame(context, trials), measured: value, ...judge(context, equal ? "same text" : undefined) };
}

/** A cell whose data is absent. */
export function absentCell(context: CellContext, reason: string): Cell {
  return { ...frame(context, 0), verdict: "not run", how: reason };
}

/**
 * This project's own hypothesis that a is below b, held against the 95 % interval of the mean of a[i] - b[i].
 * `agrees`: the interval lies below 0; `differs`: above 0; `undecided`: it contains 0; `not run`: fewer than two pairs.
 */
export function pairedHypothesis(text: string, a: readonly number[], b: readonly number[]): Claim {
  const interval = pairedInterval(a, b);
  if (interval === undefined) {
    return { by: "netvantage", text, verdict: "not run", evidence: `${a.length} pairs; an interval needs two` };
  }
  const { low, high } = interval;
  const [center, from, to] = [mean(a) - mean(b), low, high].map((value) => significant(value, 3));
  const verdict = high < 0 ? "agrees" : low > 0 ? "differs" : "undecided";
  const evidence = `paired difference ${center}, 95 % interval ${from} to ${to}, ${a.length} pairs`;
  return { by: "netvantage", text, verdict, evidence };
}

/** How the values agree with the published one; undefined: they do not. */
function numberAgreement(published: PublishedCell | undefined, values: readonly number[]): string | undefined {
  if (published === undefined || typeof published.value !== "number") return undefined;
  const { value, tolerance } = published;
  if (tolerance !== null && isWithin(mean(values), value, tolerance))
    return `mean within ${significantPercent(tolerance)}`;
  if (values.length < TRIALS_FOR_A_RANGE) return undefined;
  const { low, high } = centralRange(values);
  return low <= value && value <= high ? "published run inside our 2.5-97.5 % range" : undefined;
}

/** |measured - published| against the tolerance; a published 0 has to be met exactly. The slack is for rounding. */
function isWithin(measured: number, published: number, tolerance: number): boolean {
  return Math.abs(measured - published) <= tolerance * Math.abs(published) * (1 + 1e-12);
}

function judge(context: CellContext, agreement: string | undefined): Pick<Cell, "verdict" | "how"> {
  if (context.published === undefined) return { verdict: null, how: "" };
  if (context.published.calibrated) return { verdict: "calibrated", how: "was used to set a parameter" };
  if (agreement !== undefined) return { verdict: "agrees", how: agreement };
  if (context.pattern !== undefined) return { verdict: "pattern", how: context.pattern };
  return { verdict: "differs", how: context.reason ?? "" };
}

function frame(context: CellContext, trials: number): Cell {
  return {
    row: context.row,
    column: context.column,
    published: context.published?.value ?? null,
    measured: null,
    low: null,
    high: null,
    trials,
    tolerance: context.published?.tolerance ?? null,
    unit: context.published?.unit ?? context.unit ?? "",
    verdict: null,
    ratio: null,
    how: "",
  };
}

function intervalOf(values: readonly number[]): Pick<Cell, "low" | "high"> {
  return meanInterval(values) ?? { low: null, high: null };
}

function sameText(published: CellValue, measured: string): boolean {
  const plain = (text: CellValue) => String(text).trim().replace(/\s+/g, " ");
  return plain(published) === plain(measured);
}
