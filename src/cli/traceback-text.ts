import CliTable from "cli-table3";
import type { TracebackResult } from "../pipelines/place/result.ts";
import { BORDERLESS } from "../report/terminal/borderless.ts";
import { paint, type TerminalOptions } from "../report/terminal/style.ts";
import { count } from "../text/numbers.ts";

/** A traceback for people: how the pattern spread, and which links of the chain were found where. */
export function textTraceback(result: TracebackResult, { color }: TerminalOptions): string {
  const { monitors, start, reached, rounds, messages, links, found, falseLinks, directSearch } = result;
  const spread =
    start === null
      ? "No monitor is on the chain: nothing to start from."
      : `From ${start} the pattern reaches ${reached} of ${count(monitors.length, "monitor")} in ${count(rounds, "round")}, with ${count(messages, "message")}.`;
  const print = new CliTable({
    head: ["link", "found", "round", "monitors on it that were reached"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: BORDERLESS,
    colAligns: ["left", "left", "right", "left"],
  });
  for (const { from, to, found: seen, round, monitors: on } of links) {
    print.push([
      `${from} -> ${to}`,
      seen ? "yes" : "no",
      round === null ? "-" : String(round),
      on.join(", ") || "none",
    ]);
  }
  return [
    `Monitors: ${monitors.join(", ") || "none"}`,
    spread,
    "",
    paint(
      "bold",
      `${found} of ${count(links.length, "link")} found${falseLinks > 0 ? `, ${count(falseLinks, "other link")} taken for one` : ""}`,
      color,
    ),
    print.toString().replace(/ +$/gm, ""),
    "",
    `Direct search, every node comparing its own links: ${directSearch.found} of ${count(links.length, "link")} found with ${count(directSearch.comparisons, "comparison")} at ${count(directSearch.visited.length, "node")}${directSearch.falseLinks > 0 ? `, ${count(directSearch.falseLinks, "other link")} followed` : ""}.`,
    "",
  ].join("\n");
}
