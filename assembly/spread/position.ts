// Where a contact goes: the mappings from (source key, virtual index) to a physical cell, shared by store and decode.
//
// Type parameter H picks the index hash at compile time: u64 is IndexHash.MIX64, u32 is IndexHash.DOUBLE32.
//   MIX64     cell = floor(top32(fmix64(key + G (segment 2^16 + d + 1))) m / 2^32)
//   DOUBLE32  cell = floor((a + d (b + d C) mod 2^32) m / 2^32), a and b | 1 the halves of the source's key in that segment,
//             C = 2^32 / golden ratio: double hashing (Kirsch, Mitzenmacher, Less hashing, same performance, 2006), one
//             hash a source, with a quadratic term. Without it, a b near a fraction of 2^32 of small denominator makes
//             many virtual bits share cells: one source in 20,000 of MCSE at 1 MB was off by 100 % and more.

import { GOLDEN, below, fmix64 } from "../hash";

/** The source's key within a segment; MIX64 tells segments apart in cellOf instead. */
// @ts-ignore: decorator
@inline
export function segmentKey<H>(source: u64, segment: u32): u64 {
  if (sizeof<H>() == 8) return source + GOLDEN * ((<u64>segment) << 16);
  return segment == 0 ? source : fmix64(source + GOLDEN * <u64>segment);
}

/** C, the quadratic term of DOUBLE32. */
export const QUADRATIC: u32 = 0x9e3779b9;

// @ts-ignore: decorator
@inline
export function cellOf<H>(key: u64, d: u32, cells: u32): u32 {
  if (sizeof<H>() == 8) return below(<u32>(fmix64(key + GOLDEN * (<u64>d + 1)) >> 32), cells);
  return below(<u32>key + d * (((<u32>(key >> 32)) | 1) + d * QUADRATIC), cells);
}

/** Hd: the virtual index of a destination, which depends on the destination alone. */
// @ts-ignore: decorator
@inline
export function virtualIndex(destination: u64, s: u32): u32 {
  return below(<u32>destination, s);
}

/** h(src, dst), independent of Hd and of the cell: sampling, segments and ranks come from it, so duplicates agree. */
// @ts-ignore: decorator
@inline
export function contactHash(source: u64, destination: u64): u64 {
  return fmix64(source ^ ((destination >> 32) * GOLDEN));
}
