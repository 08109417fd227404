/** What a placement of monitors is asked for, and what comes of it. place-monitors.ts makes one. */
import type { TrafficOptions } from "./access.ts";
import type { Limits } from "./limits.ts";
import type { Method, RouteMethod } from "./methods.ts";
import type { Outcome } from "./outcome.ts";
import type { GainEngine } from "./path-objective.ts";
import type { SamplingOptions } from "./sampled.ts";

/** At least one of `monitors`, `coverage` and `budget` is needed. */
export interface PlacementOptions extends Limits, TrafficOptions, SamplingOptions {
  /** Default greedy. */
  readonly method?: Method | undefined;
  /**
   * How greedy finds gains. `passes`: one pass over the shortest-path DAGs a pick. `successive`: Puzis' three matrices, up
   * to 3000 nodes or so. `auto` (default): by the work they take. Picks are the same.
   */
  readonly engine?: GainEngine | undefined;
}

export interface RoutePlacementOptions extends Limits {
  /** Default greedy. */
  readonly method?: RouteMethod | undefined;
  /** Of `brute`: what is maximal. Default `observed`. */
  readonly objective?: "observed" | "two-way" | undefined;
}

export interface Placement extends Outcome {
  readonly method: Method;
}
