// Hashing: MurmurHash3's 64-bit and 32-bit finalisers (Appleby, public domain) as the mixers, and range reduction by
// multiply-high (Lemire, Fast random integer generation in an interval, 2019).
//
// Every address becomes one 64-bit key by a keyed mix; keys are uniform, so that what follows may use their bits freely.
// What is needed by the million works in 32-bit lanes, four of which fit a vector.

import { countHash } from "./counters";

/** 2^64 / golden ratio, the step of splitmix64. */
export const GOLDEN: u64 = 0x9e3779b97f4a7c15;

/** A bijection of 64 bits in which every output bit depends on every input bit. */
// @ts-ignore: decorator
@inline
export function fmix64(x: u64): u64 {
  countHash();
  x = (x ^ (x >> 33)) * 0xff51afd7ed558ccd;
  x = (x ^ (x >> 33)) * 0xc4ceb9fe1a85ec53;
  return x ^ (x >> 33);
}

/** floor(h n / 2^32): a uniform 32-bit h to [0, n). */
// @ts-ignore: decorator
@inline
export function below(h: u32, n: u32): u32 {
  return <u32>((<u64>h * <u64>n) >> 32);
}

/** A bijection of 32 bits in which every output bit depends on every input bit. */
// @ts-ignore: decorator
@inline
export function fmix32(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x85ebca6b;
  x = (x ^ (x >> 13)) * 0xc2b2ae35;
  return x ^ (x >> 16);
}

/** fmix32 of four lanes. */
// @ts-ignore: decorator
@inline
export function fmix32Lanes(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x85ebca6b));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** below of four lanes; n is the same in all. */
// @ts-ignore: decorator
@inline
export function belowLanes(h: v128, n: v128): v128 {
  const low = i64x2.extmul_low_i32x4_u(h, n);
  const high = i64x2.extmul_high_i32x4_u(h, n);
  return i8x16.shuffle(low, high, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
}

/** A block's words of 64 bits, but the one `hole` bytes in, chained into one. O(bytes) */
export function checksum(block: usize, bytes: u32, hole: u32): u64 {
  let h: u64 = GOLDEN;
  for (let at: u32 = 0; at < hole; at += 8) h = fmix64(h ^ load<u64>(block + <usize>at));
  for (let at = hole + 8; at < bytes; at += 8) h = fmix64(h ^ load<u64>(block + <usize>at));
  return h;
}
