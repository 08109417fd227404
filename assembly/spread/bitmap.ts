// Storing contacts in a bitmap: CSE (Dao, Nyang, Lee, Algorithm 2), CSES (Algorithm 4) and MCSE (Algorithm 3).
//
// Two phases a block: first the cells of up to 512 contacts go to a scratch list, then the bits are set. The hashes of a
// block are independent of each other and of memory, so they overlap; so do the read-modify-writes.
// Deviations from the paper: Algorithm 4 keeps h <= N p, here h < p 2^32; contacts beyond segment g are dropped.

import { at4, setU32 } from "../array";
import { countAccess } from "../counters";
import { belowLanes, fmix32Lanes } from "../hash";
import { keyAt, keySeed } from "./keys";
import { QUADRATIC, cellOf, contactHash, segmentKey, virtualIndex } from "./position";
import { Sketch } from "./sketch";

export const BLOCK: u32 = 512;
export const ALL: u64 = 0x100000000;

/** Cells of the block's kept contacts, u32 each. */
export const cellList = memory.data(512 * 4, 64);
/** Which contact of the block each kept cell belongs to, u32 each; filled by the sampled and segmented forms only. */
export const contactList = memory.data(512 * 4, 64);

/** Lists the cells of n <= BLOCK contacts; returns how many are kept. */
// @ts-ignore: decorator
@inline
export function listCells<T, H>(sketch: Sketch, sources: usize, destinations: usize, n: u32): u32 {
  if (sketch.segments > 1) return listSegmented<T, H>(sketch, sources, destinations, n);
  if (sketch.sampling < ALL) return listSampled<T, H>(sketch, sources, destinations, n);
  return listPlain<T, H>(sketch, sources, destinations, n);
}

function listPlain<T, H>(sketch: Sketch, sources: usize, destinations: usize, n: u32): u32 {
  const seed = keySeed(sketch.seed);
  const s = sketch.virtual;
  const cells = sketch.cells;
  let i: u32 = 0;
  if (ASC_FEATURE_SIMD && sizeof<T>() == 4 && sizeof<H>() == 4) {
    i = n & ~3;
    listLanes(sources, destinations, i, seed, s, cells);
  }
  for (; i + 4 <= n; i += 4) {
    const at = at4(cellList, i);
    const source0 = keyAt<T>(sources, i, seed);
    const source1 = keyAt<T>(sources, i + 1, seed);
    const source2 = keyAt<T>(sources, i + 2, seed);
    const source3 = keyAt<T>(sources, i + 3, seed);
    const d0 = virtualIndex(keyAt<T>(destinations, i, seed), s);
    const d1 = virtualIndex(keyAt<T>(destinations, i + 1, seed), s);
    const d2 = virtualIndex(keyAt<T>(destinations, i + 2, seed), s);
    const d3 = virtualIndex(keyAt<T>(destinations, i + 3, seed), s);
    store<u32>(at, cellOf<H>(source0, d0, cells));
    store<u32>(at, cellOf<H>(source1, d1, cells), 4);
    store<u32>(at, cellOf<H>(source2, d2, cells), 8);
    store<u32>(at, cellOf<H>(source3, d3, cells), 12);
  }
  for (; i < n; i++) {
    const d = virtualIndex(keyAt<T>(destinations, i, seed), s);
    setU32(cellList, i, cellOf<H>(keyAt<T>(sources, i, seed), d, cells));
  }
  return n;
}

/** listPlain of IPv4 addresses under DOUBLE32, four contacts a vector. */
function listLanes(sources: usize, destinations: usize, n: u32, seed: u64, s: u32, cells: u32): void {
  const seedLow = i32x4.splat(<u32>seed);
  const seedHigh = i32x4.splat(<u32>(seed >> 32));
  const one = i32x4.splat(1);
  const quadratic = i32x4.splat(QUADRATIC);
  const sLanes = i32x4.splat(s);
  const cellLanes = i32x4.splat(cells);
  const end = at4(sources, n);
  let at = cellList;
  while (sources < end) {
    const a = fmix32Lanes(v128.xor(v128.load(sources), seedLow));
    const b = v128.or(fmix32Lanes(v128.xor(a, seedHigh)), one);
    const d = belowLanes(fmix32Lanes(v128.xor(v128.load(destinations), seedLow)), sLanes);
    const step = i32x4.add(b, i32x4.mul(d, quadratic));
    v128.store(at, belowLanes(i32x4.add(a, i32x4.mul(d, step)), cellLanes));
    sources += 16;
    destinations += 16;
    at += 16;
  }
}

function listSampled<T, H>(sketch: Sketch, sources: usize, destinations: usize, n: u32): u32 {
  const seed = keySeed(sketch.seed);
  const s = sketch.virtual;
  const cells = sketch.cells;
  const sampling = sketch.sampling;
  let kept: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const source = keyAt<T>(sources, i, seed);
    const destination = keyAt<T>(destinations, i, seed);
    if (contactHash(source, destination) >> 32 < sampling) {
      setU32(cellList, kept, cellOf<H>(source, virtualIndex(destination, s), cells));
      setU32(contactList, kept, i);
      kept++;
    }
  }
  return kept;
}

function listSegmented<T, H>(sketch: Sketch, sources: usize, destinations: usize, n: u32): u32 {
  const seed = keySeed(sketch.seed);
  const s = sketch.virtual;
  const g = sketch.segments;
  let kept: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const source = keyAt<T>(sources, i, seed);
    const destination = keyAt<T>(destinations, i, seed);
    const segment = <u32>ctz<u64>(contactHash(source, destination));
    if (segment < g) {
      const key = segmentKey<H>(source, segment);
      const cell =
        sketch.segment(segment).first + cellOf<H>(key, virtualIndex(destination, s), sketch.segment(segment).bits);
      setU32(cellList, kept, cell);
      setU32(contactList, kept, i);
      kept++;
    }
  }
  return kept;
}

/** Stores n contacts, in blocks. O(n) */
export function storeBits<T, H>(sketch: Sketch, sources: usize, destinations: usize, n: u32): void {
  while (n > 0) {
    const block = min(n, BLOCK);
    setBits(sketch.payload, listCells<T, H>(sketch, sources, destinations, block));
    sources += <usize>block * sizeof<T>();
    destinations += <usize>block * sizeof<T>();
    n -= block;
  }
}

function setBits(bits: usize, n: u32): void {
  let at = cellList;
  const end = at4(at, n);
  for (const end4 = at4(at, n & ~3); at < end4; at += 16) {
    const cell0 = load<u32>(at);
    const cell1 = load<u32>(at, 4);
    const cell2 = load<u32>(at, 8);
    const cell3 = load<u32>(at, 12);
    setBit(bits, cell0);
    setBit(bits, cell1);
    setBit(bits, cell2);
    setBit(bits, cell3);
  }
  for (; at < end; at += 4) setBit(bits, load<u32>(at));
  countAccess(2 * <u64>n);
}

// @ts-ignore: decorator
@inline
function setBit(bits: usize, cell: u32): void {
  const byte = bits + (cell >> 3);
  i32.store8(byte, i32.load8_u(byte) | (1 << (cell & 7)));
}

/** Sets one bit; whether it was zero. */
// @ts-ignore: decorator
@inline
export function flipBit(bits: usize, cell: u32): bool {
  const byte = bits + (cell >> 3);
  const old = i32.load8_u(byte);
  const bit = 1 << (cell & 7);
  i32.store8(byte, old | bit);
  countAccess(2);
  return (old & bit) == 0;
}
