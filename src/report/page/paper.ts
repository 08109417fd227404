import type { Cell, Claim, Comparison, Erratum, ExperimentEntry, PaperEntry, Table } from "../../results/comparison.ts";
import { fileName } from "../../text/file-name.ts";
import { groupedSignificant } from "../../text/numbers.ts";
import { commandOf } from "../command.ts";
import type { FigureSpec } from "../figure/spec.ts";
import { comparedCells, tally } from "../tally.ts";
import { figureHtml } from "./figure.ts";
import { anchor, type Html, html, prose } from "./html.ts";
import { tableAnchor, tableHtml } from "./table.ts";
import { bar, chip, counts, countsText } from "./verdict.ts";

/** A paper with those of its experiments that the run has. */
export interface PaperPart {
  readonly paper: PaperEntry;
  readonly experiments: readonly ExperimentEntry[];
}

/** Figures' data by their file ("figures/spread-fig4.svg"). */
export type FigureSpecs = ReadonlyMap<string, FigureSpec>;

/** The papers in the order of their first experiment; one that is not described goes by its id. */
export function partsOf(comparison: Comparison): PaperPart[] {
  return [...new Set(comparison.experiments.map(({ paper }) => paper))].map((id) => ({
    paper: comparison.papers?.find((paper) => paper.id === id) ?? { id, title: id, citation: "" },
    experiments: comparison.experiments.filter(({ paper }) => paper === id),
  }));
}

export function paperAnchor({ id }: PaperEntry): string {
  return anchor("paper", id);
}

export function paperHtml(comparison: Comparison, { paper, experiments }: PaperPart, specs: FigureSpecs): Html {
  const id = paperAnchor(paper);
  const claims = experiments.flatMap((experiment) => experiment.claims);
  const own = (by: Claim["by"]) => claims.filter((claim) => claim.by === by);
  const tallied = tally([...experiments]);
  return html`<section class="paper" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${paper.title}</h2>
${paper.citation === "" ? undefined : html`<p class="citation">${paper.citation}</p>`}
<div class="verdicts">${bar(tallied)}${counts(tallied)}</div>
${jumps(experiments)}${claimList("What the paper claims", own("paper"))}${claimList("What we claim beyond it", own("netvantage"))}${experiments.map((experiment) => experimentHtml(experiment, specs))}${misses(experiments)}${calibrated(experiments)}${errata(experiments)}<h3>Run it again</h3>
<p>DATA is the directory of real data; without <code>--data</code> what needs it is not run. DIR takes the results.</p>
<pre class="scroll" role="region" aria-label="Command for ${paper.title}" tabindex="0"><code>${commandOf(comparison, [paper.id])}</code></pre>
</section>
`;
}

/** Links to the experiments, each with how its cells fared. */
function jumps(experiments: readonly ExperimentEntry[]): Html | undefined {
  if (experiments.length < 2) return undefined;
  const items = experiments.map((experiment) => {
    const tallied = tally([experiment]);
    const note = comparedCells(tallied) === 0 ? undefined : html` <span class="quiet">${countsText(tallied)}</span>`;
    return html`<li><a href="#${anchor("experiment", experiment.id)}">${experiment.title}</a>${note}</li>\n`;
  });
  return html`<h3>Experiments</h3>\n<ul class="jumps">${items}</ul>\n`;
}

function claimList(title: string, claims: readonly Claim[]): Html | undefined {
  if (claims.length === 0) return undefined;
  const items = claims.map(
    ({ verdict, text, evidence }) =>
      html`<li>${chip(verdict)}<div><p>${sentence(text)}</p><p class="quiet">${sentence(evidence)}</p></div></li>\n`,
  );
  return html`<h3>${title}</h3>\n<ul class="claims">${items}</ul>\n`;
}

function experimentHtml(experiment: ExperimentEntry, specs: FigureSpecs): Html {
  const id = anchor("experiment", experiment.id);
  const name = fileName(experiment.id);
  return html`<article class="experiment" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${experiment.title}</h3>
${failures(experiment)}${experiment.tables.map((table) => tableHtml(experiment.id, table))}${experiment.figures.map(
  (figure) => figureHtml(experiment.id, figure, figure.file === null ? undefined : specs.get(figure.file)),
)}${parameters(experiment)}<p class="files quiet"><code>${experiment.id}</code> · ${experiment.seconds.toFixed(1)} s of computing · tables as <a href="tables/${name}.csv">CSV</a>, <a href="tables/${name}.md">Markdown</a></p>
</article>
`;
}

