import { describe, expect, test } from "vitest";
import { FAMILY } from "../../../src/wasm/spread/exports.ts";
import type { SketchMemory } from "../../../src/wasm/spread/sketch-memory.ts";
import { BitmapOracle } from "../../oracles/bitmap-sketch.ts";
import { CandidateOracle } from "../../oracles/candidate-table.ts";
import { ipv4Key } from "../../oracles/keys.ts";
import { randomStream } from "../../oracles/random.ts";
import { RegisterOracle } from "../../oracles/register-sketch.ts";
import { type Contacts, ipv4Identities } from "../../spread/contacts.ts";
import { ALL_SKETCHES, BUILDS, createIn } from "./sketches.ts";

/** Contacts of 200 sources, far more than a small table holds; the first have the most. */
function manySources(n: number, seed: number): Contacts {
  const random = randomStream(seed);
  return {
    sources: Uint32Array.from({ length: n }, () => Math.floor(200 * random.unit() ** 2)),
    destinations: Uint32Array.from({ length: n }, () => random.below(2 * n)),
  };
}

function track(sketch: SketchMemory, { sources, destinations }: Contacts): void {
  sketch.storeTracked(ipv4Identities(sources), ipv4Identities(destinations), sources.length);
}

/** What the table should hold: a flip is a contact that changes the oracle's sketch. */
function trackByOracle(
  parameters: (typeof ALL_SKETCHES)[number]["parameters"],
  capacity: number,
  { sources, destinations }: Contacts,
): CandidateOracle {
  const sketch = parameters.family === FAMILY.bitmap ? new BitmapOracle(parameters) : new RegisterOracle(parameters);
  const size = (): number =>
    sketch instanceof BitmapOracle ? sketch.cells.size : sketch.registers.reduce((sum, value) => sum + value, 0);
  const table = new CandidateOracle(capacity);
  sources.forEach((source, i) => {
    const key = ipv4Key(source, parameters.seed);
    const before = size();
    sketch.store(key, ipv4Key(destinations[i]!, parameters.seed));
    if (size() !== before) table.countFlip(key);
  });
  return table;
}

function entriesOf(sketch: SketchMemory): { key: bigint; flips: number }[] {
  return sketch.candidates().map(({ key, flips }) => ({ key, flips }));
}

describe.each(BUILDS)("the %s build's candidate table", (build) => {
  test.each(ALL_SKETCHES)("holds the oracle's entries in the oracle's order: $name", ({ parameters }) => {
    const contacts = manySources(1500, 1);
    const sketch = createIn(build, parameters, 32);
    track(sketch, contacts);
    expect(entriesOf(sketch)).toEqual(trackByOracle(parameters, 32, contacts).entries);
  });

  test("merges as the oracle's: counts of one source add up, a full bucket keeps the largest", () => {
    const { parameters } = ALL_SKETCHES[0]!;
    const [a, b] = [manySources(900, 2), manySources(700, 3)];
    const [ours, theirs] = [a, b].map((contacts) => {
      const sketch = createIn(build, parameters, 16);
      track(sketch, contacts);
      return sketch;
    });
    ours!.merge(theirs!);
    const expected = trackByOracle(parameters, 16, a);
    expected.merge(trackByOracle(parameters, 16, b));
    expect(entriesOf(ours!)).toEqual(expected.entries);
  });

  test("keeps identity, kind and port of its sources", () => {
    const sketch = createIn(build, ALL_SKETCHES[0]!.parameters, 8);
    const bytes = new Uint8Array(80);
    bytes.set([192, 168, 0, 1]);
    bytes.set(new TextEncoder().encode("a-host-of-some-name.example"), 40);
    const sources = { bytes, kinds: Uint8Array.of(4, 0), ports: Uint16Array.of(443, 65_535) };
    sketch.storeTracked(sources, ipv4Identities(Uint32Array.of(1, 2)), 2);
    const entries = sketch.candidates().sort((a, b) => a.port - b.port);
    expect(entries.map(({ kind, port }) => [kind, port])).toEqual([
      [4, 443],
      [0, 65_535],
    ]);
    expect(entries[0]!.identity).toEqual(bytes.subarray(0, 40));
    expect(entries[1]!.identity).toEqual(bytes.subarray(40));
    expect(entries.map(({ key }) => key)).toEqual([...sketch.keysOfIdentities(sources, 2)]);
  });
});

test("repeats of a contact do not count", () => {
  const sketch = createIn("simd", ALL_SKETCHES[0]!.parameters, 8);
  const one = { sources: Uint32Array.of(1, 1, 1, 1), destinations: Uint32Array.of(2, 2, 2, 2) };
  for (let i = 0; i < 100; i++) track(sketch, one);
  expect(entriesOf(sketch).map(({ flips }) => flips)).toEqual([1]);
});

test("while the table has room, no source is lost", () => {
  const sketch = createIn("simd", ALL_SKETCHES[0]!.parameters, 1024);
  track(sketch, { sources: Uint32Array.of(999), destinations: Uint32Array.of(1) });
  track(sketch, manySources(1500, 4));
  expect(entriesOf(sketch).map(({ key }) => key)).toContain(ipv4Key(999, ALL_SKETCHES[0]!.parameters.seed));
});
