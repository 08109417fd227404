import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/files/input-error.ts";
import { routesToNetwork } from "../../../src/formats/traceroute/routes-to-network.ts";
import { mutate, seededRandom } from "../topology/mutations.ts";
import { atlasResults, hpct1, hpct2, plain, read, scamperLines } from "./samples.ts";

const MUTATIONS = 6000;
const SLOWEST_MILLISECONDS = 20_000;

describe("damaged traceroutes", () => {
  it(`are read or refused, in ${MUTATIONS} mutations: no crash, no hang, no route twice through a router`, async () => {
    const random = seededRandom(20261123);
    const texts = [
      JSON.stringify(atlasResults),
      JSON.stringify(atlasResults, null, 1),
      scamperLines,
      hpct2,
      hpct1,
      plain,
    ];
    const samples = texts.map((text) => new TextEncoder().encode(text));
    const formats = ["ripe-atlas", "ripe-atlas", "scamper", "hipercontracer", "hipercontracer", "plain"];
    const outcomes = { read: 0, refused: 0 };
    for (let mutation = 0; mutation < MUTATIONS; mutation++) {
      const sample = mutation % samples.length;
      const bytes = mutate(samples[sample], samples, random);
      const label = `mutation ${mutation} of ${formats[sample]}`;
      const started = performance.now();
      try {
        const options = random() < 0.5 ? { format: formats[sample] } : {};
        const { routes, tally } = await read(bytes, options, random() < 0.5 ? 1 + Math.floor(random() * 100) : 65536);
        expect(routes.length, label).toBe(tally.traces);
        for (const { source, destination, hops } of routes) {
          const named = hops.filter((hop) => hop !== null);
          expect(new Set([source, ...named]).size, label).toBe(1 + named.length);
          expect(named, label).not.toContain(destination);
        }
        for (const incomplete of ["leave-out", "join"] as const) {
          const network = routesToNetwork(routes, { incomplete });
          expect(network.topology.offsets.length, label).toBe(network.topology.names.length + 1);
        }
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
