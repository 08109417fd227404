/** A 64-bit seed as the two 32-bit words that kernels and random streams take. */
export function seedHalves(seed: bigint): [low: number, high: number] {
  return [Number(seed & 0xffffffffn), Number((seed >> 32n) & 0xffffffffn)];
}
