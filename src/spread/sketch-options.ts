import { INDEX_HASH, type SketchParameters } from "../wasm/spread/exports.ts";
import {
  DEFAULT_SAMPLING,
  DEFAULT_SEGMENTS,
  type Estimator,
  estimatorOf,
  estimatorsThat,
  estimatorTold,
  type McseDecoder,
} from "./estimators.ts";

/** `double32` is fastest and keeps the accuracy (docs/spread.md); `mix64` hashes every virtual bit by itself. */
export const INDEX_HASHES = ["double32", "mix64"] as const;
export type IndexHash = (typeof INDEX_HASHES)[number];

/** What a sketch is made from. Bits of memory, virtual bits s, segments g, sampling probability p. */
export interface SketchOptions {
  readonly estimator: Estimator;
  /** Bits of the bitmap or of the 5-bit registers, 64 to 2^32 - 1. */
  readonly memoryBits: number;
  /** Virtual bits (registers for vhll and rskt2) a source, 2 to 65536. */
  readonly virtualBits: number;
  /** Of mcse: 2 to 16 segments; else 1. */
  readonly segments?: number | undefined;
  /** Of cses and esc: (0, 1]; else 1. */
  readonly sampling?: number | undefined;
  /** 0 to 2^64 - 1. */
  readonly seed?: number | bigint | undefined;
  /** Of mcse. */
  readonly decoder?: McseDecoder | undefined;
  readonly indexHash?: IndexHash | undefined;
}

/** All options, none left to a default. */
export interface ResolvedOptions {
  readonly estimator: Estimator;
  readonly memoryBits: number;
  readonly virtualBits: number;
  readonly segments: number;
  readonly sampling: number;
  readonly seed: bigint;
  readonly decoder: McseDecoder;
  readonly indexHash: IndexHash;
}

export const VIRTUAL_BITS = { least: 2, most: 65536 } as const;
export const SEGMENTS = { least: 2, most: 16 } as const;
const SAMPLING_SCALE = 2 ** 32;
const WORD_BITS = 64;

/** DEFAULT_SEGMENTS, or as many as leave the smallest segment 4 times the virtual bits, at least 2. */
function defaultSegments(memoryBits: number, virtualBits: number): number {
  let segments = DEFAULT_SEGMENTS;
  while (segments > SEGMENTS.least && smallestSegment(memoryBits, segments) < 4 * virtualBits) segments--;
  return segments;
}

function smallestSegment(bits: number, segments: number): number {
  return Math.floor(bits / (2 ** segments - 1) / WORD_BITS) * WORD_BITS;
}

/** Fills in defaults and checks ranges. @throws RangeError that names the option. */
export function resolveOptions(options: SketchOptions): ResolvedOptions {
  const { estimator } = options;
  const { segmented, sampled, cell } = estimatorOf(estimator);
  if (options.segments !== undefined && !segmented && options.segments !== 1) {
    throw new RangeError(`segments belong to ${estimatorsThat((each) => each.segmented)}, not to ${estimator}`);
  }
  if (options.sampling !== undefined && !sampled && options.sampling !== 1) {
    throw new RangeError(`sampling belongs to ${estimatorsThat((each) => each.sampled)}, not to ${estimator}`);
  }
  const memoryBits = wholeNumber("memory", options.memoryBits, { least: 64, most: 2 ** 32 - 1 });
  const virtualBits = wholeNumber("virtual bits", options.virtualBits, VIRTUAL_BITS);
  const resolved = {
    estimator,
    memoryBits,
    virtualBits,
    segments: segmented
      ? wholeNumber("segments", options.segments ?? defaultSegments(memoryBits, virtualBits), SEGMENTS)
      : 1,
    sampling: sampled ? probability(options.sampling ?? DEFAULT_SAMPLING) : 1,
    seed: seedOf(options.seed ?? 1),
    decoder: options.decoder ?? "joint",
    indexHash: cell === "registers" ? "mix64" : (options.indexHash ?? "double32"),
  } as const;
  demandRoom(resolved);
  return resolved;
}

/** Those of an estimator's parameters that others have not: what tells it beside its memory and virtual bits. */
export function ownParameters({
  estimator,
  segments,
  sampling,
}: Pick<SketchOptions, "estimator" | "segments" | "sampling">): { segments?: number; sampling?: number } {
  const { segmented, sampled } = estimatorOf(estimator);
  return {
    ...(segmented && segments !== undefined && { segments }),
    ...(sampled && sampling !== undefined && { sampling }),
  };
}

