import { DECODER, FAMILY, INDEX_HASH, type SketchParameters } from "../wasm/spread/exports.ts";

/** cse, cses, mcse: Dao, Nyang, Lee; esc: Li, Chen, Luo; vhll, rskt2: register sketches for comparison. */
export const ESTIMATORS = ["cse", "cses", "mcse", "esc", "vhll", "rskt2"] as const;
export type Estimator = (typeof ESTIMATORS)[number];

/** Of MCSE: the paper's choice of one segment, or maximum likelihood over all of them. */
export const DECODERS = ["joint", "candidate"] as const;
export type McseDecoder = (typeof DECODERS)[number];

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
  readonly segments?: number;
  /** Of cses and esc: (0, 1]; else 1. */
  readonly sampling?: number;
  /** 0 to 2^64 - 1. */
  readonly seed?: number | bigint;
  /** Of mcse. */
  readonly decoder?: McseDecoder;
  readonly indexHash?: IndexHash;
}

/** All options, none left to a default. */
export interface ResolvedOptions extends Required<Omit<SketchOptions, "seed">> {
  readonly seed: bigint;
}

/** Reaches 2.9 million with 256 virtual bits; docs/spread.md gives the curve it was chosen by. */
export const DEFAULT_SEGMENTS = 11;
export const DEFAULT_VIRTUAL_BITS = 256;
/** DEFAULT_SEGMENTS, or as many as leave the smallest segment 4 times the virtual bits, at least 2. */
export function defaultSegments(memoryBits: number, virtualBits: number): number {
  let segments = DEFAULT_SEGMENTS;
  while (segments > 2 && smallestSegment(memoryBits, segments) < 4 * virtualBits) segments--;
  return segments;
}

function smallestSegment(bits: number, segments: number): number {
  return Math.floor(bits / (2 ** segments - 1) / 64) * 64;
}

export const DEFAULT_SAMPLING = 0.25;
const REGISTER_BITS = 5;
const SAMPLING_SCALE = 2 ** 32;

/** Fills in defaults and checks ranges. @throws RangeError that names the option. */
export function resolveOptions(options: SketchOptions): ResolvedOptions {
  const { estimator } = options;
  const sampled = estimator === "cses" || estimator === "esc";
  const segmented = estimator === "mcse";
  if (options.segments !== undefined && !segmented && options.segments !== 1) {
    throw new RangeError(`segments belong to mcse, not to ${estimator}`);
  }
  if (options.sampling !== undefined && !sampled && options.sampling !== 1) {
    throw new RangeError(`sampling belongs to cses and esc, not to ${estimator}`);
  }
  const resolved = {
    estimator,
    memoryBits: wholeNumber("memory", options.memoryBits, 64, 2 ** 32 - 1),
    virtualBits: wholeNumber("virtual bits", options.virtualBits, 2, 65536),
    segments: segmented
      ? wholeNumber("segments", options.segments ?? defaultSegments(options.memoryBits, options.virtualBits), 2, 16)
      : 1,
    sampling: sampled ? probability(options.sampling ?? DEFAULT_SAMPLING) : 1,
    seed: seedOf(options.seed ?? 1),
    decoder: options.decoder ?? "joint",
    indexHash: estimator === "vhll" || estimator === "rskt2" ? "mix64" : (options.indexHash ?? "double32"),
  } as const;
  demandRoom(resolved);
  return resolved;
}

function wholeNumber(name: string, value: number, least: number, most: number): number {
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
  const { estimator, virtualBits, segments } = options;
  const cells = cellsOf(options);
  const smallest = segments === 1 ? cells : smallestSegment(cells, segments);
  const needed = estimator === "rskt2" ? 2 * virtualBits : estimator === "vhll" ? virtualBits + 1 : virtualBits;
  if (smallest < Math.max(needed, segments === 1 ? 2 : 64)) {
    const where = segments === 1 ? "" : ` in the smallest of ${segments} segments`;
    throw new RangeError(
      `memory of ${options.memoryBits} bits leaves ${smallest} ${estimator === "vhll" || estimator === "rskt2" ? "registers" : "bits"}${where}, fewer than ${virtualBits} virtual bits need (${needed}): more memory, fewer virtual bits or fewer segments`,
    );
  }
}

/** Cells in that much memory: bits, or 5-bit registers. MCSE takes whole 64-bit words, rSkt2 whole pairs of columns. */
export function cellsOf(options: Pick<ResolvedOptions, "estimator" | "memoryBits" | "virtualBits">): number {
  const { estimator, memoryBits } = options;
  if (estimator === "vhll" || estimator === "rskt2") return Math.floor(memoryBits / REGISTER_BITS);
  return estimator === "mcse" ? memoryBits - (memoryBits % 64) : memoryBits;
}

/** The kernel's parameters for these options. */
export function kernelParameters(options: ResolvedOptions): SketchParameters {
  const { estimator } = options;
  return {
    family: estimator === "vhll" ? FAMILY.vhll : estimator === "rskt2" ? FAMILY.rskt2 : FAMILY.bitmap,
    indexHash: INDEX_HASH[options.indexHash],
    seed: options.seed,
    cells: cellsOf(options),
    virtual: options.virtualBits,
    segments: options.segments,
    sampling: Math.max(1, Math.floor(options.sampling * SAMPLING_SCALE)),
  };
}

/** The options a saved state speaks of. Whether one bitmap was meant as cse, cses or esc is told by its sampling. */
export function optionsOf(parameters: SketchParameters): ResolvedOptions {
  const { family, segments, sampling } = parameters;
  const registers = family !== FAMILY.bitmap;
  const single = sampling < SAMPLING_SCALE ? "cses" : "cse";
  return {
    estimator: family === FAMILY.vhll ? "vhll" : registers ? "rskt2" : segments > 1 ? "mcse" : single,
    memoryBits: registers ? parameters.cells * REGISTER_BITS : parameters.cells,
    virtualBits: parameters.virtual,
    segments,
    sampling: sampling / SAMPLING_SCALE,
    seed: parameters.seed,
    decoder: "joint",
    indexHash: parameters.indexHash === INDEX_HASH.mix64 ? "mix64" : "double32",
  };
}

/** Which of the kernel's decoders reads this estimator. */
export function decoderOf(options: Pick<ResolvedOptions, "estimator" | "decoder">): number {
  switch (options.estimator) {
    case "mcse":
      return DECODER[options.decoder];
    case "esc":
      return DECODER.exact;
    case "vhll":
    case "rskt2":
      return DECODER.registers;
    default:
      return DECODER.logarithm;
  }
}

/**
 * The largest spread the estimator can tell, s ln s / p (specification: CSE-256 1420, CSES-256/.25 5678, MCSE-256/3 11357).
 * Registers have none that matters: infinity.
 */
export function rangeLimit(
  options: Pick<ResolvedOptions, "estimator" | "virtualBits" | "segments" | "sampling">,
): number {
  const { estimator, virtualBits: s } = options;
  if (estimator === "vhll" || estimator === "rskt2") return Number.POSITIVE_INFINITY;
  return (s * Math.log(s) * (estimator === "mcse" ? 2 ** options.segments : 1)) / options.sampling;
}
