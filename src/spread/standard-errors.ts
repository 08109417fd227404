/** The formulas of standard errors, for the table of estimators; assembly/spread has the same, of the load it measures. */

/** A sketch's memory in cells (bits or registers), and how a source's virtual vector lies in it. */
export interface PredictedSketch {
  readonly cells: number;
  readonly virtualBits: number;
  readonly segments: number;
  readonly sampling: number;
}

/** Relative variance of HyperLogLog times the number of registers: 1.04^2. */
const HYPER_LOG_LOG = 1.0816;

/** sqrt((s / p^2) (e^((a + b) p) - b p^2 - 1)), a = n/m, b = k/s. */
export function bitmapError(sketch: PredictedSketch, contacts: number, k: number): number {
  const { cells, virtualBits: s, sampling: p } = sketch;
  const b = k / s;
  return Math.sqrt((s / (p * p)) * (Math.expm1((contacts / cells + b) * p) - b * p * p));
}

/** Zero bits expected in the source's virtual vector. */
export function bitmapEmptyBits(sketch: PredictedSketch, contacts: number, spread: number): number {
  const { cells, virtualBits: s, sampling } = sketch;
  return s * Math.exp(-sampling * (contacts / cells + spread / s));
}

/**
 * sqrt(1/I - k) with Fisher's information I = sum_j (p_j^2 / s) / (e^x_j - 1), x_j = a_j + k p_j / s, of independent
 * binomial zero counts; the k contacts fall into the segments without replacement, which takes k off the variance.
 */
export function segmentedError(sketch: PredictedSketch, contacts: number, k: number): number {
  const s = sketch.virtualBits;
  const information = segmentsOf(sketch, contacts).reduce(
    (sum, { share, load }) => sum + (share * share) / s / Math.expm1(load + (share * k) / s),
    0,
  );
  return Math.sqrt(1 / information - k);
}

/** Zero bits expected in the last segment's part of the source's virtual vector. */
export function segmentedEmptyBits(sketch: PredictedSketch, contacts: number, spread: number): number {
  const { share, load } = segmentsOf(sketch, contacts).at(-1)!;
  return sketch.virtualBits * Math.exp(-load - (share * spread) / sketch.virtualBits);
}

/** Each segment's share of the contacts and its load, contacts per bit. Segments end on whole words, as in the kernel. */
function segmentsOf({ cells, segments: g }: PredictedSketch, contacts: number): { share: number; load: number }[] {
  const bits = Array.from({ length: g }, (_, j) => Math.floor((cells * 2 ** (g - 1 - j)) / (2 ** g - 1) / 64) * 64);
  bits[0] = cells - bits.slice(1).reduce((sum, b) => sum + b, 0);
  return bits.map((b, j) => ({ share: 2 ** -(j + 1), load: (contacts * 2 ** -(j + 1)) / b }));
}

/**
 * Xiao et al., Section 4.3: the virtual estimate's error, the noise's binomial share and the total's error. What the kernel says
 * of an estimate takes HyperLogLog's error for all of them; here the range of linear counting has its own, smaller one.
 */
export function registerError(sketch: PredictedSketch, contacts: number, k: number): number {
  const { cells: m, virtualBits: s } = sketch;
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
