// Merging sketches of equal parameters and seed: the union of what both stored.

import { Status } from "../abi";
import { Family, Sketch, register, setRegister, standing } from "./sketch";

/** Whether two sketches have the same parameters and seed, so that they merge. */
export function sketch_compatible(a: Sketch, b: Sketch): bool {
  return (
    standing(a) == Status.OK &&
    standing(b) == Status.OK &&
    memory.compare(changetype<usize>(a), changetype<usize>(b), offsetof<Sketch>("checksum")) == 0
  );
}

/** Merges sketch b into a: OR of bitmaps, maximum of registers. @returns a status. O(bytes) */
export function sketch_merge(a: Sketch, b: Sketch): i32 {
  const ours = standing(a);
  if (ours != Status.OK) return ours;
  const theirs = standing(b);
  if (theirs != Status.OK) return theirs;
  if (!sketch_compatible(a, b)) return Status.INCOMPATIBLE;
  if (a.family == Family.BITMAP) mergeBits(a.payload, b.payload, a.payloadBytes);
  else mergeRegisters(a.payload, b.payload, a.cells);
  return Status.OK;
}

function mergeBits(a: usize, b: usize, bytes: u32): void {
  const end = a + bytes;
  while (a < end) {
    store<u64>(a, load<u64>(a) | load<u64>(b));
    a += 8;
    b += 8;
  }
}

function mergeRegisters(a: usize, b: usize, registers: u32): void {
  for (let i: u32 = 0; i < registers; i++) {
    const theirs = register(b, i);
    if (theirs > register(a, i)) setRegister(a, i, theirs);
  }
}
