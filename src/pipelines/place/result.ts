import { z } from "zod";
import { METHODS } from "../../placement/methods.ts";

/** Version of the JSON that `netvantage place --json` prints. */
export const PLACEMENT_VERSION = 1;

const share = z.number().min(0).max(1);

const monitorSchema = z.strictObject({
  /** What people call it; `id` is its identifier in the file, where that differs. */
  node: z.string(),
  id: z.string().optional(),
  /** Shares of the rate of all pairs that have a path: what it adds, and with all before it. */
  gain: share,
  observed: share,
  /** With --costs. */
  cost: z.number().optional(),
  /** The cost as the file writes it, where that is not the number's own text. */
  costText: z.string().optional(),
  /** On routes: with all before it, seen in both directions. */
  twoWay: share.optional(),
});

const placementFields = {
  method: z.enum(METHODS),
  monitors: z.array(monitorSchema),
  observed: share,
  twoWay: share.optional(),
  /** No placement within the same limits observes more; of sampled an estimate. */
  bound: share,
  optimal: z.boolean(),
  /** The method's own: at least this share of the best. 0: none. */
  guarantee: share,
  cost: z.number(),
  stopped: z.enum(["monitors", "coverage", "budget", "nothing adds"]),
  leastMonitors: z.number().optional(),
  searched: z.number().optional(),
  /** Of brute and exact: what ended the search before it was complete. */
  cutShort: z.enum(["node budget", "time limit"]).optional(),
  sampling: z
    .strictObject({ samples: z.number(), epsilon: z.number(), seed: z.string(), standardError: z.number() })
    .optional(),
};

const comparedSchema = z.union([
  z.strictObject(placementFields),
  z.strictObject({ method: z.enum(METHODS), reason: z.string() }),
]);

/** What `netvantage place --json` prints. */
export const placeResultSchema = z.strictObject({
  version: z.literal(PLACEMENT_VERSION),
  file: z.string(),
  format: z.string(),
  nodes: z.number(),
  edges: z.number(),
  accessNodes: z.number(),
  candidates: z.number(),
  /** Where traffic comes from: equal rates, or a file. */
  traffic: z.string(),
  ...placementFields,
  placed: z.array(z.string()),
  placedObserved: share,
  /** Rate of all ordered pairs that have a path. */
  rate: z.number(),
  /** Rate that no placement observes: without a path, or without a candidate on it. */
  unobservable: z.number(),
  /** Ordered pairs without a path. */
  unconnectedPairs: z.number(),
  unconnected: z.number(),
  /** With --compare. */
  comparison: z.array(comparedSchema).optional(),
  notes: z.array(z.string()),
});

export type PlaceResult = z.infer<typeof placeResultSchema>;
export type MonitorResult = z.infer<typeof monitorSchema>;
export type ComparedResult = z.infer<typeof comparedSchema>;
