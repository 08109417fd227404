import type { FigureSpec, Series } from "./spec.ts";

/** A point of a series, ready to draw. */
export interface Datum {
  readonly name: string;
  readonly facet: string | undefined;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** The points that the figure's axes can show. @throws RangeError where columns differ in length or facets are mixed. */
export function dataOf(figure: FigureSpec, series: Series): Datum[] {
  requireColumns(series);
  return Array.from(series.x, (x, i) => ({
    name: series.name,
    facet: series.facet,
    x,
    y: series.y[i],
    low: series.low?.[i] ?? Number.NaN,
    high: series.high?.[i] ?? Number.NaN,
  })).filter((datum) => isShown(datum.x, figure.x.scale) && isShown(heightOf(series, datum), figure.y.scale));
}

/** The panels' names in the order of their first series; undefined: one panel. */
export function facetsOf(figure: FigureSpec): string[] | undefined {
  const facets = new Set(figure.series.map((series) => series.facet));
  if (facets.size > 1 && facets.has(undefined)) throw new RangeError(`${figure.title}: only some series have a facet`);
  const names = [...facets].filter((facet) => facet !== undefined);
  return names.length > 0 ? names : undefined;
}

/** The axis as text: "true spread (destinations)". */
export function axisTitle(axis: FigureSpec["x"]): string {
  return axis.unit === undefined ? axis.label : `${axis.label} (${axis.unit})`;
}

function heightOf(series: Series, datum: Datum): number {
  return series.mark === "band" ? Math.min(datum.low, datum.high) : datum.y;
}

function isShown(value: number, scale: "linear" | "log"): boolean {
  return Number.isFinite(value) && (scale === "linear" || value > 0);
}

function requireColumns(series: Series): void {
  const columns = { y: series.y, low: series.low, high: series.high };
  for (const [name, column] of Object.entries(columns)) {
    if (column !== undefined && column.length !== series.x.length) {
      throw new RangeError(`series ${series.name}: ${series.x.length} x, ${column.length} ${name}`);
    }
  }
}
