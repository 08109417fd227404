import { type Build, compileKernel } from "../../../src/wasm/kernel/kernel.ts";
import { DECODER, FAMILY, INDEX_HASH, type SketchParameters } from "../../../src/wasm/spread/exports.ts";
import { SketchMemory } from "../../../src/wasm/spread/sketch-memory.ts";
import { randomStream } from "../../oracles/random.ts";

export const BUILDS = ["simd", "scalar", "counted"] as const satisfies readonly Build[];

const common = { seed: 0xfedcba9876543210n, segments: 1, sampling: 2 ** 32 };

/** One of each estimator and index hash; sizes that are no multiple of 4, 16, 64 or a power of two. */
export const SKETCHES: readonly { name: string; parameters: SketchParameters; decoders: readonly number[] }[] = (
  ["mix64", "double32"] as const
).flatMap((hash) => {
  const bitmap = { ...common, family: FAMILY.bitmap, indexHash: INDEX_HASH[hash] };
  const single = [DECODER.logarithm, DECODER.exact];
  const segmented = [DECODER.candidate, DECODER.joint];
  return [
    { name: `cse-256 ${hash}`, parameters: { ...bitmap, cells: 10_007, virtual: 256 }, decoders: single },
    { name: `cse-37 ${hash}`, parameters: { ...bitmap, cells: 1_000, virtual: 37 }, decoders: single },
    {
      name: `cses-100 ${hash}`,
      parameters: { ...bitmap, cells: 4_097, virtual: 100, sampling: 2 ** 30 + 7 },
      decoders: single,
    },
    {
      name: `mcse-50/2 ${hash}`,
      parameters: { ...bitmap, cells: 6_400, virtual: 50, segments: 2 },
      decoders: segmented,
    },
    {
      name: `mcse-64/5 ${hash}`,
      parameters: { ...bitmap, cells: 64 * 97, virtual: 64, segments: 5 },
      decoders: segmented,
    },
  ];
});

export const REGISTER_SKETCHES: readonly { name: string; parameters: SketchParameters }[] = [
  {
    name: "vhll-16",
    parameters: { ...common, family: FAMILY.vhll, indexHash: INDEX_HASH.mix64, cells: 1_001, virtual: 16 },
  },
  {
    name: "vhll-100",
    parameters: { ...common, family: FAMILY.vhll, indexHash: INDEX_HASH.mix64, cells: 3_333, virtual: 100 },
  },
  {
    name: "rskt2-32",
    parameters: { ...common, family: FAMILY.rskt2, indexHash: INDEX_HASH.mix64, cells: 1_000, virtual: 32 },
  },
  {
    name: "rskt2-70",
    parameters: { ...common, family: FAMILY.rskt2, indexHash: INDEX_HASH.mix64, cells: 3_001, virtual: 70 },
  },
];

export const ALL_SKETCHES = [...SKETCHES, ...REGISTER_SKETCHES];

export function createIn(build: Build, parameters: SketchParameters, capacity = 0): SketchMemory {
  return SketchMemory.create(parameters, capacity, compileKernel("spread", build));
}

/** n contacts of few sources: source j has about twice the contacts of source j + 1; destinations repeat. */
export function skewedContacts(n: number, seed: number): { sources: Uint32Array; destinations: Uint32Array } {
  const random = randomStream(seed);
  const sources = new Uint32Array(n);
  const destinations = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    sources[i] = 0x0a000000 + Math.min(11, Math.floor(-Math.log2(1 - random.unit())));
    destinations[i] = random.below(3 * n + 1);
  }
  return { sources, destinations };
}

/** The sketch's payload, without header and candidate table. */
export function payloadOf(bytes: Uint8Array): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(36, true);
  return bytes.subarray(256, 256 + length);
}
