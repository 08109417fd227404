import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireResult, runTasks } from "../../../src/engine/engine.ts";
import type { Input, Task } from "../../../src/engine/task.ts";
import { seedBits } from "../../../src/numbers/seed.ts";
import { mean } from "../../../src/numbers/statistics.ts";
import { CSE_256, CSES_256, MCSE_CANDIDATE, RSKT2_64 } from "../../../src/papers/spread/configurations.ts";
import { fig2 } from "../../../src/papers/spread/fig2.ts";
import { bestSampling, FIGURE_2, helpfulFrom, variance } from "../../../src/papers/spread/fig2-formulas.ts";
import { rawTermVariances } from "../../../src/papers/spread/fig2-trials.ts";
import { realStream } from "../../../src/papers/spread/real-stream.ts";
import { countRows, ROWS, rowName, rowOf, sampleRows } from "../../../src/papers/spread/rows.ts";
import { MEMORY_BITS } from "../../../src/papers/spread/sketch.ts";
import { errorsTask, pointsTask, rangeTask, traceInput } from "../../../src/papers/spread/tasks.ts";
import { errorsByRow } from "../../../src/papers/spread/trace-trials.ts";
import { SpreadSketch } from "../../../src/spread/spread-sketch.ts";
import { ADDRESS_PATTERNS, TRACE_PRESETS, traceSpreads } from "../../../src/spread/trace.ts";
import { traceContacts } from "../../../src/wasm/spread/trace.ts";

const run = { scale: "quick", seed: 1, dataDir: undefined } as const;
const drawing = { preset: "fitted", trial: 0 } as const;
const CONTACTS = 60_000;
const SEED = "0123456789abcdef";

/** The experiments' trace with fewer contacts. */
function smallTrace(): Input {
  const input = traceInput(run, drawing);
  return { ...input, parameters: { ...input.parameters, contacts: CONTACTS } };
}

async function resultsOf(tasks: readonly Task[], inputs: readonly Input[], workers = 0): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const outcome of runTasks(tasks, inputs, { workers })) results.push(requireResult(outcome));
  return results;
}

describe("rows", () => {
  it("are the paper's powers of two, and three more", () => {
    expect(Array.from({ length: ROWS }, (_, row) => rowName(row)).filter((_, row) => row < 3 || row > 10)).toEqual([
      "1",
      "2-3",
      "4-7",
      "2048-4095",
      "4096-8191",
      "8192-16383",
      "16384-32767",
    ]);
    expect([1, 2, 3, 4, 4095, 4096, 25_722].map(rowOf)).toEqual([0, 1, 1, 2, 11, 12, 14]);
  });

  it("are sampled to the size asked for, the same for the same seed, every source equally likely", () => {
    const spreads = Uint32Array.from({ length: 900 }, (_, i) => [1, 2, 700][i % 3]);
    expect(sampleRows(spreads, Number.POSITIVE_INFINITY, SEED)).toEqual(Uint32Array.from(spreads.keys()));
    const chosen = sampleRows(spreads, 40, SEED);
    expect(countRows(chosen.map((i) => spreads[i])).filter((n) => n > 0)).toEqual([40, 40, 40]);
    expect(chosen).toEqual(Uint32Array.from(new Set(chosen)).sort());
    expect(sampleRows(spreads, 40, SEED)).toEqual(chosen);
    const hits = new Uint32Array(spreads.length);
    for (let i = 0; i < 500; i++) {
      for (const source of sampleRows(spreads, 40, i.toString(16).padStart(16, "0"))) hits[source] += 1;
    }
    // Binomial(500, 40/300): mean 66.7, standard deviation 7.6.
    expect(Math.min(...hits)).toBeGreaterThan(66.7 - 5 * 7.6);
    expect(Math.max(...hits)).toBeLessThan(66.7 + 5 * 7.6);
  });
});

