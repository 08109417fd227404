import { z } from "zod";
import { ESTIMATORS } from "../../spread/estimators.ts";
import { KEYS, SIDES } from "./parties.ts";

/** How files are read and what is counted: plain data, so that it travels to workers. */
export const countingRuleSchema = z.strictObject({
  sketch: z.strictObject({
    estimator: z.enum(ESTIMATORS),
    memoryBits: z.number(),
    virtualBits: z.number(),
    segments: z.number().exactOptional(),
    sampling: z.number().exactOptional(),
    /** Decimal: it may pass 2^53. */
    seed: z.string(),
  }),
  /** Entries of the candidate table. */
  candidates: z.number(),
  party: z.strictObject({
    of: z.enum(SIDES),
    key: z.enum(KEYS),
    prefix: z.strictObject({ ipv4: z.number(), ipv6: z.number() }).nullable(),
  }),
  /** CIDR blocks whose spreaders do not count. */
  ignore: z.array(z.string()),
  windowSeconds: z.number().nullable(),
  /** What openContacts takes. */
  reader: z.strictObject({
    format: z.string().exactOptional(),
    sourceColumn: z.string().exactOptional(),
    destinationColumn: z.string().exactOptional(),
    portColumn: z.string().exactOptional(),
    timeColumn: z.string().exactOptional(),
    delimiter: z.string().exactOptional(),
  }),
});

export type CountingRule = z.infer<typeof countingRuleSchema>;
