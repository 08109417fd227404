import type { CoverExports } from "#src/wasm/cover/exports.ts";
import { Arena } from "#src/wasm/kernel/arena.ts";
import { compileKernel, demand, instantiate } from "#src/wasm/kernel/kernel.ts";
import { JavaScriptCover } from "./cover-javascript.ts";
import { type Contender, interleave, ratioTable, timed } from "./interleave.ts";
import { startNative } from "./native.ts";

const SETS = 2000;
const ELEMENTS = 1_000_000;
/** 32-bit words of a row; an even number, as the kernel's rows are of 64-bit words. */
const WORDS = 2 * Math.ceil(ELEMENTS / 64);

/** What is timed: the kernel's way of evaluating, the same form in C, its counterpart in JavaScript. */
const FORMS = [
  { title: "row after row, k = 4", evaluation: 2, picks: 4, native: "row 4", javaScript: "eager" },
  { title: "four rows at once, k = 4", evaluation: 1, picks: 4, native: "four 4", javaScript: "eager" },
  { title: "CELF, k = 50", evaluation: 0, picks: 50, native: "lazy 50", javaScript: "lazy" },
] as const;

/** WebAssembly has vectors of 128 bits; where the processor counts bits in vectors of 512, its own C does four times as much. */
const BUILDS = [
  { name: "C, same form, up to 128 bits", flags: ["-O3", "-march=x86-64-v2"] },
  { name: "C, same form, -march=native", flags: ["-O3", "-march=native"] },
];

/**
 * Greedy maximum coverage of 2000 sets over 10^6 elements: the kernel (SIMD and scalar), the same forms in C, plain JavaScript.
 * @throws Error where two of them do not cover alike
 */
export async function coverSuite(rounds: number): Promise<string[]> {
  const rows = randomRows();
  const natives = BUILDS.flatMap(({ name, flags }) => {
    const native = startNative("cover", flags);
    return native === undefined ? [] : [{ name, native }];
  });
  const javaScript = new JavaScriptCover(rows, SETS, WORDS);
  const simd = kernelAt("simd", rows);
  const scalar = kernelAt("scalar", rows);
  const tables: string[] = [];
  try {
    for (const form of FORMS) {
      const title = `Greedy cover of 2000 sets x 10^6 elements, ${form.title}`;
      const covered = [simd, scalar].map((kernel) => kernel(form.evaluation, form.picks));
      if (covered.some((weight) => weight !== javaScript[form.javaScript](form.picks))) {
        throw new Error(`${title}: kernel and JavaScript differ`);
      }
      const contenders: Contender[] = [
        { name: "kernel, SIMD", run: timed(() => void simd(form.evaluation, form.picks)) },
        { name: "kernel, scalar", run: timed(() => void scalar(form.evaluation, form.picks)) },
        ...natives.map(({ name, native }) => ({ name, run: () => native.run(form.native) })),
        { name: "plain JavaScript", run: timed(() => void javaScript[form.javaScript](form.picks)) },
      ];
      const measured = await interleave(contenders, rounds);
      tables.push(ratioTable(title, measured));
    }
  } finally {
    for (const { native } of natives) native.stop();
  }
  if (natives.length === 0) tables.push("C: not run, no compiler");
  return tables;
}

/** A kernel with the rows in its memory; runs greedy and returns the elements covered. */
function kernelAt(build: "simd" | "scalar", rows: Uint32Array): (evaluation: number, picks: number) => number {
  const kernel = instantiate<CoverExports>(compileKernel("cover", build));
  const arena = new Arena(kernel);
  const at = arena.copyIn(rows);
  const instance = arena.reserve(kernel.instance_bytes());
  const picked = arena.reserve(SETS * 4);
  const gains = arena.reserve(SETS * 8);
  const summary = arena.reserve(48);
  demand(kernel.instance_bits(instance, SETS, ELEMENTS, at, 0, 0), "rows");
  return (evaluation, picks) => {
    const status = kernel.greedy(instance, 0, 0, picks, Infinity, Infinity, evaluation, picked, gains, summary);
    demand(status, "greedy");
    return arena.f64(summary, 3)[2];
  };
}

/** The sets of bench/native/cover.c: ANDs of 2 to 10 random words, so that sizes fall off like 1/rank. */
function randomRows(): Uint32Array {
  const rows = new Uint32Array(SETS * WORDS);
  let state = 2463534242 | 0;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state;
  };
  for (let i = 0; i < SETS; i++) {
    const marker = i | 256;
    const ands = 10 - (31 - Math.clz32(marker & -marker));
    for (let w = 0; w < WORDS; w++) {
      let bits = next();
      for (let k = 1; k < ands; k++) bits &= next();
      rows[i * WORDS + w] = bits;
    }
    const past = ELEMENTS % 64;
    if (past === 0) continue;
    const last = (i + 1) * WORDS;
    if (past <= 32) rows[last - 1] = 0;
    if (past % 32 !== 0) rows[last - (past <= 32 ? 2 : 1)] &= (1 << (past % 32)) - 1;
  }
  return rows;
}
