// Estimating spreads from a sketch: which decoder serves which sketch. The decoders: single.ts, likelihood.ts, registers.ts.

import { Status, inside } from "../abi";
import { setF64, setU8, u64At } from "../array";
import { Batch, Estimate } from "./batch";
import { decodeCandidate, decodeJoint, prepareSegments } from "./likelihood";
import { decodeRskt, decodeVhll, prepareVhll } from "./registers";
import { decodeBitmap, prepareBitmap } from "./single";
import { Family, Sketch, standing } from "./sketch";

export namespace Decoder {
  /** s (ln Vm - ln(U/s)) / p: CSE and CSES. */
  export const LOGARITHM: u32 = 0;
  /** (ln(U/s) - ln Vm) / (ln(1 - p/s) - ln(1 - p/m)): ESC. */
  export const EXACT: u32 = 1;
  /** MCSE, one segment's estimate by likelihood. */
  export const CANDIDATE: u32 = 2;
  /** MCSE, maximum likelihood over all segments. */
  export const JOINT: u32 = 3;
  /** The register families' own. */
  export const REGISTERS: u32 = 4;
}

const batch = changetype<Batch>(memory.data(48, 16));
const source = changetype<Estimate>(memory.data(24, 16));

/**
 * Estimates n sources. Single-bitmap and register estimates are not clamped: they may be negative, as unbiased estimates
 * near zero are; MCSE's are at least 0.
 * @param keys n u64 @param estimates n f64 @param errors n f64, one standard error, NaN where none is known
 * @param flags n u8, 1 where the estimate stands at the range limit
 * @returns a status. O(n s g), register families O(m) more
 */
export function estimate(
  sketch: Sketch,
  decoder: u32,
  keys: usize,
  n: u32,
  estimates: usize,
  errors: usize,
  flags: usize,
): i32 {
  const status = standing(sketch);
  if (status != Status.OK) return status;
  if (!inside(keys, n, 8) || !inside(estimates, n, 8)) return Status.OUT_OF_BOUNDS;
  if (!inside(errors, n, 8) || !inside(flags, n, 1)) return Status.OUT_OF_BOUNDS;
  const bitmap = sketch.family == Family.BITMAP;
  if (decoder > Decoder.REGISTERS || bitmap == (decoder == Decoder.REGISTERS)) return Status.BAD_PARAMETER;
  if (decoder <= Decoder.EXACT && sketch.segments != 1) return Status.BAD_PARAMETER;
  batch.sketch = sketch;
  batch.decoder = decoder;
  prepare(batch);
  for (let i: u32 = 0; i < n; i++) {
    decode(batch, u64At(keys, i), source);
    setF64(estimates, i, source.value);
    setF64(errors, i, source.standardError);
    setU8(flags, i, <u32>source.saturated);
  }
  return Status.OK;
}

/** What a batch needs once. */
function prepare(batch: Batch): void {
  if (batch.decoder <= Decoder.EXACT) prepareBitmap(batch, batch.decoder == Decoder.EXACT);
  else if (batch.decoder != Decoder.REGISTERS) prepareSegments(batch);
  else if (batch.sketch.family == Family.VHLL) prepareVhll(batch);
}

function decode(batch: Batch, key: u64, out: Estimate): void {
  if (batch.decoder <= Decoder.EXACT) decodeBitmap(batch, key, out);
  else if (batch.decoder == Decoder.JOINT) decodeJoint(batch, key, out);
  else if (batch.decoder == Decoder.CANDIDATE) decodeCandidate(batch, key, out);
  else if (batch.sketch.family == Family.VHLL) decodeVhll(batch, key, out);
  else decodeRskt(batch, key, out);
}
