import { fmix32, fmix64, GOLDEN, high, low, u64 } from "./hashing.ts";

export function keySeed(seed: bigint): bigint {
  return fmix64(u64(seed + GOLDEN));
}

/** The key of an IPv4 address given as a number. */
export function ipv4Key(address: number, seed: bigint): bigint {
  const k = keySeed(seed);
  const lowHalf = fmix32(BigInt(address) ^ low(k));
  return (fmix32(lowHalf ^ high(k)) << 32n) | lowHalf;
}

/** The key of a 40-byte identity of kind 4 (IPv4), 6 (IPv6) or any other (text), with a port mixed in if there is one. */
export function identityKey(bytes: Uint8Array, kind: number, port: number | undefined, seed: bigint): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const key = kind === 4 ? ipv4Key(view.getUint32(0), seed) : longKey(view, kind, seed);
  return port === undefined ? key : fmix64(key ^ u64(GOLDEN * BigInt(port + 1)));
}

function longKey(view: DataView, kind: number, seed: bigint): bigint {
  let key = fmix64(u64(keySeed(seed) + GOLDEN * BigInt(kind + 1)));
  const words = kind === 6 ? 2 : 5;
  for (let i = 0; i < words; i++) key = u64(fmix64(key ^ view.getBigUint64(8 * i, true)) + GOLDEN);
  return fmix64(key);
}
