import { cellsOf, type SketchOptions } from "./estimator.ts";

/** The options that decide an error; those left out are as for a single, unsampled bitmap. */
export type PredictedOptions = Pick<
  SketchOptions,
  "estimator" | "memoryBits" | "virtualBits" | "segments" | "sampling"
>;

/** Relative variance of HyperLogLog times the number of registers: 1.04^2. */
const HYPER_LOG_LOG = 1.0816;

/**
 * The standard error expected of an estimate of a source of that spread, among that many distinct contacts of all sources
 * (the specification's Variance; assembly/spread computes the same from the load it measures). NaN for rskt2.
 *
 * It takes every contact to set a bit of its own but for chance: sources that fill their virtual vectors load the sketch
 * less, so that with very large sources the true error is smaller.
 */
export function predictStandardError(options: PredictedOptions, contacts: number, spread: number): number {
  switch (options.estimator) {
    case "mcse":
      return segmentedError(options, contacts, spread);
    case "vhll":
      return registerError(options, contacts, spread);
    case "rskt2":
      return Number.NaN;
    default:
      return singleError(options, contacts, spread);
  }
}

/** Zero bits expected in the source's virtual vector, of mcse in the last segment's; infinite for registers. */
export function emptyVirtualBits(options: PredictedOptions, contacts: number, spread: number): number {
  const { estimator, virtualBits: s, sampling = 1 } = options;
  if (estimator === "vhll" || estimator === "rskt2") return Number.POSITIVE_INFINITY;
  if (estimator !== "mcse") return s * Math.exp(-sampling * (contacts / options.memoryBits + spread / s));
  const { share, load } = segmentsOf(options, contacts).at(-1)!;
  return s * Math.exp(-load - (share * spread) / s);
}

/** sqrt((s / p^2) (e^((a + b) p) - b p^2 - 1)), a = n/m, b = k/s. */
function singleError(options: PredictedOptions, contacts: number, k: number): number {
  const { memoryBits, virtualBits: s, sampling: p = 1 } = options;
  const b = k / s;
  return Math.sqrt((s / (p * p)) * (Math.expm1((contacts / memoryBits + b) * p) - b * p * p));
}

/**
 * sqrt(1/I - k) with Fisher's information I = sum_j (p_j^2 / s) / (e^x_j - 1), x_j = a_j + k p_j / s, of independent
 * binomial zero counts; the k contacts fall into the segments without replacement, which takes k off the variance.
 */
function segmentedError(options: PredictedOptions, contacts: number, k: number): number {
  const s = options.virtualBits;
  const information = segmentsOf(options, contacts).reduce(
    (sum, { share, load }) => sum + (share * share) / s / Math.expm1(load + (share * k) / s),
    0,
  );
  return Math.sqrt(1 / information - k);
}

/** Each segment's share of the contacts and its load, contacts per bit. Segments end on whole words, as in the kernel. */
function segmentsOf(options: PredictedOptions, contacts: number): { share: number; load: number }[] {
  const cells = cellsOf({ ...options });
  const g = options.segments ?? 1;
  const bits = Array.from({ length: g }, (_, j) => Math.floor((cells * 2 ** (g - 1 - j)) / (2 ** g - 1) / 64) * 64);
  bits[0] = cells - bits.slice(1).reduce((sum, b) => sum + b, 0);
  return bits.map((b, j) => ({ share: 2 ** -(j + 1), load: (contacts * 2 ** -(j + 1)) / b }));
}

/**
 * Xiao et al., Section 4.3: the virtual estimate's error, the noise's binomial share and the total's error. What the kernel says
 * of an estimate takes HyperLogLog's error for all of them; here the range of linear counting has its own, smaller one.
 */
function registerError(options: PredictedOptions, contacts: number, k: number): number {
  const m = cellsOf(options);
  const s = options.virtualBits;
  const share = s / m;
  const others = Math.max(0, contacts - k) * share;
  const variance = countVariance(k + others, s) + others * (1 - share) + share ** 2 * countVariance(contacts, m);
  return Math.sqrt(variance) / (1 - share);
}

/** Variance of a HyperLogLog estimate of n by that many registers: of linear counting, up to a load of 2.5 (Whang et al. 1990). */
function countVariance(n: number, registers: number): number {
  const load = n / registers;
  return load < 2.5 ? registers * (Math.expm1(load) - load) : (HYPER_LOG_LOG * n * n) / registers;
}
