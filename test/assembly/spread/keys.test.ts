import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Identities } from "../../../src/wasm/spread/sketch-memory.ts";
import { identityKey, ipv4Key } from "../../oracles/keys.ts";
import { BUILDS, createIn, SKETCHES } from "./sketches.ts";

const { parameters } = SKETCHES[0]!;
const seed = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const party = fc.record({
  kind: fc.constantFrom(0, 4, 6),
  bytes: fc.uint8Array({ minLength: 40, maxLength: 40 }),
  port: fc.integer({ min: 0, max: 65_535 }),
});

function pack(parties: readonly { kind: number; bytes: Uint8Array; port: number }[], withPorts: boolean): Identities {
  return {
    bytes: Uint8Array.from(parties.flatMap(({ bytes }) => [...bytes])),
    kinds: Uint8Array.from(parties, ({ kind }) => kind),
    ports: withPorts ? Uint16Array.from(parties, ({ port }) => port) : undefined,
  };
}

describe.each(BUILDS)("keys of the %s build", (build) => {
  test("of IPv4 numbers are the oracle's", () => {
    fc.assert(
      fc.property(seed, fc.array(address, { maxLength: 20 }), (seed, addresses) => {
        const keys = createIn(build, { ...parameters, seed }).keysOfIpv4(Uint32Array.from(addresses));
        expect([...keys]).toEqual(addresses.map((address) => ipv4Key(address, seed)));
      }),
      { numRuns: 40 },
    );
  });

  test("of IPv4, IPv6 and text identities, with ports or without, are the oracle's", () => {
    fc.assert(
      fc.property(seed, fc.array(party, { maxLength: 10 }), fc.boolean(), (seed, parties, withPorts) => {
        const keys = createIn(build, { ...parameters, seed }).keysOfIdentities(
          pack(parties, withPorts),
          parties.length,
        );
        const expected = parties.map(({ bytes, kind, port }) =>
          identityKey(bytes, kind, withPorts ? port : undefined, seed),
        );
        expect([...keys]).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test("of an address as a number and as an identity are the same", () => {
    const sketch = createIn(build, parameters);
    const bytes = new Uint8Array(40);
    bytes.set([10, 1, 2, 3]);
    const asIdentity = sketch.keysOfIdentities({ bytes, kinds: Uint8Array.of(4), ports: undefined }, 1);
    expect(asIdentity).toEqual(sketch.keysOfIpv4(Uint32Array.of(0x0a010203)));
  });
});

test("the kinds, ports and tails of identities tell keys apart; what an address does not use does not", () => {
  const sketch = createIn("simd", parameters);
  const bytes = new Uint8Array(40).fill(7);
  const otherTail = bytes.slice();
  otherTail[39] = 8;
  const key = (bytes: Uint8Array, kind: number, port?: number): bigint =>
    sketch.keysOfIdentities(pack([{ bytes, kind, port: port ?? 0 }], port !== undefined), 1)[0]!;
  const keys = [key(bytes, 0), key(bytes, 4), key(bytes, 6), key(bytes, 6, 0), key(bytes, 6, 80), key(otherTail, 0)];
  expect(new Set(keys).size).toBe(keys.length);
  expect(key(otherTail, 4)).toBe(key(bytes, 4));
  expect(key(otherTail, 6)).toBe(key(bytes, 6));
});

test("131,072 consecutive addresses have as many keys, whose bits are even", () => {
  const keys = createIn("simd", parameters).keysOfIpv4(Uint32Array.from({ length: 1 << 17 }, (_, i) => 0x0a000000 + i));
  expect(new Set(keys).size).toBe(keys.length);
  const halves = new Uint32Array(keys.buffer);
  for (let half = 0; half < 2; half++) {
    for (let bit = 0; bit < 32; bit++) {
      let ones = 0;
      for (let i = half; i < halves.length; i += 2) ones += (halves[i]! >>> bit) & 1;
      // Five standard deviations of a fair coin's count.
      expect(Math.abs(ones - keys.length / 2)).toBeLessThan(2.5 * Math.sqrt(keys.length));
    }
  }
});
