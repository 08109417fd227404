// Trials on generated traces; tasks.ts plans them.
import { z } from "zod";
import { defineInput, defineTrial } from "../../engine/define.ts";
import { seedBits } from "../../numbers/seed.ts";
import type { SpreadSketch } from "../../spread/spread-sketch.ts";
import { ADDRESS_PATTERNS, TRACE_PRESET_NAMES, TRACE_PRESETS, traceSpreads } from "../../spread/trace.ts";
import { traceSources } from "../../wasm/spread/trace.ts";
import { ErrorRows, rowErrorsSchema, sampleRows } from "./rows.ts";
import { emptySketch, MEMORY_BITS, sketchSchema } from "./sketch.ts";

/** Sources decoded at once. */
const CHUNK = 1 << 17;
/** A spread beyond every range limit of the paper's configurations. */
const ENDLESS = 400_000;

/** A trace: { spreads } of its sources, and which of them are { chosen } to be decoded. */
export const makeTrace = defineInput(import.meta.url, "trace", {
  parameters: z.strictObject({
    preset: z.enum(TRACE_PRESET_NAMES),
    contacts: z.int().positive(),
    seed: z.string(),
    /** Sources decoded a row; null: all. */
    most: z.int().positive().nullable(),
    sampleSeed: z.string(),
  }),
  make: ({ preset, contacts, seed, most, sampleSeed }) => {
    const spreads = traceSpreads({ ...TRACE_PRESETS[preset], contacts }, seedBits(seed));
    return { spreads, chosen: sampleRows(spreads, most ?? Number.POSITIVE_INFINITY, sampleSeed) };
  },
});

/** The sketch by its configuration, and the contacts of the trace that it stores. */
const onTrace = { configuration: z.string(), sketch: sketchSchema, seed: z.string(), traceSeed: z.string() };

/** Table 1's trial: stores a trace in one sketch, decodes its sources, adds up the errors by row. */
export const errorsByRow = defineTrial(import.meta.url, "errors", {
  parameters: z.strictObject({ ...onTrace, preset: z.enum(TRACE_PRESET_NAMES), trial: z.int().nonnegative() }),
  inputs: { trace: makeTrace },
  result: z.object({
    /** In the trace. */
    sources: z.int(),
    /** -ln of the fullest segment's zero fraction. */
    load: z.number(),
    rows: z.array(rowErrorsSchema),
  }),
  run: ({ sketch: settings, seed, traceSeed }, { trace: { spreads, chosen } }, { report }) => {
    const trace = scrambled(traceSeed);
    const sketch = emptySketch(settings, MEMORY_BITS, seed);
    sketch.addTrace(spreads, 0, trace);
    const errors = new ErrorRows();
    for (let first = 0; first < chosen.length; first += CHUNK) {
      const part = chosen.subarray(first, first + CHUNK);
      const { estimate, saturated } = sketch.estimate(sketch.keysOfIpv4(traceSources(part, trace)));
      part.forEach((source, i) => {
        errors.add(spreads[source], estimate[i], saturated[i] === 1);
      });
      report(first + part.length, chosen.length);
    }
    return { sources: spreads.length, load: sketch.load, rows: errors.rows() };
  },
});

/** Figure 4's trial: true spread and estimate, clamped at 0, of a sample of sources. */
export const samplePoints = defineTrial(import.meta.url, "points", {
  parameters: z.strictObject({ ...onTrace, sampleSeed: z.string(), most: z.int().positive() }),
  inputs: { trace: makeTrace },
  result: z.object({ spreads: z.array(z.number()), estimates: z.array(z.number()) }),
  run: ({ sketch: settings, seed, traceSeed, sampleSeed, most }, { trace: { spreads } }) => {
    const trace = scrambled(traceSeed);
    const sketch = emptySketch(settings, MEMORY_BITS, seed);
    sketch.addTrace(spreads, 0, trace);
    const chosen = sampleRows(spreads, most, sampleSeed);
    const { estimate } = sketch.estimate(sketch.keysOfIpv4(traceSources(chosen, trace)));
    return {
      spreads: Array.from(chosen, (source) => spreads[source]),
      estimates: Array.from(estimate, (value) => Math.max(0, value)),
    };
  },
});

/** Figure 3: how many sources have each spread that occurs. */
export const spreadCounts = defineTrial(import.meta.url, "counts", {
  parameters: z.strictObject({ preset: z.enum(TRACE_PRESET_NAMES) }),
  inputs: { trace: makeTrace },
  result: z.object({ spreads: z.array(z.int().positive()), counts: z.array(z.int().positive()) }),
  run: (_, { trace: { spreads } }) => {
    const counts = new Uint32Array(spreads.reduce((most, spread) => Math.max(most, spread), 0) + 1);
    for (const spread of spreads) counts[spread] += 1;
    const present = Array.from(counts.keys()).filter((spread) => counts[spread] > 0);
    return { spreads: present, counts: present.map((spread) => counts[spread]) };
  },
});

/** Table 2: the estimate of a source that sets all its virtual bits, in a sketch of its own and in the loaded one. */
export const largestEstimates = defineTrial(import.meta.url, "range", {
  parameters: z.strictObject(onTrace),
  inputs: { trace: makeTrace },
  result: z.object({ alone: z.number(), loaded: z.number() }),
  run: ({ sketch: settings, seed, traceSeed }, { trace: { spreads } }) => {
    const trace = scrambled(traceSeed);
    const read = (sketch: SpreadSketch) => {
      // The trace's sources are 0 .. n - 1, so source n is new.
      sketch.addTrace(Uint32Array.of(ENDLESS), spreads.length, trace);
      return sketch.estimate(sketch.keysOfIpv4(traceSources(Uint32Array.of(spreads.length), trace))).estimate[0];
    };
    const loaded = emptySketch(settings, MEMORY_BITS, seed);
    loaded.addTrace(spreads, 0, trace);
    return { alone: read(emptySketch(settings, MEMORY_BITS, seed)), loaded: read(loaded) };
  },
});

function scrambled(seed: string) {
  return { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(seed) };
}
