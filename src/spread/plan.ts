import { percent } from "../text/numbers.ts";
import { ESTIMATORS, type Estimator, estimatorOf } from "./estimators.ts";
import { emptyVirtualBits, predictStandardError } from "./prediction.ts";
import { type ResolvedOptions, rangeLimit, resolveOptions, SEGMENTS, type SketchOptions } from "./sketch-options.ts";

/** What a sketch is wanted for. */
export interface PlanRequest {
  /** Bits of the sketch, 64 to 2^32 - 1; MB is 8,000,000 bits. */
  readonly memoryBits: number;
  /** Distinct contacts of all sources expected in a window. */
  readonly contacts: number;
  /** The spreads of interest, from >= 1 up to and including to <= contacts. */
  readonly from: number;
  readonly to: number;
}

/** The error expected at one true spread. */
export interface CurvePoint {
  readonly spread: number;
  readonly standardError: number;
  /** standardError / spread. */
  readonly relativeError: number;
}

/** An estimator at the best parameters found for it. */
export interface Alternative {
  readonly options: ResolvedOptions;
  /** Mean natural logarithm of the relative standard error over the range, log-spaced: less is better, 0 is an error of 100 %. */
  readonly score: number;
  /** Absent where the estimator cannot cover the range. */
  readonly curve?: readonly CurvePoint[] | undefined;
  /** Why it was not chosen. */
  readonly reason: string;
}

export interface Plan {
  readonly options: ResolvedOptions;
  readonly score: number;
  /** The largest spread that can be told; infinite for vhll. */
  readonly rangeLimit: number;
  readonly curve: readonly CurvePoint[];
  readonly alternatives: readonly Alternative[];
}

/** A range that no estimator covers in the memory given; the message says why and what would do. */
export class PlanError extends Error {
  override readonly name = "PlanError";
  /** Bits that would do, to within 2 %; undefined where 2^32 - 1 are too few. */
  readonly memoryBits: number | undefined;

  constructor(message: string, memoryBits: number | undefined) {
    super(message);
    this.memoryBits = memoryBits;
  }
}

const PLANNED = ESTIMATORS.filter((estimator) => estimatorOf(estimator).planned);
const MOST_BITS = 2 ** 32 - 1;
/** Below this many zero virtual bits the logarithm of their number is no longer near normal. */
const LEAST_EMPTY_BITS = 20;
/** An estimate two standard errors from 0 at the range's upper end: else no source in the range stands out of the noise. */
const WORST_ERROR_AT_END = 0.5;
/** Scores that differ by less are equal (1 % of error): the fewer virtual bits, the faster the estimate, win. */
const SCORE_STEP = 0.01;
const POINTS_PER_DECADE = 8;

/**
 * Recommends an estimator and its parameters: of all cse, cses, mcse (joint decoder) and vhll sketches that fit the memory
 * and cover the range, the one whose relative standard error has the least mean logarithm over the range.
 *
 * A sketch covers the range if its range limit is not below `to`, if at `to` at least 20 virtual bits of its (last) segment
 * are expected to be zero, where the error's formula is valid, and if the error there is at most half the spread.
 * @throws RangeError that names the option out of range; PlanError where nothing covers the range
 */
export function planSpread(request: PlanRequest): Plan {
  demandRanges(request);
  const found = PLANNED.flatMap((estimator) => bestOf(estimator, request) ?? []);
  const chosen = better(found.filter((candidate) => candidate.refusal === undefined));
  if (chosen === undefined) throw unmet(request, found);
  return {
    options: chosen.options,
    score: chosen.score,
    rangeLimit: rangeLimit(chosen.options),
    curve: curveOf(chosen.options, request),
    alternatives: found
      .filter((candidate) => candidate !== chosen)
      .map((candidate) => alternative(candidate, chosen, request)),
  };
}

/**
 * The sampling probability that gives cses (or esc) the least standard error at one spread. O(log(1 / precision))
 * @param contacts distinct contacts of all sources
 */
export function optimalSampling(
  options: { readonly memoryBits: number; readonly virtualBits: number },
  contacts: number,
  spread: number,
): number {
  const sketch = { estimator: "cses", ...options } as const;
  return leastArgument((sampling) => Math.log(predictStandardError({ ...sketch, sampling }, contacts, spread)));
}

function demandRanges({ memoryBits, contacts, from, to }: PlanRequest): void {
  demandWhole("memory", memoryBits, 64, MOST_BITS);
  demandWhole("contacts", contacts, 1, Number.MAX_SAFE_INTEGER);
  demandWhole("range's lower end", from, 1, contacts);
  demandWhole("range's upper end", to, from, contacts);
}

function demandWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}

interface Candidate {
  readonly options: ResolvedOptions;
  readonly score: number;
  /** Why it does not cover the range; undefined where it does. */
  readonly refusal: string | undefined;
}

/** The best parameters of an estimator, if any fit the memory; where none covers the range, those that come nearest. */
function bestOf(estimator: Estimator, request: PlanRequest): Candidate | undefined {
  const candidates: Candidate[] = [];
  for (let virtualBits = 16; virtualBits <= 65536; virtualBits *= 2) {
    for (const shape of shapesOf(estimator, virtualBits, request)) {
      const options = resolved({ estimator, memoryBits: request.memoryBits, virtualBits, ...shape });
      if (options === undefined) continue;
      candidates.push({ options, score: scoreOf(options, request), refusal: refusalOf(options, request) });
    }
  }
  const covering = candidates.filter((candidate) => candidate.refusal === undefined);
  return better(covering.length > 0 ? covering : candidates);
}

