import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../files/input-error.ts";
import { difference, differenceSchema } from "../report/difference.ts";
import { jsonDocument } from "../report/json.ts";
import { terminalDifference } from "../report/terminal/difference.ts";
import { type Comparison, comparisonSchema } from "../results/comparison.ts";
import { printableTexts } from "../text/quote.ts";
import { type Context, terminalOptions } from "./context.ts";
import { addExamples } from "./help.ts";
import { jsonOption } from "./options.ts";

/** `netvantage compare`: what changed from one run of the papers' experiments to another. */
export function addCompare(program: Command, context: Context): void {
  const command = program
    .command("compare")
    .description("show what changed between two runs of reproduce: values, intervals, verdicts, environment")
    .argument("<before>", "results.json of a run, or its --out directory")
    .argument("<after>", "the same of another run")
    .addOption(jsonOption("report.md"))
    .action((before: string, after: string, flags: { readonly json?: boolean | undefined }) => {
      const found = difference(readResults(before), readResults(after));
      const text = flags.json
        ? jsonDocument(differenceSchema, found)
        : terminalDifference(printableTexts(found), terminalOptions(context));
      context.stdout.write(text);
    });
  addExamples(command, [
    "netvantage compare monday friday",
    "netvantage compare monday/results.json friday/results.json",
    "netvantage compare monday friday --json",
  ]);
}

/** @throws InputError where the file is absent, is no JSON, or is no result of `reproduce`. */
function readResults(path: string): Comparison {
  const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, "results.json") : path;
  const parsed = comparisonSchema.safeParse(parse(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(file, undefined, `is no results.json: ${issue.path.join(".") || "the file"}: ${issue.message}`);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const what = cause instanceof SyntaxError ? "is no JSON" : "cannot be read";
    throw new InputError(file, undefined, `${what} (${cause instanceof Error ? cause.message : cause})`);
  }
}
