// Eight f64 lanes a node, 64 bytes: the inner loops of a batch, with and without SIMD, the same bits from both.
//
// Lane l is the source of number l. With SIMD a node is four v128; without, eight doubles, added in the same order.

/** 2^512: a level whose largest count passes it hands on its counts divided by it. */
export const LARGE: f64 = 1.3407807929942597e154;
/** 2^-512 */
export const SMALL: f64 = 7.458340731200207e-155;

/** Lane masks of every set of lanes, 64 bytes each; factors, SMALL in the set's lanes and 1 elsewhere, as well. */
export const masks = memory.data(256 * 64, 16);
export const factors = memory.data(256 * 64, 16);

/** Fills the tables. */
export function lanesStart(): void {
  for (let set: u32 = 0; set < 256; set++) {
    for (let lane: u32 = 0; lane < 8; lane++) {
      const at = ((<usize>set) << 6) + ((<usize>lane) << 3);
      const inSet = ((set >> lane) & 1) != 0;
      store<u64>(masks + at, inSet ? u64.MAX_VALUE : 0);
      store<f64>(factors + at, inSet ? SMALL : 1.0);
    }
  }
}

// @ts-ignore: decorator
@inline
export function lane(pointer: usize, index: usize): f64 {
  return load<f64>(pointer + (index << 3));
}

/**
 * Sums the neighbours' lanes of values; where own is 0, writes the sum, scaled by the set's factors, to out, else 0.
 * Returns the set of lanes written.
 */
// @ts-ignore: decorator
@inline
export function pullUnvisited(row: usize, end: usize, values: usize, own: usize, out: usize, scaled: u32): u32 {
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
    a = v128.and(a, f64x2.eq(v128.load(own), zero));
    b = v128.and(b, f64x2.eq(v128.load(own, 16), zero));
    c = v128.and(c, f64x2.eq(v128.load(own, 32), zero));
    d = v128.and(d, f64x2.eq(v128.load(own, 48), zero));
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    return (
      i64x2.bitmask(f64x2.gt(a, zero)) |
      (i64x2.bitmask(f64x2.gt(b, zero)) << 2) |
      (i64x2.bitmask(f64x2.gt(c, zero)) << 4) |
      (i64x2.bitmask(f64x2.gt(d, zero)) << 6)
    );
  } else {
    sumRow(row, end, values, out);
    let set: u32 = 0;
    for (let l: usize = 0; l < 8; l++) {
      let x = lane(out, l);
      if (scaled != 0) x *= lane(factors + ((<usize>scaled) << 6), l);
      if (lane(own, l) != 0) x = 0;
      store<f64>(out + (l << 3), x);
      if (x > 0) set |= 1 << (<u32>l);
    }
    return set;
  }
}

/** Without SIMD: sums the neighbours' lanes into out. */
// @ts-ignore: decorator
@inline
export function sumRow(row: usize, end: usize, values: usize, out: usize): void {
  let a: f64 = 0;
  let b: f64 = 0;
  let c: f64 = 0;
  let d: f64 = 0;
  let e: f64 = 0;
  let f: f64 = 0;
  let g: f64 = 0;
  let h: f64 = 0;
  for (; row < end; row += 4) {
    const at = values + <usize>load<u32>(row);
    a += load<f64>(at);
    b += load<f64>(at, 8);
    c += load<f64>(at, 16);
    d += load<f64>(at, 24);
    e += load<f64>(at, 32);
    f += load<f64>(at, 40);
    g += load<f64>(at, 48);
    h += load<f64>(at, 56);
  }
  store<f64>(out, a);
  store<f64>(out, b, 8);
  store<f64>(out, c, 16);
  store<f64>(out, d, 24);
  store<f64>(out, e, 32);
  store<f64>(out, f, 40);
  store<f64>(out, g, 48);
  store<f64>(out, h, 56);
}

