import { z } from "zod";
import type { FigureSpec, Series } from "./spec.ts";

const axisSchema = z.object({
  label: z.string(),
  unit: z.string().exactOptional(),
  scale: z.enum(["linear", "log"]),
  domain: z.tuple([z.number(), z.number()]).exactOptional(),
});

/** JSON has no NaN and no infinity: null is a point that is not drawn. */
const columnSchema = z.array(
  z
    .number()
    .nullable()
    .transform((value) => value ?? Number.NaN),
);

const seriesSchema = z.object({
  name: z.string(),
  mark: z.enum(["line", "points", "step", "band"]),
  x: columnSchema,
  y: columnSchema,
  low: columnSchema.exactOptional(),
  high: columnSchema.exactOptional(),
  facet: z.string().exactOptional(),
});

const referenceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("diagonal"), label: z.string() }),
  z.object({ kind: z.literal("horizontal"), at: z.number(), label: z.string() }),
  z.object({ kind: z.literal("vertical"), at: z.number(), label: z.string() }),
]);

/** A figure as it stands in figures/<name>.json. */
export const figureSchema = z.object({
  title: z.string(),
  subtitle: z.string().exactOptional(),
  x: axisSchema,
  y: axisSchema,
  series: z.array(seriesSchema),
  references: z.array(referenceSchema).exactOptional(),
});

/** A figure's data as JSON; `figureSchema` reads it. */
export function jsonFigure(figure: FigureSpec): string {
  return `${JSON.stringify({ ...figure, series: figure.series.map(plainSeries) })}\n`;
}

function plainSeries(series: Series) {
  const { low, high } = series;
  return {
    ...series,
    x: Array.from(series.x),
    y: Array.from(series.y),
    ...(low !== undefined && { low: Array.from(low) }),
    ...(high !== undefined && { high: Array.from(high) }),
  };
}
