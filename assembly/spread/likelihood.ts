// MCSE's decoders: the joint likelihood of the zero counts U_j of a source in all g segments,
//   L(k) = sum_j ln Binom(U_j; s, q_j),  q_j = Vm_j e^(-k p_j / s),  p_j = 2^-j.
//
// candidate: Dao, Nyang, Lee, Algorithm 3 as we read it: each segment's own estimate k_j = s (ln Vm_j - ln(U_j/s)) / p_j (the
// division is missing there) is a candidate, and the one of highest likelihood is returned.
// joint: ours; it maximises L over k in [0, s ln s / p_g]. L is concave: U_j ln q_j is linear in k, (s - U_j) ln(1 - q_j)
// concave. Newton's method on L' (convex, falling), kept inside a bracket.
// e^(k p_j / s) for all j comes from one exponential by repeated squaring, from the last segment up.

import { f64At, setF64 } from "../array";
import { countTranscendental } from "../counters";
import { Batch, Estimate } from "./batch";
import { Sketch, sketch_zeros } from "./sketch";
import { zerosOf } from "./vector";

/** Vm_j, the zero fraction of each segment, g f64. */
const zeroFraction = memory.data(16 * 8, 16);
/** U_j of the current source, g f64. */
const zeros = memory.data(16 * 8, 16);
/** e^(k p_j / s) at the current k, g f64. */
const growth = memory.data(16 * 8, 16);

const ITERATIONS = 64;

/** Measures the segments' zero fractions, once per batch. */
export function prepareSegments(batch: Batch): void {
  const sketch = batch.sketch;
  for (let j: u32 = 0, g = sketch.segments; j < g; j++) {
    const free = <f64>max<u32>(sketch_zeros(sketch, j), 1) / <f64>sketch.segment(j).bits;
    setF64(zeroFraction, j, free);
  }
}

function readVectors(sketch: Sketch, source: u64, g: u32): void {
  for (let j: u32 = 0; j < g; j++) setF64(zeros, j, <f64>zerosOf(sketch, source, j));
}

function growTo(k: f64, s: f64, g: u32): void {
  countTranscendental();
  let value = Math.exp((k / s) * (1.0 / <f64>(1 << g)));
  for (let j = g; j > 0; j--) {
    setF64(growth, j - 1, value);
    value *= value;
  }
}

/** The largest k that segment g can tell: s ln s / p_g. */
function rangeLimit(s: f64, g: u32): f64 {
  return s * Math.log(s) * <f64>(1 << g);
}

/**
 * The estimate of one source by the joint decoder. O(s g)
 *
 * Standard error: sqrt(1/I - k), I the Fisher information of L. L takes the U_j for independent; a source's k contacts fall
 * into the segments without replacement, which takes k off the variance.
 */
export function decodeJoint(batch: Batch, source: u64, out: Estimate): void {
  const sketch = batch.sketch;
  const g = sketch.segments;
  const s = <f64>sketch.virtual;
  readVectors(sketch, source, g);
  const limit = rangeLimit(s, g);
  const k = mostLikely(s, g, limit);
  growTo(k, s, g);
  out.value = k;
  out.standardError = Math.sqrt(1 / fisherInformation(s, g) - k);
  out.saturated = k >= limit;
}

function mostLikely(s: f64, g: u32, limit: f64): f64 {
  growTo(0, s, g);
  if (slope(s, g) <= 0) return 0;
  growTo(limit, s, g);
  if (slope(s, g) >= 0) return limit;
  let low: f64 = 0;
  let high = limit;
  let k = firstGuess(s, g, limit);
  for (let i = 0; i < ITERATIONS; i++) {
    growTo(k, s, g);
    const l = slope(s, g);
    if (l > 0) low = k;
    else high = k;
    let next = k + l / steepness(s, g);
    if (!(next > low && next < high)) next = (low + high) * 0.5;
    if (abs(next - k) <= 1e-10 * (1 + k)) return next;
    k = next;
  }
  return k;
}

/** The estimate of the finest segment that is at least an eighth empty: near enough for Newton's method. */
function firstGuess(s: f64, g: u32, limit: f64): f64 {
  let j: u32 = 0;
  while (j + 1 < g && f64At(zeros, j) * 8 < s) j++;
  countTranscendental();
  const k = s * Math.log((f64At(zeroFraction, j) * s) / max(f64At(zeros, j), 1)) * <f64>(2 << j);
  return min(max(k, 0), limit);
}

/** L'(k), at the k of growTo. A segment without a set virtual bit adds -U p/s alone, also where q = 1. */
function slope(s: f64, g: u32): f64 {
  let sum: f64 = 0;
  let p: f64 = 0.5;
  for (let j: u32 = 0; j < g; j++) {
    const u = f64At(zeros, j);
    const ones = s - u;
    sum += (p / s) * ((ones > 0 ? ones / (f64At(growth, j) / f64At(zeroFraction, j) - 1) : 0) - u);
    p *= 0.5;
  }
  return sum;
}

/** -L''(k). */
function steepness(s: f64, g: u32): f64 {
  let sum: f64 = 0;
  let p: f64 = 0.5;
  for (let j: u32 = 0; j < g; j++) {
    const ones = s - f64At(zeros, j);
    if (ones > 0) {
      const x = f64At(growth, j) / f64At(zeroFraction, j);
      sum += (((p / s) * (p / s) * ones) / (x - 1)) * (x / (x - 1));
    }
    p *= 0.5;
  }
  return sum;
}

/** sum_j s (p_j / s)^2 q_j / (1 - q_j), with q kept half a bit below 1. */
function fisherInformation(s: f64, g: u32): f64 {
  let sum: f64 = 0;
  let p: f64 = 0.5;
  for (let j: u32 = 0; j < g; j++) {
    const q = min(f64At(zeroFraction, j) / f64At(growth, j), 1 - 0.5 / s);
    sum += ((p / s) * p * q) / (1 - q);
    p *= 0.5;
  }
  return sum;
}

/** The estimate of one source by the candidate decoder, without a standard error. O(s g + g^2) */
export function decodeCandidate(batch: Batch, source: u64, out: Estimate): void {
  const sketch = batch.sketch;
  const g = sketch.segments;
  const s = <f64>sketch.virtual;
  readVectors(sketch, source, g);
  let best: f64 = -Infinity;
  let chosen: f64 = 0;
  let chosenSegment: u32 = 0;
  for (let j: u32 = 0; j < g; j++) {
    countTranscendental();
    const k = max(s * Math.log((f64At(zeroFraction, j) * s) / max(f64At(zeros, j), 1)), 0) * <f64>(2 << j);
    growTo(k, s, g);
    const l = logLikelihood(s, g);
    if (l > best) {
      best = l;
      chosen = k;
      chosenSegment = j;
    }
  }
  out.value = chosen;
  out.standardError = NaN;
  // A full vector in another segment is no limit: the next tells more.
  out.saturated = chosenSegment == g - 1 && f64At(zeros, chosenSegment) <= 1;
}

/** L(k) at the k of growTo, less the binomial coefficients, which do not depend on k. */
function logLikelihood(s: f64, g: u32): f64 {
  let sum: f64 = 0;
  for (let j: u32 = 0; j < g; j++) {
    const u = f64At(zeros, j);
    const q = f64At(zeroFraction, j) / f64At(growth, j);
    countTranscendental();
    if (u > 0) sum += u * Math.log(q);
    if (u < s) {
      countTranscendental();
      sum += (s - u) * Math.log(1 - q);
    }
  }
  return sum;
}
