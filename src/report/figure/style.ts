import type { FigureSpec, Series } from "./spec.ts";

/** How a series looks: no two differ by colour alone. */
export interface Style {
  readonly color: string;
  readonly dash: string | undefined;
  readonly symbol: "circle" | "square" | "triangle" | "diamond2" | "cross" | "times" | "star";
}

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
export const GREY = "#6b6b6b";
export const REFERENCE_DASH = "3 3";

/** Okabe and Ito's palette, which colour-blind readers can tell apart. */
export const STYLES: readonly Style[] = [
  { color: "#0072b2", dash: undefined, symbol: "circle" },
  { color: "#d55e00", dash: "7 3", symbol: "square" },
  { color: "#009e73", dash: "2 2.5", symbol: "triangle" },
  { color: "#cc79a7", dash: "9 3 2 3", symbol: "diamond2" },
  { color: "#e69f00", dash: "12 4", symbol: "cross" },
  { color: "#56b4e9", dash: "5 2 1 2 1 2", symbol: "times" },
  { color: "#000000", dash: "1 4", symbol: "star" },
];

/** Series of one name look alike in every panel. After seven names the looks repeat. */
export function stylesOf(figure: FigureSpec): (series: Series) => Style {
  const names = [...new Set(figure.series.map((series) => series.name))];
  return (series) => STYLES[names.indexOf(series.name) % STYLES.length];
}
