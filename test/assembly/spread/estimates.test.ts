import { describe, expect, test } from "vitest";
import { DECODER, FAMILY, INDEX_HASH } from "../../../src/wasm/spread/exports.ts";
import {
  decodeCandidate,
  decodeJoint,
  decodeSingle,
  mostLikelyOnGrid,
  type OracleEstimate,
} from "../../oracles/bitmap-decoders.ts";
import { BitmapOracle } from "../../oracles/bitmap-sketch.ts";
import { ipv4Key } from "../../oracles/keys.ts";
import { RegisterOracle } from "../../oracles/register-sketch.ts";
import { BUILDS, createIn, REGISTER_SKETCHES, SKETCHES, skewedContacts } from "./sketches.ts";

const SOURCES = Uint32Array.from({ length: 24 }, (_, i) => 0x0a000000 + i);

function decode(sketch: BitmapOracle, key: bigint, decoder: number): OracleEstimate {
  if (decoder === DECODER.candidate) return decodeCandidate(sketch, key);
  if (decoder === DECODER.joint) return decodeJoint(sketch, key);
  return decodeSingle(sketch, key, decoder === DECODER.exact);
}

function near(actual: number, expected: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
}

/** No contacts, few, many, and so many that the largest source stands at the range limit. */
const SIZES = [0, 60, 1500, 12_000];

describe.each(SKETCHES)("$name", ({ parameters, decoders }) => {
  test("estimates, errors and flags are the oracle's, and every build's are the same bits", () => {
    for (const n of SIZES) {
      const { sources, destinations } = skewedContacts(n, 100 + n);
      const oracle = new BitmapOracle(parameters);
      sources.forEach((source, i) => {
        oracle.store(ipv4Key(source, parameters.seed), ipv4Key(destinations[i]!, parameters.seed));
      });
      for (const decoder of decoders) {
        const results = BUILDS.map((build) => {
          const sketch = createIn(build, parameters);
          sketch.storeIpv4(sources, destinations);
          return sketch.estimate(sketch.keysOfIpv4(SOURCES), decoder);
        });
        const [simd, ...others] = results;
        for (const other of others) expect(other).toEqual(simd);
        SOURCES.forEach((source, i) => {
          const expected = decode(oracle, ipv4Key(source, parameters.seed), decoder);
          near(simd!.estimate[i]!, expected.estimate);
          near(simd!.standardError[i]!, expected.standardError);
          expect(simd!.saturated[i]).toBe(Number(expected.saturated));
        });
      }
    }
  });
});

describe.each(REGISTER_SKETCHES)("$name", ({ parameters }) => {
  test("estimates and errors are the oracle's, and every build's are the same bits", () => {
    for (const n of SIZES) {
      const { sources, destinations } = skewedContacts(n, 200 + n);
      const oracle = new RegisterOracle(parameters);
      sources.forEach((source, i) => {
        oracle.store(ipv4Key(source, parameters.seed), ipv4Key(destinations[i]!, parameters.seed));
      });
      const results = BUILDS.map((build) => {
        const sketch = createIn(build, parameters);
        sketch.storeIpv4(sources, destinations);
        return sketch.estimate(sketch.keysOfIpv4(SOURCES), DECODER.registers);
      });
      expect(results[1]).toEqual(results[0]);
      expect(results[2]).toEqual(results[0]);
      SOURCES.forEach((source, i) => {
        const expected = oracle.estimate(ipv4Key(source, parameters.seed));
        near(results[0]!.estimate[i]!, expected.estimate);
        near(results[0]!.standardError[i]!, expected.standardError);
      });
    }
  });
});

test("the joint decoder finds the most likely of 20,000 spreads tried one by one", () => {
  const { parameters } = SKETCHES.find(({ name }) => name.startsWith("mcse-64/5"))!;
  const { sources, destinations } = skewedContacts(3000, 5);
  const oracle = new BitmapOracle(parameters);
  sources.forEach((source, i) => {
    oracle.store(ipv4Key(source, parameters.seed), ipv4Key(destinations[i]!, parameters.seed));
  });
  for (const source of SOURCES.subarray(0, 12)) {
    const { best, step } = mostLikelyOnGrid(oracle, ipv4Key(source, parameters.seed));
    const { estimate } = decodeJoint(oracle, ipv4Key(source, parameters.seed));
    expect(Math.abs(estimate - best)).toBeLessThanOrEqual(step);
  }
});

test("long virtual vectors, to 65,536 bits, are counted alike with and without vectors", () => {
  const { sources, destinations } = skewedContacts(50_000, 6);
  for (const indexHash of Object.values(INDEX_HASH)) {
    for (const virtual of [4095, 65_536]) {
      const parameters = {
        ...SKETCHES[0]!.parameters,
        family: FAMILY.bitmap,
        indexHash,
        virtual,
        cells: 100_003,
      };
      const [simd, scalar] = (["simd", "scalar"] as const).map((build) => {
        const sketch = createIn(build, parameters);
        sketch.storeIpv4(sources, destinations);
        return sketch.estimate(sketch.keysOfIpv4(SOURCES), DECODER.logarithm);
      });
      expect(simd).toEqual(scalar);
      expect(simd!.estimate[0]!).toBeGreaterThan(10_000);
    }
  }
});

test("a full bitmap flags every source as saturated", () => {
  const { parameters } = SKETCHES.find(({ name }) => name.startsWith("cse-37"))!;
  for (const build of BUILDS) {
    const sketch = createIn(build, { ...parameters, cells: 64 });
    const many = Uint32Array.from({ length: 20_000 }, (_, i) => i);
    sketch.storeIpv4(many, many);
    expect(sketch.zeros(0)).toBe(0);
    const { estimate, saturated } = sketch.estimate(sketch.keysOfIpv4(SOURCES), DECODER.logarithm);
    expect([...saturated]).toEqual(Array(SOURCES.length).fill(1));
    for (const value of estimate) expect(Number.isFinite(value)).toBe(true);
  }
});
