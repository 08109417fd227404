import { createHash } from "node:crypto";
import { parseHTML } from "linkedom";
import { escapeMarkup } from "../../text/markup.ts";
import { settleAxes } from "./axis.ts";
import { axisTitle, facetsOf } from "./data.ts";
import { renderLegend } from "./legend.ts";
import { renderPanel } from "./panel.ts";
import type { FigureSpec } from "./spec.ts";
import { FONT, GREY, stylesOf } from "./style.ts";

const WIDTH = 720;
/** Narrower than this, panels stand below each other. */
const TWO_COLUMNS = 560;
const HEIGHT = 480;
/** Two rows of panels and more need more height. */
const PANEL_ROW = 270;
const EDGE = 14;

export interface FigureOptions {
  /** Pixels; default 720. */
  readonly width?: number | undefined;
  /** Whether the title and the subtitle are drawn; default true. */
  readonly heading?: boolean | undefined;
  /** Whether points carry their values as `<title>`; default true. */
  readonly hover?: boolean | undefined;
  /** Tells apart the ids of two drawings that stand in one document. */
  readonly name?: string | undefined;
}

/**
 * A figure as one self-contained SVG document: no script, no request, readable without colour. Values show on hover.
 * The same figure gives the same text. @throws RangeError where a series' columns differ in length.
 */
export function renderFigure(figure: FigureSpec, options: FigureOptions = {}): string {
  const { width = WIDTH, hover = true } = options;
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const styleOf = stylesOf(figure);
  const facets = facetsOf(figure) ?? [undefined];
  const columns = facets.length > 1 && width >= TWO_COLUMNS ? 2 : 1;
  const rows = Math.ceil(facets.length / columns);
  const head = options.heading === false ? { markup: "", height: 0 } : heading(figure);
  const legend = renderLegend(figure, styleOf, width - 2 * EDGE, document);
  const top = head.height + legend.height + 4;
  const height = rows > 1 ? top + rows * PANEL_ROW : top + (HEIGHT - top) * Math.min(1, Math.sqrt(width / WIDTH));
  const size = { width: (width - EDGE) / columns, height: (height - top - 4) / rows };
  const axes = settleAxes(figure);
  const panels = facets.map((facet, i) => {
    const panel = renderPanel(figure, { document, ...size, facet, axes, styleOf, hover });
    return placed(panel, EDGE / 2 + (i % columns) * size.width, top + Math.floor(i / columns) * size.height);
  });
  const box = [width, Math.round(height)];
  const markup = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${box[0]}" height="${box[1]}" viewBox="0 0 ${box.join(" ")}"`,
    ` role="img" aria-label="${escapeMarkup(describeFigure(figure))}" font-family="${FONT}">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    head.markup,
    placed(legend.element, EDGE, head.height),
    ...panels,
    "</svg>\n",
  ].join("\n");
  return withStableIds(markup, [figure.title, figure.subtitle, options.name].join("\n"));
}

function heading(figure: FigureSpec): { readonly markup: string; readonly height: number } {
  const title = `<text x="${EDGE}" y="26" font-size="16" font-weight="bold">${escapeMarkup(figure.title)}</text>`;
  if (figure.subtitle === undefined) return { markup: title, height: 38 };
  const subtitle = `<text x="${EDGE}" y="45" font-size="12" fill="${GREY}">${escapeMarkup(figure.subtitle)}</text>`;
  return { markup: `${title}\n${subtitle}`, height: 56 };
}

/** What a screen reader says of the figure. */
function describeFigure(figure: FigureSpec): string {
  const names = [...new Set(figure.series.map((series) => series.name))].join(", ");
  const subtitle = figure.subtitle === undefined ? "" : ` ${figure.subtitle}.`;
  return `${figure.title}.${subtitle} ${axisTitle(figure.y)} against ${axisTitle(figure.x)}; series: ${names}.`;
}

/** A plot as a nested SVG at a place of the page. A screen reader has the whole figure's name, so its parts have none. */
function placed(plot: Element, x: number, y: number): string {
  for (const part of plot.querySelectorAll("g[aria-label]")) part.removeAttribute("aria-label");
  plot.setAttribute("x", String(x));
  plot.setAttribute("y", String(y));
  return roundCoordinates(plot.outerHTML);
}

/** The plotting library counts its ids up through the process; these depend on the figure's text alone. */
function withStableIds(markup: string, text: string): string {
  const name = createHash("sha256").update(text).digest("hex").slice(0, 8);
  const ids = [...new Set(markup.match(/plot-clip-\d+/g))];
  return markup.replace(/plot-clip-\d+/g, (id) => `clip-${name}-${ids.indexOf(id)}`);
}

/** Two decimals of a pixel are enough; it halves the file. */
function roundCoordinates(markup: string): string {
  return markup.replace(/ (?:d|x|y|cx|cy|x1|x2|y1|y2|width|height|transform)="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}
