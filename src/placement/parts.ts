/**
 * Work on a network's shortest paths, cut into parts. A method is a generator that yields the parts it needs next and is
 * handed what they gave, in the same order: one text for a thread by itself (finish) and for parts spread over threads. What
 * the parts are depends on the network and the method alone, so that the bits do not depend on who does them.
 */

import { KernelError } from "../wasm/kernel/kernel.ts";
import * as Status from "../wasm/kernel/status.ts";
import type { GraphArrays } from "../wasm/paths/exports.ts";
import { type Observation, ObservedPaths, type PathSamples, ShortestPaths, type Traffic } from "../wasm/paths/paths.ts";
import { PlacementError } from "./placement-error.ts";

/** Plain data, as results are: it may cross to another thread or machine. */
export type Part =
  /** Chunk of an observation by monitors. */
  | { readonly kind: "observation"; readonly monitors: readonly number[]; readonly chunk: number }
  | { readonly kind: "betweenness"; readonly chunk: number }
  /** Samples [first, first + count) of a seed's stream. */
  | { readonly kind: "samples"; readonly seed: string; readonly first: number; readonly count: number };

export type PartResult =
  | ({ readonly kind: "observation" } & Observation)
  | { readonly kind: "betweenness"; readonly sum: Float64Array; readonly chunks: number }
  | ({ readonly kind: "samples" } & PathSamples);

type Kind = Part["kind"];
type PartOf<K extends Kind> = Extract<Part, { readonly kind: K }>;
type ResultOf<K extends Kind> = Extract<PartResult, { readonly kind: K }>;

/** A method under way: yields parts, receives their results, returns what it found. */
export type Steps<Result> = Generator<readonly Part[], Result, readonly PartResult[]>;

/** Asks for parts of one kind. */
export function* ask<K extends Kind>(kind: K, parts: readonly PartOf<K>[]): Steps<ResultOf<K>[]> {
  const results = yield parts;
  return results.map((result) => {
    if (!isOf(kind, result)) throw new TypeError(`a part of ${kind} gave ${result.kind}`);
    return result;
  });
}

function isOf<K extends Kind>(kind: K, result: PartResult): result is ResultOf<K> {
  return result.kind === kind;
}

/** Follows a method to its end, doing each part as it comes. */
export function finish<Result>(steps: Steps<Result>, work: (part: Part) => PartResult = nothingToDo): Result {
  let step = steps.next([]);
  while (step.done !== true) step = steps.next(step.value.map(work));
  return step.value;
}

/** Of methods on routes, which yield no parts. */
function nothingToDo(part: Part): never {
  throw new TypeError(`nobody does a part of ${part.kind} here`);
}

/**
 * Does parts of one network, in kernels of its own, which are made when first needed.
 * @throws PlacementError (of each part) for a network with more shortest paths than a double can count
 */
export function partWorker(graph: GraphArrays, traffic: Traffic): (part: Part) => PartResult {
  let observed: ObservedPaths | undefined;
  let shortest: ShortestPaths | undefined;
  return (part) =>
    counted((): PartResult => {
      if (part.kind === "observation") {
        observed ??= new ObservedPaths(graph, traffic);
        return { kind: "observation", ...observed.observeChunk(Uint32Array.from(part.monitors), part.chunk) };
      }
      shortest ??= new ShortestPaths(graph);
      if (part.kind === "betweenness") {
        return {
          kind: "betweenness",
          sum: shortest.betweennessChunk(part.chunk),
          chunks: shortest.betweennessChunks,
        };
      }
      const rates = "rates" in traffic ? traffic.rates : undefined;
      return {
        kind: "samples",
        ...shortest.sample(BigInt(part.seed), part.first, part.count, traffic.access, rates),
      };
    });
}

/** Says what the kernel means by a count out of range. */
function counted<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof KernelError) || error.status !== Status.OUT_OF_RANGE) throw error;
    throw new PlacementError(
      "some pair has more than 2^1024 shortest paths, which cannot be counted: take lengths that tell them apart",
    );
  }
}
