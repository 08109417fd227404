import { FIGURE_STYLE, PRINTED_FIGURES } from "./style-figure.ts";
import { TABLE_STYLE } from "./style-table.ts";

/** Tokens of the light page; the dark one sets them anew. Text on its ground has a contrast of at least 4.5. */
const LIGHT = `
  --ground: #f6f7f9; --card: #ffffff; --text: #1b2028; --quiet: #58616e; --line: #dfe3e8; --accent: #0a58a8;
  --agrees: #0b6e4f; --agrees-tint: #e9f5f0;
  --pattern: #1f5fa8; --pattern-tint: #e8f0fa;
  --differs: #b03a10; --differs-tint: #fcede6;
  --calibrated: #6a4aa3; --calibrated-tint: #f1edf9;
  --not-run: #5b6470; --not-run-tint: #eef0f3;
  --on-verdict: #ffffff;`;

const DARK = `
  --ground: #0f1318; --card: #171c23; --text: #e4e8ee; --quiet: #a2acb8; --line: #2c343e; --accent: #7db8ff;
  --agrees: #52c79e; --agrees-tint: #15291f;
  --pattern: #80b4f4; --pattern-tint: #172636;
  --differs: #ff9a70; --differs-tint: #331d14;
  --calibrated: #c3a8f2; --calibrated-tint: #251f35;
  --not-run: #a7b0bb; --not-run-tint: #20262e;
  --on-verdict: #0f1318;`;

const BASE = `
:root { color-scheme: light dark; ${LIGHT}
}
@media screen and (prefers-color-scheme: dark) { :root { ${DARK}
} }
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.2rem; margin: 0; }
h2 { font-size: 1.6rem; margin: 0 0 .5rem; letter-spacing: -.01em; }
h3 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
h4 { font-size: .95rem; margin: 1.2rem 0 .4rem; }
p { margin: .4rem 0; max-width: 74ch; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; }
code { font: .88em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
ul, ol, dl, dd { margin: 0; padding: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.quiet { color: var(--quiet); }
.skip { position: absolute; left: -999rem; top: 0; background: var(--accent); color: var(--card); padding: .6rem 1rem; z-index: 3; }
.skip:focus { left: 0; }
.top { display: flex; flex-wrap: wrap; gap: 0 1.2rem; align-items: baseline; padding: 1rem clamp(1rem, 4vw, 2.5rem) .4rem; max-width: 88rem; margin: auto; }
.top p { margin: 0; color: var(--quiet); }
nav { position: sticky; top: 0; z-index: 2; background: var(--ground); border-bottom: 1px solid var(--line); }
nav ul { display: flex; overflow-x: auto; list-style: none; max-width: 88rem; margin: auto; padding: 0 clamp(.4rem, 4vw - .6rem, 1.9rem); }
nav a { display: block; padding: .65rem .6rem; text-decoration: none; white-space: nowrap; }
nav a:hover { text-decoration: underline; }
nav a:focus-visible { outline-offset: -3px; }
main { max-width: 88rem; margin: auto; padding: 1.2rem clamp(1rem, 4vw, 2.5rem) 4rem; }
main > section { padding: 0 0 1rem; }
main > section + section { border-top: 1px solid var(--line); padding-top: 2.2rem; margin-top: 2.4rem; }
.citation { color: var(--quiet); margin-bottom: 1rem; }`;

