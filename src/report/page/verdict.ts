import type { Claim, Verdict } from "../../results/comparison.ts";
import { comparedCells, type Tally } from "../tally.ts";
import { type Html, html } from "./html.ts";

/** A verdict's sign, class and words; the sign and the words are there for who sees no colour. */
interface Look {
  readonly sign: string;
  readonly name: string;
  /** After a number: "46 agree". */
  readonly plural: string;
  readonly meaning: string;
}

export const LOOKS: { readonly [verdict in Claim["verdict"]]: Look } = {
  agrees: {
    sign: "✓",
    name: "agrees",
    plural: "agree",
    meaning: "inside the tolerance that was fixed before the run, or the published single run lies inside our range",
  },
  pattern: {
    sign: "≈",
    name: "pattern",
    plural: "hold as a pattern",
    meaning: "the ordering or the shape holds, the value does not",
  },
  differs: { sign: "✕", name: "differs", plural: "differ", meaning: "a miss, with the reason where it is known" },
  calibrated: {
    sign: "◆",
    name: "calibrated",
    plural: "calibrated",
    meaning: "was used to set a parameter, so it proves nothing",
  },
  "not run": {
    sign: "–",
    name: "not run",
    plural: "not run",
    meaning: "what it takes (its data, as a rule) was absent; the cell's reason says what",
  },
  undecided: {
    sign: "?",
    name: "undecided",
    plural: "undecided",
    meaning: "the interval contains both outcomes",
  },
};

export const VERDICTS: readonly Verdict[] = ["agrees", "pattern", "differs", "calibrated", "not run"];

export function verdictClass(verdict: Claim["verdict"]): string {
  return `v-${verdict.replace(" ", "-")}`;
}

export function chip(verdict: Claim["verdict"], text: string = LOOKS[verdict].name): Html {
  return html`<span class="chip ${verdictClass(verdict)}"><span class="sign" aria-hidden="true">${LOOKS[verdict].sign}</span> ${text}</span>`;
}

/** A stacked bar. What it shows stands beside it in words (`counts`), so a screen reader passes it by. */
export function bar(counts: Tally): Html {
  const shown = VERDICTS.filter((verdict) => counts[verdict] > 0);
  const segments = shown.map(
    (verdict) =>
      html`<span class="segment ${verdictClass(verdict)}" style="flex-grow:${counts[verdict]}" title="${counts[verdict]} ${LOOKS[verdict].plural}"><span class="sign">${LOOKS[verdict].sign}</span>${counts[verdict]}</span>`,
  );
  const empty = html`<span class="segment empty">nothing to compare</span>`;
  return html`<div class="bar" aria-hidden="true">${segments.length === 0 ? empty : segments}</div>`;
}

/** The counts in words, one item a verdict; zeros are shown too, quietly. */
export function counts(tallied: Tally): Html {
  const items = VERDICTS.map(
    (verdict) =>
      html`<li class="${tallied[verdict] === 0 ? "zero " : ""}${verdictClass(verdict)}"><span class="sign" aria-hidden="true">${LOOKS[verdict].sign}</span> <b>${tallied[verdict]}</b> ${LOOKS[verdict].plural}</li>`,
  );
  return html`<ul class="counts">${items}</ul>`;
}

/** "46 agree, 19 differ", without zeros. */
export function countsText(tallied: Tally): string {
  if (comparedCells(tallied) === 0) return "nothing published to hold this against";
  return VERDICTS.filter((verdict) => tallied[verdict] > 0)
    .map((verdict) => `${tallied[verdict]} ${LOOKS[verdict].plural}`)
    .join(", ");
}
