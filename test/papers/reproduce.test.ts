import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Experiment, Paper, Run } from "../../src/papers/experiment.ts";
import { loadPublished } from "../../src/papers/published.ts";
import { papers } from "../../src/papers/registry.ts";
import { type ExperimentProgress, type ReproduceOptions, reproduce } from "../../src/papers/reproduce.ts";
import type { ReportedExperiment } from "../../src/report/result-files.ts";
import { stumblingPaper, tellingPaper, toyPaper, wrongPaper } from "./fixtures/toy-paper.ts";

const run: Run = { scale: "quick", seed: 1, dataDir: undefined };

async function all(experiments: readonly Experiment[], options: ReproduceOptions = { workers: 0 }, of: Run = run) {
  const results: ReportedExperiment[] = [];
  for await (const result of reproduce(experiments, of, options)) results.push(result);
  return results;
}

function verdicts(results: readonly ReportedExperiment[]) {
  return results[0].entry.tables[0].cells.map(({ row, verdict }) => [row, verdict]);
}

describe("reproduce", () => {
  it("adds trials up to tables with verdicts", async () => {
    const results = await all(toyPaper.experiments);
    expect(results.map(({ entry }) => entry.id)).toEqual(["toy/table1", "toy/second"]);
    expect(verdicts(results)).toEqual([
      ["10", "agrees"],
      ["20", "differs"],
      ["cost", "agrees"],
      ["real", "not run"],
    ]);
  });

  it("gives the same tables on any number of workers", async () => {
    const runs = [];
    for (const workers of [0, 1, 2]) {
      const results = await all(toyPaper.experiments, { workers }, { ...run, scale: "paper" });
      runs.push(results.map(({ entry, figures }) => ({ entry: { ...entry, seconds: 0 }, figures })));
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it("gives other trials for another master seed", async () => {
    const [one] = await all(toyPaper.experiments);
    const [other] = await all(toyPaper.experiments, { workers: 0 }, { ...run, seed: 2 });
    expect(other.entry.tables[0].cells[0].measured).not.toBe(one.entry.tables[0].cells[0].measured);
  });

  it("keeps going after a failed trial and reports it with its parameters", async () => {
    const [failed, good] = await all(stumblingPaper.experiments);
    expect(failed.entry.failures).toEqual([
      { task: "toy/stumble 1", parameters: { n: 1 }, message: "task toy/stumble 1 failed: stumbled" },
    ]);
    expect(failed.entry.tables).toEqual([]);
    expect(good.entry.failures).toBeUndefined();
  });

  it("refuses results that have not the experiment's form", async () => {
    await expect(all(wrongPaper.experiments)).rejects.toThrow("expected number");
  });

  it("tells how far the trials are that run, and counts each once", async () => {
    const seen: ExperimentProgress[] = [];
    await all(tellingPaper.experiments, { workers: 0, onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ done, running }) => [done, running])).toEqual([
      [0, 0],
      [0, 0.25],
      [0, 0.5],
      [0, 0.75],
      [0, 1],
      [1, 0],
      [1, 0.25],
      [1, 0.5],
      [1, 0.75],
      [1, 1],
      [2, 0],
    ]);
  });

  it("runs tasks that experiments share once, and refuses two that only share the key", async () => {
    const [table1] = toyPaper.experiments;
    const again = { ...table1, id: "toy/again" };
    const seen: ExperimentProgress[] = [];
    const results = await all([table1, again], { workers: 0, onProgress: (progress) => seen.push(progress) });
    expect(results[1].entry.tables).toEqual(results[0].entry.tables);
    expect(seen.at(-1)).toEqual({ experiment: "toy/again", done: 4, total: 4, running: 0 });
    expect(seen.filter(({ experiment }) => experiment === "toy/again")).toHaveLength(1);
    const other = { ...again, plan: () => table1.plan({ ...run, seed: 9 }) };
    await expect(all([table1, other])).rejects.toThrow("two different tasks have the key toy/table1 10 trial 0");
  });
});

describe("the registry", () => {
  it("has papers whose experiments' ids are theirs and distinct", () => {
    const ids = papers.flatMap((paper: Paper) => paper.experiments.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    for (const paper of papers) {
      for (const experiment of paper.experiments) {
        expect(experiment.paper).toBe(paper.id);
        expect(experiment.id).toMatch(new RegExp(`^${paper.id}/[a-z0-9-]+$`));
      }
    }
  });

  it("has papers whose folder, file of published figures and page bear their id, and no others", () => {
    const names = (folder: string, ending: string) =>
      readdirSync(new URL(`../../${folder}`, import.meta.url), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() === (ending === "") && entry.name.endsWith(ending))
        .map(({ name }) => name.slice(0, name.length - ending.length))
        .sort();
    const ids = papers.map(({ id }) => id).sort();
    expect(names("src/papers", "")).toEqual(ids);
    expect(names("data/published", ".json")).toEqual(ids);
    expect(names("docs/experiments", ".md")).toEqual(ids);
    for (const { id, citation } of papers) {
      expect(loadPublished(id)).toMatchObject({ paper: id, citation });
    }
  });
});
