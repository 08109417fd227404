// Storing batches of contacts in a sketch of any family, with or without a candidate table beside it.

import { at8, u16At, u32At, u64At, u8At } from "../array";
import { Status, inside } from "../abi";
import { BLOCK, cellList, contactList, flipBit, listCells, storeBits, ALL } from "./bitmap";
import { Table, countFlip, tableStanding } from "./candidates";
import { IDENTITY } from "./keys";
import { storeRegister } from "./registers";
import { Family, IndexHash, Sketch, standing } from "./sketch";

/**
 * Stores n contacts of IPv4 addresses given as numbers; the same bits as store_keys on their keys.
 * @param sources n u32 @param destinations n u32 @returns a status. O(n)
 */
export function store_ipv4(sketch: Sketch, sources: usize, destinations: usize, n: u32): i32 {
  return storeItems<u32>(sketch, sources, destinations, n);
}

/** Stores n contacts given by their keys (keys.ts). @param sources n u64 @param destinations n u64. O(n) */
export function store_keys(sketch: Sketch, sources: usize, destinations: usize, n: u32): i32 {
  return storeItems<u64>(sketch, sources, destinations, n);
}

// @ts-ignore: decorator
@inline
function storeItems<T>(sketch: Sketch, sources: usize, destinations: usize, n: u32): i32 {
  const status = standing(sketch);
  if (status != Status.OK) return status;
  if (!inside(sources, n, sizeof<T>()) || !inside(destinations, n, sizeof<T>())) return Status.OUT_OF_BOUNDS;
  if (sketch.family != Family.BITMAP) {
    for (let i: u32 = 0; i < n; i++) storeRegister<T>(sketch, sources, destinations, i);
  } else if (sketch.indexHash == IndexHash.MIX64) storeBits<T, u64>(sketch, sources, destinations, n);
  else storeBits<T, u32>(sketch, sources, destinations, n);
  return Status.OK;
}

/**
 * Stores n contacts by key and counts every flipped bit (raised register) for its source in the candidate table.
 * @param identities n x 40 bytes, kinds n u8, ports n u16 or pointer 0: what the table keeps of a source
 * @returns a status. O(n)
 */
export function store_tracked(
  sketch: Sketch,
  table: Table,
  sources: usize,
  destinations: usize,
  identities: usize,
  kinds: usize,
  ports: usize,
  n: u32,
): i32 {
  const sketchStatus = standing(sketch);
  if (sketchStatus != Status.OK) return sketchStatus;
  const tableStatus = tableStanding(table);
  if (tableStatus != Status.OK) return tableStatus;
  if (!inside(sources, n, 8) || !inside(destinations, n, 8)) return Status.OUT_OF_BOUNDS;
  if (!inside(identities, n, IDENTITY) || !inside(kinds, n, 1)) return Status.OUT_OF_BOUNDS;
  if (ports != 0 && !inside(ports, n, 2)) return Status.OUT_OF_BOUNDS;
  const bitmap = sketch.family == Family.BITMAP;
  const everyContact = sketch.segments == 1 && sketch.sampling == ALL;
  for (let first: u32 = 0; first < n; first += BLOCK) {
    const block = min(n - first, BLOCK);
    const s = at8(sources, first);
    const d = at8(destinations, first);
    const kept = bitmap ? listKept(sketch, s, d, block) : block;
    for (let k: u32 = 0; k < kept; k++) {
      const i = everyContact ? k : u32At(contactList, k);
      const flipped = bitmap ? flipBit(sketch.payload, u32At(cellList, k)) : storeRegister<u64>(sketch, s, d, i);
      if (flipped) {
        const at = first + i;
        const port = ports == 0 ? 0 : u16At(ports, at);
        countFlip(table, u64At(s, i), identities + <usize>at * IDENTITY, u8At(kinds, at), port);
      }
    }
  }
  return Status.OK;
}

// @ts-ignore: decorator
@inline
function listKept(sketch: Sketch, sources: usize, destinations: usize, n: u32): u32 {
  if (sketch.indexHash == IndexHash.MIX64) return listCells<u64, u64>(sketch, sources, destinations, n);
  return listCells<u64, u32>(sketch, sources, destinations, n);
}
