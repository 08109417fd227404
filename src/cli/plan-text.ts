import { type PlainColumn, plainTable } from "../report/terminal/plain-table.ts";
import { paint, type TerminalOptions, wrap } from "../report/terminal/style.ts";
import { estimatorOf } from "../spread/estimators.ts";
import type { Plan } from "../spread/plan.ts";
import { ownParameters, type SketchOptions } from "../spread/sketch-options.ts";
import { grouped } from "../text/numbers.ts";

/** A plan for people: the estimator, the command that takes it, the error to expect, and what was not chosen. */
export function textPlan(
  { options, rangeLimit, curve, alternatives }: Plan,
  { width, color }: TerminalOptions,
): string {
  const limit = Number.isFinite(rangeLimit) ? `, range up to ${grouped(rangeLimit)}` : "";
  const shown = curve.filter((_, i) => i % SHOWN_EVERY === 0 || i === curve.length - 1);
  const rows = shown.map(({ spread, standardError, relativeError }) => [
    grouped(spread),
    figure(standardError),
    `${figure(100 * relativeError)} %`,
  ]);
  return [
    paint("bold", wrap(`${describe(options)}${limit}`, width, "  "), color),
    command(options, width),
    "",
    plainTable(COLUMNS, rows, width),
    "",
    "Alternatives at their best parameters:",
    ...alternatives.map((each) => `  ${wrap(`${describe(each.options)}: ${each.reason}`, width - 2, "    ")}`),
    "",
  ].join("\n");
}

const COLUMNS: readonly PlainColumn[] = [
  ["spread", "right"],
  ["standard error", "right"],
  ["relative", "right"],
];

/** The curve has 8 points a decade; JSON has them all. */
const SHOWN_EVERY = 4;

function figure(value: number): string {
  return value < 100 ? value.toFixed(1) : grouped(value);
}

function describe(options: SketchOptions): string {
  const { estimator, virtualBits } = options;
  const { segments, sampling } = ownParameters(options);
  return [
    `${estimator}, ${virtualBits} virtual ${estimatorOf(estimator).cell}`,
    ...(segments === undefined ? [] : [`${segments} segments`]),
    ...(sampling === undefined ? [] : [`sampling ${sampling}`]),
  ].join(", ");
}

/** A command that is too long for a line goes on as a shell takes it. */
function command(options: SketchOptions, width: number): string {
  const flags = flagsOf(options).map((flag) => flag.replace(" ", "\u00a0"));
  const lines = wrap(["netvantage spread FILE", ...flags].join(" "), width - 6, "  ").replaceAll("\u00a0", " ");
  return `  ${lines.replaceAll("\n", " \\\n  ")}`;
}

function flagsOf(options: SketchOptions): string[] {
  const { estimator, memoryBits, virtualBits } = options;
  const own = Object.entries(ownParameters(options)).map(([name, value]) => `--${name} ${value}`);
  return [`--estimator ${estimator}`, `--memory ${memoryBits / 8}`, `--virtual-bits ${virtualBits}`, ...own];
}
