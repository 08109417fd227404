// Operation counters of the instrumented build. Only that build's entry ever turns them on; in every other build
// `counting` is never written, so the optimiser proves it false and removes the counting altogether.

let counting: bool = false;
let hashes: u64 = 0;
let accesses: u64 = 0;
let transcendentals: u64 = 0;

// @ts-ignore: decorator
@inline
export function countHash(): void {
  if (counting) hashes += 1;
}

/** One read or one write of the sketch's memory. */
// @ts-ignore: decorator
@inline
export function countAccess(n: u64): void {
  if (counting) accesses += n;
}

/** One logarithm or exponential. */
// @ts-ignore: decorator
@inline
export function countTranscendental(): void {
  if (counting) transcendentals += 1;
}

/** Clears the counters and starts counting. */
export function count_start(): void {
  counting = true;
  hashes = 0;
  accesses = 0;
  transcendentals = 0;
}

/** Hash evaluations since count_start. */
export function count_hashes(): f64 {
  return <f64>hashes;
}

/** Reads and writes of the sketch since count_start. */
export function count_accesses(): f64 {
  return <f64>accesses;
}

/** Logarithms and exponentials since count_start. */
export function count_transcendentals(): f64 {
  return <f64>transcendentals;
}
