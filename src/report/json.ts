import { type Comparison, comparisonSchema } from "../results/comparison.ts";

/** The comparison as the documented JSON. @throws ZodError where it is not of that form (a NaN, say). */
export function jsonComparison(comparison: Comparison): string {
  return `${JSON.stringify(comparisonSchema.parse(comparison), null, 2)}\n`;
}
