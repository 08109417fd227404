import { Arena } from "../kernel/arena.ts";
import { compileKernel, demand, instantiate } from "../kernel/kernel.ts";
import { type CoverExports, EVALUATION, EXACT_SUMMARY, RULE, STATE, SUMMARY } from "./exports.ts";
import type {
  BitSets,
  BoundOptions,
  CoverAmounts,
  CoverSets,
  CoverStates,
  ExactCover,
  ExactMaximumOptions,
  ExactOptions,
  GreedyCover,
  GreedyOptions,
} from "./types.ts";

const DEFAULT_NODES = 100_000;
const MOST_NODES = 2 ** 32 - 1;

export type * from "./types.ts";

/**
 * A covering problem in a kernel instance of its own. Arrays in, arrays out; every refusal of the kernel is a KernelError.
 * Ties go to the lowest index: of the sets whose value is at least (1 - 1e-12) of the largest.
 */
export class CoverMemory {
  readonly sets: number;
  readonly elements: number;
  /** Weight of all elements. */
  readonly total: number;
  readonly #kernel: CoverExports;
  readonly #arena: Arena;
  readonly #instance: number;

  private constructor(kernel: CoverExports, problem: CoverSets, amounts: CoverAmounts) {
    this.#kernel = kernel;
    this.#arena = new Arena(kernel);
    this.elements = problem.elements;
    this.sets = "rows" in problem ? problem.sets : problem.offsets.length - 1;
    checkShape(problem, this.sets, amounts);
    this.#instance = this.#arena.reserve(kernel.instance_bytes());
    const weights = amounts.weights === undefined ? 0 : this.#arena.copyIn(amounts.weights);
    const costs = amounts.costs === undefined ? 0 : this.#arena.copyIn(amounts.costs);
    demand(this.#describe(problem, weights, costs), "sets");
    this.total = kernel.instance_total(this.#instance);
  }

  /**
   * Copies a problem into a kernel and checks it.
   * @throws RangeError where array lengths contradict each other @throws KernelError where contents are out of range
   */
  static create(problem: CoverSets, amounts: CoverAmounts = {}, module = compileKernel("cover")): CoverMemory {
    return new CoverMemory(instantiate<CoverExports>(module), problem, amounts);
  }

  #describe(problem: CoverSets, weights: number, costs: number): number {
    const size = [this.#instance, this.sets, this.elements] as const;
    if ("rows" in problem) return this.#kernel.instance_bits(...size, this.#arena.copyIn(problem.rows), weights, costs);
    const offsets = this.#arena.copyIn(problem.offsets);
    return this.#kernel.instance_lists(...size, offsets, this.#arena.copyIn(problem.members), weights, costs);
  }

  #placeStates(states: CoverStates): number {
    const bytes = new Uint8Array(this.sets);
    for (const [indices, state] of [
      [states.forbidden ?? [], STATE.forbidden],
      [states.placed ?? [], STATE.placed],
    ] as const) {
      for (const i of indices) {
        if (!Number.isInteger(i) || i < 0 || i >= this.sets) throw new RangeError(`no set ${i} among ${this.sets}`);
        if (bytes[i] !== STATE.free && bytes[i] !== state) throw new RangeError(`set ${i} is forbidden and placed`);
        bytes[i] = state;
      }
    }
    return this.#arena.copyIn(bytes);
  }

  /**
   * Picks sets greedily until the limit, the budget or the target is reached or nothing adds. By `gain` k picks cover at
   * least 1 - 1/e of what the best k sets cover (Nemhauser, Wolsey, Fisher 1978); by `ratio` a full cover costs at most
   * 1 + 1/2 + ... + 1/(largest set) times the least (Chvatal 1979); `budgeted`: see assembly/cover/greedy.ts.
   */
  greedy(options: GreedyOptions = {}): GreedyCover {
    const most = wholeLimit(options.limit ?? this.sets, this.sets);
    return this.#arena.scoped(() => {
      const states = this.#placeStates(options);
      const picks = this.#arena.reserve(most * 4);
      const gains = this.#arena.reserve(most * 8);
      const summary = this.#arena.reserve(SUMMARY * 8);
      const status = this.#kernel.greedy(
        this.#instance,
        states,
        RULE[options.rule ?? "gain"],
        most,
        options.budget ?? Number.POSITIVE_INFINITY,
        options.target ?? Number.POSITIVE_INFINITY,
        EVALUATION[options.evaluation ?? "lazy"],
        picks,
        gains,
        summary,
      );
      demand(status, "greedy cover");
      const [count, placed, covered, cost, evaluations, rule] = this.#arena.f64(summary, SUMMARY);
      return {
        picks: this.#arena.u32(picks, count),
        gains: this.#arena.f64(gains, count),
        placed,
        covered,
        cost,
        evaluations,
        rule: rule === RULE.gain ? "gain" : "ratio",
      };
    });
  }

  /**
   * No sets within limit and budget cover more than this, placed sets' weight included: the data-dependent bound, from the
   * picks given (see assembly/cover/bound.ts). O(sets log(picks)) gains.
   */
  upperBound(options: BoundOptions = {}): number {
    const limit = wholeLimit(options.limit ?? this.sets, this.sets);
    const budget = options.budget ?? Number.POSITIVE_INFINITY;
    return this.#arena.scoped(() => {
      const states = this.#placeStates(options);
      const picks = options.picks ?? new Uint32Array(0);
      const pointer = this.#arena.copyIn(picks);
      const out = this.#arena.reserve(8);
      demand(
        this.#kernel.upper_bound(this.#instance, states, limit, budget, pointer, picks.length, out),
        "bound of a cover",
      );
      return this.#arena.f64(out, 1)[0];
    });
  }

  /**
   * The sets, at most `limit` of costs at most `budget`, that cover the most weight: branch and bound, exponential at
   * worst; once the node budget ends, the best found with a proven bound. See assembly/cover/maximum.ts.
   */
  exactMaximum(options: ExactMaximumOptions): ExactCover {
    const most = wholeLimit(options.limit, this.sets);
    return this.#exact(options, most, (states, nodes, picks, multipliers, summary) => {
      const budget = options.budget ?? Number.POSITIVE_INFINITY;
      return this.#kernel.exact_maximum(this.#instance, states, most, budget, nodes, picks, multipliers, summary);
    });
  }

  /**
   * The sets of least cost that cover every element that weighs anything: branch and bound, exponential at worst; once the
   * node budget ends, the best found with a proven bound. Where no cover exists: no picks, cost and bound infinite. See
   * assembly/cover/minimum.ts.
   */
  exactCover(options: ExactOptions = {}): ExactCover {
    return this.#exact(options, this.sets, (states, nodes, picks, multipliers, summary) =>
      this.#kernel.exact_cover(this.#instance, states, nodes, picks, multipliers, summary),
    );
  }

  #exact(
    options: ExactOptions,
    most: number,
    call: (states: number, nodes: number, picks: number, multipliers: number, summary: number) => number,
  ): ExactCover {
    const nodes = options.nodes ?? DEFAULT_NODES;
    if (!(nodes >= 1 && nodes <= MOST_NODES && Number.isInteger(nodes))) {
      throw new RangeError(`nodes is ${nodes}, expected a whole number from 1 to ${MOST_NODES}`);
    }
    return this.#arena.scoped(() => {
      const states = this.#placeStates(options);
      const picks = this.#arena.reserve(most * 4);
      const multipliers = this.#arena.reserve(this.elements * 8);
      const summary = this.#arena.reserve(EXACT_SUMMARY * 8);
      demand(call(states, nodes, picks, multipliers, summary), "exact cover");
      const [count, placed, covered, cost, bound, visited, optimal] = this.#arena.f64(summary, EXACT_SUMMARY);
      return {
        picks: this.#arena.u32(picks, count),
        placed,
        covered,
        cost,
        bound,
        optimal: optimal === 1,
        nodes: visited,
        multipliers: this.#arena.f64(multipliers, this.elements),
      };
    });
  }
}

function wholeLimit(limit: number, sets: number): number {
  if (!Number.isInteger(limit) || limit < 0) throw new RangeError(`limit is ${limit}, expected a whole number >= 0`);
  return Math.min(limit, sets);
}

function checkShape(problem: CoverSets, sets: number, amounts: CoverAmounts): void {
  for (const [name, count] of [
    ["sets", sets],
    ["elements", problem.elements],
  ] as const) {
    if (!Number.isInteger(count) || count < 0) throw new RangeError(`${count} ${name}`);
  }
  if ("rows" in problem) checkRows(problem);
  else if (problem.offsets[sets] !== problem.members.length) {
    throw new RangeError(`offsets end at ${problem.offsets[sets]}, there are ${problem.members.length} members`);
  }
  checkLength("weights", amounts.weights, problem.elements);
  checkLength("costs", amounts.costs, sets);
}

function checkRows(problem: BitSets): void {
  const words = Math.ceil(problem.elements / 64);
  checkLength("rows", problem.rows, problem.sets * words);
}

function checkLength(name: string, array: ArrayLike<unknown> | undefined, expected: number): void {
  if (array !== undefined && array.length !== expected) {
    throw new RangeError(`${name} has length ${array.length}, expected ${expected}`);
  }
}
