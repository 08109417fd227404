// The trial that counts operations for Table 2.
import { z } from "zod";
import { defineTrial } from "../../engine/define.ts";
import { seedBits } from "../../numbers/seed.ts";
import { decoderOf, INDEX_HASHES, kernelParameters, resolveOptions } from "../../spread/sketch-options.ts";
import { ADDRESS_PATTERNS } from "../../spread/trace.ts";
import { countOperations } from "../../wasm/spread/count.ts";
import { traceContacts } from "../../wasm/spread/trace.ts";
import { MEMORY_BITS, sketchSchema } from "./sketch.ts";

const counts = z.object({ hashes: z.number(), accesses: z.number(), transcendentals: z.number() });

/** Hashes, accesses to the sketch, and logarithms and exponentials: a contact stored, and a source decoded. */
export const countedOperations = defineTrial(import.meta.url, "operations", {
  parameters: z.strictObject({
    configuration: z.string(),
    sketch: sketchSchema,
    indexHash: z.enum(INDEX_HASHES),
    sources: z.int().positive(),
    /** Contacts of each. */
    spread: z.int().positive(),
    seed: z.string(),
  }),
  result: z.object({ store: counts, estimate: counts }),
  run: ({ sketch, indexHash, sources, spread, seed }) => {
    const resolved = resolveOptions({ ...sketch, indexHash, memoryBits: MEMORY_BITS, seed: seedBits(seed) });
    const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(seed) };
    const contacts = traceContacts(new Uint32Array(sources).fill(spread), 0, trace);
    return countOperations(kernelParameters(resolved), decoderOf(resolved), contacts.sources, contacts.destinations);
  },
});
