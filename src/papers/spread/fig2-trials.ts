// The trials of Figure 2.
import { z } from "zod";
import { defineTrial } from "../../engine/define.ts";
import { exp } from "../../numbers/math.ts";
import { seedBits } from "../../numbers/seed.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { ADDRESS_PATTERNS } from "../../spread/trace.ts";
import { traceSources } from "../../wasm/spread/trace.ts";
import { FIGURE_2 } from "./fig2-formulas.ts";

/** Replicates of every spread that are put into one copy of the loaded sketch. */
const BATCH = 100;

/** Of the sketch and of the contacts put into it. */
const seeds = { seed: z.string(), traceSeed: z.string() };

/** What a sketch is loaded with. */
const loading = {
  /** Distinct contacts. */
  contacts: z.int().positive(),
  memoryBits: z.int().positive(),
  ...seeds,
};

/**
 * Loads a sketch with sources of one contact, then, again and again, puts new sources of the spreads asked for into a copy
 * of it and reads their raw terms k2 = -(s/p) ln(U/s). The loaded sketch has as many contacts fewer as makes the copies'
 * load n/m: a large source sets some of its bits twice.
 */
export const rawTermVariances = defineTrial(import.meta.url, "variances", {
  parameters: z.strictObject({
    sampling: z.number().positive().max(1),
    spreads: z.array(z.int().positive()),
    /** Each gives one variance. */
    groups: z.int().positive(),
    /** Replicates a group, a multiple of 100. */
    replicates: z.int().positive().multipleOf(BATCH),
    ...loading,
  }),
  result: z.object({
    /** -ln(Vm)/p, mean over the copies; n/m in the formulas. */
    load: z.number(),
    /** Of the raw term over a group's replicates: by spread, by group. */
    variances: z.array(z.array(z.number().nonnegative())),
  }),
  run: (parameters, _, { report }) => {
    const { sampling: p, spreads, groups, replicates, contacts } = parameters;
    const { s } = FIGURE_2;
    const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(parameters.traceSeed) };
    const kept = (spread: number) => (s / p) * (1 - exp((-spread * p) / s));
    const background = Math.round(contacts - BATCH * spreads.reduce((sum, spread) => sum + kept(spread), 0));
    const state = loadedSketch({ ...parameters, contacts: background }, p).toBytes();
    const probes = Uint32Array.from({ length: BATCH * spreads.length }, (_, i) => spreads[Math.floor(i / BATCH)]);
    let load = 0;
    let next = background;
    const variances = spreads.map((): number[] => []);
    for (let group = 0; group < groups; group++) {
      const moments = spreads.map(() => new Moments());
      for (let batch = 0; batch < replicates / BATCH; batch++) {
        const copy = SpreadSketch.fromBytes(state);
        copy.addTrace(probes, next, trace);
        const sources = Uint32Array.from(probes, (_, i) => next + i);
        const { estimate } = copy.estimate(copy.keysOfIpv4(traceSources(sources, trace)));
        const noise = (s / p) * copy.load;
        estimate.forEach((value, i) => {
          moments[Math.floor(i / BATCH)].add(value + noise);
        });
        load += copy.load / p;
        next += probes.length;
      }
      moments.forEach((each, i) => {
        variances[i].push(each.variance());
      });
      report(group + 1, groups);
    }
    return { load: load / (groups * (replicates / BATCH)), variances };
  },
});

/** The noise term k1 = -s ln Vm of one sketch, p = 1. */
export const noiseTerm = defineTrial(import.meta.url, "noise", {
  parameters: z.strictObject(loading),
  result: z.object({ noise: z.number() }),
  run: (parameters) => ({ noise: FIGURE_2.s * loadedSketch(parameters, 1).load }),
});

/** A sketch of sources that have one contact each. */
function loadedSketch(
  { contacts, memoryBits, seed, traceSeed }: z.infer<z.ZodObject<typeof loading>>,
  sampling: number,
): SpreadSketch {
  const options = { estimator: "cses", memoryBits, virtualBits: FIGURE_2.s, sampling } as const;
  const sketch = SpreadSketch.create({ ...options, seed: seedBits(seed) }, 0);
  const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(traceSeed) };
  sketch.addTrace(new Uint32Array(contacts).fill(1), 0, trace);
  return sketch;
}

/** Mean and variance in one pass (Welford). */
class Moments {
  #n = 0;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    this.#n += 1;
    const step = value - this.#mean;
    this.#mean += step / this.#n;
    this.#squares += step * (value - this.#mean);
  }

  variance(): number {
    return this.#squares / (this.#n - 1);
  }
}
