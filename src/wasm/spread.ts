import { compileKernel, demand, inArena, instantiate, type KernelExports, reserve } from "./kernel.ts";

/** The spread kernel's exports; assembly/spread documents each. */
interface SpreadExports extends KernelExports {
  sketch_bytes(family: number, hash: number, cells: number, s: number, g: number, sampling: number): number;
  sketch_init(
    sketch: number,
    family: number,
    hash: number,
    cells: number,
    s: number,
    g: number,
    sampling: number,
    seedLow: number,
    seedHigh: number,
  ): number;
  sketch_clear(sketch: number): void;
  sketch_seal(sketch: number): void;
  sketch_check(sketch: number, bytes: number): number;
  sketch_merge(a: number, b: number): number;
  sketch_zeros(sketch: number, segment: number): number;
  table_bytes(capacity: number): number;
  table_init(table: number, capacity: number): number;
  table_seal(table: number): void;
  table_check(table: number, bytes: number): number;
  table_merge(a: number, b: number): number;
  keys_of_identities(
    identities: number,
    kinds: number,
    ports: number,
    n: number,
    seedLow: number,
    seedHigh: number,
    out: number,
  ): number;
  keys_of_ipv4(addresses: number, n: number, seedLow: number, seedHigh: number, out: number): number;
  store_ipv4(sketch: number, sources: number, destinations: number, n: number): number;
  store_keys(sketch: number, sources: number, destinations: number, n: number): number;
  store_tracked(
    sketch: number,
    table: number,
    sources: number,
    destinations: number,
    identities: number,
    kinds: number,
    ports: number,
    n: number,
  ): number;
  estimate(
    sketch: number,
    decoder: number,
    keys: number,
    n: number,
    estimates: number,
    errors: number,
    flags: number,
  ): number;
  trace_distribution(exponent: number, max: number, out: number): number;
  trace_spreads(
    distribution: number,
    max: number,
    shareOfTwo: number,
    seedLow: number,
    seedHigh: number,
    first: number,
    n: number,
    out: number,
  ): number;
  trace_source(addresses: number, seedLow: number, seedHigh: number, i: number): number;
  trace_contacts(
    spreads: number,
    n: number,
    first: number,
    addresses: number,
    seedLow: number,
    seedHigh: number,
    capacity: number,
    sources: number,
    destinations: number,
  ): number;
}

/** The instrumented build's further exports. */
interface CountedExports extends SpreadExports {
  count_start(): void;
  count_hashes(): number;
  count_accesses(): number;
  count_transcendentals(): number;
}

export const FAMILY = { bitmap: 1, vhll: 2, rskt2: 3 } as const;
export const INDEX_HASH = { mix64: 1, double32: 2 } as const;
export const DECODER = { logarithm: 0, exact: 1, candidate: 2, joint: 3, registers: 4 } as const;
export const ADDRESSES = { scrambled: 0, sequential: 1, strided: 2 } as const;

/** What a sketch's header says, as plain numbers; assembly/spread/sketch.ts gives the ranges. */
export interface SketchParameters {
  readonly family: number;
  readonly indexHash: number;
  readonly seed: bigint;
  readonly cells: number;
  readonly virtual: number;
  readonly segments: number;
  /** p 2^32, a whole number from 1 to 2^32. */
  readonly sampling: number;
}

/** An entry of the candidate table. */
export interface CandidateEntry {
  readonly key: bigint;
  /** Contacts of this source that flipped a bit since it was admitted, and the count it took over. */
  readonly flips: number;
  readonly port: number;
  readonly kind: number;
  /** 40 bytes. */
  readonly identity: Uint8Array;
}

export interface Estimates {
  /** Not clamped: single-bitmap and register estimates may be below 0. */
  readonly estimate: Float64Array;
  /** One standard error; NaN where the estimator has none. */
  readonly standardError: Float64Array;
  /** 1 where the estimate stands at the estimator's range limit. */
  readonly saturated: Uint8Array;
}

