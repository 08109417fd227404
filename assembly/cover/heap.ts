// A heap of sets by falling key, equal keys by rising index: what lazy evaluation takes its next set from.
//
//   block: 0 u32 length, then length u32 sets; keys: f64 per set, outside

// @ts-ignore: decorator
@inline
export function heapLength(heap: usize): u32 {
  return load<u32>(heap);
}

// @ts-ignore: decorator
@inline
export function heapTop(heap: usize): u32 {
  return load<u32>(heap, 4);
}

// @ts-ignore: decorator
@inline
function before(keys: usize, a: u32, b: u32): bool {
  const keyA = load<f64>(keys + ((<usize>a) << 3));
  const keyB = load<f64>(keys + ((<usize>b) << 3));
  return keyA > keyB || (keyA == keyB && a < b);
}

/** Makes a heap of the block's sets in place. O(length) */
export function heapify(heap: usize, keys: usize): void {
  for (let i = heapLength(heap) >> 1; i > 0; i--) sink(heap, keys, i);
}

/** Takes the top away. */
export function popTop(heap: usize, keys: usize): u32 {
  const top = heapTop(heap);
  removeAt(heap, keys, 1);
  return top;
}

/** Takes the set in place i away, places counted from 1. O(log length) */
export function removeAt(heap: usize, keys: usize, i: u32): void {
  const length = heapLength(heap);
  const last = load<u32>(heap + ((<usize>length) << 2));
  store<u32>(heap, length - 1);
  if (i == length) return;
  for (; i > 1; i >>= 1) {
    const parent = load<u32>(heap + ((<usize>(i >> 1)) << 2));
    if (!before(keys, last, parent)) break;
    store<u32>(heap + ((<usize>i) << 2), parent);
  }
  store<u32>(heap + ((<usize>i) << 2), last);
  sink(heap, keys, i);
}

/** Restores the order below place i after its set's key fell. O(log length) */
export function sink(heap: usize, keys: usize, i: u32): void {
  const length = heapLength(heap);
  const set = load<u32>(heap + ((<usize>i) << 2));
  while (i << 1 <= length) {
    let child = i << 1;
    let next = load<u32>(heap + ((<usize>child) << 2));
    if (child < length) {
      const right = load<u32>(heap + ((<usize>(child + 1)) << 2));
      if (before(keys, right, next)) {
        child++;
        next = right;
      }
    }
    if (!before(keys, next, set)) break;
    store<u32>(heap + ((<usize>i) << 2), next);
    i = child;
  }
  store<u32>(heap + ((<usize>i) << 2), set);
}
