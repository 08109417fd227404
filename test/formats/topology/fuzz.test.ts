import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/files/input-error.ts";
import type { Topology } from "../../../src/network/topology.ts";
import { mutate, seededRandom } from "./mutations.ts";
import { lengthAttributes, open, samples } from "./samples.ts";

const MUTATIONS = 8000;
const SLOWEST_MILLISECONDS = 20_000;

describe("a damaged topology", () => {
  it(`is read or refused, in ${MUTATIONS} mutations: no crash, no hang, no graph that is none`, async () => {
    const random = seededRandom(20261121);
    const texts = samples.map(({ text }) => new TextEncoder().encode(text));
    const outcomes = { read: 0, refused: 0 };
    for (let mutation = 0; mutation < MUTATIONS; mutation++) {
      const sample = mutation % samples.length;
      const { format } = samples[sample];
      const bytes = mutate(texts[sample], texts, random);
      const lengths = random() < 0.5 ? lengthAttributes[format] : undefined;
      const options = { ...(random() < 0.7 ? { format } : {}), ...(lengths === undefined ? {} : { lengths }) };
      const label = `mutation ${mutation} of ${format}`;
      const started = performance.now();
      try {
        const network = await open(bytes, options, random() < 0.5 ? 1 + Math.floor(random() * 100) : 65536);
        checkTopology(network.topology, label);
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(label, { cause: error });
        expect(error.message, label).toMatch(/^sample[^\n]*$/);
        outcomes.refused++;
      }
      expect(performance.now() - started, label).toBeLessThan(SLOWEST_MILLISECONDS);
    }
    expect(outcomes.read).toBeGreaterThan(MUTATIONS / 10);
    expect(outcomes.refused).toBeGreaterThan(MUTATIONS / 10);
  });
});

function checkTopology({ names, offsets, neighbours, lengths }: Topology, label: string): void {
  expect(new Set(names).size, label).toBe(names.length);
  expect(offsets.length, label).toBe(names.length + 1);
  expect(offsets[names.length], label).toBe(neighbours.length);
  const arcs = new Set<string>();
  for (let node = 0; node < names.length; node++) {
    for (let arc = offsets[node]; arc < offsets[node + 1]; arc++) {
      if (arc > offsets[node]) expect(neighbours[arc], label).toBeGreaterThan(neighbours[arc - 1]);
      expect(neighbours[arc], label).not.toBe(node);
      arcs.add(`${node} ${neighbours[arc]}`);
      if (lengths !== undefined) expect(lengths[arc] > 0 && Number.isFinite(lengths[arc]), label).toBe(true);
    }
  }
  for (const arc of arcs) expect(arcs.has(arc.split(" ").reverse().join(" ")), label).toBe(true);
}
