/** Greedy maximum coverage in plain JavaScript: rows of 32-bit words, bits counted in parallel within a word. */
export class JavaScriptCover {
  readonly #rows: Uint32Array;
  readonly #sets: number;
  readonly #words: number;
  readonly #rest: Uint32Array;

  /** @param rows sets * words words, bits past the last element 0 */
  constructor(rows: Uint32Array, sets: number, words: number) {
    this.#rows = rows;
    this.#sets = sets;
    this.#words = words;
    this.#rest = new Uint32Array(words);
  }

  #gain(set: number): number {
    const rows = this.#rows;
    const rest = this.#rest;
    const words = this.#words;
    const first = set * words;
    let count = 0;
    for (let w = 0; w < words; w++) {
      let x = rows[first + w] & rest[w];
      x -= (x >>> 1) & 0x55555555;
      x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
      x = (x + (x >>> 4)) & 0x0f0f0f0f;
      count += Math.imul(x, 0x01010101) >>> 24;
    }
    return count;
  }

  #cover(set: number): void {
    const first = set * this.#words;
    for (let w = 0; w < this.#words; w++) this.#rest[w] &= ~this.#rows[first + w];
  }

  /** Every gain anew at every pick; the elements covered. */
  eager(picks: number): number {
    this.#rest.fill(0xffffffff);
    let covered = 0;
    for (let pick = 0; pick < picks; pick++) {
      let best = -1;
      let most = 0;
      for (let set = 0; set < this.#sets; set++) {
        const gain = this.#gain(set);
        if (gain > most) {
          most = gain;
          best = set;
        }
      }
      if (best < 0) break;
      covered += most;
      this.#cover(best);
    }
    return covered;
  }

  /** Only the gains that a heap of outdated ones brings to the top; the elements covered. */
  lazy(picks: number): number {
    this.#rest.fill(0xffffffff);
    const gains = Float64Array.from({ length: this.#sets }, (_, set) => this.#gain(set));
    const heap = Uint32Array.from(gains.keys());
    const stamps = new Uint32Array(this.#sets);
    let length = heap.length;
    const before = (a: number, b: number) => gains[a] > gains[b] || (gains[a] === gains[b] && a < b);
    const sink = (from: number): void => {
      let i = from;
      const set = heap[i];
      while (2 * i + 1 < length) {
        let child = 2 * i + 1;
        if (child + 1 < length && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], set)) break;
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = set;
    };
    for (let i = length >> 1; i >= 0; i--) sink(i);
    let covered = 0;
    for (let pick = 0; pick < picks && length > 0; pick++) {
      while (stamps[heap[0]] !== pick) {
        gains[heap[0]] = this.#gain(heap[0]);
        stamps[heap[0]] = pick;
        sink(0);
      }
      const best = heap[0];
      if (gains[best] <= 0) break;
      covered += gains[best];
      this.#cover(best);
      heap[0] = heap[--length];
      sink(0);
    }
    return covered;
  }
}
