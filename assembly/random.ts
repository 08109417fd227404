// Random numbers: counter-based streams, so that any part of a sequence can be made on any thread.
// Draw i of the stream with seed z is splitmix64's i-th output (Steele, Lea, Flood, OOPSLA 2014, with fmix64's constants).

import { GOLDEN, fmix64 } from "./hash";

/** A seed from the halves in which it crosses the border. */
// @ts-ignore: decorator
@inline
export function seedOf(low: u32, high: u32): u64 {
  return ((<u64>high) << 32) | (<u64>low);
}

/** Draw number `index` of the stream `seed`, 64 uniform bits. */
// @ts-ignore: decorator
@inline
export function draw(seed: u64, index: u64): u64 {
  return fmix64(seed + GOLDEN * (index + 1));
}

/** 64 uniform bits to [0, 1), 53 of them used. */
// @ts-ignore: decorator
@inline
export function unit(bits: u64): f64 {
  return <f64>(bits >> 11) * (1.0 / 9007199254740992.0);
}
