import type { Comparison } from "./comparison.ts";
import { type Html, html } from "./html.ts";
import { type PaperPart, paperAnchor } from "./page-paper.ts";
import { bar, chip, counts, LOOKS, VERDICTS } from "./page-verdict.ts";
import { comparedCells, tally } from "./tally.ts";

/** The first screen: how the papers' values fared, in all and by paper. */
export function overviewHtml(comparison: Comparison, parts: readonly PaperPart[]): Html {
  const total = tally(comparison.experiments);
  const compared = comparedCells(total);
  return html`<section class="overview" id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">${compared === 0 ? "No published value was compared" : html`${total.agrees} of ${compared} published values agree`}</h2>
${notices(comparison)}<div class="verdicts total">${bar(total)}${counts(total)}</div>
<ul class="papers">
${parts.map(paperLine)}</ul>
${claims(comparison)}
<h3>What the verdicts mean</h3>
<dl class="key">
${VERDICTS.map((verdict) => html`<div><dt>${chip(verdict)}</dt><dd>${LOOKS[verdict].meaning}</dd></div>\n`)}</dl>
<p class="quiet">Every tolerance was fixed before the run. In a table, a cell shows what was measured with its 95 % confidence interval, then what the paper prints, then the verdict and how far the measured value lies from the printed one.</p>
</section>
`;
}

function paperLine({ paper, experiments }: PaperPart): Html {
  const tallied = tally([...experiments]);
  const number = experiments.length === 1 ? "1 experiment" : `${experiments.length} experiments`;
  return html`<li><div class="name"><a href="#${paperAnchor(paper)}">${paper.title}</a> <span class="quiet">${number}</span></div>${bar(tallied)}${counts(tallied)}</li>
`;
}

/** What the reader has to know before any number. */
function notices({ unfinished = [], experiments }: Comparison): Html {
  const failed = experiments.filter(({ failures = [] }) => failures.length > 0).map(({ id }) => id);
  return html`${
    unfinished.length === 0
      ? undefined
      : html`<p class="notice"><b>This run was interrupted.</b> Not finished: ${unfinished.join(", ")}. The same command with the same <code>--out</code> goes on where it stopped.</p>\n`
  }${
    failed.length === 0
      ? undefined
      : html`<p class="notice"><b>Trials failed</b> in ${failed.join(", ")}; these experiments have no tables.</p>\n`
  }`;
}

function claims({ experiments }: Comparison): Html | undefined {
  const all = experiments.flatMap((experiment) => experiment.claims);
  if (all.length === 0) return undefined;
  const line = (by: "paper" | "netvantage", name: string) => {
    const own = all.filter((claim) => claim.by === by);
    if (own.length === 0) return undefined;
    const verdicts = [...new Set(own.map(({ verdict }) => verdict))];
    const parts = verdicts.map(
      (verdict) => `${own.filter((claim) => claim.verdict === verdict).length} ${LOOKS[verdict].plural}`,
    );
    return html`<p><b>${name}</b> ${parts.join(", ")}</p>`;
  };
  return html`<div class="claim-counts">${line("paper", "Claims of the papers in words:")}${line("netvantage", "Hypotheses of our own:")}</div>`;
}
