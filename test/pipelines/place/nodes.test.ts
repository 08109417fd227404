import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NodeNames } from "../../../src/pipelines/place/nodes.ts";

describe("printed names", () => {
  it("are identifiers where a label stands twice, or names another node", () => {
    const names = new NodeNames(
      ["1", "2", "3", "4", "5", "6"],
      ["Oslo", "Oslo", "1", " Rome ", "Bergen, Norway", "Bodo\n"],
    );
    expect(names.labels).toEqual(["1", "2", "3", " Rome ", "Bergen, Norway", "6"]);
    expect(() => names.parseList("Oslo", "--at")).toThrow('no node "Oslo"');
  });

  it("name the same node again, whatever the labels", () => {
    const text = fc.constantFrom("a", "b", "c", "a,b", " a", "a ", "1", "2", "x=1", "all", ",", "a, b");
    const networks = fc.uniqueArray(text, { minLength: 2, maxLength: 8 }).chain((names) =>
      fc.record({
        names: fc.constant(names),
        labels: fc.array(text, { minLength: names.length, maxLength: names.length }),
      }),
    );
    fc.assert(
      fc.property(networks, ({ names, labels }) => {
        const known = new NodeNames(names, labels);
        expect(new Set(known.labels).size).toBe(names.length);
        for (const [node, label] of known.labels.entries()) {
          expect(known.find(label)).toBe(node);
          expect(known.parseList(label, "--at")).toEqual([node]);
        }
        for (const [node, name] of names.entries()) expect(known.parseList(name, "--at")).toEqual([node]);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
