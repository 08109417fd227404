import { seedHalves } from "../../numbers/seed-halves.ts";
import { Arena } from "../kernel/arena.ts";
import { compileKernel, demand, instantiate } from "../kernel/kernel.ts";
import * as Status from "../kernel/status.ts";
import { FAMILY, type SketchParameters, type SpreadExports, sketchBytes } from "./exports.ts";
import {
  type Blocks,
  type CandidateEntry,
  ENTRY_BYTES,
  readCandidates,
  splitBlocks,
  TABLE_HEADER_BYTES,
} from "./sketch-state.ts";
import { sourceChunks, type TraceContacts } from "./trace.ts";

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

const IDENTITY_BYTES = 40;
/** Items that cross the border in one call. */
const CHUNK = 65536;

/**
 * One sketch, and a candidate table if asked for, in a kernel instance of its own: what becomes garbage with this object
 * is all the memory it took. Arrays in, arrays out; every refusal is a KernelError.
 */
export class SketchMemory {
  readonly parameters: SketchParameters;
  readonly #kernel: SpreadExports;
  readonly #arena: Arena;
  readonly #sketch: number;
  readonly #sketchBytes: number;
  readonly #table: number;
  readonly #tableBytes: number;

  private constructor(kernel: SpreadExports, parameters: SketchParameters, capacity: number, blocks?: Blocks) {
    this.#kernel = kernel;
    this.#arena = new Arena(kernel);
    this.parameters = parameters;
    this.#sketchBytes = sketchBytes(kernel, parameters);
    demand(this.#sketchBytes === 0 ? Status.BAD_PARAMETER : Status.OK, "sketch");
    // Before memory is reserved: a forged header may promise gigabytes.
    demand(
      blocks !== undefined && blocks.sketch.length !== this.#sketchBytes ? Status.INCONSISTENT : Status.OK,
      "sketch",
    );
    this.#tableBytes = capacity === 0 ? 0 : kernel.table_bytes(capacity) >>> 0;
    demand(capacity !== 0 && this.#tableBytes === 0 ? Status.BAD_PARAMETER : Status.OK, "candidate table");
    this.#sketch = this.#arena.reserve(this.#sketchBytes);
    this.#table = capacity === 0 ? 0 : this.#arena.reserve(this.#tableBytes);
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
      ...seedHalves(p.seed),
    );
    demand(status, "sketch");
    if (capacity > 0) demand(this.#kernel.table_init(this.#table, capacity), "candidate table");
  }

  #restore(blocks: Blocks): void {
    this.#arena.view(this.#sketch, blocks.sketch.length).set(blocks.sketch);
    demand(this.#kernel.sketch_check(this.#sketch, blocks.sketch.length), "sketch");
    if (this.#table === 0) return;
    this.#arena.view(this.#table, blocks.table.length).set(blocks.table);
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
      this.#arena.scoped(() => {
        const s = this.#arena.copyIn(sources.subarray(first, first + n));
        const d = this.#arena.copyIn(destinations.subarray(first, first + n));
        demand(store(this.#sketch, s, d, n), "store");
      });
    }
  }

  /** Stores n contacts and feeds the candidate table with those that flip a bit. */
  storeTracked(sources: Identities, destinations: Identities, n: number): void {
    this.#arena.scoped(() => {
      const identities = this.#arena.copyIn(sources.bytes.subarray(0, n * IDENTITY_BYTES));
      const kinds = this.#arena.copyIn(sources.kinds.subarray(0, n));
      const ports = sources.ports === undefined ? 0 : this.#arena.copyIn(sources.ports.subarray(0, n));
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
    const identities = this.#arena.copyIn(parties.bytes.subarray(0, n * IDENTITY_BYTES));
    const kinds = this.#arena.copyIn(parties.kinds.subarray(0, n));
    const ports = parties.ports === undefined ? 0 : this.#arena.copyIn(parties.ports.subarray(0, n));
    return this.#keysAt(identities, kinds, ports, n);
  }

  #keysAt(identities: number, kinds: number, ports: number, n: number): number {
    const keys = this.#arena.reserve(n * 8);
    demand(
      this.#kernel.keys_of_identities(identities, kinds, ports, n, ...seedHalves(this.parameters.seed), keys),
      "keys",
    );
    return keys;
  }

  /** The keys under this sketch's seed. */
  keysOfIdentities(parties: Identities, n: number): BigUint64Array {
    return this.#arena.scoped(() => {
      const keys = this.#placeKeys(parties, n);
      return this.#arena.u64(keys, n);
    });
  }

  /** The keys of IPv4 addresses given as numbers: the same as keysOfIdentities gives. */
  keysOfIpv4(addresses: Uint32Array): BigUint64Array {
    return this.#arena.scoped(() => {
      const placed = this.#arena.copyIn(addresses);
      const keys = this.#arena.reserve(addresses.length * 8);
      demand(this.#kernel.keys_of_ipv4(placed, addresses.length, ...seedHalves(this.parameters.seed), keys), "keys");
      return this.#arena.u64(keys, addresses.length);
    });
  }

  /** Estimates sources by key. O(n s g). */
  estimate(keys: BigUint64Array, decoder: number): Estimates {
    return this.#arena.scoped(() => {
      const n = keys.length;
      const placed = this.#arena.copyIn(keys);
      const estimates = this.#arena.reserve(n * 8);
      const errors = this.#arena.reserve(n * 8);
      const flags = this.#arena.reserve(n);
      demand(this.#kernel.estimate(this.#sketch, decoder, placed, n, estimates, errors, flags), "estimate");
      return {
        estimate: this.#arena.f64(estimates, n),
        standardError: this.#arena.f64(errors, n),
        saturated: this.#arena.u8(flags, n),
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
    return this.#arena.u32(this.#sketch + 68 + 8 * segment, 1)[0];
  }

  /** Adds another sketch of the same parameters and seed, its candidates too. @throws KernelError else. */
  merge(other: SketchMemory): void {
    this.#arena.scoped(() => {
      const theirs = this.#arena.copyIn(other.#arena.view(other.#sketch, other.#sketchBytes));
      const tables = this.#table !== 0 && other.#table !== 0;
      // Before the sketches merge: a refusal leaves all as it was.
      demand(tables && this.capacity !== other.capacity ? Status.INCOMPATIBLE : Status.OK, "merge of candidate tables");
      demand(this.#kernel.sketch_merge(this.#sketch, theirs), "merge");
      if (!tables) return;
      const table = this.#arena.copyIn(other.#arena.view(other.#table, other.#tableBytes));
      demand(this.#kernel.table_merge(this.#table, table), "merge of candidate tables");
    });
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
    bytes.set(this.#arena.view(this.#sketch, this.#sketchBytes));
    if (this.#table !== 0) bytes.set(this.#arena.view(this.#table, this.#tableBytes), this.#sketchBytes);
    return bytes;
  }

  /** The candidate table's entries, in table order. */
  candidates(): CandidateEntry[] {
    if (this.#table === 0) return [];
    return readCandidates(this.#arena.view(this.#table, this.#tableBytes));
  }

  /** Stores a generated trace's contacts without their leaving the kernel. @param first index of spreads[0]'s source */
  storeTrace(spreads: Uint32Array, first: number, trace: TraceContacts): void {
    for (const { from, to, contacts } of sourceChunks(spreads)) {
      this.#arena.scoped(() => {
        const placed = this.#arena.copyIn(spreads.subarray(from, to));
        const sources = this.#arena.reserve(contacts * 4);
        const destinations = this.#arena.reserve(contacts * 4);
        const seed = seedHalves(trace.seed);
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
