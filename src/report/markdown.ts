import type { ExperimentEntry, Table } from "../results/comparison.ts";
import { cellText } from "./cell-text.ts";

/** An experiment as a Markdown document: one line per cell. */
export function markdownExperiment(experiment: ExperimentEntry): string {
  const sections = [
    `# ${experiment.id}: ${experiment.title}`,
    ...experiment.tables.map(markdownTable),
    list(
      "Claims",
      experiment.claims.map(({ by, text, verdict, evidence }) => `**${verdict}** (${by}): ${text}; ${evidence}`),
    ),
    list(
      "Errata",
      experiment.errata.map(({ place, text }) => `${place}: ${text}`),
    ),
    list(
      "Figures",
      experiment.figures.map(({ title, file }) => (file === null ? title : `[${title}](../${file})`)),
    ),
    list(
      "Parameters",
      Object.entries(experiment.parameters).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    ),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function markdownTable(table: Table): string {
  const heads = [
    "row",
    "column",
    "published",
    "measured",
    "95 % interval",
    "trials",
    "unit",
    "ratio",
    "verdict",
    "how",
  ];
  const lines = table.cells.map((cell) => {
    const { published, measured, interval, ratio, verdict } = cellText(cell);
    return [
      cell.row,
      cell.column,
      published,
      measured,
      interval,
      String(cell.trials),
      cell.unit,
      ratio,
      verdict,
      cell.how,
    ];
  });
  const place = table.place === undefined ? "" : ` (${table.place})`;
  const grid = [heads, heads.map(() => "---"), ...lines].map((line) => `| ${line.map(escapeText).join(" | ")} |`);
  return [`## ${table.title}${place}`, grid.join("\n"), ...(table.notes ?? [])].join("\n\n");
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`## ${title}`, lines.map((line) => `- ${line}`).join("\n")].join("\n\n");
}

function escapeText(text: string): string {
  return text.replace(/\|/g, "\\|").replace(/\s+/g, " ");
}
