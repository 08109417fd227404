import type { RouteMethod } from "../../placement/methods.ts";

/** The methods that are compared on routes. */
export const ROUTE_COMPARISON = [
  "kmax",
  "degree",
  "greedy",
  "bidirectional",
  "two-way",
] as const satisfies RouteMethod[];

export type ComparedMethod = (typeof ROUTE_COMPARISON)[number];
