// The functions that tasks on generated traces name; tasks.ts describes the tasks.

import type { InputFunction, InputValue, TaskFunction } from "../../engine/task.ts";
import { seedBits } from "../../numbers/seed.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { ADDRESS_PATTERNS, TRACE_PRESETS, traceSpreads } from "../../spread/trace.ts";
import { traceSources } from "../../wasm/spread/trace.ts";
import { configurationOf, MEMORY_BITS } from "./configurations.ts";
import { ErrorRows, type RowErrors, sampleRows } from "./rows.ts";
import { errorsParameters, pointsParameters, rangeParameters, traceParameters } from "./tasks.ts";

/** Sources decoded at once. */
const CHUNK = 1 << 17;
/** A spread beyond every range limit of the paper's configurations. */
const ENDLESS = 400_000;

/** What errorsByRow gives. */
export interface TraceErrors {
  /** Sources in the trace. */
  readonly sources: number;
  /** -ln of the fullest segment's zero fraction. */
  readonly load: number;
  readonly rows: readonly RowErrors[];
}

/** A trace: { spreads } of its sources, and which of them are { chosen } to be decoded. */
export const makeTrace: InputFunction = (given) => {
  const { preset, contacts, seed, most, sampleSeed } = traceParameters.parse(given);
  const spreads = traceSpreads({ ...TRACE_PRESETS[preset], contacts }, seedBits(seed));
  return { spreads, chosen: sampleRows(spreads, most ?? Number.POSITIVE_INFINITY, sampleSeed) };
};

/** Table 1's trial: stores a trace in one sketch, decodes its sources, adds up the errors by row. */
export const errorsByRow: TaskFunction = (given, inputs): TraceErrors => {
  const { configuration, seed, traceSeed } = errorsParameters.parse(given);
  const { spreads, chosen } = traceOf(inputs.trace);
  const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(traceSeed) };
  const sketch = sketchOf(configuration, seed);
  sketch.addTrace(spreads, 0, trace);
  const errors = new ErrorRows();
  for (let first = 0; first < chosen.length; first += CHUNK) {
    const part = chosen.subarray(first, first + CHUNK);
    const { estimate, saturated } = sketch.estimate(sketch.keysOfIpv4(traceSources(part, trace)));
    part.forEach((source, i) => {
      errors.add(spreads[source], estimate[i], saturated[i] === 1);
    });
  }
  return { sources: spreads.length, load: sketch.load, rows: errors.rows() };
};

/** Figure 4's trial: true spread and estimate, clamped at 0, of a sample of sources. */
export const samplePoints: TaskFunction = (given, inputs): { spreads: number[]; estimates: number[] } => {
  const { configuration, seed, traceSeed, sampleSeed, most } = pointsParameters.parse(given);
  const { spreads } = traceOf(inputs.trace);
  const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(traceSeed) };
  const sketch = sketchOf(configuration, seed);
  sketch.addTrace(spreads, 0, trace);
  const chosen = sampleRows(spreads, most, sampleSeed);
  const { estimate } = sketch.estimate(sketch.keysOfIpv4(traceSources(chosen, trace)));
  return {
    spreads: Array.from(chosen, (source) => spreads[source]),
    estimates: Array.from(estimate, (value) => Math.max(0, value)),
  };
};

/** Figure 3: how many sources have each spread that occurs. */
export const spreadCounts: TaskFunction = (_, inputs): { spreads: number[]; counts: number[] } => {
  const { spreads } = traceOf(inputs.trace);
  const counts = new Uint32Array(spreads.reduce((most, spread) => Math.max(most, spread), 0) + 1);
  for (const spread of spreads) counts[spread] += 1;
  const present = Array.from(counts.keys()).filter((spread) => counts[spread] > 0);
  return { spreads: present, counts: present.map((spread) => counts[spread]) };
};

/** Table 2: the estimate of a source that sets all its virtual bits, in a sketch of its own and in the loaded one. */
export const largestEstimates: TaskFunction = (given, inputs): { alone: number; loaded: number } => {
  const { configuration, seed, traceSeed } = rangeParameters.parse(given);
  const { spreads } = traceOf(inputs.trace);
  const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(traceSeed) };
  const read = (sketch: SpreadSketch) => {
    // The trace's sources are 0 .. n - 1, so source n is new.
    sketch.addTrace(Uint32Array.of(ENDLESS), spreads.length, trace);
    return sketch.estimate(sketch.keysOfIpv4(traceSources(Uint32Array.of(spreads.length), trace))).estimate[0];
  };
  const loaded = sketchOf(configuration, seed);
  loaded.addTrace(spreads, 0, trace);
  return { alone: read(sketchOf(configuration, seed)), loaded: read(loaded) };
};

function sketchOf(configuration: string, seed: string): SpreadSketch {
  const { options } = configurationOf(configuration);
  return SpreadSketch.create({ ...options, memoryBits: MEMORY_BITS, seed: seedBits(seed) }, 0);
}

function traceOf(input: InputValue | undefined): { spreads: Uint32Array; chosen: Uint32Array } {
  const { spreads, chosen } = input ?? {};
  if (!(spreads instanceof Uint32Array && chosen instanceof Uint32Array)) throw new TypeError("the task has no trace");
  return { spreads, chosen };
}
