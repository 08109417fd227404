import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineInput, defineMerge, defineTrial, isDefinition } from "../../src/engine/define.ts";

const context = { signal: new AbortController().signal, report: () => {} };

const trace = defineInput("file:///m.js", "trace", {
  parameters: z.strictObject({ file: z.string() }),
  reads: ({ file }) => [file],
  make: ({ file }) => ({ spreads: Uint32Array.of(file.length), title: file }),
});

const sum = defineTrial("file:///m.js", "sum", {
  parameters: z.strictObject({ factor: z.number(), file: z.string() }),
  inputs: { trace },
  result: z.object({ total: z.number() }),
  reads: ({ file }) => [file],
  run: ({ factor }, { trace: { spreads } }) => ({ total: factor * spreads[0] }),
});

const bare = defineTrial("file:///m.js", "bare", {
  parameters: z.strictObject({ n: z.int().positive() }),
  result: z.number(),
  run: ({ n }) => n + 1,
});

describe("a trial's definition", () => {
  it("makes tasks of plain data, with the keys of its inputs and the files that it reads", () => {
    const input = trace.input("trace a", { file: "a.csv" });
    expect(input).toEqual({
      key: "trace a",
      module: "file:///m.js",
      name: "trace",
      parameters: { file: "a.csv" },
      reads: ["a.csv"],
    });
    expect(sum.task("sum a", { factor: 3, file: "b.csv" }, { trace: input })).toEqual({
      key: "sum a",
      module: "file:///m.js",
      name: "sum",
      parameters: { factor: 3, file: "b.csv" },
      reads: ["b.csv"],
      inputs: { trace: "trace a" },
    });
    expect(bare.task("bare", { n: 1 })).toEqual({
      key: "bare",
      module: "file:///m.js",
      name: "bare",
      parameters: { n: 1 },
    });
  });

  it("is held by TypeScript: other parameters, inputs and results do not compile", () => {
    const numbers = defineInput("file:///m.js", "numbers", {
      parameters: z.strictObject({}),
      make: () => ({ values: Float64Array.of(1) }),
    }).input("numbers", {});
    const tasks = [
      // @ts-expect-error no parameter of that name
      bare.task("bare", { m: 1 }),
      // @ts-expect-error of another type
      bare.task("bare", { n: "1" }),
      // @ts-expect-error an input is missing
      sum.task("sum", { factor: 1, file: "" }),
      // @ts-expect-error the input is made by another maker
      sum.task("sum", { factor: 1, file: "" }, { trace: numbers }),
      // @ts-expect-error it has no inputs
      bare.task("bare", { n: 1 }, { numbers }),
    ];
    const wrong = defineTrial("file:///m.js", "wrong", {
      parameters: z.strictObject({}),
      result: z.number(),
      // @ts-expect-error no number
      run: () => "1",
    });
    expect([tasks.length, wrong.name]).toEqual([5, "wrong"]);
  });

  it("checks parameters where it is called, and that its inputs are there", () => {
    const input = { spreads: Uint32Array.of(5), title: "a" };
    expect(sum.call({ factor: 3, file: "" }, { trace: input }, context)).toEqual({ total: 15 });
    expect(() => sum.call({ factor: "3", file: "" }, { trace: input }, context)).toThrow("expected number");
    expect(() => sum.call({ factor: 3, file: "" }, {}, context)).toThrow("trial sum not all of its inputs");
    expect(() => bare.call({ n: 1, m: 2 }, {}, context)).toThrow("Unrecognized key");
  });
});

describe("a merge's definition", () => {
  it("checks every part", async () => {
    const merge = defineMerge("file:///m.js", "merge", {
      parameters: z.strictObject({ from: z.number() }),
      part: sum.result,
      result: z.number(),
      run: async ({ from }, parts) => {
        let total = from;
        for await (const part of parts) total += part.total;
        return total;
      },
    });
    async function* parts(...values: unknown[]) {
      yield* values;
    }
    expect(await merge.call({ from: 1 }, parts({ total: 2 }, { total: 3 }))).toBe(6);
    await expect(merge.call({ from: 1 }, parts({ total: 2 }, { sum: 3 }))).rejects.toThrow("expected number");
  });
});

describe("a definition among a module's exports", () => {
  it("is known by its kind and its name", () => {
    expect(isDefinition(sum, "trial", "sum")).toBe(true);
    expect(isDefinition(sum, "trial", "other")).toBe(false);
    expect(isDefinition(trace, "trial", "trace")).toBe(false);
    for (const other of [undefined, null, "sum", () => {}, { kind: "trial" }]) {
      expect(isDefinition(other, "trial", "sum")).toBe(false);
    }
  });
});
