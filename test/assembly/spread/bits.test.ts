import { describe, expect, test } from "vitest";
import { FAMILY } from "../../../src/wasm/spread/exports.ts";
import { BitmapOracle } from "../../oracles/bitmap-sketch.ts";
import { ipv4Key } from "../../oracles/keys.ts";
import { RegisterOracle } from "../../oracles/register-sketch.ts";
import { ALL_SKETCHES, BUILDS, createIn, payloadOf, skewedContacts } from "./sketches.ts";

describe.each(BUILDS)("the %s build stores", (build) => {
  test.each(ALL_SKETCHES)("the oracle's bits: $name", ({ parameters }) => {
    // Blocks are of 512 contacts, vectors of 4: sizes on both sides of both.
    for (const n of [0, 1, 2, 3, 4, 5, 511, 512, 513, 1027]) {
      const { sources, destinations } = skewedContacts(n, n + 1);
      const oracle =
        parameters.family === FAMILY.bitmap ? new BitmapOracle(parameters) : new RegisterOracle(parameters);
      sources.forEach((source, i) => {
        oracle.store(ipv4Key(source, parameters.seed), ipv4Key(destinations[i]!, parameters.seed));
      });
      const sketch = createIn(build, parameters);
      sketch.storeIpv4(sources, destinations);
      expect(payloadOf(sketch.toBytes())).toEqual(oracle.payload());
    }
  });

  test.each(ALL_SKETCHES)("the same bits from addresses, keys and tracked identities: $name", ({ parameters }) => {
    const { sources, destinations } = skewedContacts(1533, 9);
    const byAddress = createIn(build, parameters);
    byAddress.storeIpv4(sources, destinations);
    const byKey = createIn(build, parameters);
    byKey.storeKeys(byKey.keysOfIpv4(sources), byKey.keysOfIpv4(destinations));
    const tracked = createIn(build, parameters, 64);
    tracked.storeTracked(identities(sources), identities(destinations), sources.length);
    expect(byKey.toBytes()).toEqual(byAddress.toBytes());
    expect(payloadOf(tracked.toBytes())).toEqual(payloadOf(byAddress.toBytes()));
  });
});

describe.each(ALL_SKETCHES)("$name", ({ parameters }) => {
  test("every build writes the same state, to the byte", () => {
    const { sources, destinations } = skewedContacts(5003, 3);
    const states = BUILDS.map((build) => {
      const sketch = createIn(build, parameters, 32);
      sketch.storeTracked(identities(sources), identities(destinations), sources.length);
      return sketch.toBytes();
    });
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
  });

  test("counts its zeros", () => {
    const { sources, destinations } = skewedContacts(999, 4);
    for (const build of BUILDS) {
      const sketch = createIn(build, parameters);
      expect(sketch.zeros(0)).toBe(sketch.segmentCells(0));
      sketch.storeIpv4(sources, destinations);
      for (let segment = 0; segment < parameters.segments; segment++) {
        expect(sketch.zeros(segment)).toBe(zerosByOracle(parameters, sources, destinations, segment));
      }
      sketch.clear();
      expect(sketch.toBytes()).toEqual(createIn(build, parameters).toBytes());
    }
  });
});

function zerosByOracle(
  parameters: (typeof ALL_SKETCHES)[number]["parameters"],
  sources: Uint32Array,
  destinations: Uint32Array,
  segment: number,
): number {
  const store = (oracle: BitmapOracle | RegisterOracle): void => {
    sources.forEach((source, i) => {
      oracle.store(ipv4Key(source, parameters.seed), ipv4Key(destinations[i]!, parameters.seed));
    });
  };
  if (parameters.family !== FAMILY.bitmap) {
    const oracle = new RegisterOracle(parameters);
    store(oracle);
    return oracle.registers.filter((value) => value === 0).length;
  }
  const oracle = new BitmapOracle(parameters);
  store(oracle);
  const { first, bits } = oracle.segments[segment]!;
  return bits - [...oracle.cells].filter((cell) => cell >= first && cell < first + bits).length;
}

function identities(addresses: Uint32Array): { bytes: Uint8Array; kinds: Uint8Array; ports: undefined } {
  const bytes = new Uint8Array(40 * addresses.length);
  addresses.forEach((address, i) => {
    new DataView(bytes.buffer).setUint32(40 * i, address);
  });
  return { bytes, kinds: new Uint8Array(addresses.length).fill(4), ports: undefined };
}
