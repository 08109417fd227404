// A sketch is one block of memory, and the same bytes are its saved state: a header of 256 bytes, then the payload.
//
//   0 u32 magic "NVSK"   4 u16 version   6 u8 family (Family)   7 u8 index hash (IndexHash)
//   8 u64 seed          16 u32 virtual bits or registers s      20 u32 segments g
//  24 u64 sampling p as floor(p 2^32), 1..2^32                  32 u32 cells m (bits, or registers)
//  36 u32 payload bytes 40 u32 columns (rSkt2) or 0             48 u64 checksum of everything else
//  64 g x { u32 first bit, u32 bits }, at most 16 segments
//
// Bitmaps are little-endian: bit i is bit i & 7 of payload byte i >> 3. Registers take 5 bits, register i from bit 5 i on.
// All numbers are little-endian, as WebAssembly's memory is.

import { Status, inside } from "../abi";
import { fmix64, GOLDEN } from "../hash";

export const HEADER: usize = 256;
export const MAX_SEGMENTS: u32 = 16;
export const MAX_VIRTUAL: u32 = 65536;
const MAGIC: u32 = 0x4b53564e; // "NVSK"
const VERSION: u16 = 1;

export namespace Family {
  /** One bitmap, or g of them: CSE, CSES, ESC, MCSE. */
  export const BITMAP: u8 = 1;
  export const VHLL: u8 = 2;
  export const RSKT2: u8 = 3;
}

/** How a virtual bit finds its physical one; see bitmap.ts. */
export namespace IndexHash {
  export const MIX64: u8 = 1;
  export const DOUBLE32: u8 = 2;
}

export const REGISTER_BITS: u32 = 5;

// @ts-ignore: decorator
@inline
export function familyOf(sketch: usize): u8 {
  return load<u8>(sketch, 6);
}
// @ts-ignore: decorator
@inline
export function indexHashOf(sketch: usize): u8 {
  return load<u8>(sketch, 7);
}
// @ts-ignore: decorator
@inline
export function seedOf(sketch: usize): u64 {
  return load<u64>(sketch, 8);
}
// @ts-ignore: decorator
@inline
export function virtualOf(sketch: usize): u32 {
  return load<u32>(sketch, 16);
}
// @ts-ignore: decorator
@inline
export function segmentsOf(sketch: usize): u32 {
  return load<u32>(sketch, 20);
}
// @ts-ignore: decorator
@inline
export function samplingOf(sketch: usize): u64 {
  return load<u64>(sketch, 24);
}
// @ts-ignore: decorator
@inline
export function cellsOf(sketch: usize): u32 {
  return load<u32>(sketch, 32);
}
// @ts-ignore: decorator
@inline
export function payloadBytesOf(sketch: usize): u32 {
  return load<u32>(sketch, 36);
}
// @ts-ignore: decorator
@inline
export function columnsOf(sketch: usize): u32 {
  return load<u32>(sketch, 40);
}
// @ts-ignore: decorator
@inline
export function segmentFirst(sketch: usize, segment: u32): u32 {
  return load<u32>(sketch + 64 + ((<usize>segment) << 3));
}
// @ts-ignore: decorator
@inline
export function segmentBits(sketch: usize, segment: u32): u32 {
  return load<u32>(sketch + 68 + ((<usize>segment) << 3));
}

function payloadBytes(family: u32, cells: u32): u32 {
  const bits = family == Family.BITMAP ? <u64>cells : <u64>cells * REGISTER_BITS;
  // Registers are read 16 bits at a time: one more word lets the last of them be read whole.
  const words = (bits + 63) / 64 + (family == Family.BITMAP ? 0 : 1);
  return <u32>(words * 8);
}

function parametersFit(family: u32, hash: u32, cells: u32, s: u32, g: u32, sampling: u64): bool {
  if (s < 2 || s > MAX_VIRTUAL || cells < s || sampling == 0 || sampling > 0x100000000) return false;
  if (family == Family.BITMAP) {
    if (hash != IndexHash.MIX64 && hash != IndexHash.DOUBLE32) return false;
    if (g < 1 || g > MAX_SEGMENTS || (g > 1 && sampling != 0x100000000)) return false;
    // Whole words per segment, so that segments can be counted and merged by words.
    return g == 1 || (cells % 64 == 0 && segmentShare(cells, g, g) >= max<u32>(s, 64));
  }
  if (hash != IndexHash.MIX64 || g != 1 || sampling != 0x100000000) return false;
  if (<u64>cells * REGISTER_BITS > 0xffffffc0) return false;
  return family == Family.VHLL ? cells > s : family == Family.RSKT2 && cells >= 2 * s;
}