/** Identities of n parties: 40 bytes each, their kinds, and ports where the key has one. */
export interface Identities {
  readonly bytes: Uint8Array;
  readonly kinds: Uint8Array;
  readonly ports: Uint16Array | undefined;
}

/** A generated trace's contacts: what trace_contacts needs beside the spreads. */
export interface TraceContacts {
  readonly addresses: number;
  readonly seed: bigint;
}

export interface OperationCounts {
  readonly hashes: number;
  readonly accesses: number;
  readonly transcendentals: number;
}

const IDENTITY_BYTES = 40;
const HEADER_BYTES = 256;
const TABLE_HEADER_BYTES = 32;
const ENTRY_BYTES = 56;
/** Items that cross the border in one call. */
const CHUNK = 65536;

const low = (seed: bigint): number => Number(seed & 0xffffffffn);
const high = (seed: bigint): number => Number((seed >> 32n) & 0xffffffffn);

/** Bytes of a sketch of these parameters; 0 where they are out of range. */
export function sketchBytes(parameters: SketchParameters, module: WebAssembly.Module): number {
  return bytesOf(instantiate<SpreadExports>(module), parameters);
}

function bytesOf(kernel: SpreadExports, p: SketchParameters): number {
  return kernel.sketch_bytes(p.family, p.indexHash, p.cells, p.virtual, p.segments, p.sampling) >>> 0;
}

/**
 * One sketch, and a candidate table if asked for, in a kernel instance of its own: what becomes garbage with this object
 * is all the memory it took. Arrays in, arrays out; every refusal is a KernelError.
 */
export class SketchMemory {
  readonly parameters: SketchParameters;
  readonly #kernel: SpreadExports;
  readonly #sketch: number;
  readonly #sketchBytes: number;
  readonly #table: number;
  readonly #tableBytes: number;

