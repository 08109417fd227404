import { seedHalves } from "../../numbers/seed-halves.ts";
import { Arena } from "../kernel/arena.ts";
import { compileKernel, demand, instantiate } from "../kernel/kernel.ts";
import { type CountedExports, type SketchParameters, sketchBytes } from "./exports.ts";

export interface OperationCounts {
  readonly hashes: number;
  readonly accesses: number;
  readonly transcendentals: number;
}

/**
 * Operations per contact stored and per source estimated, counted by the instrumented build on the given contacts.
 */
export function countOperations(
  parameters: SketchParameters,
  decoder: number,
  sources: Uint32Array,
  destinations: Uint32Array,
): { store: OperationCounts; estimate: OperationCounts } {
  const kernel = instantiate<CountedExports>(compileKernel("spread", "counted"));
  const p = parameters;
  const arena = new Arena(kernel);
  const sketch = arena.reserve(sketchBytes(kernel, p));
  const seed = seedHalves(p.seed);
  demand(
    kernel.sketch_init(sketch, p.family, p.indexHash, p.cells, p.virtual, p.segments, p.sampling, ...seed),
    "sketch",
  );
  const n = sources.length;
  const s = arena.copyIn(sources);
  const d = arena.copyIn(destinations);
  const keys = arena.reserve(n * 8);
  const out = arena.reserve(n * 17);
  const counted = (work: () => number): OperationCounts => {
    kernel.count_start();
    demand(work(), "counted run");
    return {
      hashes: kernel.count_hashes() / n,
      accesses: kernel.count_accesses() / n,
      transcendentals: kernel.count_transcendentals() / n,
    };
  };
  const store = counted(() => kernel.store_ipv4(sketch, s, d, n));
  demand(kernel.keys_of_ipv4(s, n, ...seed, keys), "keys");
  const estimate = counted(() => kernel.estimate(sketch, decoder, keys, n, out, out + n * 8, out + n * 16));
  return { store, estimate };
}
