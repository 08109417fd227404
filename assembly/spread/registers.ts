// HyperLogLog registers shared between sources, for comparison at equal memory.
//
// vHLL: Xiao, Chen, Chen, Ling, Hyper-Compact Virtual Estimators for Big Network Data, SIGMETRICS 2015.
// rSkt2: Wang, Ma, Chen, Wang, Randomized Error Removal for Online Spread Estimation, PVLDB 14(6), 2021.
// Registers are 5 bits packed, as the papers count their memory. Deviation: register and rank come from the hash of the
// contact, not of the destination alone, so that popular destinations do not correlate the sources.

import { u32At, u64At } from "../array";
import { countAccess, countTranscendental } from "../counters";
import { GOLDEN, below, fmix64 } from "../hash";
import { ipv4Key, keySeed } from "./keys";
import { contactHash } from "./position";
import { Family, HEADER, cellsOf, columnsOf, familyOf, register, seedOf, setRegister, virtualOf } from "./sketch";

/** Registers by value, 32 counts: a sum over them is exact whatever the order of the registers. */
const histogram = memory.data(32 * 4, 16);

// @ts-ignore: decorator
@inline
function keyAt<T>(items: usize, i: u32, seed: u64): u64 {
  if (sizeof<T>() == 4) return ipv4Key(u32At(items, i), seed);
  return u64At(items, i);
}

/** Stores contact i; whether it raised a register. */
export function storeRegister<T>(sketch: usize, sources: usize, destinations: usize, i: u32): bool {
  const seed = keySeed(seedOf(sketch));
  const source = keyAt<T>(sources, i, seed);
  const h = contactHash(source, keyAt<T>(destinations, i, seed));
  const d = below(<u32>(h >> 32), virtualOf(sketch));
  const rank = min<u32>(clz<u32>(<u32>h) + 1, 31);
  const cell = familyOf(sketch) == Family.VHLL ? vhllCell(sketch, source, d) : rsktCell(sketch, source, d, 0);
  const payload = sketch + HEADER;
  countAccess(1);
  if (rank <= register(payload, cell)) return false;
  setRegister(payload, cell, rank);
  countAccess(1);
  return true;
}

// @ts-ignore: decorator
@inline
function vhllCell(sketch: usize, source: u64, d: u32): u32 {
  return below(<u32>(fmix64(source + GOLDEN * (<u64>d + 1)) >> 32), cellsOf(sketch));
}

/** Register d of the source's column in its own (side 0) or the complementary (side 1) half of each pair. */
// @ts-ignore: decorator
@inline
function rsktCell(sketch: usize, source: u64, d: u32, side: u32): u32 {
  const s = virtualOf(sketch);
  const column = below(<u32>(fmix64(source + GOLDEN) >> 32), columnsOf(sketch));
  const half = (<u32>(fmix64(source + GOLDEN * (<u64>(d >> 6) + 2)) >> (d & 63))) & 1;
  return (column * 2 + (half ^ side)) * s + d;
}

/** The HyperLogLog estimate of all registers of the sketch (Flajolet et al. 2007). O(m) */
export function wholeEstimate(sketch: usize): f64 {
  const m = cellsOf(sketch);
  memory.fill(histogram, 0, 128);
  for (let i: u32 = 0; i < m; i++) tally(register(sketch + HEADER, i));
  return hyperLogLog(m);
}

/** The HyperLogLog estimate of the source's s virtual registers (vHLL). O(s) */
export function vhllVirtual(sketch: usize, source: u64): f64 {
  const s = virtualOf(sketch);
  memory.fill(histogram, 0, 128);
  for (let d: u32 = 0; d < s; d++) tally(register(sketch + HEADER, vhllCell(sketch, source, d)));
  countAccess(s);
  return hyperLogLog(s);
}

/** The HyperLogLog estimate of the source's own (side 0) or complementary (side 1) registers (rSkt2). O(s) */
export function rsktSide(sketch: usize, source: u64, side: u32): f64 {
  const s = virtualOf(sketch);
  memory.fill(histogram, 0, 128);
  for (let d: u32 = 0; d < s; d++) tally(register(sketch + HEADER, rsktCell(sketch, source, d, side)));
  countAccess(s);
  return hyperLogLog(s);
}

// @ts-ignore: decorator
@inline
function tally(value: u32): void {
  const at = histogram + ((<usize>value) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

function hyperLogLog(registers: u32): f64 {
  const m = <f64>registers;
  let sum: f64 = 0;
  let scale: f64 = 1;
  for (let value: usize = 0; value < 32; value++) {
    sum += <f64>load<u32>(histogram + (value << 2)) * scale;
    scale *= 0.5;
  }
  const raw = (alpha(registers) * m * m) / sum;
  const zeros = load<u32>(histogram);
  if (raw > 2.5 * m || zeros == 0) return raw;
  countTranscendental();
  return m * Math.log(m / <f64>zeros);
}

function alpha(registers: u32): f64 {
  if (registers <= 16) return 0.673;
  if (registers <= 32) return 0.697;
  if (registers <= 64) return 0.709;
  return 0.7213 / (1 + 1.079 / <f64>registers);
}
