/**
 * Memory that a thread and the engine share during one call: its stop flag, and why the thread is about to end, as its
 * exit code is all that is heard of it otherwise.
 */
export type CallMemory = SharedArrayBuffer;

const WORDS_AT = 4;
const WORDS_BYTES = 512;

export function createCallMemory(): CallMemory {
  return new SharedArrayBuffer(WORDS_AT + WORDS_BYTES);
}

export function askToStop(memory: CallMemory): void {
  Atomics.store(new Int32Array(memory, 0, 1), 0, 1);
}

export function isAskedToStop(memory: CallMemory): boolean {
  return Atomics.load(new Int32Array(memory, 0, 1), 0) === 1;
}

export function sayLastWords(memory: CallMemory, text: string): void {
  new Uint8Array(memory, WORDS_AT).set(new TextEncoder().encode(text).subarray(0, WORDS_BYTES));
}

/** undefined: nothing was said. */
export function readLastWords(memory: CallMemory): string | undefined {
  const bytes = new Uint8Array(memory, WORDS_AT).slice();
  const end = bytes.indexOf(0);
  return end === 0 ? undefined : new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