describe("trials on a trace", () => {
  it("add up the errors that a sketch filled contact by contact makes", async () => {
    for (const configuration of [CSE_256, CSES_256, MCSE_CANDIDATE, RSKT2_64]) {
      const task = errorsTask(run, drawing, configuration);
      const input = smallTrace();
      const result = errorsByRow.result.parse((await resultsOf([task], [input]))[0]);
      const trace = { addresses: ADDRESS_PATTERNS.scrambled, seed: seedBits(String(task.parameters.traceSeed)) };
      const spreads = traceSpreads({ ...TRACE_PRESETS.fitted, contacts: CONTACTS }, trace.seed);
      const { sources, destinations } = traceContacts(spreads, 0, trace);
      const seed = seedBits(String(task.parameters.seed));
      const sketch = SpreadSketch.create({ ...configuration.sketch, memoryBits: MEMORY_BITS, seed }, 0);
      sketch.addIpv4(sources.toReversed(), destinations.toReversed());
      const addresses = [...new Set(sources)];
      const { estimate } = sketch.estimate(sketch.keysOfIpv4(Uint32Array.from(addresses)));
      expect(result.sources).toBe(addresses.length);
      // Rows of at most 20,000 sources are decoded whole.
      for (let row = 1; row < ROWS; row++) {
        const members = addresses.map((_, i) => i).filter((i) => rowOf(spreads[i]) === row);
        const errors = members.map((i) => Math.abs(Math.max(0, estimate[i]) - spreads[i]) / spreads[i]);
        expect(result.rows[row].sources).toBe(members.length);
        if (members.length > 0) expect(result.rows[row].mean).toBeCloseTo(mean(errors), 12);
      }
    }
  });

  it("give the same on threads as in process, and something else for another master seed", async () => {
    const of = (seed: number) => [
      errorsTask({ ...run, seed }, drawing, CSE_256),
      pointsTask({ ...run, seed }, drawing, CSES_256, 50),
      rangeTask({ ...run, seed }, drawing, MCSE_CANDIDATE),
    ];
    const here = await resultsOf(of(1), [smallTrace()]);
    expect(await resultsOf(of(1), [smallTrace()], 2)).toEqual(here);
    expect(await resultsOf(of(2), [smallTrace()])).not.toEqual(here);
  });

  it("have seeds that no two trials or configurations share", () => {
    const tasks = [0, 1].flatMap((trial) =>
      [CSE_256, CSES_256].map((configuration) => errorsTask(run, { preset: "fitted", trial }, configuration)),
    );
    expect(new Set(tasks.map(({ parameters }) => parameters.seed)).size).toBe(4);
    expect(new Set(tasks.map(({ parameters }) => parameters.traceSeed)).size).toBe(2);
  });
});

describe("Figure 2", () => {
  it("has the specification's best sampling rates", () => {
    const best = [500, 750, 1000, 2000, 4000].map((spread) => Number(bestSampling(FIGURE_2, spread).toFixed(3)));
    expect(best).toEqual([0.531, 0.4, 0.322, 0.18, 0.096]);
    expect(Math.round(helpfulFrom(FIGURE_2))).toBe(139);
    expect(bestSampling(FIGURE_2, 130)).toBe(1);
  });

  it("measures equation (4) in a small sketch of the same load", async () => {
    const setting = { n: 420_000, m: 400_000, s: 256 };
    const parameters = { sampling: 0.4, spreads: [100, 250], groups: 2, replicates: 2000, seed: SEED, traceSeed: SEED };
    const task = rawTermVariances.task("small", { ...parameters, contacts: setting.n, memoryBits: setting.m });
    const { load, variances } = rawTermVariances.result.parse((await resultsOf([task], []))[0]);
    expect(load).toBeCloseTo(1.05, 2);
    // 4000 replicates: one standard deviation is 2.2 %.
    for (const [i, spread] of [100, 250].entries()) {
      expect(mean(variances[i]) / variance(setting, spread, 0.4)).toBeGreaterThan(0.9);
      expect(mean(variances[i]) / variance(setting, spread, 0.4)).toBeLessThan(1.12);
    }
  });

  it("plans as many points as it tells", async () => {
    const { tasks } = await fig2.plan(run);
    expect(tasks.map(({ key }) => key)).toContain("spread/fig2 p 0.05 block 0");
    expect(new Set(tasks.map(({ parameters }) => parameters.seed)).size).toBe(tasks.length);
  });
});

describe("the real stream", () => {
  it("counts a file exactly and reports its rows", async () => {
    const directory = await mkdtemp(join(tmpdir(), "netvantage-real-"));
    try {
      await mkdir(join(directory, "flows"));
      // Source i has i destinations, each contact twice.
      const lines = Array.from({ length: 300 }, (_, i) =>
        Array.from({ length: 2 * i }, (_, j) => `${i} ${1000 + (j % i)}`),
      ).flat();
      await writeFile(join(directory, "flows", "wiki-Vote.txt"), `# comment\n${lines.join("\n")}\n`);
      const withData = { ...run, dataDir: directory };
      const { tasks, inputs } = await realStream.plan(withData);
      const results = await resultsOf(tasks, inputs);
      const trials = tasks.map((task, i) => ({ task, result: results[i], seconds: 0 }));
      const { tables, parameters } = await realStream.summarise(trials, withData);
      expect(parameters).toMatchObject({ sources: 299, distinctContacts: (299 * 300) / 2, memoryBits: 42_714 });
      expect([...new Set(tables[0].cells.map(({ row }) => row))]).toEqual(
        Array.from({ length: 9 }, (_, row) => rowName(row)),
      );
      const cell = tables[0].cells.find(({ row, column }) => row === "128-255" && column === "CSE-256");
      expect(cell?.measured).toBeGreaterThan(0.05);
      expect(cell?.measured).toBeLessThan(0.3);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
