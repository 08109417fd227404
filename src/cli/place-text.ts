import type { ComparedResult, PlaceResult } from "../pipelines/place/result.ts";
import { type PlainColumn, plainTable } from "../report/terminal/plain-table.ts";
import { paint, type TerminalOptions, wrap } from "../report/terminal/style.ts";
import { csvLine } from "../text/csv.ts";
import { count, grouped, percent } from "../text/numbers.ts";

/** A placement for people: the network, the monitors with what each adds, and what is proven of them. */
export function textPlacement(result: PlaceResult, coverage: number | undefined, options: TerminalOptions): string {
  const { nodes, edges, accessNodes, traffic, placed, placedObserved } = result;
  const ends = accessNodes === nodes ? "all of them send and receive" : `${grouped(accessNodes)} send and receive`;
  const line = (text: string) => wrap(text, options.width, "  ");
  const title = (text: string) => paint("bold", text, options.color);
  const before = `placed before: ${placed.join(", ")}, which observe ${percent(placedObserved)}`;
  const lines = [
    line(`${count(nodes, "node")}, ${count(edges, "edge")} (${result.format}); ${ends} (${traffic})`),
    ...(placed.length > 0 ? [line(before)] : []),
    "",
    title(`Monitors by ${result.method}`),
    table(result, options.width),
    "",
    ...verdict(result, coverage).map(line),
    ...(result.comparison === undefined ? [] : ["", title("Methods compared"), comparison(result, options.width)]),
  ];
  return `${lines.join("\n")}\n`;
}

function table({ monitors, twoWay }: PlaceResult, width: number): string {
  const costs = monitors[0]?.cost !== undefined;
  const both = twoWay !== undefined;
  const columns: PlainColumn[] = [
    ["#", "right"],
    ["node", "left"],
    ...(costs ? [["cost", "right"] as const] : []),
    ["adds", "right"],
    ["observed", "right"],
    ...(both ? [["both ways", "right"] as const] : []),
  ];
  const rows = monitors.map((each, i) => [
    String(i + 1),
    each.node,
    ...(costs ? [each.costText ?? String(each.cost)] : []),
    percent(each.gain),
    percent(each.observed),
    ...(both ? [percent(each.twoWay ?? 0)] : []),
  ]);
  return plainTable(columns, rows, width);
}

function verdict(result: PlaceResult, coverage: number | undefined): string[] {
  const { monitors, observed, twoWay, stopped, sampling, cost } = result;
  const number = count(monitors.length, "monitor");
  const both = twoWay === undefined ? "" : `, ${percent(twoWay)} in both directions`;
  const error =
    sampling === undefined ? "" : ` (+- ${percent(2 * sampling.standardError)}, ${grouped(sampling.samples)} samples)`;
  const spent = monitors[0]?.cost === undefined ? "" : `, at a cost of ${cost}`;
  return [
    `${number} observe${monitors.length === 1 ? "s" : ""} ${percent(observed)}${error} of the traffic${both}${spent}.`,
    ...coverageLine(result, coverage),
    ...(coverage !== undefined && stopped === "coverage" ? [] : [boundLine(result)]),
    ...cutShortLines(result),
    ...(stopped === "nothing adds" ? ["No further monitor adds anything."] : []),
    ...unobservableLines(result),
  ];
}

function coverageLine(
  { stopped, optimal, leastMonitors, monitors, observed }: PlaceResult,
  coverage?: number,
): string[] {
  if (coverage === undefined) return [];
  if (stopped !== "coverage")
    return [
      `That is short of the ${percent(coverage)} asked for: ${percent(observed)} is what these limits allow this method.`,
    ];
  if (optimal) return [`No fewer reach ${percent(coverage)} (proven).`];
  if (leastMonitors === undefined || leastMonitors >= monitors.length) return [];
  return [`${percent(coverage)} takes at least ${leastMonitors} (proven); --method exact settles it.`];
}

function boundLine({ sampling, optimal, bound, observed, guarantee }: PlaceResult): string {
  if (optimal) return "No placement within these limits observes more (proven).";
  if (sampling !== undefined) return `The best placement observes about ${percent(bound)} at most.`;
  const share = bound > 0 ? observed / bound : 1;
  const sure = guarantee > 0 && guarantee > share ? `, ${percent(guarantee)} by the method's guarantee` : "";
  return `No placement within these limits observes more than ${percent(bound)}: this one is at least ${percent(share)} of the best${sure}.`;
}

function cutShortLines({ cutShort, searched = 0, method }: PlaceResult): string[] {
  if (cutShort === undefined) return [];
  return [`The ${cutShort} ended the search (${method}, ${grouped(searched)} looked at): better placements may exist.`];
}

function unobservableLines({ unobservable, unconnected, unconnectedPairs, rate }: PlaceResult): string[] {
  const missed = unobservable - unconnected;
  return [
    ...(unconnectedPairs > 0
      ? [
          `${count(unconnectedPairs, "pair")} of access nodes ${unconnectedPairs === 1 ? "has" : "have"} no path and cannot be observed.`,
        ]
      : []),
    ...(missed > rate * 1e-9
      ? [`${percent(missed / rate)} of the traffic passes no node that may have a monitor.`]
      : []),
  ];
}

function comparison({ comparison: rows = [] }: PlaceResult, width: number): string {
  const twoWay = rows.some((row) => "observed" in row && row.twoWay !== undefined);
  const columns: PlainColumn[] = [
    ["method", "left"],
    ["monitors", "right"],
    ["observed", "right"],
    ...(twoWay ? [["both ways", "right"] as const] : []),
    ["nodes", "left"],
  ];
  const lines = rows.map((row) => compared(row, twoWay));
  return plainTable(columns, lines, width);
}

function compared(row: ComparedResult, twoWay: boolean): string[] {
  if ("reason" in row) return [row.method, "-", "-", ...(twoWay ? ["-"] : []), row.reason];
  return [
    row.method,
    String(row.monitors.length),
    percent(row.observed),
    ...(twoWay ? [row.twoWay === undefined ? "-" : percent(row.twoWay)] : []),
    row.monitors.map(({ node }) => node).join(", "),
  ];
}

/** RFC 4180; with a comparison, one block of rows per method. */
export function csvPlacement(result: PlaceResult): string {
  const blocks: readonly ComparedResult[] = result.comparison ?? [result];
  const rows = blocks.flatMap((block) =>
    "reason" in block
      ? []
      : block.monitors.map((each, i) => [
          block.method,
          i + 1,
          each.node,
          each.gain,
          each.observed,
          each.twoWay,
          each.cost,
        ]),
  );
  const head = ["method", "order", "node", "gain", "observed", "two_way", "cost"];
  return [head, ...rows].map(csvLine).join("");
}