/** Segment i (from 1) holds floor(m 2^-i / sum_j 2^-j) bits, rounded down to 64; what is left goes to the first. */
function segmentShare(cells: u32, g: u32, i: u32): u32 {
  return (<u32>(((<u64>cells) << (g - i)) / (((<u64>1) << g) - 1))) & ~63;
}

/**
 * Bytes of a sketch with these parameters, its header included; 0 where they are out of range.
 * @param cells bits (bitmap) or 5-bit registers @param s virtual bits or registers @param sampling floor(p 2^32)
 */
export function sketch_bytes(family: u32, hash: u32, cells: u32, s: u32, g: u32, sampling: f64): u32 {
  if (!(sampling >= 1) || sampling > 4294967296.0) return 0;
  if (!parametersFit(family, hash, cells, s, g, <u64>sampling)) return 0;
  const total = <u64>HEADER + <u64>payloadBytes(family, cells);
  return total > 0xffffffff ? 0 : <u32>total;
}

/** Writes an empty sketch of sketch_bytes(...) bytes at the pointer. The seed comes as two halves. O(bytes). */
export function sketch_init(
  sketch: usize,
  family: u32,
  hash: u32,
  cells: u32,
  s: u32,
  g: u32,
  sampling: f64,
  seedLow: u32,
  seedHigh: u32,
): i32 {
  const bytes = sketch_bytes(family, hash, cells, s, g, sampling);
  if (bytes == 0) return Status.BAD_PARAMETER;
  if (!inside(sketch, bytes, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(sketch, 0, bytes);
  store<u32>(sketch, MAGIC);
  store<u16>(sketch, VERSION, 4);
  store<u8>(sketch, <u8>family, 6);
  store<u8>(sketch, <u8>hash, 7);
  store<u64>(sketch, ((<u64>seedHigh) << 32) | (<u64>seedLow), 8);
  store<u32>(sketch, s, 16);
  store<u32>(sketch, g, 20);
  store<u64>(sketch, <u64>sampling, 24);
  store<u32>(sketch, cells, 32);
  store<u32>(sketch, bytes - <u32>HEADER, 36);
  store<u32>(sketch, family == Family.RSKT2 ? cells / (2 * s) : 0, 40);
  layOutSegments(sketch, cells, g);
  return Status.OK;
}

function layOutSegments(sketch: usize, cells: u32, g: u32): void {
  let rest: u32 = 0;
  for (let i: u32 = 2; i <= g; i++) rest += segmentShare(cells, g, i);
  let first: u32 = 0;
  for (let i: u32 = 1; i <= g; i++) {
    const bits = i == 1 ? cells - rest : segmentShare(cells, g, i);
    store<u32>(sketch + 64 + ((i - 1) << 3), first);
    store<u32>(sketch + 68 + ((i - 1) << 3), bits);
    first += bits;
  }
}

/** Whether a whole sketch stands at the pointer, so that nothing is read or written beyond it: a status. O(1). */
export function standing(sketch: usize): i32 {
  if (!inside(sketch, <u32>HEADER, 1) || !inside(sketch + HEADER, payloadBytesOf(sketch), 1))
    return Status.OUT_OF_BOUNDS;
  return load<u32>(sketch) == MAGIC ? Status.OK : Status.BAD_MAGIC;
}

/** Empties a sketch and keeps its parameters. O(bytes). */
export function sketch_clear(sketch: usize): void {
  if (standing(sketch) != Status.OK) return;
  memory.fill(sketch + HEADER, 0, payloadBytesOf(sketch));
}

/** Writes the checksum, after which the block's bytes are a state to be saved. O(bytes). */
export function sketch_seal(sketch: usize): void {
  if (standing(sketch) != Status.OK) return;
  store<u64>(sketch, checksum(sketch), 48);
}

/** Whether `bytes` bytes at the pointer are a whole, sealed, consistent state: a status, OK if so. O(bytes). */
export function sketch_check(sketch: usize, bytes: u32): i32 {
  if (!inside(sketch, bytes, 1)) return Status.OUT_OF_BOUNDS;
  if (bytes < 4 || load<u32>(sketch) != MAGIC) return Status.BAD_MAGIC;
  if (bytes < <u32>HEADER) return Status.INCONSISTENT;
  if (load<u16>(sketch, 4) != VERSION) return Status.BAD_VERSION;
  const family = familyOf(sketch);
  const cells = cellsOf(sketch);
  const s = virtualOf(sketch);
  const g = segmentsOf(sketch);
  if (!parametersFit(family, indexHashOf(sketch), cells, s, g, samplingOf(sketch))) return Status.INCONSISTENT;
  const payload = payloadBytes(family, cells);
  if (payloadBytesOf(sketch) != payload || <u64>bytes != <u64>HEADER + payload) return Status.INCONSISTENT;
  if (columnsOf(sketch) != (family == Family.RSKT2 ? cells / (2 * s) : 0)) return Status.INCONSISTENT;
  if (load<u64>(sketch, 48) != checksum(sketch)) return Status.BAD_CHECKSUM;
  if (!segmentsFit(sketch, cells, g) || !paddingIsZero(sketch)) return Status.INCONSISTENT;
  return Status.OK;
}

function segmentsFit(sketch: usize, cells: u32, g: u32): bool {
  let first: u32 = 0;
  for (let i: u32 = g; i >= 2; i--) {
    if (segmentBits(sketch, i - 1) != segmentShare(cells, g, i)) return false;
  }
  for (let i: u32 = 0; i < g; i++) {
    if (segmentFirst(sketch, i) != first) return false;
    first += segmentBits(sketch, i);
  }
  return first == cells;
}

function paddingIsZero(sketch: usize): bool {
  const used = familyOf(sketch) == Family.BITMAP ? <u64>cellsOf(sketch) : <u64>cellsOf(sketch) * REGISTER_BITS;
  const payload = sketch + HEADER;
  for (let bit = used; bit < <u64>payloadBytesOf(sketch) * 8; bit++) {
    if ((load<u8>(payload + <usize>(bit >> 3)) >> (<u8>(bit & 7))) & 1) return false;
  }
  return true;
}

/** fmix64-chained sum of all 64-bit words but the checksum itself. */
function checksum(sketch: usize): u64 {
  let h: u64 = GOLDEN;
  for (let at: usize = 0; at < 48; at += 8) h = fmix64(h ^ load<u64>(sketch + at));
  const end = HEADER + payloadBytesOf(sketch);
  for (let at: usize = 56; at < end; at += 8) h = fmix64(h ^ load<u64>(sketch + at));
  return h;
}

// @ts-ignore: decorator
@inline
export function register(payload: usize, i: u32): u32 {
  const bit = <u64>i * REGISTER_BITS;
  return ((<u32>load<u16>(payload + <usize>(bit >> 3))) >> (<u32>(bit & 7))) & 31;
}

// @ts-ignore: decorator
@inline
export function setRegister(payload: usize, i: u32, value: u32): void {
  const bit = <u64>i * REGISTER_BITS;
  const at = payload + <usize>(bit >> 3);
  const shift = <u32>(bit & 7);
  store<u16>(at, ((<u32>load<u16>(at)) & ~(31 << shift)) | (value << shift));
}

/** Zero bits of segment i, or, for i = 0 of a register family, registers equal to 0; 0 where there is none. O(bits / 64). */
export function sketch_zeros(sketch: usize, segment: u32): u32 {
  if (standing(sketch) != Status.OK || segment >= segmentsOf(sketch)) return 0;
  const payload = sketch + HEADER;
  if (familyOf(sketch) != Family.BITMAP) {
    let zeros: u32 = 0;
    for (let i: u32 = 0, n = cellsOf(sketch); i < n; i++) zeros += <u32>(register(payload, i) == 0);
    return zeros;
  }
  // Segments begin and end on multiples of 64 but for the last bits of a sketch of one segment, whose padding is zero.
  const bits = segmentBits(sketch, segment);
  let at = payload + (segmentFirst(sketch, segment) >> 3);
  const end = at + ((<usize>((<u64>bits + 63) / 64)) << 3);
  let ones: u64 = 0;
  while (at < end) {
    ones += popcnt<u64>(load<u64>(at));
    at += 8;
  }
  return bits - <u32>ones;
}
