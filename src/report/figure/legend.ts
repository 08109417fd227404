import * as Plot from "@observablehq/plot";
import { seriesMarks } from "./panel.ts";
import type { FigureSpec, Series } from "./spec.ts";
import { GREY, REFERENCE_DASH, type Style } from "./style.ts";

const ROW = 20;
const SAMPLE = 28;
const CHARACTER = 6.6;

interface Entry {
  readonly label: string;
  readonly left: number;
  readonly middle: number;
  /** undefined: a reference. */
  readonly series: readonly Series[] | undefined;
}

/** What each look stands for, in as many rows as the width asks for. */
export function renderLegend(
  figure: FigureSpec,
  styleOf: (series: Series) => Style,
  width: number,
  document: Document,
): { readonly element: Element; readonly height: number } {
  const entries = layOut(figure, width);
  const height = (entries.at(-1)?.middle ?? 0) + ROW / 2;
  const element = Plot.plot({
    document,
    className: "netvantage-plot",
    width,
    height,
    margin: 0,
    axis: null,
    x: { type: "identity" },
    y: { type: "identity" },
    marks: entries.flatMap((entry) => [
      ...sampleMarks(figure, entry, styleOf),
      Plot.text([entry.label], {
        x: [entry.left + SAMPLE + 6],
        y: [entry.middle],
        textAnchor: "start",
        fontSize: 12,
        lineWidth: (width - entry.left - SAMPLE - 6) / 12,
        textOverflow: "ellipsis",
      }),
    ]),
  });
  return { element, height };
}

function sampleMarks(figure: FigureSpec, entry: Entry, styleOf: (series: Series) => Style): Plot.Markish[] {
  const { left, middle } = entry;
  if (entry.series === undefined) {
    const look = { stroke: GREY, strokeWidth: 1.2, strokeDasharray: REFERENCE_DASH };
    return [
      Plot.line(
        [left, left + SAMPLE].map((x) => ({ x, y: middle })),
        { x: "x", y: "y", ...look },
      ),
    ];
  }
  const flat: FigureSpec = { ...figure, x: { ...figure.x, scale: "linear" }, y: { ...figure.y, scale: "linear" } };
  return entry.series.map((series) => {
    const x = series.mark === "points" ? [left + SAMPLE / 2] : [left, left + SAMPLE];
    const sample = { name: series.name, mark: series.mark, x, y: x.map(() => middle) };
    const band = { low: x.map(() => middle - 5), high: x.map(() => middle + 5) };
    return seriesMarks(flat, series.mark === "band" ? { ...sample, ...band } : sample, styleOf(series), false);
  });
}

function layOut(figure: FigureSpec, width: number): Entry[] {
  const entries: Entry[] = [];
  let left = 0;
  let middle = ROW / 2;
  for (const { label, series } of contents(figure)) {
    const size = SAMPLE + 6 + label.length * CHARACTER + 18;
    if (left > 0 && left + size > width) {
      left = 0;
      middle += ROW;
    }
    entries.push({ label, left, middle, series });
    left += size;
  }
  return entries;
}

/** One entry per name, with every mark that the name has (a line with its points); then the references. */
function contents(figure: FigureSpec): Pick<Entry, "label" | "series">[] {
  const marks = new Map<string, Map<string, Series>>();
  for (const series of figure.series) {
    const ofName = marks.get(series.name) ?? new Map<string, Series>();
    marks.set(series.name, ofName.set(series.mark, series));
  }
  const named = [...marks].map(([label, ofName]) => ({ label, series: [...ofName.values()] }));
  return [...named, ...(figure.references ?? []).map(({ label }) => ({ label, series: undefined }))];
}
