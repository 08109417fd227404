import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { requireResult, runTasks } from "../../../src/engine/engine.ts";
import type { Task } from "../../../src/engine/task.ts";
import type { Experiment, ExperimentReport, Run } from "../../../src/papers/experiment.ts";
import { asymmetry } from "../../../src/papers/placement/asymmetry.ts";
import { complexity } from "../../../src/papers/placement/complexity.ts";
import { fig3 } from "../../../src/papers/placement/fig3.ts";
import { fig6 } from "../../../src/papers/placement/fig6.ts";
import { fig7 } from "../../../src/papers/placement/fig7.ts";
import { placementPaper } from "../../../src/papers/placement/index.ts";
import { internetworkRoutes } from "../../../src/papers/placement/internetwork-trials.ts";
import { traceback } from "../../../src/papers/placement/traceback-experiment.ts";
import { twoWay } from "../../../src/papers/placement/two-way.ts";
import { zoo } from "../../../src/papers/placement/zoo.ts";
import { placeOnRoutes } from "../../../src/placement/place-on-routes.ts";
import type { Cell, Table } from "../../../src/results/comparison.ts";

const run: Run = { scale: "quick", seed: 1, dataDir: undefined };

async function resultsOf(tasks: readonly Task[], workers = 0): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const outcome of runTasks(tasks, [], { workers })) results.push(requireResult(outcome));
  return results;
}

/** The first few tasks of an experiment. */
async function some(experiment: Experiment, count: number): Promise<readonly Task[]> {
  return (await experiment.plan(run)).tasks.slice(0, count);
}

/** Summarises results of an experiment's first tasks. */
async function summaryOf(
  experiment: Experiment,
  results: readonly unknown[],
  of: Run = run,
  given?: readonly Task[],
): Promise<ExperimentReport> {
  const tasks = given ?? (await experiment.plan(of)).tasks;
  const trials = results.map((result, i) => ({ task: tasks[i], result, seconds: 0 }));
  return experiment.summarise(trials, of);
}

function cellOf(table: Table, row: string, column: string): Cell {
  const found = table.cells.find((cell) => cell.row === row && cell.column === column);
  if (found === undefined) throw new RangeError(`no cell ${row}, ${column}`);
  return found;
}

describe("the placement paper's experiments", () => {
  it("have keys of their own where tasks differ, and share the ones that do not", async () => {
    const tasks = (await Promise.all(placementPaper.experiments.map((each) => each.plan(run)))).flatMap(
      (plan) => plan.tasks,
    );
    const byKey = new Map(tasks.map((task) => [task.key, JSON.stringify(task)]));
    for (const task of tasks) expect(byKey.get(task.key)).toBe(JSON.stringify(task));
    const [seven, both] = await Promise.all([fig7.plan(run), twoWay.plan(run)]);
    expect(both.tasks).toEqual(seven.tasks);
  });

  it("run at least 50 internetworks at paper scale, 10 in quick", async () => {
    expect((await fig7.plan({ ...run, scale: "paper" })).tasks.length).toBeGreaterThanOrEqual(50);
    expect((await fig7.plan(run)).tasks).toHaveLength(10);
  });

  it("give all variants of a trial one seed", async () => {
    const { tasks } = await asymmetry.plan(run);
    const seeds = tasks.filter(({ parameters }) => parameters.trial === 3).map(({ parameters }) => parameters.seed);
    expect(seeds).toHaveLength(4);
    expect(new Set(seeds).size).toBe(1);
  });

  it.each([
    ["fig3", fig3],
    ["fig6", fig6],
    ["fig7", fig7],
    ["traceback", traceback],
    ["complexity", complexity],
  ])("%s: trials give the same again", async (_, experiment) => {
    const tasks = await some(experiment, 1);
    expect(await resultsOf(tasks)).toEqual(await resultsOf(tasks));
  });

  it("give the same on threads as in process, as built", async () => {
    const built = new URL("../../../dist/papers/placement/", import.meta.url);
    const tasks = [...(await some(fig3, 2)), ...(await some(fig6, 2)), ...(await some(fig7, 1))].map((task) => ({
      ...task,
      module: new URL(`${task.module.split("/").pop()?.replace(/\.ts$/, ".js")}`, built).href,
    }));
    expect(await resultsOf(tasks, 2)).toEqual(await resultsOf(tasks));
  });
});

