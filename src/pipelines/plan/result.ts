import { z } from "zod";
import { DECODERS, ESTIMATORS } from "../../spread/estimators.ts";
import type { Plan, PlanRequest } from "../../spread/plan.ts";
import { INDEX_HASHES, type ResolvedOptions } from "../../spread/sketch-options.ts";
import { jsonNumber, jsonSeed, seedSchema } from "../spread/result.ts";

/** The version of the JSON that `netvantage plan --json` prints. */
const PLAN_VERSION = 1;

const optionsSchema = z.strictObject({
  estimator: z.enum(ESTIMATORS),
  memoryBits: z.number(),
  virtualBits: z.number(),
  segments: z.number(),
  sampling: z.number(),
  seed: seedSchema,
  decoder: z.enum(DECODERS),
  indexHash: z.enum(INDEX_HASHES),
});

const curveSchema = z
  .array(z.strictObject({ spread: z.number(), standardError: z.number(), relativeError: z.number() }))
  .readonly();

/** Mean natural logarithm of the relative standard error over the range: less is better; null: it is infinite. */
const scoreSchema = z.number().nullable();

/** What `netvantage plan --json` prints. */
export const planResultSchema = z.strictObject({
  version: z.literal(PLAN_VERSION),
  /** What was asked for. */
  memoryBits: z.number(),
  contacts: z.number(),
  range: z.strictObject({ from: z.number(), to: z.number() }),
  /** What was chosen. */
  options: optionsSchema,
  score: scoreSchema,
  /** The largest spread that can be told; null: no limit. */
  rangeLimit: z.number().nullable(),
  /** The error to expect, 8 points a decade. */
  curve: curveSchema,
  /** The other estimators at their best parameters, and why each was not chosen; those that do not cover the range have no curve. */
  alternatives: z.array(
    z.strictObject({ options: optionsSchema, score: scoreSchema, curve: curveSchema.optional(), reason: z.string() }),
  ),
});
export type PlanResult = z.infer<typeof planResultSchema>;

/** A plan as it is printed in JSON. */
export function planResult({ memoryBits, contacts, from, to }: PlanRequest, plan: Plan): PlanResult {
  return {
    version: PLAN_VERSION,
    memoryBits,
    contacts,
    range: { from, to },
    options: optionsOf(plan.options),
    score: jsonNumber(plan.score),
    rangeLimit: jsonNumber(plan.rangeLimit),
    curve: plan.curve,
    alternatives: plan.alternatives.map(({ options, score, ...rest }) => ({
      options: optionsOf(options),
      score: jsonNumber(score),
      ...rest,
    })),
  };
}

function optionsOf(options: ResolvedOptions): z.infer<typeof optionsSchema> {
  const { estimator, memoryBits, virtualBits, segments, sampling, seed, decoder, indexHash } = options;
  return { estimator, memoryBits, virtualBits, segments, sampling, seed: jsonSeed(seed), decoder, indexHash };
}
