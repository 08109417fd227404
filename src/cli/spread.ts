import { type Command, InvalidArgumentError, Option } from "commander";
import { parseCidr } from "../formats/contacts/address.ts";
import { CONTACT_FORMATS } from "../formats/contacts/formats.ts";
import { formatNames } from "../formats/open-format.ts";
import { KEYS, type Key, type Prefix, SIDES, type Side } from "../pipelines/spread/parties.ts";
import { spreadResultSchema } from "../pipelines/spread/result.ts";
import type { CountingRule } from "../pipelines/spread/rule.ts";
import { runSpread, type SpreadJob } from "../pipelines/spread/spread-job.ts";
import { jsonDocument } from "../report/json.ts";
import {
  DEFAULT_ESTIMATOR,
  DEFAULT_SAMPLING,
  DEFAULT_SEGMENTS,
  DEFAULT_VIRTUAL_BITS,
  ESTIMATORS,
  type Estimator,
  estimatorsThat,
} from "../spread/estimators.ts";
import { rangeLimit, SEGMENTS, VIRTUAL_BITS } from "../spread/sketch-options.ts";
import { DEFAULT_CANDIDATES } from "../spread/spread-sketch.ts";
import { printableTexts } from "../text/quote.ts";
import { type Context, tell, terminalOptions } from "./context.ts";
import { UsageError } from "./errors.ts";
import { addExamples } from "./help.ts";
import { numberIn, seconds, wholeNumber } from "./option-values.ts";
import { csvOption, jsonOption, memoryOption, queueOption, seedOption, workersOption } from "./options.ts";
import { createReporter } from "./progress.ts";
import { csvResult, textResult, textWindow } from "./spread-text.ts";

interface SpreadFlags {
  readonly estimator: Estimator;
  readonly memory: number;
  readonly virtualBits: number;
  readonly segments?: number | undefined;
  readonly sampling?: number | undefined;
  readonly seed: number;
  readonly candidates: number;
  readonly of: Side;
  readonly key: Key;
  readonly prefix?: Prefix | undefined;
  readonly ignore?: string[] | undefined;
  readonly window?: number | undefined;
  readonly top: number;
  readonly minSpread: number;
  readonly exact?: boolean | undefined;
  readonly save?: string | undefined;
  readonly merge?: string[] | undefined;
  readonly workers?: number | undefined;
  readonly queue?: string | undefined;
  readonly format?: string | undefined;
  readonly sourceColumn?: string | undefined;
  readonly destinationColumn?: string | undefined;
  readonly portColumn?: string | undefined;
  readonly timeColumn?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly json?: boolean | undefined;
  readonly csv?: boolean | undefined;
}

/** The largest spread that the default estimator tells. */
const DEFAULT_REACH = rangeLimit({
  estimator: DEFAULT_ESTIMATOR,
  virtualBits: DEFAULT_VIRTUAL_BITS,
  segments: DEFAULT_SEGMENTS,
  sampling: 1,
});

/** What a saved state decides, so that --merge refuses them. */
const DECIDED_BY_STATE = [
  "estimator",
  "memory",
  "virtualBits",
  "segments",
  "sampling",
  "seed",
  "candidates",
  "of",
  "key",
  "prefix",
] as const;

/** `netvantage spread`: captures and flow logs to the hosts with the most distinct counterparts. */
export function addSpread(program: Command, context: Context): void {
  const command = program
    .command("spread")
    .description("find the hosts that contact the most distinct destinations, in a capture or flow log")
    .argument(
      "[file...]",
      "captures (pcap, pcapng) and flow logs, plain or compressed (gzip, zstd, bzip2, xz); - is standard input",
    );
  addSketchOptions(command);
  addCountingOptions(command);
  addReaderOptions(command);
  addOutputOptions(command);
  command.action((files: readonly string[], flags: SpreadFlags) => spread(files, flags, command, context));
  addExamples(command, [
    "netvantage spread capture.pcap --exact --top 3",
    "netvantage spread conn.log --of destination --json",
    "netvantage spread a.pcap b.pcap --window 5m --save day.nvs",
  ]);
}

