// A sketch is one block of memory, and the same bytes are its saved state: a header of 256 bytes, class Sketch and the
// segments from byte 64 on, then the payload. docs/kernels.md has the layout, which is the contract.
//
// Bitmaps are little-endian: bit i is bit i & 7 of payload byte i >> 3. Registers take 5 bits, register i from bit 5 i on.
// All numbers are little-endian, as WebAssembly's memory is.

import { Status, inside } from "../abi";
import { u8At } from "../array";
import { checksum } from "../hash";
import { seedOf } from "../random";

const HEADER: u32 = 256;
const SEGMENTS: u32 = 64;
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

/** How a virtual bit finds its physical one; see position.ts. */
export namespace IndexHash {
  export const MIX64: u8 = 1;
  export const DOUBLE32: u8 = 2;
}

export const REGISTER_BITS: u32 = 5;


@unmanaged
class Segment {
  /** First bit, and how many. */
  first: u32;
  bits: u32;
}


@unmanaged
export class Sketch {
  magic: u32;
  version: u16;
  /** Family. */
  family: u8;
  /** IndexHash. */
  indexHash: u8;
  seed: u64;
  /** Virtual bits or registers of a source, s. */
  virtual: u32;
  /** g. */
  segments: u32;
  /** p as floor(p 2^32), 1 .. 2^32. */
  sampling: u64;
  /** Bits or registers, m. */
  cells: u32;
  payloadBytes: u32;
  /** rSkt2: floor(m / 2 s); else 0. */
  columns: u32;
  reserved: u32;
  /** Of everything else. */
  checksum: u64;

  // @ts-ignore: decorator
  @inline
  get payload(): usize {
    return changetype<usize>(this) + HEADER;
  }

  // @ts-ignore: decorator
  @inline
  segment(i: u32): Segment {
    return changetype<Segment>(changetype<usize>(this) + SEGMENTS + ((<usize>i) << 3));
  }
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
  sketch: Sketch,
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
  const block = changetype<usize>(sketch);
  if (!inside(block, bytes, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(block, 0, bytes);
  sketch.magic = MAGIC;
  sketch.version = VERSION;
  sketch.family = <u8>family;
  sketch.indexHash = <u8>hash;
  sketch.seed = seedOf(seedLow, seedHigh);
  sketch.virtual = s;
  sketch.segments = g;
  sketch.sampling = <u64>sampling;
  sketch.cells = cells;
  sketch.payloadBytes = bytes - HEADER;
  sketch.columns = columnsFor(family, cells, s);
  layOutSegments(sketch);
  return Status.OK;
}

function columnsFor(family: u32, cells: u32, s: u32): u32 {
  return family == Family.RSKT2 ? cells / (2 * s) : 0;
}

function layOutSegments(sketch: Sketch): void {
  const cells = sketch.cells;
  const g = sketch.segments;
  let rest: u32 = 0;
  for (let i: u32 = 2; i <= g; i++) rest += segmentShare(cells, g, i);
  let first: u32 = 0;
  for (let i: u32 = 1; i <= g; i++) {
    const segment = sketch.segment(i - 1);
    segment.first = first;
    segment.bits = i == 1 ? cells - rest : segmentShare(cells, g, i);
    first += segment.bits;
  }
}

/** Whether a whole sketch stands at the pointer, so that nothing is read or written beyond it: a status. O(1). */
export function standing(sketch: Sketch): i32 {
  if (!inside(changetype<usize>(sketch), HEADER, 1)) return Status.OUT_OF_BOUNDS;
  if (!inside(sketch.payload, sketch.payloadBytes, 1)) return Status.OUT_OF_BOUNDS;
  return sketch.magic == MAGIC ? Status.OK : Status.BAD_MAGIC;
}

/** Empties a sketch and keeps its parameters. O(bytes). */
export function sketch_clear(sketch: Sketch): void {
  if (standing(sketch) != Status.OK) return;
  memory.fill(sketch.payload, 0, sketch.payloadBytes);
}

/** Writes the checksum, after which the block's bytes are a state to be saved. O(bytes). */
export function sketch_seal(sketch: Sketch): void {
  if (standing(sketch) != Status.OK) return;
  sketch.checksum = checksumOf(sketch);
}

/** Whether `bytes` bytes at the pointer are a whole, sealed, consistent state: a status, OK if so. O(bytes). */
export function sketch_check(sketch: Sketch, bytes: u32): i32 {
  if (!inside(changetype<usize>(sketch), bytes, 1)) return Status.OUT_OF_BOUNDS;
  if (bytes < 4 || sketch.magic != MAGIC) return Status.BAD_MAGIC;
  if (bytes < HEADER) return Status.INCONSISTENT;
  if (sketch.version != VERSION) return Status.BAD_VERSION;
  const family = sketch.family;
  const cells = sketch.cells;
  const s = sketch.virtual;
  if (!parametersFit(family, sketch.indexHash, cells, s, sketch.segments, sketch.sampling)) return Status.INCONSISTENT;
  const payload = payloadBytes(family, cells);
  if (sketch.payloadBytes != payload || <u64>bytes != <u64>HEADER + payload) return Status.INCONSISTENT;
  if (sketch.columns != columnsFor(family, cells, s)) return Status.INCONSISTENT;
  if (sketch.checksum != checksumOf(sketch)) return Status.BAD_CHECKSUM;
  if (!segmentsFit(sketch) || !paddingIsZero(sketch)) return Status.INCONSISTENT;
  return Status.OK;
}

function segmentsFit(sketch: Sketch): bool {
  const g = sketch.segments;
  let first: u32 = 0;
  for (let i: u32 = g; i >= 2; i--) {
    if (sketch.segment(i - 1).bits != segmentShare(sketch.cells, g, i)) return false;
  }
  for (let i: u32 = 0; i < g; i++) {
    const segment = sketch.segment(i);
    if (segment.first != first) return false;
    first += segment.bits;
  }
  return first == sketch.cells;
}

function paddingIsZero(sketch: Sketch): bool {
  const used = sketch.family == Family.BITMAP ? <u64>sketch.cells : <u64>sketch.cells * REGISTER_BITS;
  const payload = sketch.payload;
  for (let bit = used; bit < <u64>sketch.payloadBytes * 8; bit++) {
    if ((u8At(payload, <u32>(bit >> 3)) >> (<u32>(bit & 7))) & 1) return false;
  }
  return true;
}

function checksumOf(sketch: Sketch): u64 {
  return checksum(changetype<usize>(sketch), HEADER + sketch.payloadBytes, offsetof<Sketch>("checksum"));
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
export function sketch_zeros(sketch: Sketch, segment: u32): u32 {
  if (standing(sketch) != Status.OK || segment >= sketch.segments) return 0;
  const payload = sketch.payload;
  if (sketch.family != Family.BITMAP) {
    let zeros: u32 = 0;
    for (let i: u32 = 0, n = sketch.cells; i < n; i++) zeros += <u32>(register(payload, i) == 0);
    return zeros;
  }
  // Segments begin and end on multiples of 64 but for the last bits of a sketch of one segment, whose padding is zero.
  const bits = sketch.segment(segment).bits;
  let at = payload + (sketch.segment(segment).first >> 3);
  const end = at + ((<usize>((<u64>bits + 63) / 64)) << 3);
  let ones: u64 = 0;
  while (at < end) {
    ones += popcnt<u64>(load<u64>(at));
    at += 8;
  }
  return bits - <u32>ones;
}
