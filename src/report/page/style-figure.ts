import { GREY, STYLES } from "../figure/style.ts";

/** A figure's colours on a dark ground, in the order of the looks; the last is the references' grey. */
const ON_DARK = ["#58acec", "#ff8f55", "#2fcf9f", "#e6a3c8", "#f2bb45", "#98d7ff", "#e6e9ed", "#a2acb8"];

const recoloured = [...STYLES.map(({ color }) => color), GREY].map(
  (color, i) =>
    `  .plot [stroke="${color}"] { stroke: ${ON_DARK[i]}; }\n  .plot [fill="${color}"] { fill: ${ON_DARK[i]}; }`,
);

export const FIGURE_STYLE = `
figure { width: fit-content; max-width: 100%; margin: 1rem 0 1.6rem; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
figcaption { font-size: .9rem; color: var(--quiet); margin-top: .5rem; }
figcaption b { color: var(--text); }
figcaption a { display: inline-block; margin-right: .8rem; line-height: 1.6rem; }
.axes { border: 0; padding: 0; margin: 0 0 .6rem; display: flex; gap: 1rem; font-size: .9rem; }
.axes legend { float: left; padding: 0; color: var(--quiet); margin-right: 1rem; }
.axes label { min-height: 1.5rem; cursor: pointer; }
.axes input { accent-color: var(--accent); margin: 0 .2rem 0 0; }
.plot { position: relative; color: var(--text); }
.plot svg { display: block; max-width: 100%; height: auto; }
.plot svg svg { overflow: visible; max-width: none; }
.plot [fill="white"] { fill: var(--card); }
.plot text { fill: currentColor; }
.narrow, .other { display: none; }
.chart:has([value=other]:checked) .other { display: block; }
.chart:has([value=other]:checked) .as-given { display: none; }
@media screen and (max-width: 700px) {
  .wide { display: none; }
  .narrow { display: block; }
  figure { width: auto; padding: .6rem .4rem; }
  figcaption, .axes { padding: 0 .4rem; }
}
@media screen and (prefers-color-scheme: dark) {
${recoloured.join("\n")}
}
.tip { position: absolute; z-index: 1; pointer-events: none; max-width: min(20rem, 100%); padding: .35rem .6rem; font-size: .85rem; line-height: 1.4; font-variant-numeric: tabular-nums; color: var(--card); background: var(--text); border-radius: 5px; }
.tip > * { display: block; }
.tip[hidden] { display: none; }
.plot .ring { fill: none; stroke: var(--text); stroke-width: 2; pointer-events: none; }`;

export const PRINTED_FIGURES = `
@media print { .plot .ring, .tip { display: none; } }`;
