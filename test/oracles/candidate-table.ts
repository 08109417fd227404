import { draw, fmix64, high } from "./hashing.ts";

interface Entry {
  readonly key: bigint;
  readonly flips: number;
}

/** Randomized admission (Ben Basat et al., ToN 2019) in buckets of 8, fed by flips, with its buckets as plain lists. */
export class CandidateOracle {
  readonly buckets: (Entry | undefined)[][];
  #draws = 0n;

  constructor(capacity: number) {
    this.buckets = Array.from({ length: capacity / 8 }, () => Array<Entry | undefined>(8).fill(undefined));
  }

  #bucketOf(key: bigint): (Entry | undefined)[] {
    return this.buckets[Number(high(fmix64(key))) % this.buckets.length]!;
  }

  countFlip(key: bigint): void {
    const bucket = this.#bucketOf(key);
    const own = bucket.findIndex((entry) => entry?.key === key);
    if (own >= 0) {
      bucket[own] = { key, flips: bucket[own]!.flips + 1 };
      return;
    }
    const at = leastOf(bucket);
    const least = bucket[at]?.flips ?? 0;
    const chance = high(draw(key, this.#draws++));
    // Admitted with probability 1 / (least + 1).
    if (least === 0 || chance < 0x100000000n / BigInt(least + 1)) bucket[at] = { key, flips: least + 1 };
  }

  merge(other: CandidateOracle): void {
    for (const entry of other.entries) {
      const bucket = this.#bucketOf(entry.key);
      const own = bucket.findIndex((ours) => ours?.key === entry.key);
      const at = own >= 0 ? own : leastOf(bucket);
      if (own >= 0) bucket[at] = { key: entry.key, flips: bucket[own]!.flips + entry.flips };
      else if ((bucket[at]?.flips ?? 0) < entry.flips) bucket[at] = entry;
    }
  }

  get entries(): Entry[] {
    return this.buckets.flat().filter((entry) => entry !== undefined);
  }
}

/** The first of the places with the smallest count, free places counting 0. */
function leastOf(bucket: readonly (Entry | undefined)[]): number {
  const counts = bucket.map((entry) => entry?.flips ?? 0);
  return counts.indexOf(Math.min(...counts));
}
