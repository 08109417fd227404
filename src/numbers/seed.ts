import { jsonHash } from "../results/canonical-json.ts";
import type { JsonObject } from "../results/json.ts";

/** 64 bits as 16 hexadecimal digits, so that a seed can stand in a task's parameters. */
export type Seed = string;

/**
 * A trial's seed: the first 64 bits of SHA-256 over (master seed, experiment, parameters, trial). Trials get unrelated
 * streams, and the order of the names within `parameters` does not matter.
 */
export function deriveSeed(master: number, experiment: string, parameters: JsonObject, trial: number): Seed {
  return jsonHash({ master, experiment, parameters, trial }).slice(0, 16);
}

/** @throws RangeError where the text is no seed. */
export function seedBits(seed: Seed): bigint {
  if (!/^[0-9a-f]{16}$/.test(seed)) throw new RangeError(`seed ${JSON.stringify(seed)} is not 16 hexadecimal digits`);
  return BigInt(`0x${seed}`);
}
