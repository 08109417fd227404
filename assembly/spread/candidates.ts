// The candidate table: a bounded list of sources that may be offenders, so that nobody keeps every source.
//
// Randomized admission (Ben Basat, Chen, Einziger, Friedman, Kassner, Randomized Admission Policy for Efficient Top-k,
// Frequency, and Volume Estimation, ToN 2019), the d-way associative form, with one change: it counts contacts that flip a
// bit, not packets, so that a source's count grows with its spread and repeats cost nothing. A flip by a source outside
// a full bucket replaces the bucket's least entry, of count c, with probability 1 / (c + 1).
//
//   0 u32 magic "NVCT"  4 u32 version  8 u32 buckets (a power of two)  12 u32 0  16 u64 draws  24 u64 checksum  32.. entries
// An entry is 56 bytes: 0 u64 key  8 u32 count (0: free)  12 u16 port  14 u8 kind  15 u8 0  16 identity of 40 bytes.

import { Status, inside } from "../abi";
import { GOLDEN, fmix64 } from "../hash";
import { draw } from "../random";
import { IDENTITY } from "./keys";

export const TABLE_HEADER: u32 = 32;
export const ENTRY: u32 = 56;
const WAYS: u32 = 8;
const MAGIC: u32 = 0x5443564e; // "NVCT"
const VERSION: u32 = 1;
const MAX_BUCKETS: u32 = 1 << 22;

// @ts-ignore: decorator
@inline
function bucketsOf(table: usize): u32 {
  return load<u32>(table, 8);
}

/** Entries the table has room for. */
export function table_capacity(table: usize): u32 {
  return bucketsOf(table) * WAYS;
}

/** Bytes of a table of that many entries (8 times a power of two); 0 where the number does not fit. */
export function table_bytes(capacity: u32): u32 {
  const buckets = capacity / WAYS;
  if (buckets == 0 || capacity % WAYS != 0 || popcnt(buckets) != 1 || buckets > MAX_BUCKETS) return 0;
  return TABLE_HEADER + capacity * ENTRY;
}

/** Writes an empty table of table_bytes(capacity) bytes. */
export function table_init(table: usize, capacity: u32): i32 {
  const bytes = table_bytes(capacity);
  if (bytes == 0) return Status.BAD_PARAMETER;
  if (!inside(table, bytes, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(table, 0, bytes);
  store<u32>(table, MAGIC);
  store<u32>(table, VERSION, 4);
  store<u32>(table, capacity / WAYS, 8);
  return Status.OK;
}

// @ts-ignore: decorator
@inline
function bucketOf(table: usize, key: u64): usize {
  const bucket = (<u32>(fmix64(key) >> 32)) & (bucketsOf(table) - 1);
  return table + TABLE_HEADER + <usize>bucket * (WAYS * ENTRY);
}

/** Counts a flip of the source, and admits it if there is room or luck. O(1) */
export function countFlip(table: usize, key: u64, identity: usize, kind: u32, port: u32): void {
  const bucket = bucketOf(table, key);
  let least = bucket;
  for (let entry = bucket, end = bucket + WAYS * ENTRY; entry < end; entry += ENTRY) {
    const count = load<u32>(entry, 8);
    if (count != 0 && load<u64>(entry) == key) {
      store<u32>(entry, count + 1, 8);
      return;
    }
    if (count < load<u32>(least, 8)) least = entry;
  }
  const draws = load<u64>(table, 16);
  store<u64>(table, draws + 1, 16);
  const count = load<u32>(least, 8);
  if (count != 0 && draw(key, draws) >> 32 >= 0x100000000 / <u64>(count + 1)) return;
  write(least, key, count + 1, identity, kind, port);
}

function write(entry: usize, key: u64, count: u32, identity: usize, kind: u32, port: u32): void {
  store<u64>(entry, key);
  store<u32>(entry, count, 8);
  store<u16>(entry, <u16>port, 12);
  store<u8>(entry, <u8>kind, 14);
  store<u8>(entry, 0, 15);
  memory.copy(entry + 16, identity, IDENTITY);
}

/** Whether a whole table stands at the pointer, so that nothing is read or written beyond it: a status. O(1) */
export function tableStanding(table: usize): i32 {
  if (!inside(table, TABLE_HEADER, 1)) return Status.OUT_OF_BOUNDS;
  if (load<u32>(table) != MAGIC) return Status.BAD_MAGIC;
  const bytes = table_bytes(min(bucketsOf(table), MAX_BUCKETS + 1) * WAYS);
  if (bytes == 0) return Status.INCONSISTENT;
  return inside(table, bytes, 1) ? Status.OK : Status.OUT_OF_BOUNDS;
}

/** Adds table b to a: counts of the same source add up, a full bucket keeps its largest counts. */
export function table_merge(a: usize, b: usize): i32 {
  const ours = tableStanding(a);
  if (ours != Status.OK) return ours;
  const theirs = tableStanding(b);
  if (theirs != Status.OK) return theirs;
  if (bucketsOf(a) != bucketsOf(b)) return Status.INCOMPATIBLE;
  const end = b + TABLE_HEADER + table_capacity(b) * ENTRY;
  for (let entry = b + TABLE_HEADER; entry < end; entry += ENTRY) {
    if (load<u32>(entry, 8) != 0) mergeEntry(a, entry);
  }
  return Status.OK;
}

function mergeEntry(table: usize, theirs: usize): void {
  const key = load<u64>(theirs);
  const bucket = bucketOf(table, key);
  const count = load<u32>(theirs, 8);
  let least = bucket;
  for (let entry = bucket, end = bucket + WAYS * ENTRY; entry < end; entry += ENTRY) {
    const ours = load<u32>(entry, 8);
    if (ours != 0 && load<u64>(entry) == key) {
      store<u32>(entry, <u32>min<u64>(<u64>ours + count, u32.MAX_VALUE), 8);
      return;
    }
    if (ours < load<u32>(least, 8)) least = entry;
  }
  if (load<u32>(least, 8) < count) memory.copy(least, theirs, ENTRY);
}

/** Writes the checksum, after which the block's bytes can be saved. */
export function table_seal(table: usize): void {
  if (tableStanding(table) != Status.OK) return;
  store<u64>(table, checksum(table), 24);
}

/** Whether `bytes` bytes at the pointer are a whole, sealed table: a status. */
export function table_check(table: usize, bytes: u32): i32 {
  if (!inside(table, bytes, 1)) return Status.OUT_OF_BOUNDS;
  if (bytes < 4 || load<u32>(table) != MAGIC) return Status.BAD_MAGIC;
  if (bytes < TABLE_HEADER) return Status.INCONSISTENT;
  if (load<u32>(table, 4) != VERSION) return Status.BAD_VERSION;
  const buckets = bucketsOf(table);
  if (buckets == 0 || buckets > MAX_BUCKETS || table_bytes(buckets * WAYS) != bytes) return Status.INCONSISTENT;
  return load<u64>(table, 24) == checksum(table) ? Status.OK : Status.BAD_CHECKSUM;
}

function checksum(table: usize): u64 {
  let h: u64 = GOLDEN;
  for (let at: usize = 0; at < 24; at += 8) h = fmix64(h ^ load<u64>(table + at));
  const end = TABLE_HEADER + table_capacity(table) * ENTRY;
  for (let at = TABLE_HEADER; at < end; at += 8) h = fmix64(h ^ load<u64>(table + at));
  return h;
}