function addSketchOptions(command: Command): void {
  const registers = estimatorsThat(({ cell }) => cell === "registers");
  const reach = `${(DEFAULT_REACH / 1e6).toFixed(1)} million`;
  command
    .addOption(
      new Option(
        "--estimator <name>",
        `${DEFAULT_ESTIMATOR} serves spreads from 1 to ${reach}; the others: docs/spread.md`,
      )
        .choices(ESTIMATORS)
        .default(DEFAULT_ESTIMATOR),
    )
    .addOption(memoryOption())
    .option(
      "--virtual-bits <s>",
      `virtual bits (registers of ${registers}) a host`,
      wholeNumber(VIRTUAL_BITS.least, VIRTUAL_BITS.most),
      DEFAULT_VIRTUAL_BITS,
    )
    .option(
      "--segments <g>",
      `of ${estimatorsThat(({ segmented }) => segmented)} (default: ${DEFAULT_SEGMENTS}, fewer in little memory)`,
      wholeNumber(SEGMENTS.least, SEGMENTS.most),
    )
    .option(
      "--sampling <p>",
      `of ${estimatorsThat(({ sampled }) => sampled)} (default: ${DEFAULT_SAMPLING})`,
      numberIn(0, 1),
    )
    .addOption(seedOption("of the hashes; sketches of one seed merge"))
    .option("--candidates <n>", "hosts remembered, 8 times a power of two", candidateCount, DEFAULT_CANDIDATES);
}

function addCountingOptions(command: Command): void {
  command
    .addOption(
      new Option(
        "--of <side>",
        "source: fan-out, destinations per source; destination: fan-in, sources per destination",
      )
        .choices(SIDES)
        .default("source"),
    )
    .addOption(
      new Option(
        "--key <key>",
        "what is distinct: dst hosts; dst-port host and port; src-dst-port hosts, per source and port",
      )
        .choices(KEYS)
        .default("dst"),
    )
    .option("--prefix <bits>", "aggregate hosts: 24, or 24,48 with IPv6's (default of IPv6: 64)", prefixBits)
    .option("--ignore <cidr,...>", "leave out contacts of these hosts, as 10.0.0.0/8,fe80::/10", cidrList)
    .option("--window <time>", "count per window of the clock, as 5m; see docs/spread.md for late packets", seconds)
    .option("--exact", "count exactly as well (memory grows with the contacts)")
    .option("--save <file>", "write the sketch and its candidates; with --window one file each")
    .option("--merge <file...>", "start from saved sketches, of other sensors or windows");
}

function addReaderOptions(command: Command): void {
  command
    .addOption(new Option("--format <name>", "default: told by content").choices(formatNames(CONTACT_FORMATS)))
    .option("--source-column <name>", "header, JSON key or number from 1, of CSV, TSV or JSON lines")
    .option("--destination-column <name>", "likewise")
    .option("--port-column <name>", "likewise")
    .option("--time-column <name>", "likewise")
    .option("--delimiter <text>", "between columns (default: told by content)");
}

function addOutputOptions(command: Command): void {
  command
    .option("--top <n>", "hosts listed", wholeNumber(1, 2 ** 25), 20)
    .option("--min-spread <n>", "list hosts with at least this estimate", wholeNumber(0), 0)
    .addOption(workersOption("threads for several files without --window"))
    .addOption(
      queueOption("count the files on this Redis queue's workers (docs/engine.md)").conflicts([
        "workers",
        "window",
        "exact",
      ]),
    )
    .addOption(jsonOption("spread.md"))
    .addOption(csvOption());
}

function candidateCount(text: string): number {
  const value = wholeNumber(8, 2 ** 25)(text);
  if (Number.isInteger(Math.log2(value))) return value;
  throw new InvalidArgumentError("It is not 8 times a power of two, like 4096.");
}

