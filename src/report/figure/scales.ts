import { dataOf } from "./data.ts";
import type { Axis, FigureSpec } from "./spec.ts";

/** How far apart values have to be for a log axis to show more than a linear one. */
const WIDE = 30;

/**
 * The figure on the other kind of axes, where that shows something: a log figure on linear axes; a linear one with log
 * axes for what is above 0 and spans more than a decade and a half. undefined: there is none.
 */
export function onOtherScale(figure: FigureSpec): FigureSpec | undefined {
  const isLog = usesLog(figure);
  const x = isLog ? onLinear(figure.x) : onLog(figure.x, valuesOf(figure, "x"));
  const y = isLog ? onLinear(figure.y) : onLog(figure.y, valuesOf(figure, "y"));
  return x === figure.x && y === figure.y ? undefined : { ...figure, x, y };
}

export function usesLog({ x, y }: FigureSpec): boolean {
  return x.scale === "log" || y.scale === "log";
}

function onLinear(axis: Axis): Axis {
  return axis.scale === "linear" ? axis : { ...axis, scale: "linear" };
}

function onLog(axis: Axis, values: readonly number[]): Axis {
  if (values.length < 2 || (axis.domain?.[0] ?? 1) <= 0) return axis;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  return low > 0 && high / low >= WIDE ? { ...axis, scale: "log" } : axis;
}

function valuesOf(figure: FigureSpec, side: "x" | "y"): number[] {
  return figure.series.flatMap((series) =>
    dataOf(figure, series).flatMap((datum) => {
      if (side === "x") return [datum.x];
      return (series.mark === "band" ? [datum.low, datum.high] : [datum.y]).filter(Number.isFinite);
    }),
  );
}
