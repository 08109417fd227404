/** Slow, obvious coverings to check the kernel against: arrays of sorted elements, everything by enumeration. */

export interface Problem {
  readonly elements: number;
  /** Ascending elements of each set. */
  readonly sets: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly costs: readonly number[];
  readonly forbidden: readonly number[];
  readonly placed: readonly number[];
}

export interface Picked {
  readonly picks: number[];
  readonly gains: number[];
  readonly covered: number;
  readonly cost: number;
}

/** Relative tolerance within which values tie, and by which costs may exceed a budget. */
const TIE = 1 - 1e-12;
const SLACK = 1 + 1e-12;

/** Weight of the elements that the sets cover, placed ones not counted in. */
export function coverage(problem: Problem, picks: readonly number[]): number {
  const covered = new Set(picks.flatMap((i) => problem.sets[i]));
  return sum([...covered].sort((a, b) => a - b).map((e) => problem.weights[e]));
}

export function costOf(problem: Problem, picks: readonly number[]): number {
  return sum(picks.map((i) => problem.costs[i]));
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** Sets that may be picked. */
export function freeSets(problem: Problem): number[] {
  const bound = new Set([...problem.forbidden, ...problem.placed]);
  return problem.sets.map((_, i) => i).filter((i) => !bound.has(i));
}

/** Greedy as the papers have it: every gain anew at every pick; of the best, the lowest index. */
export function greedyOracle(
  problem: Problem,
  { limit = Infinity, budget = Infinity, target = Infinity, byRatio = false } = {},
): Picked {
  const left = new Set(problem.weights.keys());
  const take = (i: number): number => {
    const gain = gainOf(problem, left, i);
    for (const e of problem.sets[i]) left.delete(e);
    return gain;
  };
  let covered = sum(problem.placed.toSorted((a, b) => a - b).map(take));
  let cost = 0;
  const picks: number[] = [];
  const gains: number[] = [];
  while (picks.length < limit && covered < target * TIE) {
    const keys = freeSets(problem)
      .filter((i) => !picks.includes(i) && cost + problem.costs[i] <= budget * SLACK)
      .map((i) => ({ i, key: keyOf(problem, left, i, byRatio ? target - covered : undefined) }))
      .filter(({ key }) => key > 0);
    const most = Math.max(0, ...keys.map(({ key }) => key));
    const best = keys.find(({ key }) => key >= most * TIE);
    if (best === undefined) break;
    gains.push(take(best.i));
    picks.push(best.i);
    covered += gains.at(-1)!;
    cost += problem.costs[best.i];
  }
  return { picks, gains, covered, cost };
}

function gainOf(problem: Problem, left: ReadonlySet<number>, i: number): number {
  return sum(problem.sets[i].filter((e) => left.has(e)).map((e) => problem.weights[e]));
}

function keyOf(problem: Problem, left: ReadonlySet<number>, i: number, wanted: number | undefined): number {
  const gain = gainOf(problem, left, i);
  return wanted === undefined || gain === 0 ? gain : Math.min(gain, wanted) / problem.costs[i];
}

function* subsets(items: readonly number[]): Generator<number[]> {
  for (let mask = 0; mask < 2 ** items.length; mask++) yield items.filter((_, k) => (mask >> k) & 1);
}

/** The most weight that `limit` free sets within the budget cover together with the placed ones. */
export function maximumOracle(problem: Problem, limit: number, budget = Infinity): number {
  let best = 0;
  for (const picks of subsets(freeSets(problem))) {
    if (picks.length > limit || costOf(problem, picks) > budget * SLACK) continue;
    best = Math.max(best, coverage(problem, [...problem.placed, ...picks]));
  }
  return best;
}

/** The least cost of free sets that cover, with the placed ones, all elements that weigh anything; Infinity: none do. */
export function minimumOracle(problem: Problem): number {
  let best = Infinity;
  const needed = [...problem.weights.keys()].filter((e) => problem.weights[e] > 0);
  for (const picks of subsets(freeSets(problem))) {
    const covered = new Set([...problem.placed, ...picks].flatMap((i) => problem.sets[i]));
    if (needed.every((e) => covered.has(e))) best = Math.min(best, costOf(problem, picks));
  }
  return best;
}

/** Elements that placed sets leave. */
function remaining(problem: Problem): number[] {
  const covered = new Set(problem.placed.flatMap((i) => problem.sets[i]));
  return [...problem.weights.keys()].filter((e) => !covered.has(e));
}

/** The bound on maximum coverage that multipliers certify, recomputed from the problem alone. */
export function maximumCertificate(problem: Problem, u: ArrayLike<number>, limit: number): number {
  const left = remaining(problem);
  if (left.some((e) => !(u[e] >= 0 && u[e] <= problem.weights[e]))) return Number.NaN;
  const values = freeSets(problem).map((i) => sum(problem.sets[i].filter((e) => left.includes(e)).map((e) => u[e])));
  const best = values.sort((a, b) => b - a).slice(0, limit);
  return coverage(problem, problem.placed) + sum(left.map((e) => problem.weights[e] - u[e])) + sum(best);
}

/** The bound on the cost of a cover that multipliers certify, recomputed from the problem alone. */
export function minimumCertificate(problem: Problem, u: ArrayLike<number>): number {
  const left = remaining(problem);
  if (left.some((e) => !(u[e] >= 0) || (problem.weights[e] === 0 && u[e] !== 0))) return Number.NaN;
  const excess = freeSets(problem).map((i) =>
    Math.max(0, sum(problem.sets[i].filter((e) => left.includes(e)).map((e) => u[e])) - problem.costs[i]),
  );
  return sum(left.map((e) => u[e])) - sum(excess);
}
