import { z } from "zod";
import { ESTIMATORS } from "../../spread/estimators.ts";
import { partyRuleSchema } from "./parties.ts";

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
  party: partyRuleSchema,
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
