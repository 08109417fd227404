// HyperLogLog registers shared between sources, for comparison at equal memory.
//
// vHLL: Xiao, Chen, Chen, Ling, Hyper-Compact Virtual Estimators for Big Network Data, SIGMETRICS 2015.
// rSkt2: Wang, Ma, Chen, Wang, Randomized Error Removal for Online Spread Estimation, PVLDB 14(6), 2021.
// Registers are 5 bits packed, as the papers count their memory. Deviation: register and rank come from the hash of the
// contact, not of the destination alone, so that popular destinations do not correlate the sources.

import { addU32, u32At } from "../array";
import { countAccess, countTranscendental } from "../counters";
import { GOLDEN, below, fmix64 } from "../hash";
import { Batch, Estimate } from "./batch";
import { keyAt, keySeed } from "./keys";
import { contactHash } from "./position";
import { Family, Sketch, register, setRegister } from "./sketch";

/** Registers by value, 32 counts: a sum over them is exact whatever the order of the registers. */
const histogram = memory.data(32 * 4, 16);

/** Stores contact i; whether it raised a register. */
export function storeRegister<T>(sketch: Sketch, sources: usize, destinations: usize, i: u32): bool {
  const seed = keySeed(sketch.seed);
  const source = keyAt<T>(sources, i, seed);
  const h = contactHash(source, keyAt<T>(destinations, i, seed));
  const d = below(<u32>(h >> 32), sketch.virtual);
  const rank = min<u32>(clz<u32>(<u32>h) + 1, 31);
  const cell = sketch.family == Family.VHLL ? vhllCell(sketch, source, d) : rsktCell(sketch, source, d, 0);
  const payload = sketch.payload;
  countAccess(1);
  if (rank <= register(payload, cell)) return false;
  setRegister(payload, cell, rank);
  countAccess(1);
  return true;
}

// @ts-ignore: decorator
@inline
function vhllCell(sketch: Sketch, source: u64, d: u32): u32 {
  return below(<u32>(fmix64(source + GOLDEN * (<u64>d + 1)) >> 32), sketch.cells);
}

/** Register d of the source's column in its own (side 0) or the complementary (side 1) half of each pair. */
// @ts-ignore: decorator
@inline
function rsktCell(sketch: Sketch, source: u64, d: u32, side: u32): u32 {
  const s = sketch.virtual;
  const column = below(<u32>(fmix64(source + GOLDEN) >> 32), sketch.columns);
  const half = (<u32>(fmix64(source + GOLDEN * (<u64>(d >> 6) + 2)) >> (d & 63))) & 1;
  return (column * 2 + (half ^ side)) * s + d;
}

/** Measures the whole sketch, once per batch: the HyperLogLog estimate of all registers (Flajolet et al. 2007). O(m) */
export function prepareVhll(batch: Batch): void {
  const sketch = batch.sketch;
  memory.fill(histogram, 0, 128);
  for (let i: u32 = 0, m = sketch.cells; i < m; i++) tally(register(sketch.payload, i));
  batch.total = hyperLogLog(sketch.cells);
}

/**
 * The estimate of one source by vHLL: that of its s virtual registers less the noise of all. O(s)
 * Standard error: Xiao et al., Section 4.3: the virtual estimate's error, the noise's binomial share and the total's error.
 */
export function decodeVhll(batch: Batch, source: u64, out: Estimate): void {
  const sketch = batch.sketch;
  const total = batch.total;
  const registers = sketch.virtual;
  memory.fill(histogram, 0, 128);
  for (let d: u32 = 0; d < registers; d++) tally(register(sketch.payload, vhllCell(sketch, source, d)));
  countAccess(registers);
  const m = <f64>sketch.cells;
  const s = <f64>registers;
  const noise = (total * s) / m;
  const scale = m / (m - s);
  const k = scale * (hyperLogLog(registers) - noise);
  const others = max<f64>(total - max<f64>(k, 0), 0);
  const own = max<f64>(k, 0) + (others * s) / m;
  const spread = (1.0816 / s) * own * own + ((others * s) / m) * (1 - s / m) + (1.0816 / m) * noise * noise;
  out.value = k;
  out.standardError = scale * Math.sqrt(spread);
  out.saturated = false;
}

/** The estimate of one source by rSkt2: that of its own registers less that of the complementary ones. O(s) */
export function decodeRskt(batch: Batch, source: u64, out: Estimate): void {
  out.value = rsktSide(batch.sketch, source, 0) - rsktSide(batch.sketch, source, 1);
  out.standardError = NaN;
  out.saturated = false;
}

/** The HyperLogLog estimate of the source's own (side 0) or complementary (side 1) registers (rSkt2). O(s) */
function rsktSide(sketch: Sketch, source: u64, side: u32): f64 {
  const s = sketch.virtual;
  memory.fill(histogram, 0, 128);
  for (let d: u32 = 0; d < s; d++) tally(register(sketch.payload, rsktCell(sketch, source, d, side)));
  countAccess(s);
  return hyperLogLog(s);
}

// @ts-ignore: decorator
@inline
function tally(value: u32): void {
  addU32(histogram, value, 1);
}

function hyperLogLog(registers: u32): f64 {
  const m = <f64>registers;
  let sum: f64 = 0;
  let scale: f64 = 1;
  for (let value: u32 = 0; value < 32; value++) {
    sum += <f64>u32At(histogram, value) * scale;
    scale *= 0.5;
  }
  const raw = (alpha(registers) * m * m) / sum;
  const zeros = u32At(histogram, 0);
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
