import * as Plot from "@observablehq/plot";
import { significant } from "../../text/numbers.ts";
import type { SettledAxis } from "./axis.ts";
import { axisTitle, type Datum, dataOf } from "./data.ts";
import type { FigureSpec, Reference, Series } from "./spec.ts";
import { GREY, REFERENCE_DASH, type Style } from "./style.ts";

export interface PanelOptions {
  readonly document: Document;
  readonly width: number;
  readonly height: number;
  readonly facet: string | undefined;
  readonly axes: { readonly x: SettledAxis; readonly y: SettledAxis };
  readonly styleOf: (series: Series) => Style;
  /** Whether points carry their values as `<title>`. */
  readonly hover: boolean;
}

/** Above this, points carry no hover text: the file would be too large. */
const MOST_HOVER_POINTS = 600;
/** Narrower panels have fewer ticks. */
const NARROW = 345;
/** Above this, points are small and see-through. */
const MANY_POINTS = 150;

/** Pixels; the largest symbol's half and its stroke. */
const BEYOND_FRAME = 6;

const TITLE = { labelAnchor: "center", labelArrow: "none" } as const;

/** One panel of a figure: its axes, references and series. */
export function renderPanel(figure: FigureSpec, options: PanelOptions): Element {
  const { axes, facet } = options;
  const references = (figure.references ?? []).flatMap((reference) => referenceMarks(reference, axes));
  const series = figure.series.filter((each) => each.facet === facet);
  const across = axisOptions(axes.x, options.width < NARROW ? 5 : undefined);
  const panel = Plot.plot({
    document: options.document,
    className: "netvantage-plot",
    width: options.width,
    height: options.height,
    margin: 8,
    marginTop: facet === undefined ? 14 : 26,
    marginRight: 16,
    marginBottom: 42,
    marginLeft: 66,
    style: { fontSize: "11.5px" },
    x: scaleOf(axes.x),
    y: scaleOf(axes.y),
    marks: [
      Plot.gridX(across),
      Plot.gridY(axisOptions(axes.y)),
      Plot.axisX({ ...across, ...TITLE, label: axisTitle(figure.x) }),
      Plot.axisY({ ...axisOptions(axes.y), ...TITLE, label: axisTitle(figure.y) }),
      facet === undefined
        ? undefined
        : Plot.text([facet], { frameAnchor: "top", dy: -18, fontWeight: "bold", fontSize: 12 }),
      ...series.map((each) => seriesMarks(figure, each, options.styleOf(each), options.hover)),
      ...references,
    ],
  });
  return withScales(withRoom(panel));
}

/** What lies on the frame is drawn whole: half of a line, of a point's symbol, lies beyond it. */
function withRoom(panel: ReturnType<typeof Plot.plot>): ReturnType<typeof Plot.plot> {
  for (const rect of panel.querySelectorAll("clipPath rect")) {
    const grow = (name: string, by: number) => rect.setAttribute(name, String(Number(rect.getAttribute(name)) + by));
    for (const name of ["x", "y"]) grow(name, -BEYOND_FRAME);
    for (const name of ["width", "height"]) grow(name, 2 * BEYOND_FRAME);
  }
  return panel;
}

/** Says on the panel how values map to its pixels, for a script that finds the values under a pointer. */
function withScales(panel: ReturnType<typeof Plot.plot>): Element {
  for (const name of ["x", "y"] as const) {
    const scale = panel.scale(name);
    const ends = [...(scale?.domain ?? []), ...(scale?.range ?? [])];
    panel.setAttribute(`data-${name}`, `${scale?.type} ${ends.join(" ")}`);
  }
  return panel;
}

/** A series as marks; the legend draws its samples with it too, without hover text. */
export function seriesMarks(figure: FigureSpec, series: Series, style: Style, hover = true): Plot.Markish {
  const data = dataOf(figure, series);
  const title = hover && data.length <= MOST_HOVER_POINTS ? hoverText(figure) : undefined;
  const stroke = { stroke: style.color, clip: true };
  const path = { ...stroke, x: "x", y: "y", strokeWidth: 2, ...(style.dash && { strokeDasharray: style.dash }) };
  switch (series.mark) {
    case "line":
      return [Plot.lineY(data, path), hoverDots(data, title)];
    case "step":
      return [Plot.lineY(data, { ...path, curve: "step-after" }), hoverDots(data, title)];
    case "band":
      return Plot.areaY(data, { x: "x", y1: "low", y2: "high", fill: style.color, fillOpacity: 0.22, clip: true });
    case "points":
      return pointMarks(data, style, title);
  }
}

function pointMarks(data: readonly Datum[], style: Style, title: HoverText | undefined): Plot.Markish {
  const many = data.length > MANY_POINTS;
  const whiskers = data.filter((datum) => Number.isFinite(datum.low) && Number.isFinite(datum.high));
  return [
    Plot.ruleX(whiskers, { x: "x", y1: "low", y2: "high", stroke: style.color, strokeWidth: 1.2, clip: true }),
    Plot.dot(data, {
      x: "x",
      y: "y",
      symbol: style.symbol,
      r: many ? 1.7 : 4,
      stroke: style.color,
      strokeWidth: many ? 0.7 : 1.6,
      strokeOpacity: many ? 0.55 : 1,
      fill: many ? style.color : "white",
      fillOpacity: many ? 0.25 : 1,
      clip: true,
      ...(title && { title }),
    }),
  ];
}

/** Invisible points on a line: they carry its values for the pointer. */
function hoverDots(data: readonly Datum[], title: HoverText | undefined): Plot.Markish {
  if (title === undefined) return undefined;
  return Plot.dot(data, { x: "x", y: "y", r: 5, fill: "white", fillOpacity: 0, clip: true, title });
}

type HoverText = (datum: Datum) => string;

function hoverText(figure: FigureSpec): HoverText {
  return ({ name, x, y, low, high }) => {
    const range =
      Number.isFinite(low) && Number.isFinite(high) ? ` [${significant(low, 4)}, ${significant(high, 4)}]` : "";
    return `${name}\n${figure.x.label}: ${significant(x, 4)}\n${figure.y.label}: ${significant(y, 4)}${range}`;
  };
}

function referenceMarks(reference: Reference, { x, y }: PanelOptions["axes"]): Plot.Markish[] {
  const look = { stroke: GREY, strokeWidth: 1.2, strokeDasharray: REFERENCE_DASH, clip: true };
  if (reference.kind === "horizontal") return [Plot.ruleY([reference.at], look)];
  if (reference.kind === "vertical") return [Plot.ruleX([reference.at], look)];
  const ends = [Math.max(x.domain[0], y.domain[0]), Math.min(x.domain[1], y.domain[1])].map((at) => ({ at }));
  return [Plot.line(ends, { ...look, x: "at", y: "at" })];
}

function scaleOf(axis: SettledAxis): Plot.ScaleOptions {
  return { type: axis.type, domain: axis.domain };
}

/** @param most ticks */
function axisOptions(axis: SettledAxis, most = 9) {
  const ticks = axis.ticks === undefined ? Math.min(most, 6) : thinned(axis.ticks, most);
  return { fontSize: 11.5, ticks, tickFormat: axis.tickFormat };
}

/** Of too many ticks the powers of ten, if they are enough to read the axis by. */
function thinned(ticks: readonly number[], most: number): number[] {
  if (ticks.length <= most) return [...ticks];
  const powers = ticks.filter((tick) => Number.isInteger(Math.log10(tick)));
  const kept = powers.length > 1 ? powers : ticks;
  return kept.filter((_, i) => i % Math.ceil(kept.length / most) === 0);
}