  private constructor(kernel: SpreadExports, parameters: SketchParameters, capacity: number, blocks?: Blocks) {
    this.#kernel = kernel;
    this.parameters = parameters;
    this.#sketchBytes = bytesOf(kernel, parameters);
    demand(this.#sketchBytes === 0 ? 2 : 0, "sketch");
    this.#tableBytes = capacity === 0 ? 0 : kernel.table_bytes(capacity) >>> 0;
    demand(capacity !== 0 && this.#tableBytes === 0 ? 2 : 0, "candidate table");
    this.#sketch = reserve(kernel, this.#sketchBytes);
    this.#table = capacity === 0 ? 0 : reserve(kernel, this.#tableBytes);
    if (blocks === undefined) this.#initialise(capacity);
    else this.#restore(blocks);
  }

  /** An empty sketch. @param capacity entries of the candidate table, 8 times a power of two, or 0 for none */
  static create(parameters: SketchParameters, capacity: number, module = compileKernel("spread")): SketchMemory {
    return new SketchMemory(instantiate<SpreadExports>(module), parameters, capacity);
  }

  /** The sketch that toBytes wrote. @throws KernelError where the bytes are foreign, damaged or inconsistent. */
  static fromBytes(bytes: Uint8Array, module = compileKernel("spread")): SketchMemory {
    const blocks = splitBlocks(bytes);
    return new SketchMemory(instantiate<SpreadExports>(module), blocks.parameters, blocks.capacity, blocks);
  }

  #initialise(capacity: number): void {
    const p = this.parameters;
    const status = this.#kernel.sketch_init(
      this.#sketch,
      p.family,
      p.indexHash,
      p.cells,
      p.virtual,
      p.segments,
      p.sampling,
      low(p.seed),
      high(p.seed),
    );
    demand(status, "sketch");
    if (capacity > 0) demand(this.#kernel.table_init(this.#table, capacity), "candidate table");
  }

  #restore(blocks: Blocks): void {
    demand(blocks.sketch.length === this.#sketchBytes ? 0 : 6, "sketch");
    this.#copyIn(this.#sketch, blocks.sketch);
    demand(this.#kernel.sketch_check(this.#sketch, blocks.sketch.length), "sketch");
    if (this.#table === 0) return;
    this.#copyIn(this.#table, blocks.table);
    demand(this.#kernel.table_check(this.#table, blocks.table.length), "candidate table");
  }

  /** Bytes of the sketch and of the candidate table, headers included. */
  get memoryBytes(): number {
    return this.#sketchBytes + this.#tableBytes;
  }

  /** Entries of the candidate table. */
  get capacity(): number {
    return this.#tableBytes === 0 ? 0 : (this.#tableBytes - TABLE_HEADER_BYTES) / ENTRY_BYTES;
  }

  get #seedHalves(): [number, number] {
    return [low(this.parameters.seed), high(this.parameters.seed)];
  }

  #copyIn(pointer: number, bytes: Uint8Array): void {
    new Uint8Array(this.#kernel.memory.buffer, pointer, bytes.length).set(bytes);
  }

  #copyOut(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#kernel.memory.buffer, pointer, length).slice();
  }

  #place(array: ArrayBufferView): number {
    const pointer = reserve(this.#kernel, array.byteLength);
    this.#copyIn(pointer, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    return pointer;
  }

  /** Stores contacts between IPv4 addresses given as numbers; the arrays have one length. */
  storeIpv4(sources: Uint32Array, destinations: Uint32Array): void {
    this.#storeChunks(sources, destinations, this.#kernel.store_ipv4);
  }

  /** Stores contacts given by key. */
  storeKeys(sources: BigUint64Array, destinations: BigUint64Array): void {
    this.#storeChunks(sources, destinations, this.#kernel.store_keys);
  }

  #storeChunks<A extends Uint32Array | BigUint64Array>(
    sources: A,
    destinations: A,
    store: SpreadExports["store_keys"],
  ) {
    for (let first = 0; first < sources.length; first += CHUNK) {
      const n = Math.min(CHUNK, sources.length - first);
      inArena(this.#kernel, () => {
        const s = this.#place(sources.subarray(first, first + n));
        const d = this.#place(destinations.subarray(first, first + n));
        demand(store(this.#sketch, s, d, n), "store");
      });
    }
  }

  /** Stores n contacts and feeds the candidate table with those that flip a bit. */
  storeTracked(sources: Identities, destinations: Identities, n: number): void {
    inArena(this.#kernel, () => {
      const identities = this.#place(sources.bytes.subarray(0, n * IDENTITY_BYTES));
      const kinds = this.#place(sources.kinds.subarray(0, n));
      const ports = sources.ports === undefined ? 0 : this.#place(sources.ports.subarray(0, n));
      const s = this.#keysAt(identities, kinds, ports, n);
      const d = this.#placeKeys(destinations, n);
      if (this.#table === 0) demand(this.#kernel.store_keys(this.#sketch, s, d, n), "store");
      else {
        const status = this.#kernel.store_tracked(this.#sketch, this.#table, s, d, identities, kinds, ports, n);
        demand(status, "store");
      }
    });
  }

  #placeKeys(parties: Identities, n: number): number {
    const identities = this.#place(parties.bytes.subarray(0, n * IDENTITY_BYTES));
    const kinds = this.#place(parties.kinds.subarray(0, n));
    const ports = parties.ports === undefined ? 0 : this.#place(parties.ports.subarray(0, n));
    return this.#keysAt(identities, kinds, ports, n);
  }

  #keysAt(identities: number, kinds: number, ports: number, n: number): number {
    const keys = reserve(this.#kernel, n * 8);
    demand(this.#kernel.keys_of_identities(identities, kinds, ports, n, ...this.#seedHalves, keys), "keys");
    return keys;
  }

  /** The keys under this sketch's seed. */
  keysOfIdentities(parties: Identities, n: number): BigUint64Array {
    return inArena(this.#kernel, () => {
      const keys = this.#placeKeys(parties, n);
      return new BigUint64Array(this.#kernel.memory.buffer, keys, n).slice();
    });
  }

  /** The keys of IPv4 addresses given as numbers: the same as keysOfIdentities gives. */
  keysOfIpv4(addresses: Uint32Array): BigUint64Array {
    return inArena(this.#kernel, () => {
      const placed = this.#place(addresses);
      const keys = reserve(this.#kernel, addresses.length * 8);
      demand(this.#kernel.keys_of_ipv4(placed, addresses.length, ...this.#seedHalves, keys), "keys");
      return new BigUint64Array(this.#kernel.memory.buffer, keys, addresses.length).slice();
    });
  }

  /** Estimates sources by key. O(n s g). */
  estimate(keys: BigUint64Array, decoder: number): Estimates {
    return inArena(this.#kernel, () => {
      const n = keys.length;
      const placed = this.#place(keys);
      const estimates = reserve(this.#kernel, n * 8);
      const errors = reserve(this.#kernel, n * 8);
      const flags = reserve(this.#kernel, n);
      demand(this.#kernel.estimate(this.#sketch, decoder, placed, n, estimates, errors, flags), "estimate");
      return {
        estimate: new Float64Array(this.#kernel.memory.buffer, estimates, n).slice(),
        standardError: new Float64Array(this.#kernel.memory.buffer, errors, n).slice(),
        saturated: this.#copyOut(flags, n),
      };
    });
  }

  /** Zero bits of a segment, or zero registers. */
  zeros(segment: number): number {
    return this.#kernel.sketch_zeros(this.#sketch, segment) >>> 0;
  }

  /** Bits of a segment; of the register families, registers. */
  segmentCells(segment: number): number {
    if (this.parameters.family !== FAMILY.bitmap) return this.parameters.cells;
    return new DataView(this.#kernel.memory.buffer, this.#sketch).getUint32(68 + 8 * segment, true);
  }

  /** Adds another sketch of the same parameters and seed, its candidates too. @throws KernelError else. */
  merge(other: SketchMemory): void {
    inArena(this.#kernel, () => {
      const theirs = this.#place(other.#view(other.#sketch, other.#sketchBytes));
      demand(this.#kernel.sketch_merge(this.#sketch, theirs), "merge");
      if (this.#table === 0 || other.#table === 0) return;
      const table = this.#place(other.#view(other.#table, other.#tableBytes));
      demand(this.#kernel.table_merge(this.#table, table), "merge of candidate tables");
    });
  }

  #view(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#kernel.memory.buffer, pointer, length);
  }

  /** Empties the sketch, not the table. */
  clear(): void {
    this.#kernel.sketch_clear(this.#sketch);
  }

  /** The state: the sketch's block, then the table's if there is one. */
  toBytes(): Uint8Array {
    this.#kernel.sketch_seal(this.#sketch);
    if (this.#table !== 0) this.#kernel.table_seal(this.#table);
    const bytes = new Uint8Array(this.#sketchBytes + this.#tableBytes);
    bytes.set(this.#view(this.#sketch, this.#sketchBytes));
    if (this.#table !== 0) bytes.set(this.#view(this.#table, this.#tableBytes), this.#sketchBytes);
    return bytes;
  }

  /** The candidate table's entries, in table order. */
  candidates(): CandidateEntry[] {
    if (this.#table === 0) return [];
    const bytes = this.#view(this.#table, this.#tableBytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const entries: CandidateEntry[] = [];
    for (let at = TABLE_HEADER_BYTES; at < bytes.length; at += ENTRY_BYTES) {
      const flips = view.getUint32(at + 8, true);
      if (flips === 0) continue;
      entries.push({
        key: view.getBigUint64(at, true),
        flips,
        port: view.getUint16(at + 12, true),
        kind: view.getUint8(at + 14),
        identity: bytes.slice(at + 16, at + ENTRY_BYTES),
      });
    }
    return entries;
  }

  /** Stores a generated trace's contacts without their leaving the kernel. @param first index of spreads[0]'s source */
  storeTrace(spreads: Uint32Array, first: number, trace: TraceContacts): void {
    for (const { from, to, contacts } of sourceChunks(spreads)) {
      inArena(this.#kernel, () => {
        const placed = this.#place(spreads.subarray(from, to));
        const sources = reserve(this.#kernel, contacts * 4);
        const destinations = reserve(this.#kernel, contacts * 4);
        const seed = [low(trace.seed), high(trace.seed)] as const;
        const start = first + from;
        demand(
          this.#kernel.trace_contacts(
            placed,
            to - from,
            start,
            trace.addresses,
            ...seed,
            contacts,
            sources,
            destinations,
          ),
          "trace",
        );
        demand(this.#kernel.store_ipv4(this.#sketch, sources, destinations, contacts), "store");
      });
    }
  }
}

interface Blocks {
  readonly parameters: SketchParameters;
  readonly capacity: number;
  readonly sketch: Uint8Array;
  readonly table: Uint8Array;
}

/** Cuts a state into its blocks; the kernel checks what they hold. */
function splitBlocks(bytes: Uint8Array): Blocks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  demand(bytes.length < 4 || view.getUint32(0, true) !== 0x4b53564e ? 4 : 0, "sketch");
  demand(bytes.length < HEADER_BYTES ? 6 : 0, "sketch");
  demand(view.getUint16(4, true) === 1 ? 0 : 5, "sketch");
  const end = HEADER_BYTES + view.getUint32(36, true);
  demand(end > bytes.length ? 6 : 0, "sketch");
  const table = bytes.subarray(end);
  const entries = (table.length - TABLE_HEADER_BYTES) / ENTRY_BYTES;
  demand(table.length > 0 && !(Number.isInteger(entries) && entries > 0) ? 6 : 0, "candidate table");
  const sampling = view.getBigUint64(24, true);
  return {
    parameters: {
      family: view.getUint8(6),
      indexHash: view.getUint8(7),
      seed: view.getBigUint64(8, true),
      virtual: view.getUint32(16, true),
      segments: view.getUint32(20, true),
      sampling: sampling > 0xffffffffn ? 4294967296 : Number(sampling),
      cells: view.getUint32(32, true),
    },
    capacity: table.length === 0 ? 0 : entries,
    sketch: bytes.subarray(0, end),
    table,
  };
}

/** Runs of sources whose contacts fit a chunk, at least one source each. */
function* sourceChunks(spreads: Uint32Array): Generator<{ from: number; to: number; contacts: number }> {
  let from = 0;
  let contacts = 0;
  for (let i = 0; i < spreads.length; i++) {
    if (contacts > 0 && contacts + spreads[i]! > CHUNK) {
      yield { from, to: i, contacts };
      from = i;
      contacts = 0;
    }
    contacts += spreads[i]!;
  }
  if (contacts > 0) yield { from, to: spreads.length, contacts };
}

/** What draws a trace's spreads: a truncated zeta distribution. */
export interface TraceDistribution {
  readonly exponent: number;
  readonly max: number;
  /** P(k = 2 | k is 2 or 3) where it is not the distribution's own. */
  readonly shareOfTwo: number | undefined;
  readonly seed: bigint;
}

/** Draws the spreads of sources first .. first + n - 1, each from (seed, index) alone. */
export function drawSpreads(trace: TraceDistribution, first: number, n: number): Uint32Array {
  const kernel = instantiate<SpreadExports>(compileKernel("spread"));
  const distribution = reserve(kernel, trace.max * 8);
  demand(kernel.trace_distribution(trace.exponent, trace.max, distribution), "trace distribution");
  const out = reserve(kernel, n * 4);
  const seed = [low(trace.seed), high(trace.seed)] as const;
  const share = trace.shareOfTwo ?? Number.NaN;
  demand(kernel.trace_spreads(distribution, trace.max, share, ...seed, first, n, out), "trace spreads");
  return new Uint32Array(kernel.memory.buffer, out, n).slice();
}

/** Writes a trace's contacts as IPv4 numbers, in source order. */
export function traceContacts(
  spreads: Uint32Array,
  first: number,
  trace: TraceContacts,
): { sources: Uint32Array; destinations: Uint32Array } {
  const kernel = instantiate<SpreadExports>(compileKernel("spread"));
  const total = spreads.reduce((sum, spread) => sum + spread, 0);
  const result = { sources: new Uint32Array(total), destinations: new Uint32Array(total) };
  let at = 0;
  for (const { from, to, contacts } of sourceChunks(spreads)) {
    inArena(kernel, () => {
      const placed = reserve(kernel, (to - from) * 4);
      const sources = reserve(kernel, contacts * 4);
      const destinations = reserve(kernel, contacts * 4);
      new Uint32Array(kernel.memory.buffer, placed, to - from).set(spreads.subarray(from, to));
      const seed = [low(trace.seed), high(trace.seed)] as const;
      const call = [
        placed,
        to - from,
        first + from,
        trace.addresses,
        ...seed,
        contacts,
        sources,
        destinations,
      ] as const;
      demand(kernel.trace_contacts(...call), "trace");
      result.sources.set(new Uint32Array(kernel.memory.buffer, sources, contacts), at);
      result.destinations.set(new Uint32Array(kernel.memory.buffer, destinations, contacts), at);
    });
    at += contacts;
  }
  return result;
}

/** The IPv4 addresses, as numbers, of a trace's sources. */
export function traceSources(indices: Uint32Array, trace: TraceContacts): Uint32Array {
  const kernel = instantiate<SpreadExports>(compileKernel("spread"));
  return indices.map((i) => kernel.trace_source(trace.addresses, low(trace.seed), high(trace.seed), i) >>> 0);
}

/**
 * Operations per contact stored and per source estimated, counted by the instrumented build on the given contacts.
 */
export function countOperations(
  parameters: SketchParameters,
  decoder: number,
  sources: Uint32Array,
  destinations: Uint32Array,
): { store: OperationCounts; estimate: OperationCounts } {
  const kernel = instantiate<CountedExports>(compileKernel("spread", "counted"));
  const p = parameters;
  const sketch = reserve(kernel, bytesOf(kernel, p));
  const seed = [low(p.seed), high(p.seed)] as const;
  demand(
    kernel.sketch_init(sketch, p.family, p.indexHash, p.cells, p.virtual, p.segments, p.sampling, ...seed),
    "sketch",
  );
  const n = sources.length;
  const place = (array: Uint32Array): number => {
    const pointer = reserve(kernel, array.byteLength);
    new Uint32Array(kernel.memory.buffer, pointer, array.length).set(array);
    return pointer;
  };
  const s = place(sources);
  const d = place(destinations);
  const keys = reserve(kernel, n * 8);
  const out = reserve(kernel, n * 17);
  const counted = (work: () => number): OperationCounts => {
    kernel.count_start();
    demand(work(), "counted run");
    return {
      hashes: kernel.count_hashes() / n,
      accesses: kernel.count_accesses() / n,
      transcendentals: kernel.count_transcendentals() / n,
    };
  };
  const store = counted(() => kernel.store_ipv4(sketch, s, d, n));
  demand(kernel.keys_of_ipv4(s, n, ...seed, keys), "keys");
  const estimate = counted(() => kernel.estimate(sketch, decoder, keys, n, out, out + n * 8, out + n * 16));
  return { store, estimate };
}
