// Hashing: MurmurHash3's 64-bit finaliser (Appleby, public domain) as the one mixer, and range reduction by
// multiply-high (Lemire, Fast random integer generation in an interval, 2019).
//
// Every address becomes one 64-bit key by a keyed mix; keys are uniform, so that what follows may use their bits freely.

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
