// The function that Table 2's counting tasks name.
import { z } from "zod";
import type { TaskFunction } from "../../engine/task.ts";
import { seedBits } from "../../numbers/seed.ts";
import { decoderOf, INDEX_HASHES, kernelParameters, resolveOptions } from "../../spread/estimator.ts";
import { ADDRESS_PATTERNS } from "../../spread/trace.ts";
import { countOperations, type OperationCounts } from "../../wasm/spread/count.ts";
import { traceContacts } from "../../wasm/spread/trace.ts";
import { configurationOf, MEMORY_BITS } from "./configurations.ts";

export const countParameters = z.strictObject({
  configuration: z.string(),
  indexHash: z.enum(INDEX_HASHES),
  sources: z.int().positive(),
  /** Contacts of each. */
  spread: z.int().positive(),
  seed: z.string(),
});

/** Hashes, accesses to the sketch, and logarithms and exponentials: a contact stored, and a source decoded. */
export const countedOperations: TaskFunction = (given): { store: OperationCounts; estimate: OperationCounts } => {
  const { configuration, indexHash, sources, spread, seed } = countParameters.parse(given);
  const options = { ...configurationOf(configuration).options, indexHash, memoryBits: MEMORY_BITS };
  const resolved = resolveOptions({ ...options, seed: seedBits(seed) });
  const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(seed) };
  const contacts = traceContacts(new Uint32Array(sources).fill(spread), 0, trace);
  return countOperations(kernelParameters(resolved), decoderOf(resolved), contacts.sources, contacts.destinations);
};
