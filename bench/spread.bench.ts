import { SpreadSketch } from "#src/spread/spread-sketch.ts";
import { compileKernel, instantiate, type KernelExports } from "#src/wasm/kernel/kernel.ts";
import { type Contender, interleave, ratioTable, timed } from "./interleave.ts";
import { type Native, startNative } from "./native.ts";
import { JavaScriptSketch } from "./spread-javascript.ts";

/** The kernel's functions that are timed, without the copying that the host adds. */
interface SpreadKernel extends KernelExports {
  sketch_bytes(family: number, hash: number, cells: number, s: number, g: number, sampling: number): number;
  sketch_init(at: number, ...parameters: number[]): number;
  sketch_clear(sketch: number): void;
  store_ipv4(sketch: number, sources: number, destinations: number, n: number): number;
  keys_of_ipv4(addresses: number, n: number, seedLow: number, seedHigh: number, out: number): number;
  estimate(
    sketch: number,
    decoder: number,
    keys: number,
    n: number,
    out: number,
    errors: number,
    flags: number,
  ): number;
}

const CONTACTS = 8_400_000;
const SOURCES = 100_000;
const BITS = 8_000_000;
const VIRTUAL = 256;
const HASHES = { double32: 2, mix64: 1 } as const;

/**
 * Store and decode of CSE-256 in 8,000,000 bits: the kernel (SIMD and scalar), the same algorithm in C and in plain JavaScript, and
 * the package's own SpreadSketch with all its copying. 8.4M contacts; 100,000 sources x 256 virtual bits.
 */
export async function spreadSuite(rounds: number): Promise<string[]> {
  const { sources, destinations } = contacts();
  const native = startNative("spread");
  const javaScript = new JavaScriptSketch(BITS, VIRTUAL, 0x9e3779b9, 0x7f4a7c15);
  const queried = Uint32Array.from({ length: SOURCES }, (_, i) => i);
  const tables: string[] = [];
  try {
    for (const hash of ["double32", "mix64"] as const) {
      const simd = kernelAt("simd", hash, sources, destinations, queried);
      const scalar = kernelAt("scalar", hash, sources, destinations, queried);
      const sketch = SpreadSketch.create(
        { estimator: "cse", memoryBits: BITS, virtualBits: VIRTUAL, indexHash: hash },
        0,
      );
      const keys = sketch.keysOfIpv4(queried);
      const stores: Contender[] = [
        { name: `kernel, SIMD (${hash})`, run: timed(simd.store) },
        { name: "kernel, scalar", run: timed(scalar.store) },
        { name: "SpreadSketch.addIpv4", run: timed(() => sketch.addIpv4(sources, destinations)) },
        ...nativeContenders(native, "store", hash),
        {
          name: "JavaScript (double32)",
          run: timed(() => {
            javaScript.clear();
            javaScript.store(sources, destinations);
          }),
        },
      ];
      tables.push(ratioTable(`Store 8.4M contacts, ${hash}`, await interleave(stores, rounds)));
      const decodes: Contender[] = [
        { name: `kernel, SIMD (${hash})`, run: timed(simd.decode) },
        { name: "kernel, scalar", run: timed(scalar.decode) },
        { name: "SpreadSketch.estimate", run: timed(() => void sketch.estimate(keys)) },
        ...nativeContenders(native, "decode", hash),
        { name: "JavaScript (double32)", run: timed(() => void javaScript.zeros(queried)) },
      ];
      tables.push(ratioTable(`Decode 100,000 sources x 256 bits, ${hash}`, await interleave(decodes, rounds)));
    }
  } finally {
    native?.stop();
  }
  if (native === undefined) tables.push("C: not run, no compiler");
  return tables;
}

function nativeContenders(native: Native | undefined, job: "store" | "decode", hash: string): Contender[] {
  if (native === undefined) return [];
  return [
    { name: "C, as first written", run: () => native.run(`${job} ${hash} plain`) },
    { name: "C, cut for gcc to vectorise", run: () => native.run(`${job} ${hash}`) },
  ];
}

function kernelAt(
  build: "simd" | "scalar",
  hash: keyof typeof HASHES,
  sources: Uint32Array,
  destinations: Uint32Array,
  queried: Uint32Array,
): { store: () => void; decode: () => void } {
  const kernel = instantiate<SpreadKernel>(compileKernel("spread", build));
  const parameters = [1, HASHES[hash], BITS, VIRTUAL, 1, 2 ** 32] as const;
  const sketch = kernel.alloc(kernel.sketch_bytes(...parameters));
  kernel.sketch_init(sketch, ...parameters, 1, 0);
  const place = (array: Uint32Array): number => {
    const at = kernel.alloc(array.byteLength);
    new Uint32Array(kernel.memory.buffer, at, array.length).set(array);
    return at;
  };
  const from = place(sources);
  const to = place(destinations);
  const keys = kernel.alloc(SOURCES * 8);
  kernel.keys_of_ipv4(place(queried), SOURCES, 1, 0, keys);
  const out = kernel.alloc(SOURCES * 17);
  return {
    store: () => {
      kernel.sketch_clear(sketch);
      kernel.store_ipv4(sketch, from, to, CONTACTS);
    },
    decode: () => {
      kernel.estimate(sketch, 0, keys, SOURCES, out, out + SOURCES * 8, out + SOURCES * 16);
    },
  };
}

/** 8.4M contacts of up to 3.5M sources in no order. */
function contacts(): { sources: Uint32Array; destinations: Uint32Array } {
  const sources = new Uint32Array(CONTACTS);
  const destinations = new Uint32Array(CONTACTS);
  let state = 0x2545f491;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < CONTACTS; i++) {
    sources[i] = next() % 3_500_000;
    destinations[i] = next();
  }
  return { sources, destinations };
}
