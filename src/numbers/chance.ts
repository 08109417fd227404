/** Seeded chances that depend on what they are for, not on the order they are asked in. */

/** A number in [0, 1) from a seed and two indices: three rounds of MurmurHash3's finaliser (Appleby), 32 bits. */
export function chance(seed: number, a: number, b: number): number {
  return mix(mix(mix(seed | 0) ^ a) ^ b) / 2 ** 32;
}

function mix(value: number): number {
  let h = Math.imul((value ^ (value >>> 16)) + 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