function wholeNumber(name: string, value: number, { least, most }: { least: number; most: number }): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${name} must be a whole number from ${least} to ${most}, not ${value}`);
}

function probability(value: number): number {
  if (value >= 1 / SAMPLING_SCALE && value <= 1) return value;
  throw new RangeError(`sampling must lie in (0, 1], not ${value}`);
}

function seedOf(seed: number | bigint): bigint {
  if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
    throw new RangeError(`seed must be a whole number, not ${seed}`);
  }
  const value = BigInt(seed);
  if (value >= 0n && value < 1n << 64n) return value;
  throw new RangeError(`seed must lie in 0 .. 2^64 - 1, not ${seed}`);
}

function demandRoom(options: ResolvedOptions): void {
  const { estimator, memoryBits, virtualBits, segments } = options;
  const { cell, cellsNeeded } = estimatorOf(estimator);
  const cells = cellsOf(options);
  const smallest = segments === 1 ? cells : smallestSegment(cells, segments);
  const needed = cellsNeeded(virtualBits);
  if (smallest < Math.max(needed, segments === 1 ? 2 : WORD_BITS)) {
    const where = segments === 1 ? "" : ` in the smallest of ${segments} segments`;
    throw new RangeError(
      `memory of ${memoryBits} bits leaves ${smallest} ${cell}${where}, fewer than ${virtualBits} virtual bits need (${needed}): more memory, fewer virtual bits or fewer segments`,
    );
  }
}

/** Cells in that much memory: bits, or 5-bit registers. MCSE takes whole 64-bit words. */
export function cellsOf({ estimator, memoryBits }: Pick<SketchOptions, "estimator" | "memoryBits">): number {
  const { bitsOfCell, cellsTaken } = estimatorOf(estimator);
  const cells = Math.floor(memoryBits / bitsOfCell);
  return cells - (cells % cellsTaken);
}

/** The kernel's parameters for these options. */
export function kernelParameters(options: ResolvedOptions): SketchParameters {
  return {
    family: estimatorOf(options.estimator).family,
    indexHash: INDEX_HASH[options.indexHash],
    seed: options.seed,
    cells: cellsOf(options),
    virtual: options.virtualBits,
    segments: options.segments,
    sampling: Math.max(1, Math.floor(options.sampling * SAMPLING_SCALE)),
  };
}

/**
 * The options that a sketch's parameters speak of. Some estimators share a sketch: `as` says which one was meant, and is passed
 * over where the sketch is none of its own.
 */
export function optionsOf(parameters: SketchParameters, as?: Estimator | undefined): ResolvedOptions {
  const { family, segments, sampling } = parameters;
  const told = estimatorTold(family, segments > 1, sampling < SAMPLING_SCALE);
  const estimator = as !== undefined && sharesSketch(as, told) ? as : told;
  return {
    estimator,
    memoryBits: parameters.cells * estimatorOf(told).bitsOfCell,
    virtualBits: parameters.virtual,
    segments,
    sampling: sampling / SAMPLING_SCALE,
    seed: parameters.seed,
    decoder: "joint",
    indexHash: parameters.indexHash === INDEX_HASH.mix64 ? "mix64" : "double32",
  };
}

/** Whether an estimator that no sketch tells reads sketches of another. */
function sharesSketch(as: Estimator, told: Estimator): boolean {
  const [reader, sketch] = [estimatorOf(as), estimatorOf(told)];
  return !reader.toldBySketch && reader.family === sketch.family && reader.segmented === sketch.segmented;
}

/** Which of the kernel's decoders reads this estimator. */
export function decoderOf({ estimator, decoder }: Pick<ResolvedOptions, "estimator" | "decoder">): number {
  return estimatorOf(estimator).decoder(decoder);
}

/**
 * The largest spread the estimator can tell, s ln s / p (specification: CSE-256 1420, CSES-256/.25 5678, MCSE-256/3 11357).
 * Registers have none that matters: infinity.
 */
export function rangeLimit(
  options: Pick<ResolvedOptions, "estimator" | "virtualBits" | "segments" | "sampling">,
): number {
  return estimatorOf(options.estimator).rangeLimit(options);
}
