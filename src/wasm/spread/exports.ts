import type { KernelExports } from "../kernel/kernel.ts";

/** The spread kernel's exports; assembly/spread documents each. */
export interface SpreadExports extends KernelExports {
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
export interface CountedExports extends SpreadExports {
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

/** Bytes of a sketch of these parameters; 0 where they are out of range. */
export function sketchBytes(kernel: SpreadExports, p: SketchParameters): number {
  return kernel.sketch_bytes(p.family, p.indexHash, p.cells, p.virtual, p.segments, p.sampling) >>> 0;
}
