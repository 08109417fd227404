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

/** Restores the order after the top's key fell. O(log length) */
export function sinkTop(heap: usize, keys: usize): void {
  if (heapLength(heap) > 0) sink(heap, keys, 1);
}

/** Takes the top away. */
export function popTop(heap: usize, keys: usize): u32 {
  const top = heapTop(heap);
  const length = heapLength(heap);
  store<u32>(heap, load<u32>(heap + ((<usize>length) << 2)), 4);
  store<u32>(heap, length - 1);
  sinkTop(heap, keys);
  return top;
}

/** Puts a set back. */
export function pushSet(heap: usize, keys: usize, set: u32): void {
  let i = heapLength(heap) + 1;
  store<u32>(heap, i);
  for (; i > 1; i >>= 1) {
    const parent = load<u32>(heap + ((<usize>(i >> 1)) << 2));
    if (!before(keys, set, parent)) break;
    store<u32>(heap + ((<usize>i) << 2), parent);
  }
  store<u32>(heap + ((<usize>i) << 2), set);
}

/** Sinks the set in place i, places counted from 1. */
function sink(heap: usize, keys: usize, i: u32): void {
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
