import type { Comparison, ExperimentEntry } from "../../results/comparison.ts";
import { tally, tallyText } from "../tally.ts";
import { paint, plainProse, type TerminalOptions, wrap } from "./style.ts";
import { terminalTable } from "./table.ts";

/** An experiment for the eye: its tables beside the published ones, claims, errata, figures. */
export function terminalExperiment(experiment: ExperimentEntry, options: TerminalOptions): string {
  const { width, color } = options;
  const sections = [
    paint("bold", wrap(`${experiment.id}: ${experiment.title}`, width, "  "), color),
    ...experiment.tables.map((table) => terminalTable(table, options)),
    claimsText(experiment, options),
    list(
      "Errata",
      experiment.errata.map(({ place, text }) => plainProse(`${place}: ${text}`)),
      options,
    ),
    list(
      "Figures",
      experiment.figures.map(({ title, file }) => `${title}: ${file ?? "--out DIR writes it"}`),
      options,
    ),
    list("Failed", (experiment.failures ?? []).map(failureText), options),
    wrap(`Parameters: ${parametersText(experiment)}`, width, "  "),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** The closing line over all experiments. */
export function terminalSummary(comparison: Comparison, { width }: Pick<TerminalOptions, "width">): string {
  const failures = comparison.experiments.flatMap((experiment) => experiment.failures ?? []).length;
  const failed = failures === 0 ? "" : `, ${failures} failed`;
  const run = `(scale ${comparison.scale}, seed ${comparison.seed})`;
  return `${wrap(`${tallyText(tally(comparison.experiments))}${failed} ${run}`, width, "  ")}\n`;
}

function claimsText(experiment: ExperimentEntry, options: TerminalOptions): string {
  const lines = experiment.claims.map(({ by, text, verdict, evidence }) => {
    const label = paint(verdict, verdict, options.color);
    return `${label}: ${by === "netvantage" ? "(ours) " : ""}${plainProse(`${text}; ${evidence}`)}`;
  });
  return list("Claims", lines, options);
}

function list(title: string, lines: readonly string[], { width, color }: TerminalOptions): string {
  if (lines.length === 0) return "";
  return [paint("bold", title, color), ...lines.map((line) => wrap(`- ${line}`, width, "  "))].join("\n");
}

function failureText({ message, parameters }: NonNullable<ExperimentEntry["failures"]>[number]): string {
  return `${message}; parameters ${JSON.stringify(parameters)}`;
}

function parametersText(experiment: ExperimentEntry): string {
  const words = Object.entries(experiment.parameters).map(
    ([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return [...words, `${experiment.seconds.toFixed(1)} s of computing`].join(", ");
}