/** The segments or samplings to try beside a number of virtual bits. */
function shapesOf(estimator: Estimator, virtualBits: number, request: PlanRequest): Partial<SketchOptions>[] {
  const { segmented, sampled } = estimatorOf(estimator);
  if (segmented) {
    return Array.from({ length: SEGMENTS.most - SEGMENTS.least + 1 }, (_, i) => ({ segments: SEGMENTS.least + i }));
  }
  if (!sampled) return [{}];
  const sketch = { estimator, memoryBits: request.memoryBits, virtualBits } as const;
  const best = leastArgument((sampling) => scoreOf({ ...sketch, sampling }, request));
  // The best sampling may leave the range uncovered: smaller ones reach further.
  const samplings = Array.from({ length: 9 }, (_, i) => Number((best / 2 ** (i / 2)).toPrecision(3)));
  return samplings.filter((sampling) => sampling < 1).map((sampling) => ({ sampling }));
}

function resolved(options: SketchOptions): ResolvedOptions | undefined {
  try {
    return resolveOptions(options);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function better(candidates: readonly Candidate[]): Candidate | undefined {
  const least = Math.min(...candidates.map((candidate) => candidate.score));
  return candidates
    .filter((candidate) => !(candidate.score > least + SCORE_STEP))
    .sort((a, b) => workOf(a.options) - workOf(b.options) || a.score - b.score)[0];
}

/** Virtual bits read to estimate one source. */
function workOf({ virtualBits, segments }: ResolvedOptions): number {
  return virtualBits * segments;
}

/** Of options that need not be complete. */
type Sketch = Parameters<typeof predictStandardError>[0];

function scoreOf(sketch: Sketch, request: PlanRequest): number {
  const spreads = spreadsOf(request);
  const sum = spreads.reduce((s, k) => s + Math.log(predictStandardError(sketch, request.contacts, k) / k), 0);
  return sum / spreads.length;
}

function refusalOf(options: ResolvedOptions, { contacts, to }: PlanRequest): string | undefined {
  const limit = rangeLimit(options);
  if (limit < to) return `its range ends at ${Math.floor(limit)}`;
  const empty = emptyVirtualBits(options, contacts, to);
  if (empty < LEAST_EMPTY_BITS) return `${empty.toFixed(1)} virtual bits would stay zero at a spread of ${to}`;
  const error = predictStandardError(options, contacts, to) / to;
  if (!(error <= WORST_ERROR_AT_END)) return `its standard error at a spread of ${to} would be ${percent(error, 0)}`;
  return undefined;
}

function alternative(candidate: Candidate, chosen: Candidate, request: PlanRequest): Alternative {
  const { options, score, refusal } = candidate;
  if (refusal !== undefined) return { options, score, reason: refusal };
  const ratio = Math.exp(score - chosen.score);
  const reason =
    ratio < Math.exp(SCORE_STEP)
      ? `as good over the range; an estimate reads ${workOf(options)} virtual bits, the chosen one ${workOf(chosen.options)}`
      : `its standard error is ${ratio.toFixed(2)} times as large over the range`;
  return { options, score, curve: curveOf(options, request), reason };
}

function unmet(request: PlanRequest, found: readonly Candidate[]): PlanError {
  const { memoryBits, contacts, to } = request;
  const why = found.map(({ options, refusal }) => `${options.estimator}: ${refusal}`).join("; ");
  const enough = memoryThatDoes(request);
  const remedy = enough === undefined ? "no memory up to 2^32 - 1 bits would do" : `${enough} bits of memory would do`;
  const reasons = why === "" ? "nothing fits the memory" : why;
  return new PlanError(
    `no estimator covers spreads up to ${to} among ${contacts} contacts in ${memoryBits} bits (${reasons}): ${remedy}`,
    enough,
  );
}

/** The least memory that covers the range, to within 2 %. */
function memoryThatDoes(request: PlanRequest): number | undefined {
  const covers = (memoryBits: number): boolean =>
    PLANNED.some((estimator) => {
      const best = bestOf(estimator, { ...request, memoryBits });
      return best !== undefined && best.refusal === undefined;
    });
  let low = request.memoryBits;
  let high = low;
  while (!covers(high)) {
    if (high === MOST_BITS) return undefined;
    low = high;
    high = Math.min(2 * high, MOST_BITS);
  }
  while (high > 1.02 * low) {
    const middle = Math.round(Math.sqrt(low * high));
    if (covers(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function curveOf(options: Sketch, request: PlanRequest): CurvePoint[] {
  return spreadsOf(request).map((spread) => {
    const standardError = predictStandardError(options, request.contacts, spread);
    return { spread, standardError, relativeError: standardError / spread };
  });
}

/** Whole spreads from `from` to `to`, both included, about 8 a decade. */
function spreadsOf({ from, to }: PlanRequest): number[] {
  const steps = Math.max(1, Math.ceil(POINTS_PER_DECADE * Math.log10(to / from)));
  const spreads = Array.from({ length: steps + 1 }, (_, i) => Math.round(from * (to / from) ** (i / steps)));
  return [...new Set(spreads)];
}

/** The sampling in [2^-20, 1] with the least value of a function that first falls, then rises: golden section in ln p. */
function leastArgument(f: (sampling: number) => number): number {
  const step = (Math.sqrt(5) - 1) / 2;
  let low = -20 * Math.LN2;
  let high = 0;
  while (high - low > 1e-6) {
    const left = high - step * (high - low);
    const right = low + step * (high - low);
    if (f(Math.exp(left)) <= f(Math.exp(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
