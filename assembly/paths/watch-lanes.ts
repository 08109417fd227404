// Four sources a node, 64 bytes: four lanes of sigma, then four of tau (out), or four of beta (back). As lanes.ts.

import { factors, lane, masks, sumRow } from "./lanes";

/** pullUnvisited of sigma; tau comes with it, 0 at a removed node. */
// @ts-ignore: decorator
@inline
export function pullWatched(
  row: usize,
  end: usize,
  values: usize,
  own: usize,
  removed: u32,
  out: usize,
  scaled: u32,
): u32 {
  if (ASC_FEATURE_SIMD) {
    const zero = f64x2.splat(0);
    let a = zero;
    let b = zero;
    let c = zero;
    let d = zero;
    for (; row < end; row += 4) {
      const at = values + <usize>load<u32>(row);
      a = f64x2.add(a, v128.load(at));
      b = f64x2.add(b, v128.load(at, 16));
      c = f64x2.add(c, v128.load(at, 32));
      d = f64x2.add(d, v128.load(at, 48));
    }
    if (scaled != 0) {
      const factor = factors + ((<usize>scaled) << 6);
      a = f64x2.mul(a, v128.load(factor));
      b = f64x2.mul(b, v128.load(factor, 16));
      c = f64x2.mul(c, v128.load(factor, 32));
      d = f64x2.mul(d, v128.load(factor, 48));
    }
    const low = f64x2.eq(v128.load(own), zero);
    const high = f64x2.eq(v128.load(own, 16), zero);
    const kept = i64x2.splat(removed != 0 ? 0 : -1);
    a = v128.and(a, low);
    b = v128.and(b, high);
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, v128.and(v128.and(c, low), kept), 32);
    v128.store(out, v128.and(v128.and(d, high), kept), 48);
    return i64x2.bitmask(f64x2.gt(a, zero)) | (i64x2.bitmask(f64x2.gt(b, zero)) << 2);
  } else {
    sumRow(row, end, values, out);
    let set: u32 = 0;
    for (let l: usize = 0; l < 4; l++) {
      let sigma = lane(out, l);
      let tau = lane(out, l + 4);
      if (scaled != 0) {
        sigma *= lane(factors + ((<usize>scaled) << 6), l);
        tau *= lane(factors + ((<usize>scaled) << 6), l + 4);
      }
      if (lane(own, l) != 0) sigma = 0;
      if (lane(own, l) != 0 || removed != 0) tau = 0;
      store<f64>(out + (l << 3), sigma);
      store<f64>(out + (l << 3), tau, 32);
      if (sigma > 0) set |= 1 << (<u32>l);
    }
    return set;
  }
}

/**
 * A node that is not removed, on the way back, in the lanes of `set` only: writes beta = w / sigma + the scaled sum of its
 * neighbours' betas to out (0 in other lanes, and in the four behind) and returns the sum over lanes of tau beta.
 */
// @ts-ignore: decorator
@inline
export function pullBackWatched(
  row: usize,
  end: usize,
  betas: usize,
  own: usize,
  rates: usize,
  set: u32,
  scaled: u32,
  out: usize,
): f64 {
  const mask = masks + ((<usize>set) << 6);
  if (ASC_FEATURE_SIMD) {
    let a = f64x2.splat(0);
    let b = a;
    for (; row < end; row += 4) {
      const at = betas + <usize>load<u32>(row);
      a = f64x2.add(a, v128.load(at));
      b = f64x2.add(b, v128.load(at, 16));
    }
    if (scaled != 0) {
      const factor = factors + ((<usize>scaled) << 6);
      a = f64x2.mul(a, v128.load(factor));
      b = f64x2.mul(b, v128.load(factor, 16));
    }
    a = v128.and(f64x2.add(f64x2.div(v128.load(rates), v128.load(own)), a), v128.load(mask));
    b = v128.and(f64x2.add(f64x2.div(v128.load(rates, 16), v128.load(own, 16)), b), v128.load(mask, 16));
    const zero = f64x2.splat(0);
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, zero, 32);
    v128.store(out, zero, 48);
    const sum = f64x2.add(f64x2.mul(v128.load(own, 32), a), f64x2.mul(v128.load(own, 48), b));
    return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  } else {
    let beta0: f64 = 0;
    let beta1: f64 = 0;
    let beta2: f64 = 0;
    let beta3: f64 = 0;
    for (; row < end; row += 4) {
      const at = betas + <usize>load<u32>(row);
      beta0 += load<f64>(at);
      beta1 += load<f64>(at, 8);
      beta2 += load<f64>(at, 16);
      beta3 += load<f64>(at, 24);
    }
    store<f64>(out, beta0);
    store<f64>(out, beta1, 8);
    store<f64>(out, beta2, 16);
    store<f64>(out, beta3, 24);
    let even: f64 = 0;
    let odd: f64 = 0;
    for (let l: usize = 0; l < 4; l++) {
      let beta = lane(out, l);
      if (scaled != 0) beta *= lane(factors + ((<usize>scaled) << 6), l);
      beta = ((set >> (<u32>l)) & 1) != 0 ? lane(rates, l) / lane(own, l) + beta : 0;
      store<f64>(out + (l << 3), beta);
      store<f64>(out + (l << 3), 0, 32);
      const term = lane(own, l + 4) * beta;
      if ((l & 1) == 0) even += term;
      else odd += term;
    }
    return even + odd;
  }
}
