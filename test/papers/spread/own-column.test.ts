import { describe, expect, it, vi } from "vitest";
import { ROWS } from "../../../src/papers/spread/rows.ts";

const extra = { id: "cse-512", name: "CSE-512", sketch: { estimator: "cse", virtualBits: 512 } } as const;

vi.mock(import("../../../src/papers/spread/configurations.ts"), async (original) => {
  const configurations = await original();
  return { ...configurations, OWN: [...configurations.OWN, extra] };
});

const { table1 } = await import("../../../src/papers/spread/table1.ts");
const run = { scale: "quick", seed: 1, dataDir: undefined } as const;

describe("an entry more in the list of our configurations", () => {
  it("is a column more of Table 1, with its trials, and nothing else has to know", async () => {
    const { tasks } = await table1.plan(run);
    const own = tasks.filter(({ parameters }) => parameters.configuration === extra.id);
    expect(own.map(({ parameters }) => parameters.sketch)).toEqual([extra.sketch]);
    const rows = Array.from({ length: ROWS }, () => ({ sources: 10, mean: 0.1, standardError: 0.01, saturated: 0 }));
    const trials = tasks.map((task) => ({ task, seconds: 0, result: { sources: 150, load: 1, rows } }));
    const { tables } = await table1.summarise(trials, run);
    const columns = [...new Set(tables[0].cells.map(({ column }) => column))];
    expect(columns).toHaveLength(10);
    expect(columns.at(-1)).toBe("CSE-512");
    expect(tables[0].cells.filter(({ column }) => column === "CSE-512")).toHaveLength(ROWS);
  });
});
