// Estimating spreads from a sketch, each with its standard error and whether it stands at the range limit.
//
// CSE, CSES: Dao, Nyang, Lee, Algorithms 2 and 4, with Algorithm 2's sign mended: k = s (ln Vm - ln(U/s)) / p. Standard
// error: their equation (4) with a = -ln(Vm)/p measured; their (7) is not used, it overstates by sqrt(1 + n/m).
// ESC: Li, Chen, Luo, Spreader Classification Based on Optimal Dynamic Bit Sharing, ToN 2013, the exact form.
// MCSE: likelihood.ts. vHLL and rSkt2: registers.ts.

import { setF64, setU8, u64At } from "../array";
import { Status, inside } from "../abi";
import { countTranscendental } from "../counters";
import { decodeCandidate, decodeJoint, lastSaturated, lastStandardError, prepareSegments } from "./likelihood";
import { rsktSide, vhllVirtual, wholeEstimate } from "./registers";
import { Family, cellsOf, familyOf, samplingOf, segmentsOf, sketch_zeros, standing, virtualOf } from "./sketch";
import { zerosOf } from "./vector";

export namespace Decoder {
  /** s (ln Vm - ln(U/s)) / p: CSE and CSES. */
  export const LOGARITHM: u32 = 0;
  /** (ln(U/s) - ln Vm) / (ln(1 - p/s) - ln(1 - p/m)): ESC. */
  export const EXACT: u32 = 1;
  /** MCSE, one segment's estimate by likelihood. */
  export const CANDIDATE: u32 = 2;
  /** MCSE, maximum likelihood over all segments. */
  export const JOINT: u32 = 3;
  /** The register families' own. */
  export const REGISTERS: u32 = 4;
}

/**
 * Estimates n sources. Single-bitmap and register estimates are not clamped: they may be negative, as unbiased estimates
 * near zero are; MCSE's are at least 0.
 * @param keys n u64 @param estimates n f64 @param errors n f64, one standard error, NaN where none is known
 * @param flags n u8, 1 where the estimate stands at the range limit
 * @returns a status. O(n s g), register families O(m) more
 */
export function estimate(
  sketch: usize,
  decoder: u32,
  keys: usize,
  n: u32,
  estimates: usize,
  errors: usize,
  flags: usize,
): i32 {
  const status = standing(sketch);
  if (status != Status.OK) return status;
  if (!inside(keys, n, 8) || !inside(estimates, n, 8)) return Status.OUT_OF_BOUNDS;
  if (!inside(errors, n, 8) || !inside(flags, n, 1)) return Status.OUT_OF_BOUNDS;
  const bitmap = familyOf(sketch) == Family.BITMAP;
  if (decoder > Decoder.REGISTERS || bitmap == (decoder == Decoder.REGISTERS)) return Status.BAD_PARAMETER;
  if (bitmap && decoder <= Decoder.EXACT) {
    if (segmentsOf(sketch) != 1) return Status.BAD_PARAMETER;
    estimateSingle(sketch, decoder, keys, n, estimates, errors, flags);
  } else if (bitmap) estimateSegmented(sketch, decoder, keys, n, estimates, errors, flags);
  else if (familyOf(sketch) == Family.VHLL) estimateVhll(sketch, keys, n, estimates, errors, flags);
  else estimateRskt(sketch, keys, n, estimates, errors, flags);
  return Status.OK;
}

// @ts-ignore: decorator
@inline
function put(i: u32, estimates: usize, errors: usize, flags: usize, value: f64, error: f64, flag: bool): void {
  setF64(estimates, i, value);
  setF64(errors, i, error);
  setU8(flags, i, <u8>flag);
}

function estimateSingle(
  sketch: usize,
  decoder: u32,
  keys: usize,
  n: u32,
  estimates: usize,
  errors: usize,
  flags: usize,
): void {
  const m = <f64>cellsOf(sketch);
  const s = <f64>virtualOf(sketch);
  const p = <f64>samplingOf(sketch) / 4294967296.0;
  countTranscendental();
  const lnVm = Math.log(<f64>max<u32>(sketch_zeros(sketch, 0), 1) / m);
  const full = sketch_zeros(sketch, 0) == 0;
  const perContact = decoder == Decoder.EXACT ? Math.log1p(-p / s) - Math.log1p(-p / m) : -p / s;
  for (let i: u32 = 0; i < n; i++) {
    const zeros = zerosOf(sketch, u64At(keys, i), 0);
    const u = <f64>max<u32>(zeros, 1);
    countTranscendental();
    const k = (Math.log(u / s) - lnVm) / perContact;
    put(i, estimates, errors, flags, k, singleError(max<f64>(k, 0), lnVm, s, p), full || zeros <= 1);
  }
}

/** sqrt((s / p^2) (e^((a + b) p) - b p^2 - 1)), a = -ln(Vm)/p, b = k/s. */
function singleError(k: f64, lnVm: f64, s: f64, p: f64): f64 {
  const b = k / s;
  return Math.sqrt((s / (p * p)) * (Math.exp(b * p - lnVm) - b * p * p - 1));
}

function estimateSegmented(
  sketch: usize,
  decoder: u32,
  keys: usize,
  n: u32,
  estimates: usize,
  errors: usize,
  flags: usize,
): void {
  prepareSegments(sketch);
  for (let i: u32 = 0; i < n; i++) {
    const key = u64At(keys, i);
    const k = decoder == Decoder.JOINT ? decodeJoint(sketch, key) : decodeCandidate(sketch, key);
    put(i, estimates, errors, flags, k, lastStandardError, lastSaturated);
  }
}

function estimateVhll(sketch: usize, keys: usize, n: u32, estimates: usize, errors: usize, flags: usize): void {
  const m = <f64>cellsOf(sketch);
  const s = <f64>virtualOf(sketch);
  const total = wholeEstimate(sketch);
  const noise = (total * s) / m;
  const scale = m / (m - s);
  for (let i: u32 = 0; i < n; i++) {
    const virtual = vhllVirtual(sketch, u64At(keys, i));
    const k = scale * (virtual - noise);
    // Xiao et al., Section 4.3: the virtual estimate's error, the noise's binomial share and the total's error.
    const others = max<f64>(total - max<f64>(k, 0), 0);
    const own = max<f64>(k, 0) + (others * s) / m;
    const spread = (1.0816 / s) * own * own + ((others * s) / m) * (1 - s / m) + (1.0816 / m) * noise * noise;
    put(i, estimates, errors, flags, k, scale * Math.sqrt(spread), false);
  }
}

function estimateRskt(sketch: usize, keys: usize, n: u32, estimates: usize, errors: usize, flags: usize): void {
  for (let i: u32 = 0; i < n; i++) {
    const key = u64At(keys, i);
    put(i, estimates, errors, flags, rsktSide(sketch, key, 0) - rsktSide(sketch, key, 1), NaN, false);
  }
}
