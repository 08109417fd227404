/** A source and its number of distinct destinations. */
export interface ExactCount {
  readonly key: bigint;
  readonly count: number;
}

/** Tables are grown before they are fuller than this, so that probing stays short. */
const FULLEST = 0.7;
const SMALLEST = 1024;

/**
 * Counts every source's distinct destinations exactly, to hold a sketch against: no bounded memory, no merging.
 *
 * Sources are kept by their whole 64-bit key. Contacts are kept as 64-bit hashes of (source key, destination key), 8 bytes
 * each: two different contacts are taken for one with probability about n^2 / 2^65, which is 3e-6 for 10 million contacts
 * and 3e-4 for 100 million. Keys come from SpreadSketch.keysOf or keysOfIpv4, or are any other 64-bit numbers.
 */
export class ExactSpread {
  /** Low and high half of each source's key; free where the count is 0. */
  #keys = new Uint32Array(2 * SMALLEST);
  #counts = new Uint32Array(SMALLEST);
  #sources = 0;
  /** Both halves of each contact's hash; free where both are 0. */
  #pairs = new Uint32Array(2 * SMALLEST);
  #contacts = 0;

  /** Adds the first n contacts of a batch, in expected O(n). @throws RangeError where n leaves an array */
  add(sourceKeys: BigUint64Array, destinationKeys: BigUint64Array, n = sourceKeys.length): void {
    if (!(Number.isInteger(n) && n >= 0 && n <= sourceKeys.length && n <= destinationKeys.length)) {
      throw new RangeError(
        `${n} contacts of ${sourceKeys.length} source keys and ${destinationKeys.length} destination keys`,
      );
    }
    const sources = halves(sourceKeys);
    const destinations = halves(destinationKeys);
    for (let i = 0; i < 2 * n; i += 2) {
      const s0 = sources[i]!;
      const s1 = sources[i + 1]!;
      if (this.#addPair(s0, s1, destinations[i]!, destinations[i + 1]!)) this.#countSource(s0, s1);
    }
  }

  /** Whether the contact is new. */
  #addPair(s0: number, s1: number, d0: number, d1: number): boolean {
    // Four Feistel rounds over the source's key, keyed by the destination's: one-to-one for each destination.
    let x = s0 ^ mix(s1 ^ d0);
    let y = s1 ^ mix((x ^ d1) + 0x9e3779b9);
    x ^= mix((y + d0) ^ 0x7f4a7c15);
    y ^= mix((x + d1) ^ 0xf39cc060);
    x >>>= 0;
    y >>>= 0;
    if (x === 0 && y === 0) y = 1;
    if (this.#contacts + 1 > FULLEST * (this.#pairs.length / 2)) this.#pairs = grownPairs(this.#pairs);
    const pairs = this.#pairs;
    const mask = pairs.length - 1;
    let at = slotOf(x, mask);
    while ((pairs[at]! | pairs[at + 1]!) !== 0) {
      if (pairs[at] === x && pairs[at + 1] === y) return false;
      at = (at + 2) & mask;
    }
    pairs[at] = x;
    pairs[at + 1] = y;
    this.#contacts++;
    return true;
  }

  #countSource(s0: number, s1: number): void {
    if (this.#sources + 1 > FULLEST * this.#counts.length) this.#growSources();
    const at = find(this.#keys, this.#counts, s0, s1);
    if (this.#counts[at] === 0) {
      this.#keys[2 * at] = s0;
      this.#keys[2 * at + 1] = s1;
      this.#sources++;
    }
    this.#counts[at]!++;
  }

  #growSources(): void {
    const keys = new Uint32Array(2 * this.#keys.length);
    const counts = new Uint32Array(2 * this.#counts.length);
    for (let i = 0; i < this.#counts.length; i++) {
      if (this.#counts[i] === 0) continue;
      const at = find(keys, counts, this.#keys[2 * i]!, this.#keys[2 * i + 1]!);
      keys[2 * at] = this.#keys[2 * i]!;
      keys[2 * at + 1] = this.#keys[2 * i + 1]!;
      counts[at] = this.#counts[i]!;
    }
    this.#keys = keys;
    this.#counts = counts;
  }

  /** Distinct destinations of a source; 0 for one that was never added. */
  count(sourceKey: bigint): number {
    const [s0, s1] = halves(BigUint64Array.of(sourceKey));
    return this.#counts[find(this.#keys, this.#counts, s0!, s1!)]!;
  }

  /** Sources with at least one contact. */
  get sources(): number {
    return this.#sources;
  }

  /** Distinct contacts of all sources. */
  get distinctContacts(): number {
    return this.#contacts;
  }

  /** Bytes of all tables; half as much again is needed while one of them doubles. */
  get memoryBytes(): number {
    return this.#keys.byteLength + this.#counts.byteLength + this.#pairs.byteLength;
  }

  /** The n sources of the largest spreads, the largest first; ties by key. O(sources log sources) */
  top(n: number): ExactCount[] {
    const sorted = this.#counts.slice().sort();
    // With fewer than n sources, every one: free slots, of count 0, are never taken.
    const least = Math.max(1, sorted[sorted.length - n] ?? 1);
    const found: ExactCount[] = [];
    for (let i = 0; i < this.#counts.length; i++) {
      if (this.#counts[i]! >= least) found.push({ key: this.#keyAt(i), count: this.#counts[i]! });
    }
    return found.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, n);
  }

  /** Every source's key and spread, in no particular order. */
  spreads(): { keys: BigUint64Array; spreads: Uint32Array } {
    const keys = new BigUint64Array(this.#sources);
    const spreads = new Uint32Array(this.#sources);
    let n = 0;
    for (let i = 0; i < this.#counts.length; i++) {
      if (this.#counts[i] === 0) continue;
      keys[n] = this.#keyAt(i);
      spreads[n++] = this.#counts[i]!;
    }
    return { keys, spreads };
  }

  #keyAt(i: number): bigint {
    return new BigUint64Array(this.#keys.buffer)[i]!;
  }
}

/** The keys' halves, in the machine's order. */
function halves(keys: BigUint64Array): Uint32Array {
  return new Uint32Array(keys.buffer, keys.byteOffset, 2 * keys.length);
}

/** MurmurHash3's 32-bit finaliser. */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** The first place to look in a table of pairs, an even number. */
function slotOf(x: number, mask: number): number {
  return (x << 1) & mask;
}

function grownPairs(old: Uint32Array): Uint32Array<ArrayBuffer> {
  const pairs = new Uint32Array(2 * old.length);
  const mask = pairs.length - 1;
  for (let i = 0; i < old.length; i += 2) {
    const x = old[i]!;
    const y = old[i + 1]!;
    if ((x | y) === 0) continue;
    let at = slotOf(x, mask);
    while ((pairs[at]! | pairs[at + 1]!) !== 0) at = (at + 2) & mask;
    pairs[at] = x;
    pairs[at + 1] = y;
  }
  return pairs;
}

/** The slot that holds a source, or the free one where it belongs. */
function find(keys: Uint32Array, counts: Uint32Array, s0: number, s1: number): number {
  const mask = counts.length - 1;
  let at = mix(s0 ^ mix(s1)) & mask;
  while (counts[at] !== 0 && (keys[2 * at] !== s0 || keys[2 * at + 1] !== s1)) at = (at + 1) & mask;
  return at;
}
