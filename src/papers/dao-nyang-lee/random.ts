import { type Seed, seedWords } from "../../engine/seed.ts";

/** A stream of uniform numbers in [0, 1). */
export type Random = () => number;

/** sfc32 (Doty-Humphrey, PractRand), 32 bits a draw: for choosing samples, where nothing finer is needed. */
export function randomOf(seed: Seed): Random {
  const { lo, hi } = seedWords(seed);
  let [a, b, c, counter] = [0, lo | 0, hi | 0, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}
