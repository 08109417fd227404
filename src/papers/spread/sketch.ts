import { z } from "zod";
import { type Seed, seedBits } from "../../numbers/seed.ts";
import { DECODERS, ESTIMATORS } from "../../spread/estimators.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";

/** 1 MB, the paper's memory (Section 4). */
export const MEMORY_BITS = 8_000_000;

/** What a trial's sketch is made from, beside memory and seed. */
export const sketchSchema = z.strictObject({
  estimator: z.enum(ESTIMATORS),
  virtualBits: z.int().positive(),
  segments: z.int().positive().exactOptional(),
  sampling: z.number().positive().exactOptional(),
  decoder: z.enum(DECODERS).exactOptional(),
});
export type SketchSettings = z.infer<typeof sketchSchema>;

/** An empty sketch, without candidates. */
export function emptySketch(sketch: SketchSettings, memoryBits: number, seed: Seed): SpreadSketch {
  return SpreadSketch.create({ ...sketch, memoryBits, seed: seedBits(seed) }, 0);
}
