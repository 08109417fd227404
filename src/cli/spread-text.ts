import type { Counts, SpreaderResult, SpreadResult, WindowResult } from "../pipelines/spread/result.ts";
import { type PlainColumn, plainTable } from "../report/terminal/plain-table.ts";
import { paint, type TerminalOptions, wrap } from "../report/terminal/style.ts";
import { estimatorOf } from "../spread/estimators.ts";
import { csvLine } from "../text/csv.ts";
import { count, grouped, size } from "../text/numbers.ts";

/** A spread result for people: what was read, what it was read with, and the table of spreaders. */
export function textResult(result: SpreadResult, options: TerminalOptions): string {
  const formats = [...new Set(result.files.map(({ format }) => format))].join(", ");
  const from = result.files.length === 0 ? "saved states" : `${formats}`;
  const lines = [
    `${count(result.packets, "packet or record", "packets or records")} (${from}), ${count(result.contacts, "contact")} with an address pair`,
    estimatorLine(result),
    `load ${result.load === null ? "full" : result.load.toFixed(3)}, ${size(result.memoryBytes)} of memory with ${grouped(result.candidates)} candidates`,
    ...exactLines(result),
  ];
  const head = lines.map((line) => wrap(line, options.width, "  ")).join("\n");
  return `${head}\n\n${title(result, options)}\n${table(result, result, options)}\n`;
}

/** A window as it closes. */
export function textWindow(
  window: WindowResult,
  { of, key }: Pick<SpreadResult, "of" | "key">,
  options: TerminalOptions,
): string {
  const head = paint("bold", `window from ${window.start}, ${window.seconds} s`, options.color);
  const line = wrap(`${head}: ${count(window.contacts, "contact")}`, options.width, "  ");
  return `${line}\n${table(window, { of, key }, options)}\n`;
}

function title({ of, key, windows }: SpreadResult, { width, color }: TerminalOptions): string {
  const [spreaders, counterparts] = of === "source" ? ["Sources", "destinations"] : ["Destinations", "sources"];
  const what = key === "dst-port" ? `pairs of ${counterparts.slice(0, -1)} and port` : counterparts;
  const each = key === "src-dst-port" ? ", each destination port by itself" : "";
  const text = `${spreaders} by distinct ${what}${each}${windows === undefined ? "" : ", all windows"}`;
  return paint("bold", wrap(text, width, "  "), color);
}

function estimatorLine({
  estimator: { name, virtualBits, segments, sampling, seed, rangeLimit },
}: SpreadResult): string {
  const { cell, segmented } = estimatorOf(name);
  return [
    `estimator ${name}, ${grouped(virtualBits)} virtual ${cell}`,
    ...(segmented ? [`${segments} segments`] : []),
    ...(sampling < 1 ? [`sampling ${sampling}`] : []),
    ...(rangeLimit === null ? [] : [`range up to ${grouped(Math.round(rangeLimit))}`]),
    `seed ${seed}`,
  ].join(", ");
}

function exactLines({ distinctContacts, sources, missed, of, spreaders }: SpreadResult): string[] {
  if (distinctContacts === undefined || sources === undefined || missed === undefined) return [];
  const kind = of === "source" ? "source" : "destination";
  const listed =
    missed === 0
      ? `all of the true top ${spreaders.length} are listed`
      : `${missed} of the true top ${missed === 1 ? "is" : "are"} not listed`;
  return [`exactly: ${count(distinctContacts, "distinct contact")}, ${count(sources, kind)}; ${listed}`];
}

function table(
  { spreaders, distinctContacts }: Counts,
  { of, key }: Pick<SpreadResult, "of" | "key">,
  { width }: TerminalOptions,
): string {
  const ports = key === "src-dst-port";
  const exact = distinctContacts !== undefined;
  const columns: PlainColumn[] = [
    ["#", "right"],
    [of, "left"],
    ...(ports ? [["port", "right"] as const] : []),
    ["estimate", "right"],
    ["standard error", "right"],
    ...(exact ? [["exact", "right"] as const] : []),
    ["range", "left"],
  ];
  const rows = spreaders.map((each, i) => row(each, i + 1, ports, exact));
  return plainTable(columns, rows, width);
}

function row(each: SpreaderResult, rank: number, ports: boolean, exact: boolean): string[] {
  return [
    String(rank),
    each.source,
    ...(ports ? [String(each.port ?? 0)] : []),
    figure(each.estimate),
    each.standardError === null ? "-" : figure(each.standardError),
    ...(exact ? [grouped(each.exact ?? 0)] : []),
    each.saturated ? "at the limit: may be more" : "ok",
  ];
}

/** One decimal below 1000, whole numbers above. */
function figure(value: number): string {
  return value < 1000 ? value.toFixed(1) : grouped(Math.round(value));
}

/** RFC 4180; the window's column is empty for all of time, which follows the windows. */
export function csvResult(result: SpreadResult): string {
  const heads = ["window", result.of, "port", "estimate", "standard_error", "saturated", "exact"];
  const rows = [
    ...(result.windows ?? []).flatMap((window) => window.spreaders.map((each) => csvRow(window.start, each))),
    ...result.spreaders.map((each) => csvRow("", each)),
  ];
  return [heads, ...rows].map(csvLine).join("");
}

function csvRow(window: string, each: SpreaderResult): Parameters<typeof csvLine>[0] {
  return [window, each.source, each.port, each.estimate, each.standardError, each.saturated, each.exact];
}
