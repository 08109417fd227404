import { seedHalves } from "../../numbers/seed-halves.ts";
import { Arena } from "../kernel/arena.ts";
import { compileKernel, demand, instantiate } from "../kernel/kernel.ts";
import type { SpreadExports } from "./exports.ts";

/** Contacts that cross the border in one call. */
const CHUNK = 65536;

/** A generated trace's contacts: what trace_contacts needs beside the spreads. */
export interface TraceContacts {
  readonly addresses: number;
  readonly seed: bigint;
}

/** Runs of sources whose contacts fit a chunk, at least one source each. */
export function* sourceChunks(spreads: Uint32Array): Generator<{ from: number; to: number; contacts: number }> {
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
  const arena = new Arena(kernel);
  const distribution = arena.reserve(trace.max * 8);
  demand(kernel.trace_distribution(trace.exponent, trace.max, distribution), "trace distribution");
  const out = arena.reserve(n * 4);
  const seed = seedHalves(trace.seed);
  const share = trace.shareOfTwo ?? Number.NaN;
  demand(kernel.trace_spreads(distribution, trace.max, share, ...seed, first, n, out), "trace spreads");
  return arena.u32(out, n);
}

/** Writes a trace's contacts as IPv4 numbers, in source order. */
export function traceContacts(
  spreads: Uint32Array,
  first: number,
  trace: TraceContacts,
): { sources: Uint32Array; destinations: Uint32Array } {
  const kernel = instantiate<SpreadExports>(compileKernel("spread"));
  const arena = new Arena(kernel);
  const total = spreads.reduce((sum, spread) => sum + spread, 0);
  const result = { sources: new Uint32Array(total), destinations: new Uint32Array(total) };
  let at = 0;
  for (const { from, to, contacts } of sourceChunks(spreads)) {
    arena.scoped(() => {
      const placed = arena.copyIn(spreads.subarray(from, to));
      const sources = arena.reserve(contacts * 4);
      const destinations = arena.reserve(contacts * 4);
      const seed = seedHalves(trace.seed);
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
      result.sources.set(arena.u32(sources, contacts), at);
      result.destinations.set(arena.u32(destinations, contacts), at);
    });
    at += contacts;
  }
  return result;
}

/** The IPv4 addresses, as numbers, of a trace's sources. */
export function traceSources(indices: Uint32Array, trace: TraceContacts): Uint32Array {
  const kernel = instantiate<SpreadExports>(compileKernel("spread"));
  return indices.map((i) => kernel.trace_source(trace.addresses, ...seedHalves(trace.seed), i) >>> 0);
}