/** Merges lanes that are 0 in one of the two: target |= from. */
// @ts-ignore: decorator
@inline
export function mergeLanes(target: usize, from: usize): void {
  if (ASC_FEATURE_SIMD) {
    v128.store(target, v128.or(v128.load(target), v128.load(from)));
    v128.store(target, v128.or(v128.load(target, 16), v128.load(from, 16)), 16);
    v128.store(target, v128.or(v128.load(target, 32), v128.load(from, 32)), 32);
    v128.store(target, v128.or(v128.load(target, 48), v128.load(from, 48)), 48);
  } else {
    for (let l: usize = 0; l < 64; l += 8) store<u64>(target + l, load<u64>(target + l) | load<u64>(from + l));
  }
}

/** The set of lanes of which any of `count` nodes holds more than LARGE. */
export function largeLanes(from: usize, count: u32): u32 {
  let set: u32 = 0;
  const end = from + ((<usize>count) << 6);
  if (ASC_FEATURE_SIMD) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; from < end; from += 64) {
      a = f64x2.pmax(a, v128.load(from));
      b = f64x2.pmax(b, v128.load(from, 16));
      c = f64x2.pmax(c, v128.load(from, 32));
      d = f64x2.pmax(d, v128.load(from, 48));
    }
    const large = f64x2.splat(LARGE);
    set = i64x2.bitmask(f64x2.gt(a, large)) | (i64x2.bitmask(f64x2.gt(b, large)) << 2);
    set |= (i64x2.bitmask(f64x2.gt(c, large)) << 4) | (i64x2.bitmask(f64x2.gt(d, large)) << 6);
  } else {
    for (; from < end; from += 64) {
      for (let l: usize = 0; l < 8; l++) if (lane(from, l) > LARGE) set |= 1 << (<u32>l);
    }
  }
  return set;
}

/**
 * One node on the way back, in the lanes of `set` only: with S the sum of its neighbours' betas, scaled, writes
 * beta = mass / sigma + S to out (0 in other lanes) and returns the sum over lanes of weight sigma S.
 */
// @ts-ignore: decorator
@inline
export function pullBack(
  row: usize,
  end: usize,
  betas: usize,
  sigma: usize,
  mass: f64,
  weights: usize,
  set: u32,
  scaled: u32,
  out: usize,
): f64 {
  const mask = masks + ((<usize>set) << 6);
  if (ASC_FEATURE_SIMD) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; row < end; row += 4) {
      const at = betas + <usize>load<u32>(row);
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
    const masses = f64x2.splat(mass);
    const sa = v128.load(sigma);
    const sb = v128.load(sigma, 16);
    const sc = v128.load(sigma, 32);
    const sd = v128.load(sigma, 48);
    const ma = v128.load(mask);
    const mb = v128.load(mask, 16);
    const mc = v128.load(mask, 32);
    const md = v128.load(mask, 48);
    v128.store(out, v128.and(f64x2.add(f64x2.div(masses, sa), a), ma));
    v128.store(out, v128.and(f64x2.add(f64x2.div(masses, sb), b), mb), 16);
    v128.store(out, v128.and(f64x2.add(f64x2.div(masses, sc), c), mc), 32);
    v128.store(out, v128.and(f64x2.add(f64x2.div(masses, sd), d), md), 48);
    let sum = f64x2.mul(v128.and(f64x2.mul(sa, a), ma), v128.load(weights));
    sum = f64x2.add(sum, f64x2.mul(v128.and(f64x2.mul(sb, b), mb), v128.load(weights, 16)));
    sum = f64x2.add(sum, f64x2.mul(v128.and(f64x2.mul(sc, c), mc), v128.load(weights, 32)));
    sum = f64x2.add(sum, f64x2.mul(v128.and(f64x2.mul(sd, d), md), v128.load(weights, 48)));
    return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  } else {
    sumRow(row, end, betas, out);
    let even: f64 = 0;
    let odd: f64 = 0;
    for (let l: usize = 0; l < 8; l++) {
      let s = lane(out, l);
      if (scaled != 0) s *= lane(factors + ((<usize>scaled) << 6), l);
      const inSet = ((set >> (<u32>l)) & 1) != 0;
      store<f64>(out + (l << 3), inSet ? mass / lane(sigma, l) + s : 0);
      const term = (inSet ? lane(sigma, l) * s : 0) * lane(weights, l);
      if ((l & 1) == 0) even += term;
      else odd += term;
    }
    return even + odd;
  }
}
