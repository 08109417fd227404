/** Every set of k candidates, for pairs that are observed in both directions. C(n, k) evaluations */
import { MOST_SETS } from "./brute.ts";
import { choose, inOrder, type Trail } from "./choose.ts";
import type { ResolvedLimits } from "./limits.ts";
import type { Objective } from "./objective.ts";
import type { Steps } from "./parts.ts";
import { PlacementError } from "./placement-error.ts";
import type { RouteIndex } from "./route-index.ts";
import { twoWayRate } from "./route-objective.ts";
import { combinations, mostMonitors } from "./search.ts";
import { TIE } from "./ties.ts";

/**
 * The first set in lexicographic order whose two-way rate is highest.
 * @throws PlacementError for a coverage or costs, or where there are too many sets to look at
 */
export function* bruteTwoWay(
  index: RouteIndex,
  objective: Objective,
  limits: ResolvedLimits,
): Steps<Trail & { readonly searched: number }> {
  const { free, placed } = limits;
  if (limits.coverage !== undefined || limits.budget !== Number.POSITIVE_INFINITY) {
    throw new PlacementError("brute for two-way pairs takes a number of monitors, no coverage and no budget");
  }
  const size = mostMonitors(limits);
  const searched = combinations(free.length, size);
  if (searched > MOST_SETS / 10) {
    throw new PlacementError(`brute would look at ${searched} sets of ${size}, at most ${MOST_SETS / 10} are allowed`);
  }
  let best: readonly number[] = [];
  let most = -1;
  const set: number[] = [];
  const visit = (from: number): void => {
    if (set.length === size) {
      const rate = twoWayRate(index, [...placed, ...set]);
      if (rate > most * (1 + TIE) || most === -1) {
        best = [...set];
        most = rate;
      }
      return;
    }
    for (let i = from; i <= free.length - (size - set.length); i++) {
      set.push(free[i]);
      visit(i + 1);
      set.pop();
    }
  };
  visit(0);
  return { ...(yield* choose(objective, limits, inOrder(best))), searched };
}
