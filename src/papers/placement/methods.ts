import type { RouteMethod } from "../../placement/placement.ts";

/** The methods that are compared on routes, by the names that tables use. */
export const ROUTE_COMPARISON = [
  { method: "kmax", name: "K-max" },
  { method: "degree", name: "Degree" },
  { method: "greedy", name: "Greedy" },
  { method: "bidirectional", name: "Bi-directional" },
  { method: "two-way", name: "two-way" },
] as const satisfies readonly { readonly method: RouteMethod; readonly name: string }[];

export type ComparedMethod = (typeof ROUTE_COMPARISON)[number]["method"];
