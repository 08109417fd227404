// The border that every kernel shares: its version and its arena.
//
// A kernel imports nothing. Its caller reserves memory with alloc, writes inputs there, calls, reads results, and gives
// everything since a mark back with release. Functions answer with a status of src/wasm/kernel/status.ts.

import * as Status from "../src/wasm/kernel/status";

export { Status };

/** Version of this border; it changes when a function's meaning, parameters or memory layout changes. */
export function abi_version(): u32 {
  return 1;
}

/** Whether this build uses 128-bit SIMD; both builds give the same bits. */
export function has_simd(): bool {
  return ASC_FEATURE_SIMD;
}

const ALIGNMENT: u64 = 16;
const PAGE: u64 = 65536;
const LIMIT: u64 = 0xffff0000;

const base: usize = (__heap_base + 15) & ~15;
let top: usize = base;

/** Reserves bytes, aligned to 16, zero on first use only; 0 where no memory is left. O(1). */
export function alloc(bytes: u32): usize {
  const start = top;
  const end = (<u64>start + <u64>bytes + (ALIGNMENT - 1)) & ~(ALIGNMENT - 1);
  if (end > LIMIT) return 0;
  const pages = <i32>((end + (PAGE - 1)) / PAGE);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) return 0;
  top = <usize>end;
  return start;
}

/** The arena's top, to be handed to release. */
export function mark(): usize {
  return top;
}

/** Gives back everything reserved since the mark; a mark outside the arena is ignored. */
export function release(to: usize): void {
  if (to >= base && to <= top) top = to;
}

/** Whether [pointer, pointer + count * size) lies in the memory. */
// @ts-ignore: decorator
@inline
export function inside(pointer: usize, count: u32, size: u32): bool {
  return <u64>pointer + <u64>count * <u64>size <= <u64>(<u32>memory.size()) * PAGE;
}
