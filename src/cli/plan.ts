import CliTable from "cli-table3";
import type { Command } from "commander";
import { BORDERLESS } from "../report/terminal/borderless.ts";
import { paint, type TerminalOptions } from "../report/terminal/style.ts";
import type { SketchOptions } from "../spread/estimator.ts";
import { type Plan, PlanError, planSpread } from "../spread/plan.ts";
import { grouped } from "../text/numbers.ts";
import { type Context, terminalOptions } from "./context.ts";
import { UsageError } from "./errors.ts";
import { wholeNumber } from "./options.ts";
import { memoryOption, spreadRange } from "./units.ts";

interface PlanFlags {
  readonly memory: number;
  readonly contacts: number;
  readonly range: { readonly from: number; readonly to: number };
  readonly json?: boolean;
}

/** `netvantage plan`: from memory, expected contacts and the spreads of interest to an estimator and its parameters. */
export function addPlan(program: Command, context: Context): void {
  program
    .command("plan")
    .description("choose the estimator and its parameters for a memory, a load and a range of spreads")
    .addOption(memoryOption())
    .requiredOption("--contacts <n>", "distinct contacts expected in a window", wholeNumber(1))
    .requiredOption("--range <from-to>", "spreads of interest, as 1-100000", spreadRange)
    .option("--json", "print JSON: the plan, its error curve and the alternatives")
    .action((flags: PlanFlags) => plan(flags, context));
}

function plan({ memory, contacts, range, json }: PlanFlags, context: Context): void {
  const found = planned({ memoryBits: memory, contacts, ...range });
  // JSON has no infinity: null is no limit.
  const document = { version: 1, memoryBits: memory, contacts, range, ...found, rangeLimit: finite(found.rangeLimit) };
  const text = json ? `${JSON.stringify(document, plainNumbers, 2)}\n` : textPlan(found, terminalOptions(context));
  context.stdout.write(text);
}

/** JSON has no big integers: seeds from 2^53 on are decimal strings. */
function plainNumbers(_key: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  return value < 2n ** 53n ? Number(value) : String(value);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function planned(request: Parameters<typeof planSpread>[0]): Plan {
  try {
    return planSpread(request);
  } catch (error) {
    throw error instanceof PlanError || error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

function textPlan({ options, rangeLimit, curve, alternatives }: Plan, { color }: TerminalOptions): string {
  const limit = Number.isFinite(rangeLimit) ? `, range up to ${grouped(rangeLimit)}` : "";
  const rows = new CliTable({
    head: ["spread", "standard error", "relative"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: BORDERLESS,
    colAligns: ["right", "right", "right"],
  });
  const shown = curve.filter((_, i) => i % SHOWN_EVERY === 0 || i === curve.length - 1);
  for (const { spread, standardError, relativeError } of shown) {
    rows.push([figure(spread), figure(standardError), `${figure(100 * relativeError)} %`]);
  }
  return [
    paint("bold", `${describe(options)}${limit}`, color),
    `  netvantage spread FILE ${flagsOf(options)}`,
    "",
    rows.toString().replace(/ +$/gm, ""),
    "",
    "Alternatives, each at its best parameters:",
    ...alternatives.map((each) => `  ${describe(each.options)}: ${each.reason}`),
    "",
  ].join("\n");
}

/** The curve has 8 points a decade; JSON has them all. */
const SHOWN_EVERY = 4;

function figure(value: number): string {
  return grouped(value, value < 100 ? 1 : 0);
}

function describe({ estimator, virtualBits, segments, sampling }: SketchOptions): string {
  const unit = estimator === "vhll" ? "virtual registers" : "virtual bits";
  const parts = [
    `${estimator}, ${virtualBits} ${unit}`,
    ...(estimator === "mcse" ? [`${segments} segments`] : []),
    ...(estimator === "cses" ? [`sampling ${sampling}`] : []),
  ];
  return parts.join(", ");
}

function flagsOf({ estimator, memoryBits: bits, virtualBits, segments, sampling }: SketchOptions): string {
  const parts = [
    `--estimator ${estimator} --memory ${bits / 8} --virtual-bits ${virtualBits}`,
    ...(estimator === "mcse" ? [`--segments ${segments}`] : []),
    ...(estimator === "cses" ? [`--sampling ${sampling}`] : []),
  ];
  return parts.join(" ");
}
