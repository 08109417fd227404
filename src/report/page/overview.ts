import type { Comparison } from "../../results/comparison.ts";
import { type Tally, tally } from "../tally.ts";
import { type Html, html } from "./html.ts";
import { type PaperPart, paperAnchor } from "./paper.ts";
import { bar, chip, counts, LOOKS, VERDICTS } from "./verdict.ts";

const CLAIM_VERDICTS = [...VERDICTS, "undecided"] as const;

/** The first screen: how the papers' values fared, in all and by paper. */
export function overviewHtml(comparison: Comparison, parts: readonly PaperPart[]): Html {
  const total = tally(comparison.experiments);
  const tested = total.agrees + total.pattern + total.differs;
  return html`<section class="overview" id="overview" aria-labelledby="overview-title">
<h2 id="overview-title">${tested === 0 ? "No published value was put to the test" : `${total.agrees} of ${tested} tested values agree`}</h2>
${untested(total)}${notices(comparison)}<div class="verdicts total">${bar(total)}${counts(total)}</div>
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

/** Published values that are no test. */
function untested({ calibrated, "not run": absent }: Tally): Html | undefined {
  const parts = [
    ...(calibrated > 0 ? [`${calibrated} were used to calibrate, so that they are met proves nothing`] : []),
    ...(absent > 0 ? [`${absent} were not run`] : []),
  ];
  return parts.length === 0 ? undefined : html`<p>Of the other published values, ${parts.join("; ")}.</p>\n`;
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
    const verdicts = CLAIM_VERDICTS.filter((each) => own.some(({ verdict }) => verdict === each));
    const parts = verdicts.map(
      (verdict) => `${own.filter((claim) => claim.verdict === verdict).length} ${LOOKS[verdict].plural}`,
    );
    return html`<p><b>${name}</b> ${parts.join(", ")}</p>`;
  };
  return html`<div class="claim-counts">${line("paper", "Claims of the papers in words:")}${line("netvantage", "Hypotheses of our own:")}</div>`;
}
