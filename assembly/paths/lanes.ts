// Eight f64 lanes a node, 64 bytes, and sets of them, with and without SIMD, the same bits from both.
//
// batch.ts says what the lanes hold. With SIMD a node is four v128; without, eight doubles, added in the same order.

import { f64At, setF64, setU64 } from "../array";
import { lanesAt } from "./batch";

/** 2^512: a level whose largest count passes it hands on its counts divided by it. */
const LARGE: f64 = 1.3407807929942597e154;
/** 2^-512 */
const SMALL: f64 = 7.458340731200207e-155;

/** The lane mask of every set of lanes, 64 bytes each; and its factors, SMALL in the set's lanes and 1 elsewhere. */
const masks = memory.data(256 * 64, 16);
const factors = memory.data(256 * 64, 16);

/** Fills the tables. */
export function lanesStart(): void {
  for (let set: u32 = 0; set < 256; set++) {
    for (let l: u32 = 0; l < 8; l++) {
      const inSet = has(set, l);
      setU64(maskOf(set), l, inSet ? u64.MAX_VALUE : 0);
      setF64(factorsOf(set), l, inSet ? SMALL : 1.0);
    }
  }
}

// @ts-ignore: decorator
@inline
export function maskOf(set: u32): usize {
  return masks + ((<usize>set) << 6);
}

// @ts-ignore: decorator
@inline
export function factorsOf(set: u32): usize {
  return factors + ((<usize>set) << 6);
}

// @ts-ignore: decorator
@inline
export function has(set: u32, l: u32): bool {
  return ((set >> l) & 1) != 0;
}

/** Without SIMD: sums the neighbours' first sizeof<T>() lanes into out. */
// @ts-ignore: decorator
@inline
export function sumRow<T>(row: usize, end: usize, values: usize, out: usize): void {
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
    if (sizeof<T>() == 4) continue;
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
  const end = lanesAt(from, count);
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
      for (let l: u32 = 0; l < 8; l++) if (f64At(from, l) > LARGE) set |= 1 << l;
    }
  }
  return set;
}
