import type { Command } from "commander";
import { type Plan, PlanError, planSpread } from "../spread/plan.ts";
import { type Context, terminalOptions } from "./context.ts";
import { UsageError } from "./errors.ts";
import { addExamples } from "./help.ts";
import { spreadRange, wholeNumber } from "./option-values.ts";
import { jsonOption, memoryOption } from "./options.ts";
import { textPlan } from "./plan-text.ts";

interface PlanFlags {
  readonly memory: number;
  readonly contacts: number;
  readonly range: { readonly from: number; readonly to: number };
  readonly json?: boolean;
}

/** `netvantage plan`: from memory, expected contacts and the spreads of interest to an estimator and its parameters. */
export function addPlan(program: Command, context: Context): void {
  const command = program
    .command("plan")
    .description("choose the estimator and its parameters for a memory, a load and a range of spreads")
    .addOption(memoryOption())
    .requiredOption("--contacts <n>", "distinct contacts expected in a window", wholeNumber(1))
    .requiredOption("--range <from-to>", "spreads of interest, as 1-100000", spreadRange)
    .addOption(jsonOption("spread.md"))
    .action((flags: PlanFlags) => plan(flags, context));
  addExamples(command, [
    "netvantage plan --contacts 8400000 --range 1-100000",
    "netvantage plan --memory 256kB --contacts 200000 --range 10-10000",
    "netvantage plan --memory 4MiB --contacts 50000000 --range 1-1000000 --json",
  ]);
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
