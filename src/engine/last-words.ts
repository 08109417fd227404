/** Shared memory in which a thread that is about to end says why: its exit code is all that is heard of it otherwise. */
export type LastWords = SharedArrayBuffer;

const BYTES = 512;

export function createLastWords(): LastWords {
  return new SharedArrayBuffer(BYTES);
}

export function sayLastWords(memory: LastWords, text: string): void {
  new Uint8Array(memory).set(new TextEncoder().encode(text).subarray(0, BYTES));
}

/** undefined: nothing was said. */
export function readLastWords(memory: LastWords): string | undefined {
  const bytes = new Uint8Array(memory).slice();
  const end = bytes.indexOf(0);
  return end === 0 ? undefined : new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
