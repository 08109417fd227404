import type { FigureEntry } from "../../results/comparison.ts";
import { axisTitle, dataOf, facetsOf } from "../figure/data.ts";
import { renderFigure } from "../figure/figure.ts";
import { onOtherScale, usesLog } from "../figure/scales.ts";
import type { FigureSpec, Series } from "../figure/spec.ts";
import { anchor, type Html, html, jsonScript, trusted } from "./html.ts";

const WIDE = 760;
/** For a phone: one column of panels, text at its full size. */
const NARROW = 312;

/** A figure's values, as the page's script reads them: hover and arrow keys show them. */
export interface FigureValues {
  readonly x: string;
  readonly y: string;
  readonly series: readonly SeriesValues[];
}

interface SeriesValues {
  readonly name: string;
  /** The panel's name; "" where the figure has but one. */
  readonly facet: string;
  /** The panel's place in the figure. */
  readonly panel: number;
  /** x, y and, where there is an interval, its ends. */
  readonly points: readonly (readonly number[])[];
}

/** The id of a figure within the page. */
function figureAnchor(experiment: string, figure: FigureEntry): string {
  return anchor("figure", experiment, figure.id);
}

/** A figure with its caption, values and, where the other kind of axes shows more, a switch. @param spec undefined: it is not there */
export function figureHtml(experiment: string, figure: FigureEntry, spec: FigureSpec | undefined): Html {
  const id = figureAnchor(experiment, figure);
  return html`<figure id="${id}">
${spec === undefined ? html`<p class="missing">This figure is not there: its data was not written.</p>` : plot(id, spec)}
<figcaption><b>${figure.title}</b>${spec?.subtitle === undefined ? undefined : html`<br>${spec.subtitle}`}${links(figure.file)}</figcaption>
</figure>
`;
}

function plot(id: string, spec: FigureSpec): Html {
  const other = onOtherScale(spec);
  return html`<div class="chart">
${other === undefined ? undefined : axesSwitch(id, spec)}<div class="plot" data-label="${spec.title}">
${drawings(id, spec, "as-given")}${other === undefined ? undefined : drawings(id, other, "other")}</div>
<script type="application/json" class="values">${jsonScript(valuesOf(spec))}</script>
</div>`;
}

function axesSwitch(id: string, spec: FigureSpec): Html {
  const [own, other] = usesLog(spec) ? ["logarithmic", "linear"] : ["linear", "logarithmic"];
  return html`<fieldset class="axes"><legend>Axes</legend><label><input type="radio" name="${id}-axes" value="as-given" checked> ${own}</label><label><input type="radio" name="${id}-axes" value="other"> ${other}</label></fieldset>
`;
}

/** The same figure for a wide and for a narrow page; the style sheet shows one of them. */
function drawings(id: string, spec: FigureSpec, axes: string): Html {
  const draw = (width: number, look: string) =>
    html`<div class="${look}">${trusted(renderFigure(spec, { width, heading: false, hover: false, name: `${id} ${axes} ${look}` }))}</div>
`;
  return html`<div class="${axes}">${draw(WIDE, "wide")}${draw(NARROW, "narrow")}</div>
`;
}

function links(file: string | null): Html | undefined {
  if (file === null) return undefined;
  return html`<br><a href="${file}">SVG</a> <a href="${dataFile(file)}">data as JSON</a>`;
}

/** figures/x.svg has its data in figures/x.json. */
export function dataFile(file: string): string {
  return file.replace(/\.svg$/, ".json");
}

function valuesOf(spec: FigureSpec): FigureValues {
  const series = spec.series.filter(({ mark }) => mark !== "band");
  return { x: axisTitle(spec.x), y: axisTitle(spec.y), series: series.map((each) => seriesValues(spec, each)) };
}

function seriesValues(spec: FigureSpec, series: Series): SeriesValues {
  const points = dataOf(spec, series).map(({ x, y, low, high }) =>
    (Number.isFinite(low) && Number.isFinite(high) ? [x, y, low, high] : [x, y]).map((value) =>
      Number(value.toPrecision(6)),
    ),
  );
  const panel = series.facet === undefined ? 0 : (facetsOf(spec)?.indexOf(series.facet) ?? 0);
  return { name: series.name, facet: series.facet ?? "", panel, points };
}
