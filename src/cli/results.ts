import { join } from "node:path";
import type { Command } from "commander";
import { codeHash } from "../engine/code.ts";
import { deleteStored, listStore, type StoredFile } from "../engine/store-files.ts";
import { jsonDocument } from "../report/json.ts";
import { wrap } from "../report/terminal/style.ts";
import { type TrialGroup, trialListSchema } from "../results/trial-list.ts";
import { size } from "../text/numbers.ts";
import { printable } from "../text/quote.ts";
import { type Context, terminalOptions } from "./context.ts";
import { addExamples } from "./help.ts";
import { jsonOption, outOption } from "./options.ts";
import { timeText } from "./progress-meter.ts";

interface ResultsFlags {
  readonly out: string;
  readonly json?: boolean | undefined;
  readonly stale?: boolean | undefined;
}

/** `netvantage results`: the finished trials that `reproduce --out DIR` keeps and goes on from. */
export function addResults(program: Command, context: Context): void {
  const results = program
    .command("results")
    .description("list or delete the finished trials that reproduce --out keeps");
  const listing = results
    .command("list")
    .description("tell what trials are kept, and whether the next run uses them")
    .addOption(outOption("the directory that reproduce was given").default("."))
    .addOption(jsonOption("engine.md"))
    .action((flags: ResultsFlags) => list(flags, context));
  const clearing = results
    .command("clear")
    .description("delete the kept trials; tables, figures and results.json stay")
    .addOption(outOption("the directory that reproduce was given").default("."))
    .option(
      "--stale",
      "only those that no run uses any more: of other code or an older format, damaged, or left over from a killed run",
    )
    .action((flags: ResultsFlags) => clear(flags, context));
  addExamples(results, [
    "netvantage results list --out results",
    "netvantage results clear --stale --out results",
    "netvantage results clear --out results",
  ]);
  addExamples(listing, [
    "netvantage results list",
    "netvantage results list --out results",
    "netvantage results list --out results --json",
  ]);
  addExamples(clearing, [
    "netvantage results clear --stale",
    "netvantage results clear --stale --out results",
    "netvantage results clear --out results",
  ]);
}

async function list(flags: ResultsFlags, context: Context): Promise<void> {
  const { stdout } = context;
  const { width } = terminalOptions(context);
  const line = (text: string) => stdout.write(`${wrap(printable(text), width, "  ")}\n`);
  const files = await listStore(trialsIn(flags), codeHash);
  const groups = groupsOf(files);
  if (flags.json) {
    stdout.write(jsonDocument(trialListSchema, { directory: trialsIn(flags), groups }));
    return;
  }
  if (files.length === 0) line(`no trials in ${trialsIn(flags)}`);
  for (const { trials, count, usable, seconds, bytes } of groups) {
    const use = usable === count ? "" : `, ${count - usable} of no use any more`;
    line(`${trials}: ${count} (${timeText(seconds)} of computing, ${size(bytes, 1)}${use})`);
  }
}

async function clear(flags: ResultsFlags, { stdout }: Context): Promise<void> {
  const all = await listStore(trialsIn(flags), codeHash);
  const files = flags.stale ? all.filter(({ usable }) => !usable) : all;
  await deleteStored(trialsIn(flags), files);
  stdout.write(`deleted ${files.length} of ${all.length} files in ${printable(trialsIn(flags))}\n`);
}

function trialsIn({ out }: ResultsFlags): string {
  return join(out, "trials");
}

function groupsOf(files: readonly StoredFile[]): TrialGroup[] {
  const names = files.map((file) => (file.state === "whole" ? file.key.split(" ")[0] : file.state));
  return [...new Set(names)].sort().map((trials) => {
    const members = files.filter((_, i) => names[i] === trials);
    const sum = (what: "seconds" | "bytes") => members.reduce((total, file) => total + file[what], 0);
    const usable = members.filter((file) => file.usable).length;
    return { trials, count: members.length, usable, seconds: Number(sum("seconds").toFixed(3)), bytes: sum("bytes") };
  });
}
