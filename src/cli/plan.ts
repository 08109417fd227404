import type { Command } from "commander";
import { planResult, planResultSchema } from "../pipelines/plan/result.ts";
import { jsonDocument } from "../report/json.ts";
import { type Plan, PlanError, type PlanRequest, planSpread } from "../spread/plan.ts";
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
  readonly json?: boolean | undefined;
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
  const request = { memoryBits: memory, contacts, ...range };
  const found = planned(request);
  const text = json
    ? jsonDocument(planResultSchema, planResult(request, found))
    : textPlan(found, terminalOptions(context));
  context.stdout.write(text);
}

function planned(request: PlanRequest): Plan {
  try {
    return planSpread(request);
  } catch (error) {
    throw error instanceof PlanError || error instanceof RangeError ? new UsageError(error.message) : error;
  }
}
