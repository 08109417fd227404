import { log } from "../numbers/math.ts";
import { type Estimates, type Identities, SketchMemory } from "../wasm/spread/sketch-memory.ts";
import {
  decoderOf,
  kernelParameters,
  optionsOf,
  type ResolvedOptions,
  rangeLimit,
  resolveOptions,
  type SketchOptions,
} from "./sketch-options.ts";

/** A source that may be an offender, with what is known of it. */
export interface Spreader {
  /** The source's identity, 40 bytes, as it was added. */
  readonly identity: Uint8Array;
  /** How to read the identity: 4 IPv4, 6 IPv6, 0 text. */
  readonly kind: number;
  /** The port that is part of the source's key; 0 without. */
  readonly port: number;
  readonly key: bigint;
  /** At least 0. */
  readonly estimate: number;
  /** One standard error; undefined where the estimator has none (rSkt2, MCSE's candidate decoder). */
  readonly standardError: number | undefined;
  /** The estimate stands at the range limit, or the sketch is full: the true spread may be any larger number. */
  readonly saturated: boolean;
}

/** Entries of the candidate table by default: 4096 of 56 bytes, 229 kB. docs/spread.md gives the recall measured. */
export const DEFAULT_CANDIDATES = 4096;

/**
 * A spread sketch: how many distinct destinations each source contacted, in memory that does not grow.
 *
 * Contacts may come in any order, repeated, in batches of any size: the sketch is the same, bit for bit. Sketches of equal
 * options and seed merge. With a candidate table it also names the sources that are likely to have the largest spreads.
 */
export class SpreadSketch {
  readonly options: ResolvedOptions;
  readonly #memory: SketchMemory;
  /** What added contacts without feeding the candidate table, if anything did. */
  #untracked: "addIpv4" | "addTrace" | undefined;

  private constructor(options: ResolvedOptions, memory: SketchMemory) {
    this.options = options;
    this.#memory = memory;
  }

  /**
   * An empty sketch.
   * @param candidates entries of the candidate table, 8 times a power of two; 0 for none
   * @param module the compiled kernel, where it cannot be read from this package's files (browsers)
   * @throws RangeError that names the option out of range
   */
  static create(options: SketchOptions, candidates = DEFAULT_CANDIDATES, module?: WebAssembly.Module): SpreadSketch {
    const resolved = resolveOptions(options);
    if (
      candidates !== 0 &&
      !(candidates >= 8 && Number.isInteger(Math.log2(candidates / 8)) && candidates <= 2 ** 25)
    ) {
      throw new RangeError(`candidates must be 0 or 8 times a power of two up to 2^25, not ${candidates}`);
    }
    return new SpreadSketch(resolved, SketchMemory.create(kernelParameters(resolved), candidates, module));
  }

  /**
   * The sketch that toBytes wrote. @param options how to read it, where it is not told by the state: `esc`, or mcse's decoder
   * @throws KernelError where the bytes are foreign, damaged or inconsistent
   */
  static fromBytes(
    bytes: Uint8Array,
    options: Partial<Pick<SketchOptions, "estimator" | "decoder">> = {},
    module?: WebAssembly.Module,
  ): SpreadSketch {
    const memory = SketchMemory.fromBytes(bytes, module);
    const told = optionsOf(memory.parameters, options.estimator);
    return new SpreadSketch({ ...told, decoder: options.decoder ?? told.decoder }, memory);
  }

  /** Adds contacts between IPv4 addresses given as numbers (10.0.0.1 is 0x0a000001), without feeding the candidate table. */
  addIpv4(sources: Uint32Array, destinations: Uint32Array): void {
    if (sources.length !== destinations.length) {
      throw new RangeError(`${sources.length} sources for ${destinations.length} destinations`);
    }
    this.#memory.storeIpv4(sources, destinations);
    if (sources.length > 0) this.#untracked = "addIpv4";
  }

  /**
   * Adds the first n contacts of a batch and feeds the candidate table with those that flip a bit. A port given on either side is
   * part of that side's key.
   */
  add(sources: Identities, destinations: Identities, n: number): void {
    this.#memory.storeTracked(sources, destinations, n);
  }

  /** Adds a generated trace's contacts without their leaving the kernel (trace.ts). */
  addTrace(spreads: Uint32Array, first: number, trace: { readonly addresses: number; readonly seed: bigint }): void {
    this.#memory.storeTrace(spreads, first, trace);
    this.#untracked = "addTrace";
  }

  /** Keys of IPv4 addresses under this sketch's seed. */
  keysOfIpv4(addresses: Uint32Array): BigUint64Array {
    return this.#memory.keysOfIpv4(addresses);
  }

  /** Keys of the first n identities under this sketch's seed. */
  keysOf(parties: Identities, n: number): BigUint64Array {
    return this.#memory.keysOfIdentities(parties, n);
  }

  /** Estimates sources by key; estimates of single bitmaps and registers are not clamped at 0. O(n s g) */
  estimate(keys: BigUint64Array): Estimates {
    return this.#memory.estimate(keys, decoderOf(this.options));
  }

  /**
   * The candidates by estimate, the largest first; ties by key. O(candidates s g)
   * @throws Error where there are no candidates because all contacts came by addIpv4 or addTrace, which name none
   */
  top(n: number): Spreader[] {
    const entries = this.#memory.candidates();
    if (entries.length === 0 && this.#untracked !== undefined) {
      throw new Error(
        `top: contacts came by ${this.#untracked}, which names no candidates: add them by add, or estimate the keys you ask for, as estimate(keysOfIpv4(addresses))`,
      );
    }
    const keys = BigUint64Array.from(entries, (entry) => entry.key);
    const { estimate, standardError, saturated } = this.estimate(keys);
    const full = this.load === Number.POSITIVE_INFINITY;
    return entries
      .map((entry, i) => ({
        identity: entry.identity,
        kind: entry.kind,
        port: entry.port,
        key: entry.key,
        estimate: Math.max(0, estimate[i]!),
        standardError: Number.isNaN(standardError[i]!) ? undefined : standardError[i]!,
        saturated: full || saturated[i] === 1,
      }))
      .sort((a, b) => b.estimate - a.estimate || (a.key < b.key ? -1 : 1))
      .slice(0, n);
  }

  /** -ln of the zero fraction of the fullest segment (register families: of the registers); infinite when full. */
  get load(): number {
    let load = 0;
    for (let segment = 0; segment < this.options.segments; segment++) {
      load = Math.max(load, -log(this.#memory.zeros(segment) / this.#memory.segmentCells(segment)));
    }
    return load;
  }

  /** Bytes of sketch and candidate table, headers included: all that grows with what was asked for. */
  get memoryBytes(): number {
    return this.#memory.memoryBytes;
  }

  /** Room of the candidate table. */
  get candidates(): number {
    return this.#memory.capacity;
  }

  /** The largest spread that can be told. */
  get rangeLimit(): number {
    return rangeLimit(this.options);
  }

  /** Adds another sketch of equal options and seed: the union of both. @throws KernelError where they differ. */
  merge(other: SpreadSketch): void {
    this.#memory.merge(other.#memory);
    this.#untracked ??= other.#untracked;
  }

  /** The state, sealed with a checksum; fromBytes reads it on any machine. */
  toBytes(): Uint8Array {
    return this.#memory.toBytes();
  }
}
