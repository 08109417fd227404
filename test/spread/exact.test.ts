import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSpread } from "../../src/spread/exact.ts";

/** The obvious count: a set of destinations for every source. */
class MapOfSets {
  readonly sets = new Map<bigint, Set<bigint>>();

  add(source: bigint, destination: bigint): void {
    const set = this.sets.get(source) ?? new Set();
    this.sets.set(source, set.add(destination));
  }

  get top(): { key: bigint; count: number }[] {
    return [...this.sets]
      .map(([key, set]) => ({ key, count: set.size }))
      .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
  }
}

function count(contacts: readonly (readonly [bigint, bigint])[]): { exact: ExactSpread; oracle: MapOfSets } {
  const exact = new ExactSpread();
  const oracle = new MapOfSets();
  exact.add(
    BigUint64Array.from(contacts, ([source]) => source),
    BigUint64Array.from(contacts, ([, destination]) => destination),
  );
  for (const [source, destination] of contacts) oracle.add(source, destination);
  return { exact, oracle };
}

const few = fc.bigInt({ min: 0n, max: 12n });
const any = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const contacts = fc.array(fc.oneof(fc.tuple(few, few), fc.tuple(any, any), fc.tuple(few, any)), { maxLength: 300 });

describe("ExactSpread", () => {
  test("counts as a map of sets does, whatever the keys", () => {
    fc.assert(
      fc.property(contacts, (list) => {
        const { exact, oracle } = count(list);
        expect(exact.top(1000)).toEqual(oracle.top);
        expect(exact.sources).toBe(oracle.sets.size);
        expect(exact.distinctContacts).toBe(oracle.top.reduce((sum, { count }) => sum + count, 0));
        for (const [key, set] of oracle.sets) expect(exact.count(key)).toBe(set.size);
      }),
    );
  });

  test("a source that was never added has no destinations", () => {
    const { exact } = count([[1n, 2n]]);
    expect(exact.count(2n)).toBe(0);
    expect(new ExactSpread().count(0n)).toBe(0);
    expect(new ExactSpread().top(5)).toEqual([]);
  });

  test("the key 0 is a source and a destination like any other", () => {
    const { exact } = count([
      [0n, 0n],
      [0n, 0n],
      [0n, 1n],
    ]);
    expect(exact.count(0n)).toBe(2);
  });

  test("equal keys exchanged between source and destination are different contacts", () => {
    const { exact } = count([
      [5n, 9n],
      [9n, 5n],
      [5n, 5n],
      [9n, 9n],
    ]);
    expect(exact.distinctContacts).toBe(4);
  });

  test("takes the first n contacts of a batch only", () => {
    const exact = new ExactSpread();
    exact.add(BigUint64Array.of(1n, 1n, 1n), BigUint64Array.of(1n, 2n, 3n), 2);
    expect(exact.count(1n)).toBe(2);
  });

  test("reads a batch that is a part of a larger buffer", () => {
    const keys = BigUint64Array.of(7n, 1n, 2n, 3n);
    const exact = new ExactSpread();
    exact.add(keys.subarray(1, 2), keys.subarray(2, 3));
    expect(exact.top(1)).toEqual([{ key: 1n, count: 1 }]);
  });

  test("refuses more contacts than the arrays hold", () => {
    const one = BigUint64Array.of(1n);
    expect(() => new ExactSpread().add(one, one, 2)).toThrow(RangeError);
    expect(() => new ExactSpread().add(one, new BigUint64Array(0), 1)).toThrow("1 contacts");
  });

  test("half a million structured contacts, twice, are counted without a collision while the tables grow", () => {
    // Small consecutive keys are the hardest for a hash; keys of a sketch are uniform.
    const sources = new BigUint64Array(500_000);
    const destinations = new BigUint64Array(500_000);
    let n = 0;
    for (let source = 0; source < 1000; source++) {
      for (let destination = 0; destination < source; destination++) {
        sources[n] = BigInt(source);
        destinations[n++] = BigInt(destination) << (source % 2 === 0 ? 0n : 32n);
      }
    }
    const exact = new ExactSpread();
    for (let repeat = 0; repeat < 2; repeat++) exact.add(sources, destinations, n);
    expect(exact.distinctContacts).toBe(n);
    const { keys, spreads } = exact.spreads();
    expect(keys.length).toBe(999);
    for (let i = 0; i < keys.length; i++) expect(spreads[i]).toBe(Number(keys[i]));
    expect(exact.top(3).map(({ key }) => key)).toEqual([999n, 998n, 997n]);
  });

  test("says the bytes of its tables", () => {
    const exact = new ExactSpread();
    const empty = exact.memoryBytes;
    const keys = BigUint64Array.from({ length: 10_000 }, (_, i) => BigInt(i));
    exact.add(keys, keys);
    // 8 bytes a contact, 12 a source, tables at most 70 % full and at least half of that.
    expect(empty).toBeLessThan(30_000);
    expect(exact.memoryBytes).toBeGreaterThan((20 * 10_000) / 0.7);
    expect(exact.memoryBytes).toBeLessThan((2 * 20 * 10_000) / 0.7);
  });
});
