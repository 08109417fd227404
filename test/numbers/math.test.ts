import { describe, expect, it } from "vitest";
import { cos, exp, log } from "../../src/numbers/math.ts";
import { randomOf } from "../../src/numbers/random.ts";
import { cosFixed, expFixed, fixed, logFixed, ulpsOff } from "../oracles/elementary.ts";

const random = randomOf("6d617468000000aa");
const between = (low: number, high: number, count: number) =>
  Array.from({ length: count }, () => low + (high - low) * random());

function bitsOf(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

/** Units of the last place between two doubles of one sign. */
function apart(a: number, b: number): number {
  return Math.abs(Number(BigInt(`0x${bitsOf(a)}`) - BigInt(`0x${bitsOf(b)}`)));
}

describe("log", () => {
  const values = [
    ...between(0, 1, 200),
    ...between(0.7, 1.5, 200),
    ...between(1, 1e6, 100),
    ...between(-70, 70, 100).map((power) => 2 ** power * (1 + random())),
  ];

  it("is within 1 ulp of the exact value", () => {
    for (const x of values) expect(ulpsOff(log(x), logFixed(fixed(x)))).toBeLessThan(1);
  });

  it("is within 1 ulp of this engine's over the range of doubles", () => {
    const wide = between(-1074, 1023, 20_000).map((power) => 2 ** Math.floor(power) * (1 + random()));
    for (const x of [...wide, ...values]) expect(apart(log(x), Math.log(x))).toBeLessThanOrEqual(1);
  });

  it("is exact or says so at the ends", () => {
    expect([log(1), log(0), log(-0)]).toEqual([0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect([log(-1), log(Number.NaN), log(Number.POSITIVE_INFINITY)]).toEqual([Number.NaN, Number.NaN, Infinity]);
    expect(log(Number.MIN_VALUE)).toBe(-744.4400719213812);
    expect(log(Number.MAX_VALUE)).toBe(709.782712893384);
  });
});

describe("exp", () => {
  const values = [...between(-1, 1, 200), ...between(-60, 60, 200), 0.5 * Math.LN2, -1.5 * Math.LN2];

  it("is within 1 ulp of the exact value", () => {
    for (const x of values) expect(ulpsOff(exp(x), expFixed(fixed(x)))).toBeLessThan(1);
  });

  it("is within 1 ulp of this engine's over its range, subnormal results included", () => {
    for (const x of [...between(-745, 709.7, 20_000), ...values]) {
      expect(apart(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
    }
  });

  it("is exact or says so at the ends", () => {
    expect([exp(0), exp(1e-300), exp(Number.NEGATIVE_INFINITY), exp(-746)]).toEqual([1, 1, 0, 0]);
    expect([exp(710), exp(Number.POSITIVE_INFINITY), exp(Number.NaN)]).toEqual([Infinity, Infinity, Number.NaN]);
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
  });
});

describe("cos", () => {
  const values = [...between(-Math.PI, Math.PI, 300), ...between(-1000, 1000, 200), ...between(-823_549, 823_549, 100)];

  it("is within 1 ulp of the exact value", () => {
    for (const x of values) expect(ulpsOff(cos(x), cosFixed(fixed(x)))).toBeLessThan(1);
  });

  it("is within 1 ulp of this engine's, also beside its zeros", () => {
    const zeros = Array.from({ length: 2000 }, (_, n) => (n + 0.5) * Math.PI);
    for (const x of [...between(-823_549, 823_549, 20_000), ...zeros, ...values]) {
      expect(apart(cos(x), Math.cos(x))).toBeLessThanOrEqual(1);
    }
  });

  it("is 1 at 0, and refuses what is too large", () => {
    expect([cos(0), cos(-0), cos(1e-9)]).toEqual([1, 1, 1]);
    for (const x of [823_550, -1e9, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => cos(x)).toThrow(RangeError);
  });
});

describe("the bits", () => {
  it("are these in every engine", () => {
    const x = [0.1, 0.7, 1.1, 2, 10, 12_345.678];
    expect(x.map((each) => bitsOf(log(each)))).toEqual([
      "c0026bb1bbb55515",
      "bfd6d3c324e13f50",
      "3fb8663f793c46cc",
      "3fe62e42fefa39ef",
      "40026bb1bbb55516",
      "4022d79559791e31",
    ]);
    expect(x.slice(0, 5).map((each) => bitsOf(exp(each)))).toEqual([
      "3ff1aec7b35a00d4",
      "40001c2a61268987",
      "400808883244d593",
      "401d8e64b8d4ddae",
      "40d5829dcf950560",
    ]);
    expect(x.map((each) => bitsOf(cos(each)))).toEqual([
      "3fefd712f9a817c0",
      "3fe87996529f9d93",
      "3fdd07b806c76111",
      "bfdaa22657537205",
      "bfead9ac890c6b1f",
      "3fe6b94c3bbe24b8",
    ]);
  });
});
