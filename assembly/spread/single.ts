// Decoders of one bitmap.
//
// CSE, CSES: Dao, Nyang, Lee, Algorithms 2 and 4, with Algorithm 2's sign mended: k = s (ln Vm - ln(U/s)) / p. Standard
// error: their equation (4) with a = -ln(Vm)/p measured; their (7) is not used, it overstates by sqrt(1 + n/m).
// ESC: Li, Chen, Luo, Spreader Classification Based on Optimal Dynamic Bit Sharing, ToN 2013, the exact form.

import { countTranscendental } from "../counters";
import { Batch, Estimate } from "./batch";
import { sketch_zeros } from "./sketch";
import { zerosOf } from "./vector";

/** Measures the bitmap, once per batch. @param exact ESC's form */
export function prepareBitmap(batch: Batch, exact: bool): void {
  const m = <f64>batch.sketch.cells;
  const s = <f64>batch.sketch.virtual;
  const p = sampling(batch);
  const zeros = sketch_zeros(batch.sketch, 0);
  countTranscendental();
  batch.lnVm = Math.log(<f64>max<u32>(zeros, 1) / m);
  batch.full = zeros == 0;
  batch.perContact = exact ? Math.log1p(-p / s) - Math.log1p(-p / m) : -p / s;
}

/** p. */
// @ts-ignore: decorator
@inline
function sampling(batch: Batch): f64 {
  return <f64>batch.sketch.sampling / 4294967296.0;
}

/** The estimate of one source. O(s) */
export function decodeBitmap(batch: Batch, source: u64, out: Estimate): void {
  const s = <f64>batch.sketch.virtual;
  const zeros = zerosOf(batch.sketch, source, 0);
  countTranscendental();
  const k = (Math.log(<f64>max<u32>(zeros, 1) / s) - batch.lnVm) / batch.perContact;
  out.value = k;
  out.standardError = standardError(max<f64>(k, 0), batch.lnVm, s, sampling(batch));
  out.saturated = batch.full || zeros <= 1;
}

/** sqrt((s / p^2) (e^((a + b) p) - b p^2 - 1)), a = -ln(Vm)/p, b = k/s. */
function standardError(k: f64, lnVm: f64, s: f64, p: f64): f64 {
  const b = k / s;
  return Math.sqrt((s / (p * p)) * (Math.exp(b * p - lnVm) - b * p * p - 1));
}