function prefixBits(text: string): Prefix {
  const match = /^(\d{1,2})(?:,(\d{1,3}))?$/.exec(text);
  const prefix = { ipv4: Number(match?.[1] ?? Number.NaN), ipv6: Number(match?.[2] ?? 64) };
  if (prefix.ipv4 <= 32 && prefix.ipv6 <= 128) return prefix;
  throw new InvalidArgumentError("It is no prefix length like 24, or 24,48 with IPv6's.");
}

function cidrList(text: string, previous: string[] = []): string[] {
  const blocks = text.split(",").map((each) => each.trim());
  const wrong = blocks.find((each) => parseCidr(each) === undefined);
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is no address or block like 10.0.0.0/8.`);
  return [...previous, ...blocks];
}

async function spread(files: readonly string[], flags: SpreadFlags, command: Command, context: Context): Promise<void> {
  requireInput(files, flags, command);
  const reporter = createReporter(context, files.length > 1 ? "files" : "MB");
  const options = terminalOptions(context);
  const plain = flags.json !== true && flags.csv !== true;
  const job: SpreadJob = {
    files,
    merge: flags.merge ?? [],
    rule: ruleOf(flags),
    listing: { top: flags.top, minSpread: flags.minSpread },
    exact: flags.exact === true,
    save: flags.save,
    workers: flags.workers,
    queue: flags.queue === undefined ? undefined : { url: flags.queue, onNote: (note) => reporter.note(note) },
    signal: context.signal,
    onWindow: (window) => {
      if (!plain) return;
      reporter.stop();
      context.stdout.write(`${textWindow(printableTexts(window), flags, options)}\n`);
    },
    onProgress: (part, done, total) => reporter.update(part, done, total),
  };
  try {
    const result = await runSpread(job);
    reporter.stop();
    for (const warning of result.warnings) tell(context, "warning", warning);
    if (flags.json) context.stdout.write(jsonDocument(spreadResultSchema, result));
    else context.stdout.write(flags.csv ? csvResult(result) : textResult(printableTexts(result), options));
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  } finally {
    reporter.stop();
  }
  context.signal.throwIfAborted();
}

function requireInput(files: readonly string[], flags: SpreadFlags, command: Command): void {
  if (files.length === 0 && flags.merge === undefined) throw new UsageError("no file given; - is standard input");
  if ([...files, ...(flags.merge ?? [])].filter((file) => file === "-").length > 1)
    throw new UsageError("standard input (-) can be read only once");
  if (flags.merge === undefined) return;
  const given = DECIDED_BY_STATE.filter((name) => command.getOptionValueSource(name) === "cli");
  const names = command.options.filter((option) => given.some((name) => name === option.attributeName()));
  if (names.length > 0) {
    throw new UsageError(`--merge: the saved state decides ${names.map((option) => option.long).join(", ")}`);
  }
  if (flags.exact) throw new UsageError("--merge: a saved state has no exact counts for --exact");
}

function ruleOf(flags: SpreadFlags): CountingRule {
  const { estimator, virtualBits } = flags;
  return {
    sketch: {
      estimator,
      memoryBits: flags.memory,
      virtualBits,
      seed: String(flags.seed),
      ...(flags.segments !== undefined && { segments: flags.segments }),
      ...(flags.sampling !== undefined && { sampling: flags.sampling }),
    },
    candidates: flags.candidates,
    party: { of: flags.of, key: flags.key, prefix: flags.prefix ?? null },
    ignore: flags.ignore ?? [],
    windowSeconds: flags.window ?? null,
    reader: {
      ...(flags.format !== undefined && { format: flags.format }),
      ...(flags.sourceColumn !== undefined && { sourceColumn: flags.sourceColumn }),
      ...(flags.destinationColumn !== undefined && { destinationColumn: flags.destinationColumn }),
      ...(flags.portColumn !== undefined && { portColumn: flags.portColumn }),
      ...(flags.timeColumn !== undefined && { timeColumn: flags.timeColumn }),
      ...(flags.delimiter !== undefined && { delimiter: flags.delimiter }),
    },
  };
}
