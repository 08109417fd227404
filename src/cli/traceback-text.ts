import type { TracebackResult } from "../pipelines/traceback/result.ts";
import { type PlainColumn, plainTable } from "../report/terminal/plain-table.ts";
import { paint, type TerminalOptions, wrap } from "../report/terminal/style.ts";
import { count } from "../text/numbers.ts";

/** A traceback for people: how the pattern spread, and which links of the chain were found where. */
export function textTraceback(result: TracebackResult, { width, color }: TerminalOptions): string {
  const { monitors, start, reached, rounds, messages, links, found, falseLinks, directSearch } = result;
  const line = (text: string) => wrap(text, width, "  ");
  const spread =
    start === null
      ? "No monitor is on the chain: nothing to start from."
      : `From ${start} the pattern reaches ${reached} of ${count(monitors.length, "monitor")} in ${count(rounds, "round")}, with ${count(messages, "message")}.`;
  const others = falseLinks > 0 ? `, ${count(falseLinks, "other link")} taken for one` : "";
  const rows = links.map(({ from, to, found: seen, round, monitors: on }) => [
    `${from} -> ${to}`,
    seen ? "yes" : "no",
    round === null ? "-" : String(round),
    on.join(", ") || "none",
  ]);
  return [
    line(`Monitors: ${monitors.join(", ") || "none"}`),
    line(spread),
    "",
    paint("bold", line(`${found} of ${count(links.length, "link")} found${others}`), color),
    plainTable(COLUMNS, rows, width),
    "",
    line(
      `Direct search, every node comparing its own links: ${directSearch.found} of ${count(links.length, "link")} found with ${count(directSearch.comparisons, "comparison")} at ${count(directSearch.visited.length, "node")}${directSearch.falseLinks > 0 ? `, ${count(directSearch.falseLinks, "other link")} followed` : ""}.`,
    ),
    "",
  ].join("\n");
}

const COLUMNS: readonly PlainColumn[] = [
  ["link", "left"],
  ["found", "left"],
  ["round", "right"],
  ["monitors on it that were reached", "left"],
];
