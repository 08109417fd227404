import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deriveSeed, seedBits } from "../../src/numbers/seed.ts";
import { seedHalves } from "../../src/numbers/seed-halves.ts";
import { canonicalJson, jsonObstacle } from "../../src/results/canonical-json.ts";

describe("deriveSeed", () => {
  it("is the head of SHA-256 over the canonical JSON", () => {
    const text = '{"experiment":"spread/table1","master":1,"parameters":{"p":0.25,"s":256},"trial":3}';
    const expected = createHash("sha256").update(text).digest("hex").slice(0, 16);
    expect(deriveSeed(1, "spread/table1", { s: 256, p: 0.25 }, 3)).toBe(expected);
  });

  it("differs with each of its arguments, and not with the order of names", () => {
    const seeds = [
      deriveSeed(1, "a", { s: 1 }, 0),
      deriveSeed(2, "a", { s: 1 }, 0),
      deriveSeed(1, "b", { s: 1 }, 0),
      deriveSeed(1, "a", { s: 2 }, 0),
      deriveSeed(1, "a", { s: 1 }, 1),
    ];
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(deriveSeed(1, "a", { s: 1, p: 2 }, 0)).toBe(deriveSeed(1, "a", { p: 2, s: 1 }, 0));
  });

  it("splits into two words of 32 bits", () => {
    expect(seedHalves(seedBits("fedcba9876543210"))).toEqual([0x76543210, 0xfedcba98]);
    expect(seedHalves(0x0123456789abcdefn)).toEqual([0x89abcdef, 0x01234567]);
    expect(seedHalves(2n ** 64n - 1n)).toEqual([0xffffffff, 0xffffffff]);
    expect(seedBits("fedcba9876543210")).toBe(0xfedcba9876543210n);
    expect(() => seedBits("12")).toThrow('seed "12" is not 16 hexadecimal digits');
  });
});

describe("canonicalJson", () => {
  it("parses back to an equal value and does not depend on the order of names", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        const text = canonicalJson(plain);
        expect(JSON.parse(text)).toEqual(plain);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: 1, a: [1, { d: null, c: "x" }] })).toBe('{"a":[1,{"c":"x","d":null}],"b":1}');
  });

  it("refuses what JSON would silently change", () => {
    expect(() => canonicalJson({ a: Number.POSITIVE_INFINITY })).toThrow("Infinity has no JSON form");
    expect(jsonObstacle({ a: [1, new Uint8Array(2)] }, "result")).toBe("result.a[1] is a Uint8Array");
    expect(jsonObstacle({ a: undefined }, "result")).toBe("result.a is undefined");
    expect(jsonObstacle({ a: [1, "b", null, true] }, "result")).toBeUndefined();
  });
});
