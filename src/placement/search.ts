/** What the searches, brute and exact, have in common. */
import type { Trail } from "./choose.ts";
import type { ResolvedLimits } from "./limits.ts";

/** What ended a search before it had looked at everything that may be better. */
export type CutShort = "node budget" | "time limit";

export interface SearchTrail extends Trail {
  /** Sets looked at; on routes, exact's bounds computed. */
  readonly searched: number;
  /** Undefined: the search is complete. */
  readonly cutShort: CutShort | undefined;
  /** Whether nothing within the limits is better. */
  readonly proven: boolean;
}

/** Tells how many seconds are left, of those that the limits allow from now on. */
export function timer({ timeLimit }: ResolvedLimits): () => number {
  const end = performance.now() + 1000 * timeLimit;
  return () => (end - performance.now()) / 1000;
}

/** C(n, k), without overflow for what is compared with a limit. */
export function combinations(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) count = (count * (n - Math.min(k, n - k) + i)) / i;
  return Math.round(count);
}

/** The most monitors that the limits leave room for. */
export function mostMonitors({ monitors, free, costs, budget }: ResolvedLimits): number {
  return Math.min(monitors, free.length, costs === undefined ? budget : Number.POSITIVE_INFINITY);
}
