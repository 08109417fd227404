import type { SketchOptions } from "../../src/spread/sketch-options.ts";
import { SpreadSketch } from "../../src/spread/spread-sketch.ts";
import { traceSpreads } from "../../src/spread/trace.ts";
import { traceSources } from "../../src/wasm/spread/trace.ts";

/** What was measured of sources of one true spread. */
export interface MeasuredError {
  readonly spread: number;
  readonly sources: number;
  readonly bias: number;
  readonly rmse: number;
  /** Share of the estimates within 1.96 of their own standard errors. */
  readonly coverage: number;
  /** Mean of the estimates' own standard errors. */
  readonly standardError: number;
}

const FIRST_MEASURED = 10_000_000;

/**
 * Estimates `each` sources of every spread in each of a number of sketches, seeds 1, 2, ..., among so many contacts in all that
 * the others' spreads, up to 100, load the sketch with.
 */
export function measureErrors(
  options: SketchOptions,
  contacts: number,
  spreads: readonly number[],
  { sketches, each }: { sketches: number; each: number },
): MeasuredError[] {
  const measured = Uint32Array.from(spreads.flatMap((spread) => Array<number>(each).fill(spread)));
  const own = measured.reduce((sum, spread) => sum + spread, 0);
  const sums = spreads.map(() => ({ error: 0, square: 0, covered: 0, standardError: 0 }));
  // The same spreads in every sketch, at other addresses.
  const others = traceSpreads({ exponent: 2.35, largest: 100, shareOfTwo: undefined, contacts: contacts - own }, 1n);
  for (let seed = 1n; seed <= sketches; seed++) {
    const trace = { addresses: 0, seed };
    const sketch = SpreadSketch.create({ ...options, seed }, 0);
    sketch.addTrace(others, 0, trace);
    sketch.addTrace(measured, FIRST_MEASURED, trace);
    const indices = Uint32Array.from(measured, (_, i) => FIRST_MEASURED + i);
    const { estimate, standardError } = sketch.estimate(sketch.keysOfIpv4(traceSources(indices, trace)));
    for (let i = 0; i < measured.length; i++) {
      const sum = sums[Math.floor(i / each)]!;
      const error = estimate[i]! - measured[i]!;
      sum.error += error;
      sum.square += error * error;
      sum.covered += Number(Math.abs(error) <= 1.96 * standardError[i]!);
      sum.standardError += standardError[i]!;
    }
  }
  const n = sketches * each;
  return sums.map((sum, i) => ({
    spread: spreads[i]!,
    sources: n,
    bias: sum.error / n,
    rmse: Math.sqrt(sum.square / n),
    coverage: sum.covered / n,
    standardError: sum.standardError / n,
  }));
}