const VERDICTS = `
.v-agrees { --verdict: var(--agrees); --tint: var(--agrees-tint); }
.v-pattern { --verdict: var(--pattern); --tint: var(--pattern-tint); }
.v-differs { --verdict: var(--differs); --tint: var(--differs-tint); }
.v-calibrated { --verdict: var(--calibrated); --tint: var(--calibrated-tint); }
.v-not-run, .v-undecided { --verdict: var(--not-run); --tint: var(--not-run-tint); }
.chip { color: var(--verdict); font-weight: 600; white-space: nowrap; }
.sign { display: inline-block; min-width: 1em; text-align: center; }
.bar { display: flex; gap: 2px; height: 1.7rem; border-radius: 5px; overflow: hidden; }
.segment { flex: 1 1 0; min-width: 2.6rem; display: flex; align-items: center; justify-content: center; gap: .25rem; background: var(--verdict); color: var(--on-verdict); font-size: .85rem; font-weight: 600; font-variant-numeric: tabular-nums; overflow: hidden; }
.segment.v-calibrated { background-image: repeating-linear-gradient(45deg, transparent 0 6px, color-mix(in srgb, var(--on-verdict) 14%, transparent) 6px 8px); }
.segment.empty { background: none; border: 1px dashed var(--line); color: var(--quiet); font-weight: 400; border-radius: 5px; }
.total .bar { height: 3rem; border-radius: 8px; }
.total .segment { font-size: 1.15rem; min-width: 3.4rem; }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: .4rem 0; font-size: .92rem; font-variant-numeric: tabular-nums; }
.counts .sign, .counts b { color: var(--verdict); }
.counts .zero, .counts .zero .sign, .counts .zero b { color: var(--quiet); font-weight: 400; }
.total .counts { font-size: 1rem; margin: .6rem 0 1.2rem; }
.papers { list-style: none; border-top: 1px solid var(--line); }
.papers li .name { font-weight: 600; }
.papers li .name .quiet { font-weight: 400; white-space: nowrap; }
.papers > li { display: grid; grid-template-columns: minmax(15rem, 24rem) 1fr; gap: .1rem 1.5rem; align-items: center; padding: .7rem 0; border-bottom: 1px solid var(--line); }
.papers .name { grid-row: span 2; }
.papers .counts { grid-column: 2; margin: .1rem 0 0; font-size: .85rem; }
.claim-counts { margin: 1rem 0; }
.notice, .failed { border-left: 4px solid var(--differs); background: var(--differs-tint); padding: .6rem 1rem; margin: .6rem 0 1rem; }
.failed ul { padding-left: 1.2rem; }
.key { display: grid; gap: .2rem; }
.key > div { display: grid; grid-template-columns: 8rem 1fr; gap: .5rem; }
.claims { list-style: none; display: grid; gap: .8rem; }
.claims li { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem .5rem; }
.claims p { margin: 0; }
.plain { padding-left: 1.2rem; max-width: 90ch; display: grid; gap: .35rem; overflow-wrap: anywhere; }
.jumps { list-style: none; columns: 26rem 2; column-gap: 2rem; }
.jumps li { break-inside: avoid; padding: .2rem 0; overflow-wrap: anywhere; }
.jumps .quiet { display: block; font-size: .88rem; }
.errata { display: grid; gap: .5rem; max-width: 90ch; }
.errata dt { font-weight: 600; }
.errata dd { overflow-wrap: anywhere; }
.parameters { display: flex; flex-wrap: wrap; gap: .4rem 1.8rem; font-size: .92rem; }
.parameters div { min-width: 0; }
.parameters dt { color: var(--quiet); font-size: .82rem; }
.parameters dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.files { font-size: .88rem; margin-top: 1rem; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .7rem 1rem; overflow-x: auto; margin: .6rem 0; }
pre code { overflow-wrap: normal; user-select: all; }`;

const NARROW = `
@media (max-width: 760px) {
  h2 { font-size: 1.35rem; }
  .papers > li { grid-template-columns: 1fr; gap: .35rem; }
  .papers .counts { grid-column: 1; }
  .claims li, .key > div { grid-template-columns: 1fr; gap: 0; }
  .key { gap: .5rem; }
  .total .segment { min-width: 2.6rem; font-size: .95rem; gap: .1rem; }
}`;

const PRINT = `
@media print {
  @page { size: landscape; margin: 12mm; }
  html { font-size: 11px; }
  body { font-size: 1rem; background: #fff; }
  nav, .skip, .axes { display: none; }
  main, .top { max-width: none; padding-left: 0; padding-right: 0; }
  .paper { break-before: page; }
  .scroll { overflow: visible; border: 0; }
  th, td { position: static; }
  td { white-space: normal; }
  td, th { padding: .3rem .4rem; }
  td .interval { white-space: nowrap; }
  .ref { min-width: 0; min-height: 0; margin: 0; line-height: inherit; }
  .table table, .table caption { display: block; } /* a caption proper is parted from its table */
  tr, caption, figure, .claims li { break-inside: avoid; }
  h2, h3, h4, caption, thead, tbody tr:nth-child(-n+2), .errata dt { break-after: avoid; }
  tbody tr:last-child, .note, .reasons { break-before: avoid; }
  .plot svg { width: auto; max-height: 150mm; }
  pre { white-space: pre-wrap; }
  * { print-color-adjust: exact; }
}`;

/** The page's style sheet: system fonts, light and dark by the reader's setting, from 320 pixels on, and print. */
export const PAGE_STYLE = [BASE, VERDICTS, TABLE_STYLE, FIGURE_STYLE, NARROW, PRINT, PRINTED_FIGURES].join("\n");
