import { z } from "zod";

/** Version of the JSON that `netvantage traceback --json` prints. */
export const TRACEBACK_VERSION = 1;

const linkSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** Monitors on its route that the pattern reached. */
  monitors: z.array(z.string()),
  found: z.boolean(),
  /** In which round; null: not found. */
  round: z.number().nullable(),
});

/** What `netvantage traceback --json` prints. */
export const tracebackResultSchema = z.strictObject({
  version: z.literal(TRACEBACK_VERSION),
  file: z.string(),
  monitors: z.array(z.string()),
  /** Null: no monitor is on any link of the chain. */
  start: z.string().nullable(),
  reached: z.number(),
  rounds: z.number(),
  messages: z.number(),
  monitorLinks: z.number(),
  links: z.array(linkSchema),
  found: z.number(),
  falseLinks: z.number(),
  directSearch: z.strictObject({
    visited: z.array(z.string()),
    comparisons: z.number(),
    found: z.number(),
    falseLinks: z.number(),
  }),
  notes: z.array(z.string()),
});

export type TracebackResult = z.infer<typeof tracebackResultSchema>;
