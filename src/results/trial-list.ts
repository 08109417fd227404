import { z } from "zod";

/** Trials of one kind: those whose keys begin with the same word; files that are no whole trials by what they are. */
const trialGroupSchema = z.strictObject({
  trials: z.string(),
  count: z.int().nonnegative(),
  /** Those that the next run goes on from. */
  usable: z.int().nonnegative(),
  /** What they took to compute. */
  seconds: z.number(),
  bytes: z.int().nonnegative(),
});
export type TrialGroup = z.infer<typeof trialGroupSchema>;

/** What `netvantage results list --json` prints. */
export const trialListSchema = z.strictObject({ directory: z.string(), groups: z.array(trialGroupSchema) });
