/** Sets as rows of bits: set i holds element e where bit e % 64 of rows[i * ceil(elements / 64) + floor(e / 64)] is 1. */
export interface BitSets {
  readonly sets: number;
  readonly elements: number;
  /** sets * ceil(elements / 64) words; bits from `elements` on are 0. */
  readonly rows: BigUint64Array;
}

/** Sets as lists: set i holds members[offsets[i]] .. members[offsets[i + 1] - 1], strictly ascending. */
export interface ListSets {
  readonly elements: number;
  /** sets + 1, from 0 on. */
  readonly offsets: Uint32Array;
  readonly members: Uint32Array;
}

export type CoverSets = BitSets | ListSets;

/** What elements weigh and sets cost: finite numbers of 0 and more; 1 each where absent. */
export interface CoverAmounts {
  readonly weights?: Float64Array | undefined;
  readonly costs?: Float64Array | undefined;
}

/** Sets that are not free to be picked. */
export interface CoverStates {
  /** Never picked. */
  readonly forbidden?: Iterable<number> | undefined;
  /** There already: cover their elements, cost nothing, count for no limit. */
  readonly placed?: Iterable<number> | undefined;
}

export interface GreedyOptions extends CoverStates {
  /** At most this many picks; all that add where absent. */
  readonly limit?: number | undefined;
  /** For the costs of all picks; exceeded by a relative 1e-12 at most, so that decimal costs use it up. */
  readonly budget?: number | undefined;
  /** Stop once this weight is covered, what placed sets cover included. */
  readonly target?: number | undefined;
  /**
   * `gain` (default): the most new weight first. `ratio`: the most new weight for its cost, weight beyond the target not
   * counted. `budgeted`: the better of both, at least (1 - 1/e)/2 of the best under the budget; takes no target.
   */
  readonly rule?: "gain" | "ratio" | "budgeted" | undefined;
  /** Same result by every evaluation; `lazy` (default) is the fastest. */
  readonly evaluation?: "lazy" | "eager" | "eager-by-row" | undefined;
}

export interface GreedyCover {
  /** In the order they were picked. */
  readonly picks: Uint32Array;
  /** The weight each pick added. */
  readonly gains: Float64Array;
  /** Weight that placed sets cover. */
  readonly placed: number;
  /** Weight covered in all. */
  readonly covered: number;
  /** Of the picks. */
  readonly cost: number;
  /** Gains computed on the way. */
  readonly evaluations: number;
  /** The rule that gave this result: of `budgeted`, the better one. */
  readonly rule: "gain" | "ratio";
}

export interface BoundOptions extends CoverStates {
  /** At most this many sets; all where absent. */
  readonly limit?: number | undefined;
  /** For their costs. */
  readonly budget?: number | undefined;
  /** Good picks make a good bound. */
  readonly picks?: Uint32Array | undefined;
}

export interface ExactOptions extends CoverStates {
  /** Bounds computed at most, 1 or more; the search is deterministic. Default 100,000. */
  readonly nodes?: number | undefined;
}

export interface ExactMaximumOptions extends ExactOptions {
  /** At most this many picks. */
  readonly limit: number;
  /** For the costs of all picks. */
  readonly budget?: number | undefined;
}

export interface ExactCover {
  /** Ascending. */
  readonly picks: Uint32Array;
  /** Weight that placed sets cover. */
  readonly placed: number;
  /** Weight covered in all. */
  readonly covered: number;
  /** Of the picks. */
  readonly cost: number;
  /** Proven limit of what is sought: no solution covers more, or none costs less. */
  readonly bound: number;
  /** Whether the solution is optimal (weights that are no whole numbers: to a relative 1e-12, under a budget 4e-12). */
  readonly optimal: boolean;
  readonly nodes: number;
  /**
   * Per element, what certifies the search's first bound. Maximum coverage: 0 <= u <= w; no solution covers more than the
   * placed weight, the sum of w - u over what placed sets leave, and the best sets by their sum of u within limit or budget.
   * Set cover: u >= 0; none costs less than the sum of u less what sets' sums of u exceed their costs by.
   */
  readonly multipliers: Float64Array;
}
