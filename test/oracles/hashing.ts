// MurmurHash3's finalisers and what assembly/hash.ts builds on them, in big integers, as the reference implementation reads.

export const GOLDEN = 0x9e3779b97f4a7c15n;

export const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
export const u32 = (x: bigint): bigint => BigInt.asUintN(32, x);
/** The low and the high half of 64 bits. */
export const low = (x: bigint): bigint => x & 0xffffffffn;
export const high = (x: bigint): bigint => x >> 32n;

export function fmix64(x: bigint): bigint {
  x ^= x >> 33n;
  x = u64(x * 0xff51afd7ed558ccdn);
  x ^= x >> 33n;
  x = u64(x * 0xc4ceb9fe1a85ec53n);
  x ^= x >> 33n;
  return x;
}

export function fmix32(x: bigint): bigint {
  x ^= x >> 16n;
  x = u32(x * 0x85ebca6bn);
  x ^= x >> 13n;
  x = u32(x * 0xc2b2ae35n);
  x ^= x >> 16n;
  return x;
}

/** Multiplier of a 32-bit h to [0, n): floor(h n / 2^32). */
export function below(h: bigint, n: number): number {
  return Number((h * BigInt(n)) >> 32n);
}

/** Draw `index` of splitmix64's stream `seed`. */
export function draw(seed: bigint, index: bigint): bigint {
  return fmix64(u64(seed + GOLDEN * (index + 1n)));
}
