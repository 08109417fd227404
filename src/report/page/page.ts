import { createHash } from "node:crypto";
import type { Comparison } from "../../results/comparison.ts";
import { commandOf } from "../command.ts";
import { pageClient } from "./client.ts";
import { type Html, html, trusted } from "./html.ts";
import { overviewHtml } from "./overview.ts";
import { type FigureSpecs, paperAnchor, paperHtml, partsOf } from "./paper.ts";
import { PAGE_STYLE } from "./style.ts";

/**
 * The results as one HTML page that asks for nothing: its style, script and figures are inside, and its policy forbids
 * every request. @param specs the figures' data; a figure without is said to be missing
 */
export function renderPage(comparison: Comparison, specs: FigureSpecs): string {
  const parts = partsOf(comparison);
  const script = `(${pageClient.toString()})();`;
  const { scale, seed, experiments, environment } = comparison;
  const version = environment === undefined ? "" : ` ${environment.netvantage}`;
  const number = experiments.length === 1 ? "1 experiment" : `${experiments.length} experiments`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>netvantage: the papers reproduced</title>
<link rel="icon" href="data:,">
<style>${trusted(PAGE_STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
<header class="top">
<h1>The papers reproduced</h1>
<p>netvantage${version} · scale <b>${scale}</b> · seed <b>${seed}</b> · ${number}</p>
</header>
<nav aria-label="Papers"><ul><li><a href="#overview">Overview</a></li>${parts.map(({ paper }) => html`<li><a href="#${paperAnchor(paper)}">${shortName(paper.id)}</a></li>`)}<li><a href="#run">The run</a></li></ul></nav>
<main id="main" tabindex="-1">
${overviewHtml(comparison, parts)}${parts.map((part) => paperHtml(comparison, part, specs))}${runHtml(comparison)}</main>
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

/** No request leaves the page, and no other script runs in it. */
function policy(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function shortName(id: string): string {
  return id === "" ? id : id[0].toUpperCase() + id.slice(1);
}

function runHtml(comparison: Comparison): Html {
  const { scale, seed, environment } = comparison;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["scale", scale],
    ["master seed", String(seed)],
    ["netvantage", environment?.netvantage],
    ["Node", environment?.node],
    ["platform", environment?.platform],
    ["code", environment?.code],
  ];
  const items = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [html`<div><dt>${name}</dt><dd>${value}</dd></div>`],
  );
  return html`<section id="run" aria-labelledby="run-title">
<h2 id="run-title">The run</h2>
<dl class="parameters">${items}</dl>
<p>Every trial's seed comes from the master seed, its experiment, its parameters and its number. The same seed and code give the same numbers on any machine and number of workers. Everything again:</p>
<pre class="scroll" role="region" aria-label="Command for the whole run" tabindex="0"><code>${commandOf(comparison, [])}</code></pre>
${kernels(comparison)}<p class="files">Beside this page: <a href="results.json">results.json</a> (every number in full), tables/ (CSV, Markdown), figures/ (SVG, and their data as JSON). Two runs are compared by <code>netvantage compare A/results.json B/results.json</code>.</p>
</section>
`;
}

function kernels({ environment }: Comparison): Html | undefined {
  const files = Object.entries(environment?.kernels ?? {});
  if (files.length === 0) return undefined;
  const lines = files.map(([file, hash]) => html`<tr><th scope="row">${file}</th><td><code>${hash}</code></td></tr>\n`);
  return html`<div class="table"><div class="scroll" role="region" aria-labelledby="kernels" tabindex="0"><table class="kernels"><caption id="kernels"><span class="caption"><b>WebAssembly kernels</b> and their SHA-256</span></caption><thead><tr><th scope="col">file</th><th scope="col">SHA-256</th></tr></thead><tbody>
${lines}</tbody></table></div></div>
`;
}
