import { groupedSignificant } from "../../text/numbers.ts";
import { dataOf } from "./data.ts";
import type { Axis, FigureSpec } from "./spec.ts";

/** An axis settled: what every panel of a figure shares. */
export interface SettledAxis {
  readonly type: "linear" | "log";
  readonly domain: readonly [number, number];
  /** The ticks, where the plotting library would choose worse ones. */
  readonly ticks: readonly number[] | undefined;
  readonly tickFormat: (value: number) => string;
}

export function settleAxes(figure: FigureSpec): { readonly x: SettledAxis; readonly y: SettledAxis } {
  const data = figure.series.flatMap((series) =>
    dataOf(figure, series).map(({ x, y, low, high }) => ({
      x: [x],
      y: series.mark === "band" ? [low, high] : [y, low, high],
    })),
  );
  return {
    x: settle(
      figure.x,
      data.flatMap(({ x }) => x),
    ),
    y: settle(
      figure.y,
      data.flatMap(({ y }) => y),
    ),
  };
}

function settle(axis: Axis, values: readonly number[]): SettledAxis {
  const domain = axis.domain ?? extent(axis, values);
  const ticks = axis.scale === "log" ? logTicks(domain) : undefined;
  const wide = ticks?.some((tick) => tick > 1e5 || tick < 1e-4) ?? false;
  return { type: axis.scale, domain, ticks, tickFormat: wide ? powerOfTen : plainNumber };
}

/** The range of the values with a margin; on a linear axis of values from 0 on it starts at 0. */
function extent(axis: Axis, values: readonly number[]): readonly [number, number] {
  const shown = values.filter((value) => Number.isFinite(value) && (axis.scale === "linear" || value > 0));
  if (shown.length === 0) return axis.scale === "log" ? [1, 10] : [0, 1];
  const low = shown.reduce((a, b) => Math.min(a, b));
  const high = shown.reduce((a, b) => Math.max(a, b));
  if (axis.scale === "log") return low === high ? [low / 2, high * 2] : [low / 1.15, high * 1.15];
  const margin = (high - low || Math.abs(high) || 1) * 0.05;
  return [low >= 0 && low < high / 2 ? 0 : low - margin, high + margin];
}

/** Powers of ten, thinned to eight; over fewer than three decades also twice and five times them. */
function logTicks([low, high]: readonly [number, number]): readonly number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const ticks = exponents.flatMap((exponent) => [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`)));
  const inside = ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  if (high / low < 1000) return inside;
  const powers = inside.filter((tick) => Number(`1e${Math.round(Math.log10(tick))}`) === tick);
  return powers.filter((_, i) => i % Math.ceil(powers.length / 8) === 0);
}

function plainNumber(value: number): string {
  return groupedSignificant(value, 6);
}

/** 10⁶; what is no power of ten stays plain. */
function powerOfTen(value: number): string {
  const exponent = Math.round(Math.log10(value));
  if (Number(`1e${exponent}`) !== value) return plainNumber(value);
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return `10${[...String(exponent)].map((digit) => (digit === "-" ? "⁻" : digits[Number(digit)])).join("")}`;
}