describe("Fig. 3", () => {
  it("holds on the fitted network in 12 rows of 12, under equal rates in 11", async () => {
    const report = await summaryOf(fig3, await resultsOf(await some(fig3, 2)), run);
    const [fitted, equal] = report.tables;
    const met = (cells: typeof fitted.cells) => cells.filter(({ verdict }) => verdict === "calibrated").length;
    expect(met(fitted.cells)).toBe(24);
    expect(met(equal.cells)).toBe(23);
    expect(fitted.notes?.[0]).toMatch(/^12 of 12 rows/);
    expect(equal.notes?.[0]).toMatch(/^11 of 12 rows/);
    const miss = cellOf(equal, "4 Betweenness", "total AOR");
    expect(miss.verdict).toBe("differs");
    expect(miss.measured).toBeCloseTo(84.545, 3);
    expect(cellOf(fitted, "5 Brute force", "nodes chosen").measured).toBe("0,2,5,6,9");
  });
});

describe("a planted wrong value", () => {
  const planted = { monitors: 3, method: "kmax", nodes: [5, 4, 6], observed: 79.818, sum: 100 };
  const of = async (row: object) => {
    const result = { rows: [{ ...planted, ...row }], fewest: [] };
    return (await summaryOf(fig3, [result, result])).tables[0];
  };

  it("differs in Fig. 3, though the figure was fitted", async () => {
    expect(cellOf(await of({}), "3 KMax", "total AOR").verdict).toBe("calibrated");
    expect(cellOf(await of({ observed: 81.2 }), "3 KMax", "total AOR").verdict).toBe("differs");
    expect(cellOf(await of({ nodes: [4, 5, 7] }), "3 KMax", "nodes chosen").verdict).toBe("differs");
  });

  it("differs in Fig. 6", async () => {
    const methods = ["kmax", "degree", "brute", "bidirectional"];
    const sites = (observed: number) => ({
      relays: 57,
      results: methods.map((method) => ({ method, observed, twoWay: observed })),
    });
    const results = (observed: number) => Array.from({ length: 20 }, () => sites(observed));
    const verdict = async (observed: number) =>
      cellOf((await summaryOf(fig6, results(observed))).tables[0], "Brute-force", "total AOR").verdict;
    expect(await verdict(83.33)).toBe("agrees");
    expect(await verdict(60)).toBe("differs");
  });

  it("differs in the ordering of Fig. 7", async () => {
    const curve = (level: number) => ({ observed: new Array(50).fill(level), twoWay: new Array(50).fill(level) });
    const trial = (levels: readonly number[], i: number) => ({
      accessNodes: 105,
      relays: 1192,
      hops: 7,
      shared: 0,
      // K-max, Degree, Greedy, Bi-directional, two-way
      curves: levels.map((level) => curve(level + i / 100)),
    });
    const verdict = async (levels: readonly number[]) =>
      (
        await summaryOf(
          fig7,
          [0, 1, 2].map((i) =>
            trial(
              levels.map((level) => level * (1 + i / 1000)),
              i,
            ),
          ),
        )
      ).claims[0].verdict;
    expect(await verdict([80, 70, 90, 60, 60])).toBe("pattern");
    expect(await verdict([70, 80, 90, 60, 60])).toBe("differs");
  });
});

describe("a trial of 6 sites", () => {
  it("has the optimum that the exact search has", async () => {
    const [task] = await some(fig6, 1);
    const routes = internetworkRoutes("amp", String(task.parameters.seed), 6);
    const [brute, exact] = (["brute", "exact"] as const).map((method) =>
      placeOnRoutes(routes, { method, monitors: 4 }),
    );
    expect(exact.optimal).toBe(true);
    expect(brute.observed).toBeCloseTo(exact.observed, 12);
  });
});

describe("the Zoo", () => {
  it("is not run without data", async () => {
    const { tasks } = await zoo.plan(run);
    expect(tasks).toEqual([]);
    const report = await summaryOf(zoo, [], run);
    for (const { verdict, how } of report.tables[0].cells) {
      expect(verdict).toBe("not run");
      expect(how).toMatch(/--data DIR/);
    }
  });

  const data = fileURLToPath(new URL("../../../../shared/data", import.meta.url));
  it.skipIf(!existsSync(data))("shows greedy between the bound it is sure of and the optimum", async () => {
    const { tasks } = await zoo.plan({ ...run, dataDir: data });
    expect(tasks).toHaveLength(272);
    const abilene = tasks.filter(({ key }) => /Abilene|Aarnet/.test(key));
    const report = await summaryOf(zoo, await resultsOf(abilene), { ...run, dataDir: data }, abilene);
    const share = Number(cellOf(report.tables[1], "3 monitors", "Greedy, least").measured);
    expect(share).toBeGreaterThan(63.2);
    expect(share).toBeLessThanOrEqual(100);
  });
});
