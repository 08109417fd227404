/** Covering problems for the tests: random ones, and the kernel's two forms of each. */
import fc from "fast-check";
import { type BitSets, type CoverAmounts, CoverMemory, type ListSets } from "../../../src/wasm/cover/cover.ts";
import { type Build, compileKernel } from "../../../src/wasm/kernel/kernel.ts";
import type { Problem } from "../../oracles/cover.ts";

export function listsOf(problem: Pick<Problem, "elements" | "sets">): ListSets {
  const offsets = new Uint32Array(problem.sets.length + 1);
  for (const [i, set] of problem.sets.entries()) offsets[i + 1] = offsets[i] + set.length;
  return { elements: problem.elements, offsets, members: Uint32Array.from(problem.sets.flat()) };
}

export function bitsOf(problem: Pick<Problem, "elements" | "sets">): BitSets {
  const words = Math.ceil(problem.elements / 64);
  const rows = new BigUint64Array(problem.sets.length * words);
  for (const [i, set] of problem.sets.entries()) {
    for (const e of set) rows[i * words + (e >> 6)] |= 1n << BigInt(e & 63);
  }
  return { sets: problem.sets.length, elements: problem.elements, rows };
}

export function amountsOf(problem: Problem): CoverAmounts {
  return {
    weights: problem.weights.every((w) => w === 1) ? undefined : Float64Array.from(problem.weights),
    costs: problem.costs.every((c) => c === 1) ? undefined : Float64Array.from(problem.costs),
  };
}

/** The problem by lists and by rows, in both builds. */
export function formsOf(problem: Problem): CoverMemory[] {
  const builds: Build[] = ["simd", "scalar"];
  return builds.flatMap((build) =>
    [listsOf(problem), bitsOf(problem)].map((form) =>
      CoverMemory.create(form, amountsOf(problem), compileKernel("cover", build)),
    ),
  );
}

/** A problem without weights, costs and states. */
export function plain(elements: number, sets: readonly (readonly number[])[]): Problem {
  return {
    elements,
    sets,
    weights: new Array<number>(elements).fill(1),
    costs: new Array<number>(sets.length).fill(1),
    forbidden: [],
    placed: [],
  };
}

/** Amounts: all one, small whole numbers with zeros, or fractions that do not add up exactly. */
function amounts(n: number): fc.Arbitrary<number[]> {
  const exactly = (one: fc.Arbitrary<number>) => fc.array(one, { minLength: n, maxLength: n });
  return fc.oneof(
    fc.constant(new Array<number>(n).fill(1)),
    exactly(fc.nat(4)),
    exactly(fc.integer({ min: 1, max: 30 }).map((x) => x / 10)),
  );
}

/** Problems small enough to enumerate; up to 130 elements, so that rows have several words. */
export function problems(maxSets = 9): fc.Arbitrary<Problem> {
  const size = fc.record({
    elements: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 60, max: 130 })),
    n: fc.integer({ min: 0, max: maxSets }),
  });
  return size.chain(({ elements, n }) => {
    const set = fc.uniqueArray(fc.nat(Math.max(0, elements - 1)), { maxLength: elements === 0 ? 0 : 10 });
    const states = fc.array(fc.constantFrom("free", "free", "free", "free", "forbidden", "placed"), {
      minLength: n,
      maxLength: n,
    });
    return fc
      .record({
        sets: fc.array(
          set.map((s) => s.toSorted((a, b) => a - b)),
          { minLength: n, maxLength: n },
        ),
        weights: amounts(elements),
        costs: amounts(n),
        states,
      })
      .map(({ sets, weights, costs, states }) => ({
        elements,
        sets,
        weights,
        costs,
        forbidden: [...states.keys()].filter((i) => states[i] === "forbidden"),
        placed: [...states.keys()].filter((i) => states[i] === "placed"),
      }));
  });
}