function failures({ failures: failed = [] }: ExperimentEntry): Html | undefined {
  if (failed.length === 0) return undefined;
  const items = failed.map(
    ({ message, parameters: given }) => html`<li>${message} <code>${JSON.stringify(given)}</code></li>`,
  );
  return html`<div class="failed"><p><b>Failed.</b> ${failed.length === 1 ? "One trial" : `${failed.length} trials`} ended with an error, so this experiment has no tables.</p><ul>${items}</ul></div>\n`;
}

function parameters(experiment: ExperimentEntry): Html | undefined {
  const entries = Object.entries(experiment.parameters);
  if (entries.length === 0) return undefined;
  const items = entries.map(([name, value]) => html`<div><dt>${spaced(name)}</dt><dd>${valueWords(value)}</dd></div>`);
  return html`<h4>Parameters</h4>\n<dl class="parameters">${items}</dl>\n`;
}

/** Every miss, by its reason. */
function misses(experiments: readonly ExperimentEntry[]): Html | undefined {
  const groups = grouped(experiments, "differs");
  if (groups.length === 0) return undefined;
  const items = groups.map(
    ({ experiment, table, how, cells }) =>
      html`<li><a href="#${tableAnchor(experiment.id, table)}">${table.title}</a>: ${places(cells)}. <span class="quiet">${how === "" ? "The reason is not known." : sentence(how)}</span></li>\n`,
  );
  return html`<h3>What differs, and why</h3>\n<ul class="plain">${items}</ul>\n`;
}

function calibrated(experiments: readonly ExperimentEntry[]): Html {
  const items = grouped(experiments, "calibrated").map(
    ({ experiment, table, cells }) =>
      html`<li><a href="#${tableAnchor(experiment.id, table)}">${table.title}</a>: ${places(cells)}.</li>\n`,
  );
  const body =
    items.length === 0
      ? html`<p>Nothing: no published value was used to set a parameter.</p>`
      : html`<p>These published values were used to set a parameter, so that we meet them proves nothing.</p>\n<ul class="plain">${items}</ul>`;
  return html`<h3>What was calibrated</h3>\n${body}\n`;
}

function errata(experiments: readonly ExperimentEntry[]): Html | undefined {
  const all = new Map<string, Erratum>();
  for (const erratum of experiments.flatMap((each) => each.errata)) all.set(JSON.stringify(erratum), erratum);
  if (all.size === 0) return undefined;
  const items = [...all.values()].map(
    ({ place, text }) => html`<div><dt>${place}</dt><dd>${sentence(text)}</dd></div>\n`,
  );
  return html`<h3>Errata of the paper</h3>\n<dl class="errata">${items}</dl>\n`;
}

interface Group {
  readonly experiment: ExperimentEntry;
  readonly table: Table;
  readonly how: string;
  readonly cells: readonly Cell[];
}

function grouped(experiments: readonly ExperimentEntry[], verdict: Cell["verdict"]): Group[] {
  return experiments.flatMap((experiment) =>
    experiment.tables.flatMap((table) => {
      const cells = table.cells.filter((cell) => cell.verdict === verdict);
      const reasons = [...new Set(cells.map(({ how }) => how))];
      return reasons.map((how) => ({ experiment, table, how, cells: cells.filter((cell) => cell.how === how) }));
    }),
  );
}

/** "CSE-256 (1, 2-3); CSE-1024 (1)" */
function places(cells: readonly Cell[]): string {
  const columns = [...new Set(cells.map(({ column }) => column))];
  return columns
    .map((column) => {
      const rows = cells.filter((cell) => cell.column === column).map(({ row }) => row);
      return `${column} (${rows.join(", ")})`;
    })
    .join("; ");
}

/** A full stop behind what has none. */
function sentence(text: string): Html {
  const first = /^(a|[a-z]{2,}) /.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
  return prose(/[.!?]$/.test(first) ? first : `${first}.`);
}

/** "memoryBits" is "memory bits". */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

function valueWords(value: ExperimentEntry["parameters"][string]): string {
  if (typeof value === "number") return groupedSignificant(value, 15);
  if (typeof value !== "object" || value === null) return String(value);
  const parts = Object.entries(value).map(
    ([name, each]) => (Array.isArray(value) ? "" : `${spaced(name)} `) + valueWords(each),
  );
  return parts.join(", ");
}
