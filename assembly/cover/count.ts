// Counting bits that two rows share: a set's elements among those left to cover.
//
// One row, with SIMD: carry-save adders over eight vectors, so that one popcount serves eight (Harley and Seal; Mula, Kurz,
// Lemire, Faster population counts using AVX2 instructions, 2018). Without: i64.popcnt, four counts under way at a time.
// Four rows: they share each word of the rest, which spares loads; i64.popcnt measures fastest in both builds.

import { at8 } from "../array";

/** Bits set in both of two rows. */
export function rowCount(row: usize, rest: usize, words: u32): u64 {
  if (!ASC_FEATURE_SIMD) return rowCountByWord(row, rest, words);
  const whole = words & ~15;
  const done = (<usize>whole) << 3;
  return rowCountBySixteen(row, rest, whole) + rowCountByWord(row + done, rest + done, words - whole);
}

// @ts-ignore: decorator
@inline
function sum3(a: v128, b: v128, c: v128): v128 {
  return v128.xor(v128.xor(a, b), c);
}

// @ts-ignore: decorator
@inline
function carry3(a: v128, b: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(v128.xor(a, b), c));
}

/** Adds the bits set in x, each a thing, to four lanes. */
// @ts-ignore: decorator
@inline
function addBits(lanes: v128, x: v128): v128 {
  return i32x4.add(lanes, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(i8x16.popcnt(x))));
}

/** rowCount of a multiple of sixteen words, eight vectors at a time. Lanes hold up to 2^32 bits. */
function rowCountBySixteen(row: usize, rest: usize, words: u32): u64 {
  let eights = i32x4.splat(0);
  let ones = i32x4.splat(0);
  let twos = i32x4.splat(0);
  let fours = i32x4.splat(0);
  for (const end = at8(row, words); row < end; row += 128) {
    const x0 = v128.and(v128.load(row), v128.load(rest));
    const x1 = v128.and(v128.load(row, 16), v128.load(rest, 16));
    const x2 = v128.and(v128.load(row, 32), v128.load(rest, 32));
    const x3 = v128.and(v128.load(row, 48), v128.load(rest, 48));
    const x4 = v128.and(v128.load(row, 64), v128.load(rest, 64));
    const x5 = v128.and(v128.load(row, 80), v128.load(rest, 80));
    const x6 = v128.and(v128.load(row, 96), v128.load(rest, 96));
    const x7 = v128.and(v128.load(row, 112), v128.load(rest, 112));
    const twosA = carry3(ones, x0, x1);
    ones = sum3(ones, x0, x1);
    const twosB = carry3(ones, x2, x3);
    ones = sum3(ones, x2, x3);
    const foursA = carry3(twos, twosA, twosB);
    twos = sum3(twos, twosA, twosB);
    const twosC = carry3(ones, x4, x5);
    ones = sum3(ones, x4, x5);
    const twosD = carry3(ones, x6, x7);
    ones = sum3(ones, x6, x7);
    const foursB = carry3(twos, twosC, twosD);
    twos = sum3(twos, twosC, twosD);
    eights = addBits(eights, carry3(fours, foursA, foursB));
    fours = sum3(fours, foursA, foursB);
    rest += 128;
  }
  const zero = i32x4.splat(0);
  return (
    8 * total(eights) + 4 * total(addBits(zero, fours)) + 2 * total(addBits(zero, twos)) + total(addBits(zero, ones))
  );
}

/** Sum of four lanes. */
function total(lanes: v128): u64 {
  const low = <u64>(<u32>i32x4.extract_lane(lanes, 0)) + <u64>(<u32>i32x4.extract_lane(lanes, 1));
  return low + <u64>(<u32>i32x4.extract_lane(lanes, 2)) + <u64>(<u32>i32x4.extract_lane(lanes, 3));
}

function rowCountByWord(row: usize, rest: usize, words: u32): u64 {
  let count0: u64 = 0;
  let count1: u64 = 0;
  let count2: u64 = 0;
  let count3: u64 = 0;
  const end = at8(row, words);
  for (const end4 = at8(row, words & ~3); row < end4; row += 32) {
    count0 += popcnt<u64>(load<u64>(row) & load<u64>(rest));
    count1 += popcnt<u64>(load<u64>(row, 8) & load<u64>(rest, 8));
    count2 += popcnt<u64>(load<u64>(row, 16) & load<u64>(rest, 16));
    count3 += popcnt<u64>(load<u64>(row, 24) & load<u64>(rest, 24));
    rest += 32;
  }
  for (; row < end; row += 8) {
    count0 += popcnt<u64>(load<u64>(row) & load<u64>(rest));
    rest += 8;
  }
  return count0 + count1 + (count2 + count3);
}

// @ts-ignore: decorator
@inline
function fourWords(row: usize, a: u64, b: u64, c: u64, d: u64): u64 {
  const low = popcnt<u64>(load<u64>(row) & a) + popcnt<u64>(load<u64>(row, 8) & b);
  return low + (popcnt<u64>(load<u64>(row, 16) & c) + popcnt<u64>(load<u64>(row, 24) & d));
}

/** rowCount of four rows, to four u64. Seven arguments: from a block of memory they measure 5 % slower. */
export function fourCounts(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  rest: usize,
  words: u32,
  out: usize,
): void {
  let count0: u64 = 0;
  let count1: u64 = 0;
  let count2: u64 = 0;
  let count3: u64 = 0;
  const end = at8(rest, words);
  for (const whole = at8(rest, words & ~3); rest < whole; rest += 32) {
    const a = load<u64>(rest);
    const b = load<u64>(rest, 8);
    const c = load<u64>(rest, 16);
    const d = load<u64>(rest, 24);
    count0 += fourWords(row0, a, b, c, d);
    count1 += fourWords(row1, a, b, c, d);
    count2 += fourWords(row2, a, b, c, d);
    count3 += fourWords(row3, a, b, c, d);
    row0 += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  const left = <u32>((end - rest) >> 3);
  store<u64>(out, count0 + rowCountByWord(row0, rest, left));
  store<u64>(out, count1 + rowCountByWord(row1, rest, left), 8);
  store<u64>(out, count2 + rowCountByWord(row2, rest, left), 16);
  store<u64>(out, count3 + rowCountByWord(row3, rest, left), 24);
}
