// Reading a source's virtual vector: how many of its s bits are zero in one segment.
//
// DOUBLE32 with SIMD: sixteen cells at a time by 32-bit lanes, their bytes gathered by load8_lane, the bit of each picked by
// a table look-up (swizzle) and tested in one comparison. MIX64 keeps four hashes in flight.

import { countAccess } from "../counters";
import { GOLDEN, below, belowLanes, fmix64 } from "../hash";
import { QUADRATIC, cellOf, segmentKey } from "./position";
import { IndexHash, Sketch } from "./sketch";

/** Zero bits among the source's virtual bits in `segment`. O(s) */
export function zerosOf(sketch: Sketch, source: u64, segment: u32): u32 {
  const s = sketch.virtual;
  // Segments begin on a byte.
  const bits = sketch.payload + (sketch.segment(segment).first >> 3);
  const cells = sketch.segment(segment).bits;
  countAccess(s);
  if (sketch.indexHash == IndexHash.MIX64) return s - onesMix64(bits, cells, segmentKey<u64>(source, segment), s);
  return s - onesDouble32(bits, cells, segmentKey<u32>(source, segment), s);
}

// @ts-ignore: decorator
@inline
function bitAt(bits: usize, cell: u32): u32 {
  return ((<u32>load<u8>(bits + (cell >> 3))) >> (cell & 7)) & 1;
}

function onesMix64(bits: usize, cells: u32, key: u64, s: u32): u32 {
  let ones: u32 = 0;
  let d: u32 = 0;
  let k = key + GOLDEN;
  for (; d + 4 <= s; d += 4) {
    const cell0 = below(<u32>(fmix64(k) >> 32), cells);
    const cell1 = below(<u32>(fmix64(k + GOLDEN) >> 32), cells);
    const cell2 = below(<u32>(fmix64(k + 2 * GOLDEN) >> 32), cells);
    const cell3 = below(<u32>(fmix64(k + 3 * GOLDEN) >> 32), cells);
    ones += bitAt(bits, cell0) + bitAt(bits, cell1) + bitAt(bits, cell2) + bitAt(bits, cell3);
    k += 4 * GOLDEN;
  }
  for (; d < s; d++) ones += bitAt(bits, cellOf<u64>(key, d, cells));
  return ones;
}

function onesDouble32(bits: usize, cells: u32, key: u64, s: u32): u32 {
  let ones: u32 = 0;
  let d: u32 = 0;
  if (ASC_FEATURE_SIMD) {
    const whole = s & ~15;
    ones = onesDouble32By16(bits, cells, <u32>key, (<u32>(key >> 32)) | 1, whole);
    d = whole;
  }
  for (; d < s; d++) ones += bitAt(bits, cellOf<u32>(key, d, cells));
  return ones;
}

function onesDouble32By16(bits: usize, cells: u32, a: u32, b: u32, s: u32): u32 {
  const m = i32x4.splat(cells);
  // h(d) = a + d b + d^2 C: from d to d + 4 it grows by 4 b + (8 d + 16) C, and that by 32 C.
  const lanes = i32x4(0, 1, 2, 3);
  const curve = i32x4.splat(QUADRATIC << 5);
  let step = i32x4.add(i32x4.splat((b << 2) + (QUADRATIC << 4)), i32x4.mul(lanes, i32x4.splat(QUADRATIC << 3)));
  const sevens = i32x4.splat(7);
  const bitOf = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  let h = i32x4.mul(lanes, i32x4.splat(QUADRATIC));
  h = i32x4.add(i32x4.splat(a), i32x4.mul(lanes, i32x4.add(i32x4.splat(b), h)));
  let count = i16x8.splat(0);
  for (let d: u32 = 0; d < s; d += 16) {
    const cell0 = belowLanes(h, m);
    h = i32x4.add(h, step);
    step = i32x4.add(step, curve);
    const cell1 = belowLanes(h, m);
    h = i32x4.add(h, step);
    step = i32x4.add(step, curve);
    const cell2 = belowLanes(h, m);
    h = i32x4.add(h, step);
    step = i32x4.add(step, curve);
    const cell3 = belowLanes(h, m);
    h = i32x4.add(h, step);
    step = i32x4.add(step, curve);
    // Four chains of lane loads, so that none waits for another.
    const bytes = v128.or(
      v128.or(gather4(bits, i32x4.shr_u(cell0, 3), 0), gather4(bits, i32x4.shr_u(cell1, 3), 1)),
      v128.or(gather4(bits, i32x4.shr_u(cell2, 3), 2), gather4(bits, i32x4.shr_u(cell3, 3), 3)),
    );
    const low = i16x8.narrow_i32x4_u(v128.and(cell0, sevens), v128.and(cell1, sevens));
    const high = i16x8.narrow_i32x4_u(v128.and(cell2, sevens), v128.and(cell3, sevens));
    const mask = i8x16.swizzle(bitOf, i8x16.narrow_i16x8_u(low, high));
    // A set bit makes 0xff, which is -1: subtracting the pairwise sums counts them.
    const set = i8x16.ne(v128.and(bytes, mask), i8x16.splat(0));
    count = i16x8.sub(count, i16x8.extadd_pairwise_i8x16_s(set));
  }
  const sums = i32x4.extadd_pairwise_i16x8_s(count);
  return (
    i32x4.extract_lane(sums, 0) +
    i32x4.extract_lane(sums, 1) +
    i32x4.extract_lane(sums, 2) +
    i32x4.extract_lane(sums, 3)
  );
}

/** The four bytes at bits + lane, in lanes 4 quarter .. 4 quarter + 3 of zeros. */
// @ts-ignore: decorator
@inline
function gather4(bits: usize, at: v128, quarter: i32): v128 {
  let into = i8x16.splat(0);
  const low = i64x2.extract_lane(at, 0);
  const high = i64x2.extract_lane(at, 1);
  const p0 = bits + <usize>(<u32>low);
  const p1 = bits + <usize>(low >>> 32);
  const p2 = bits + <usize>(<u32>high);
  const p3 = bits + <usize>(high >>> 32);
  if (quarter == 0) {
    into = v128.load_lane<u8>(p0, into, 0);
    into = v128.load_lane<u8>(p1, into, 1);
    into = v128.load_lane<u8>(p2, into, 2);
    return v128.load_lane<u8>(p3, into, 3);
  }
  if (quarter == 1) {
    into = v128.load_lane<u8>(p0, into, 4);
    into = v128.load_lane<u8>(p1, into, 5);
    into = v128.load_lane<u8>(p2, into, 6);
    return v128.load_lane<u8>(p3, into, 7);
  }
  if (quarter == 2) {
    into = v128.load_lane<u8>(p0, into, 8);
    into = v128.load_lane<u8>(p1, into, 9);
    into = v128.load_lane<u8>(p2, into, 10);
    return v128.load_lane<u8>(p3, into, 11);
  }
  into = v128.load_lane<u8>(p0, into, 12);
  into = v128.load_lane<u8>(p1, into, 13);
  into = v128.load_lane<u8>(p2, into, 14);
  return v128.load_lane<u8>(p3, into, 15);
}
