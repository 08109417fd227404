/** A figure as data; `renderFigure` draws it. Columns are numbers or typed arrays of one length. */
export interface FigureSpec {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly references?: readonly Reference[] | undefined;
}

export interface Axis {
  readonly label: string;
  /** Shown in brackets after the label. */
  readonly unit?: string | undefined;
  /** On a log axis, points that are not above 0 are left out. */
  readonly scale: "linear" | "log";
  readonly domain?: readonly [number, number] | undefined;
}

export interface Series {
  readonly name: string;
  readonly mark: "line" | "points" | "step" | "band";
  readonly x: ArrayLike<number>;
  /** A band has low and high, and y is not drawn. */
  readonly y: ArrayLike<number>;
  /** Interval ends: whiskers on points, edges of a band. */
  readonly low?: ArrayLike<number> | undefined;
  readonly high?: ArrayLike<number> | undefined;
  /** Series of one facet share a panel; the panels share their axes. All series have one, or none has. */
  readonly facet?: string | undefined;
}

/** Drawn in every panel, thin and grey, named in the legend. */
export type Reference =
  | { readonly kind: "diagonal"; readonly label: string }
  | { readonly kind: "horizontal"; readonly at: number; readonly label: string }
  | { readonly kind: "vertical"; readonly at: number; readonly label: string };
