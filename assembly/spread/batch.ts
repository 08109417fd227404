// What decoders take and give: a batch of sources of one sketch, and the estimate of one of them.

import { Sketch } from "./sketch";


@unmanaged
export class Batch {
  sketch: Sketch;
  /** Decoder. */
  decoder: u32;
  /** Of one bitmap: ln of its zero fraction, Vm. */
  lnVm: f64;
  /** Of one bitmap: what a contact adds to ln(U/s), in expectation. */
  perContact: f64;
  /** vHLL: the estimate of the whole sketch. */
  total: f64;
  /** Of one bitmap: whether no bit is zero. */
  full: bool;
}


@unmanaged
export class Estimate {
  /** Distinct destinations. */
  value: f64;
  /** One standard error; NaN where none is known. */
  standardError: f64;
  /** Whether the estimate stands at the range limit. */
  saturated: bool;
}
