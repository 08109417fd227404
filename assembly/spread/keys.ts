// Keys: every address, of either family or any other identity, becomes 64 uniform bits by one keyed mix, so that
// captures of IPv4, IPv6 and text merge. An IPv4 number makes the key's low half by one 32-bit mix and the high half from that
// by another (both bijections, so no two addresses share a key); everything longer is chained in 64 bits.

import { setU64, u16At, u32At, u64At, u8At } from "../array";
import { Status, inside } from "../abi";
import { countHash } from "../counters";
import { GOLDEN, fmix32, fmix64 } from "../hash";
import { seedOf } from "../random";

/** Largest identity in bytes; a multiple of 8. */
export const IDENTITY: u32 = 40;
const IPV4: u32 = 4;
const IPV6: u32 = 6;

// @ts-ignore: decorator
@inline
export function ipv4Key(address: u32, seed: u64): u64 {
  countHash();
  const low = fmix32(address ^ (<u32>seed));
  return ((<u64>fmix32(low ^ (<u32>(seed >> 32)))) << 32) | (<u64>low);
}

/** The seed of the keys, from the sketch's seed: two seeds a bit apart share nothing. */
// @ts-ignore: decorator
@inline
export function keySeed(seed: u64): u64 {
  return fmix64(seed + GOLDEN);
}

/** The key of item i: T = u32, an IPv4 address to be mixed; T = u64, a key already. */
// @ts-ignore: decorator
@inline
export function keyAt<T>(items: usize, i: u32, seed: u64): u64 {
  return sizeof<T>() == 4 ? ipv4Key(u32At(items, i), seed) : u64At(items, i);
}

function identityKey(identity: usize, kind: u32, seed: u64): u64 {
  if (kind == IPV4) return ipv4Key(bswap<u32>(load<u32>(identity)), seed);
  const words: u32 = kind == IPV6 ? 2 : IDENTITY / 8;
  let key = fmix64(seed + GOLDEN * <u64>(kind + 1));
  for (let i: u32 = 0; i < words; i++) key = fmix64(key ^ load<u64>(identity + (i << 3))) + GOLDEN;
  return fmix64(key);
}

/**
 * Keys of n identities, 40 bytes each (kind 4: IPv4 in the first 4 bytes, kind 6: IPv6 in the first 16, else text,
 * zero-padded), with a port mixed in where `ports` (u16 each) is not 0.
 * @param out n u64 @returns a status. O(n)
 */
export function keys_of_identities(
  identities: usize,
  kinds: usize,
  ports: usize,
  n: u32,
  seedLow: u32,
  seedHigh: u32,
  out: usize,
): i32 {
  if (!inside(identities, n, IDENTITY) || !inside(kinds, n, 1) || !inside(out, n, 8)) return Status.OUT_OF_BOUNDS;
  if (ports != 0 && !inside(ports, n, 2)) return Status.OUT_OF_BOUNDS;
  const seed = keySeed(seedOf(seedLow, seedHigh));
  for (let i: u32 = 0; i < n; i++) {
    let key = identityKey(identities + <usize>i * IDENTITY, u8At(kinds, i), seed);
    if (ports != 0) key = fmix64(key ^ (GOLDEN * (<u64>u16At(ports, i) + 1)));
    setU64(out, i, key);
  }
  return Status.OK;
}

/** Keys of n IPv4 addresses given as numbers (10.0.0.1 is 0x0a000001): the same keys as keys_of_identities gives. */
export function keys_of_ipv4(addresses: usize, n: u32, seedLow: u32, seedHigh: u32, out: usize): i32 {
  if (!inside(addresses, n, 4) || !inside(out, n, 8)) return Status.OUT_OF_BOUNDS;
  const seed = keySeed(seedOf(seedLow, seedHigh));
  for (let i: u32 = 0; i < n; i++) {
    setU64(out, i, keyAt<u32>(addresses, i, seed));
  }
  return Status.OK;
}
