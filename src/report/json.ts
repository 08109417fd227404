import type { z } from "zod";
import { type Comparison, comparisonSchema } from "../results/comparison.ts";

/** A result as the JSON that its schema documents. @throws ZodError where it is not of that form (a NaN, say). */
export function jsonDocument<Result>(schema: z.ZodType<Result>, result: Result): string {
  schema.parse(result);
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** The comparison as the documented JSON, without fields that its schema has not. @throws ZodError as jsonDocument does. */
export function jsonComparison(comparison: Comparison): string {
  return jsonDocument(comparisonSchema, comparisonSchema.parse(comparison));
}
