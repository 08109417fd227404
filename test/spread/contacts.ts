import type { SpreadSketch } from "../../src/spread/spread-sketch.ts";
import { type TracePreset, traceSpreads } from "../../src/spread/trace.ts";
import type { Identities } from "../../src/wasm/spread/sketch-memory.ts";
import { traceContacts } from "../../src/wasm/spread/trace.ts";
import { randomStream } from "../oracles/random.ts";

/** Contacts between IPv4 addresses given as numbers. */
export interface Contacts {
  readonly sources: Uint32Array;
  readonly destinations: Uint32Array;
}

/** IPv4 identities as the formats hand them over: kind 4, network byte order, zero-padded to 40 bytes. */
export function ipv4Identities(addresses: Uint32Array): Identities {
  const bytes = new Uint8Array(addresses.length * 40);
  const view = new DataView(bytes.buffer);
  addresses.forEach((address, i) => {
    view.setUint32(40 * i, address);
  });
  return { bytes, kinds: new Uint8Array(addresses.length).fill(4), ports: undefined };
}

/** Adds contacts batch by batch, feeding the candidate table. */
export function addContacts(sketch: SpreadSketch, { sources, destinations }: Contacts, batch = 65536): void {
  for (let from = 0; from < sources.length; from += batch) {
    const s = sources.subarray(from, from + batch);
    sketch.add(ipv4Identities(s), ipv4Identities(destinations.subarray(from, from + batch)), s.length);
  }
}

/** A trace's contacts in random order, and its spreads. */
export function shuffledTrace(preset: TracePreset, seed: number): Contacts & { spreads: Uint32Array } {
  const spreads = traceSpreads(preset, BigInt(seed));
  const { sources, destinations } = traceContacts(spreads, 0, { addresses: 0, seed: BigInt(seed) });
  const random = randomStream(seed);
  for (let i = sources.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [sources[i], sources[j]] = [sources[j]!, sources[i]!];
    [destinations[i], destinations[j]] = [destinations[j]!, destinations[i]!];
  }
  return { sources, destinations, spreads };
}

/** Distinct destinations of every source, for contacts that are distinct already. */
export function countBySource({ sources }: Contacts): Map<number, number> {
  const counts = new Map<number, number>();
  for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1);
  return counts;
}

/**
 * The share of the n sources of truly largest spread that the sketch's top n names. A source that ties with the n-th counts as one
 * of them, so that no order among equals is asked for.
 */
export function recallOfTop(sketch: SpreadSketch, counts: Map<number, number>, n: number): number {
  const least = [...counts.values()].sort((a, b) => b - a)[n - 1]!;
  const named = sketch.top(n).map(({ identity }) => new DataView(identity.buffer, identity.byteOffset).getUint32(0));
  return named.filter((address) => counts.get(address)! >= least).length / n;
}

/** The share of the n sources of truly largest spread that the candidate table holds, however it ranks them. */
export function heldOfTop(sketch: SpreadSketch, counts: Map<number, number>, n: number): number {
  const least = [...counts.values()].sort((a, b) => b - a)[n - 1]!;
  const held = sketch
    .top(sketch.candidates)
    .map(({ identity }) => new DataView(identity.buffer, identity.byteOffset).getUint32(0));
  return Math.min(1, held.filter((address) => counts.get(address)! >= least).length / n);
}
