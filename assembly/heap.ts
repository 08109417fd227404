// A binary heap of pairs, a key and an item: the least key comes first, of equal keys the lower item. Who wants the largest
// first stores keys negated. Places count from 1; the pair in place i stands 16 i bytes behind the heap's head.

import { alloc } from "./abi";

/** Most pairs: their bytes fit 32 bits. */
const MOST: u32 = 0x0ffffffe;


@unmanaged
export class Heap {
  length: u32;
  private reserved0: u32;
  private reserved1: u64;

  // @ts-ignore: decorator
  @inline
  private pair(place: u32): usize {
    return changetype<usize>(this) + ((<usize>place) << 4);
  }

  // @ts-ignore: decorator
  @inline
  keyAt(place: u32): f64 {
    return load<f64>(this.pair(place));
  }

  // @ts-ignore: decorator
  @inline
  itemAt(place: u32): u32 {
    return load<u32>(this.pair(place), 8);
  }

  /** The first key, of a heap that is not empty. */
  // @ts-ignore: decorator
  @inline
  get topKey(): f64 {
    return this.keyAt(1);
  }

  // @ts-ignore: decorator
  @inline
  get topItem(): u32 {
    return this.itemAt(1);
  }

  // @ts-ignore: decorator
  @inline
  private put(place: u32, key: f64, item: u32): void {
    const at = this.pair(place);
    store<f64>(at, key);
    store<u32>(at, item, 8);
  }

  // @ts-ignore: decorator
  @inline
  private move(to: u32, from: u32): void {
    this.put(to, this.keyAt(from), this.itemAt(from));
  }

  /** Whether a pair comes before the one in a place. */
  // @ts-ignore: decorator
  @inline
  private precedes(key: f64, item: u32, place: u32): bool {
    const other = this.keyAt(place);
    return key < other || (key == other && item < this.itemAt(place));
  }

  /** Adds a pair behind the others, whatever the order: order() follows. */
  // @ts-ignore: decorator
  @inline
  append(key: f64, item: u32): void {
    this.put(++this.length, key, item);
  }

  /** Makes a heap of what was appended. O(length) */
  order(): void {
    for (let place = this.length >> 1; place > 0; place--) this.sink(place, this.keyAt(place), this.itemAt(place));
  }

  /** Adds a pair. O(log length) */
  push(key: f64, item: u32): void {
    this.rise(++this.length, key, item);
  }

  /** Takes the first pair away. @returns its item. O(log length) */
  pop(): u32 {
    if (!ASC_NO_ASSERT) assert(this.length > 0, "the heap is empty");
    const item = this.topItem;
    const last = this.length--;
    this.sink(1, this.keyAt(last), this.itemAt(last));
    return item;
  }

  /** Takes the pair in a place away. O(log length) */
  removeAt(place: u32): void {
    if (!ASC_NO_ASSERT) assert(place > 0 && place <= this.length, "no such place in the heap");
    const last = this.length--;
    if (place == last) return;
    const key = this.keyAt(last);
    const item = this.itemAt(last);
    if (place > 1 && this.precedes(key, item, place >> 1)) this.rise(place, key, item);
    else this.sink(place, key, item);
  }

  /** Gives the item in a place another key, no less than before. O(log length) */
  // @ts-ignore: decorator
  @inline
  raiseAt(place: u32, key: f64): void {
    this.sink(place, key, this.itemAt(place));
  }

  /** Puts a pair into a free place or above it. */
  private rise(place: u32, key: f64, item: u32): void {
    for (; place > 1 && this.precedes(key, item, place >> 1); place >>= 1) this.move(place, place >> 1);
    this.put(place, key, item);
  }

  /** Puts a pair into a free place or below it. */
  private sink(place: u32, key: f64, item: u32): void {
    const length = this.length;
    for (let child = place << 1; child <= length; child = place << 1) {
      if (child < length && this.precedes(this.keyAt(child + 1), this.itemAt(child + 1), child)) child++;
      if (this.precedes(key, item, child)) break;
      this.move(place, child);
      place = child;
    }
    this.put(place, key, item);
  }
}

/** An empty heap with room for so many pairs, 16 bytes each, in the arena; 0 where memory is out. */
export function newHeap(capacity: u32): Heap {
  if (capacity > MOST) return changetype<Heap>(0);
  const block = alloc((capacity + 1) << 4);
  const heap = changetype<Heap>(block);
  if (block != 0) heap.length = 0;
  return heap;
}
