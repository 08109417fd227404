// The candidate table: a bounded list of sources that may be offenders, so that nobody keeps every source.
//
// Randomized admission (Ben Basat, Chen, Einziger, Friedman, Kassner, Randomized Admission Policy for Efficient Top-k,
// Frequency, and Volume Estimation, ToN 2019), the d-way associative form, with one change: it counts contacts that flip a
// bit, not packets, so that a source's count grows with its spread and repeats cost nothing. A flip by a source outside
// a full bucket replaces the bucket's least entry, of count c, with probability 1 / (c + 1).
//
// A table is one block of memory, and the same bytes are its saved state; docs/kernels.md has the layout, which is the contract.

import { Status, inside } from "../abi";
import { checksum, fmix64 } from "../hash";
import { draw } from "../random";
import { IDENTITY } from "./keys";

const MAGIC: u32 = 0x5443564e; // "NVCT"
const VERSION: u32 = 1;
const MAX_BUCKETS: u32 = 1 << 22;
/** Entries of a bucket. */
const WAYS: u32 = 8;


@unmanaged
class Entry {
  key: u64;
  /** 0: free. */
  count: u32;
  port: u16;
  kind: u8;
  reserved: u8;
  identity0: u64;
  identity1: u64;
  identity2: u64;
  identity3: u64;
  identity4: u64;

  /** First byte of the identity, which takes IDENTITY bytes. */
  get identity(): usize {
    return changetype<usize>(this) + offsetof<Entry>("identity0");
  }
}


@unmanaged
export class Table {
  magic: u32;
  version: u32;
  /** A power of two. */
  buckets: u32;
  reserved: u32;
  /** Made so far. */
  draws: u64;
  /** Of everything else. */
  checksum: u64;

  // @ts-ignore: decorator
  @inline
  get entries(): usize {
    return changetype<usize>(this) + offsetof<Table>();
  }

  // @ts-ignore: decorator
  @inline
  get end(): usize {
    return this.entries + <usize>this.buckets * (WAYS * offsetof<Entry>());
  }

  /** First byte of the bucket of a key. */
  // @ts-ignore: decorator
  @inline
  bucketOf(key: u64): usize {
    const bucket = (<u32>(fmix64(key) >> 32)) & (this.buckets - 1);
    return this.entries + <usize>bucket * (WAYS * offsetof<Entry>());
  }
}

// @ts-ignore: decorator
@inline
function entryAt(pointer: usize): Entry {
  return changetype<Entry>(pointer);
}

/** Entries the table has room for. */
export function table_capacity(table: Table): u32 {
  return table.buckets * WAYS;
}

/** Bytes of a table of that many entries (8 times a power of two); 0 where the number does not fit. */
export function table_bytes(capacity: u32): u32 {
  const buckets = capacity / WAYS;
  if (buckets == 0 || capacity % WAYS != 0 || popcnt(buckets) != 1 || buckets > MAX_BUCKETS) return 0;
  return offsetof<Table>() + capacity * offsetof<Entry>();
}

/** Writes an empty table of table_bytes(capacity) bytes. */
export function table_init(table: Table, capacity: u32): i32 {
  const bytes = table_bytes(capacity);
  if (bytes == 0) return Status.BAD_PARAMETER;
  const block = changetype<usize>(table);
  if (!inside(block, bytes, 1)) return Status.OUT_OF_BOUNDS;
  memory.fill(block, 0, bytes);
  table.magic = MAGIC;
  table.version = VERSION;
  table.buckets = capacity / WAYS;
  return Status.OK;
}

/** Counts a flip of the source, and admits it if there is room or luck. O(1) */
export function countFlip(table: Table, key: u64, identity: usize, kind: u32, port: u32): void {
  const bucket = table.bucketOf(key);
  let least = entryAt(bucket);
  for (let at = bucket, end = bucket + WAYS * offsetof<Entry>(); at < end; at += offsetof<Entry>()) {
    const entry = entryAt(at);
    const count = entry.count;
    if (count != 0 && entry.key == key) {
      entry.count = count + 1;
      return;
    }
    if (count < least.count) least = entry;
  }
  const draws = table.draws++;
  const count = least.count;
  if (count != 0 && draw(key, draws) >> 32 >= 0x100000000 / <u64>(count + 1)) return;
  least.key = key;
  least.count = count + 1;
  least.port = <u16>port;
  least.kind = <u8>kind;
  least.reserved = 0;
  memory.copy(least.identity, identity, IDENTITY);
}

/** Whether a whole table stands at the pointer, so that nothing is read or written beyond it: a status. O(1) */
export function tableStanding(table: Table): i32 {
  if (!inside(changetype<usize>(table), offsetof<Table>(), 1)) return Status.OUT_OF_BOUNDS;
  if (table.magic != MAGIC) return Status.BAD_MAGIC;
  const bytes = table_bytes(min(table.buckets, MAX_BUCKETS + 1) * WAYS);
  if (bytes == 0) return Status.INCONSISTENT;
  return inside(changetype<usize>(table), bytes, 1) ? Status.OK : Status.OUT_OF_BOUNDS;
}

/** Adds table b to a: counts of the same source add up, a full bucket keeps its largest counts. */
export function table_merge(a: Table, b: Table): i32 {
  const ours = tableStanding(a);
  if (ours != Status.OK) return ours;
  const theirs = tableStanding(b);
  if (theirs != Status.OK) return theirs;
  if (a.buckets != b.buckets) return Status.INCOMPATIBLE;
  for (let at = b.entries; at < b.end; at += offsetof<Entry>()) {
    if (entryAt(at).count != 0) mergeEntry(a, entryAt(at));
  }
  return Status.OK;
}

function mergeEntry(table: Table, theirs: Entry): void {
  const bucket = table.bucketOf(theirs.key);
  let least = entryAt(bucket);
  for (let at = bucket, end = bucket + WAYS * offsetof<Entry>(); at < end; at += offsetof<Entry>()) {
    const ours = entryAt(at);
    if (ours.count != 0 && ours.key == theirs.key) {
      ours.count = <u32>min<u64>(<u64>ours.count + theirs.count, u32.MAX_VALUE);
      return;
    }
    if (ours.count < least.count) least = ours;
  }
  if (least.count < theirs.count) {
    memory.copy(changetype<usize>(least), changetype<usize>(theirs), offsetof<Entry>());
  }
}

/** Writes the checksum, after which the block's bytes can be saved. */
export function table_seal(table: Table): void {
  if (tableStanding(table) != Status.OK) return;
  table.checksum = checksumOf(table);
}

/** Whether `bytes` bytes at the pointer are a whole, sealed table: a status. */
export function table_check(table: Table, bytes: u32): i32 {
  if (!inside(changetype<usize>(table), bytes, 1)) return Status.OUT_OF_BOUNDS;
  if (bytes < 4 || table.magic != MAGIC) return Status.BAD_MAGIC;
  if (bytes < offsetof<Table>()) return Status.INCONSISTENT;
  if (table.version != VERSION) return Status.BAD_VERSION;
  const buckets = table.buckets;
  if (buckets == 0 || buckets > MAX_BUCKETS || table_bytes(buckets * WAYS) != bytes) return Status.INCONSISTENT;
  return table.checksum == checksumOf(table) ? Status.OK : Status.BAD_CHECKSUM;
}

function checksumOf(table: Table): u64 {
  return checksum(changetype<usize>(table), <u32>(table.end - changetype<usize>(table)), offsetof<Table>("checksum"));
}
