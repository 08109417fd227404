import { describe, expect, it } from "vitest";
import type { Experiment, Run, Scale } from "../../../src/papers/experiment.ts";
import { loadPublished, publishedCell, publishedTable } from "../../../src/papers/published.ts";
import { PUBLISHED } from "../../../src/papers/spread/configurations.ts";
import { field } from "../../../src/papers/spread/field.ts";
import { realStream } from "../../../src/papers/spread/real-stream.ts";
import { PUBLISHED_ROWS, ROWS, rowName } from "../../../src/papers/spread/rows.ts";
import { table1 } from "../../../src/papers/spread/table1.ts";

const published = publishedTable(loadPublished("spread"), "table1");

function runOf(scale: Scale): Run {
  return { scale, seed: 1, dataDir: undefined };
}

/** The experiment's report of made-up trials. @param errorOf the mean error of a configuration's row in a trial */
async function reportOf(
  experiment: Experiment,
  scale: Scale,
  errorOf: (configuration: string, row: number, trial: number) => number,
  sources = 100,
) {
  const { tasks } = await experiment.plan(runOf(scale));
  const trials = tasks.map((task) => {
    const { configuration, trial } = task.parameters;
    const rows = Array.from({ length: ROWS }, (_, row) => ({
      sources,
      mean: errorOf(String(configuration), row, Number(trial)),
      standardError: 0.01,
      saturated: 0,
    }));
    return { task, result: { sources: 3_500_000, load: 1.05, rows }, seconds: 1 };
  });
  return experiment.summarise(trials, runOf(scale));
}

function printed(configuration: string, row: number): number {
  const column = PUBLISHED.find(({ id }) => id === configuration)?.column ?? "";
  return Number(publishedCell(published, rowName(row), column)?.value ?? 1);
}

async function verdictsOf(column: string, scale: Scale, errorOf: Parameters<typeof reportOf>[2]) {
  const { tables } = await reportOf(table1, scale, errorOf);
  const cells = tables[0].cells.filter((cell) => cell.column === column);
  return cells.slice(0, PUBLISHED_ROWS).map(({ verdict }) => verdict);
}

const calibratedThen = (verdict: string) => ["calibrated", "calibrated", ...new Array<string>(10).fill(verdict)];

describe("Table 1's verdicts", () => {
  it("are agrees for the published figures themselves, beside what was calibrated", async () => {
    expect(await verdictsOf("A CSE-256", "quick", printed)).toEqual(calibratedThen("agrees"));
    expect(await verdictsOf("C MCSE-256/3", "quick", printed)).toEqual(new Array(12).fill("agrees"));
  });

  it("are differs for a planted wrong column, and for that one alone", async () => {
    const wrong = (id: string, row: number) => (id === "cse-1024" ? 1.5 : 1) * printed(id, row);
    expect(await verdictsOf("B CSE-1024", "quick", wrong)).toEqual(calibratedThen("differs"));
    expect(await verdictsOf("D CSES-256/.25", "quick", wrong)).toEqual(calibratedThen("agrees"));
    expect(await verdictsOf("B CSE-1024", "paper", wrong)).toEqual(calibratedThen("differs"));
  });

  it("take a published run within the range of 20 runs, and say so", async () => {
    const scattered = (id: string, row: number, trial: number) => printed(id, row) * (1.3 + 0.05 * (trial - 12));
    const { tables } = await reportOf(table1, "paper", scattered);
    const cell = tables[0].cells.find(({ row, column }) => row === "8-15" && column === "A CSE-256");
    expect(cell).toMatchObject({ verdict: "agrees", how: "published run inside our 2.5-97.5 % range", trials: 20 });
  });

  it("tell one run's sampling error where it misses", async () => {
    const { tables } = await reportOf(table1, "quick", (id, row) => 1.3 * printed(id, row));
    const cell = tables[0].cells.find(({ row, column }) => row === "2048-4095" && column === "D CSES-256/.25");
    expect(cell?.how).toContain("one run of 100 sources: its own standard error is 7.96 %");
  });

  it("are not run where no trial has such a source", async () => {
    const { tables } = await reportOf(table1, "quick", () => 1, 0);
    expect(tables[0].cells).toHaveLength(48);
    for (const { verdict } of tables[0].cells) expect(verdict).toBe("not run");
  });

  it("compare the other readings of the trace at scale paper", async () => {
    const { tables, claims } = await reportOf(table1, "paper", printed);
    expect(tables.map(({ id }) => id)).toEqual(["table1", "table1-average", "table1-sources"]);
    const claim = claims.find(({ text }) => text.includes("6M spreaders"));
    expect(claim).toMatchObject({ verdict: "agrees", evidence: expect.stringContaining("meets 36 of the 36 cells") });
  });
});

describe("the hypotheses on estimators at equal memory", () => {
  it("fall with the intervals of paired differences", async () => {
    const errorOf = (id: string, _: number, trial: number) =>
      (id.startsWith("mcse") ? 0.5 : id === "cse-4096" ? 2 : 1) + 0.01 * trial;
    const { claims, tables } = await reportOf(field, "quick", errorOf);
    expect(claims.map(({ verdict }) => verdict)).toEqual([
      "agrees",
      ...new Array<string>(6).fill("undecided"),
      ...new Array<string>(3).fill("differs"),
    ]);
    expect(claims[0].evidence).toBe("paired 95 % intervals of 4 drawings: better in every row");
    expect(tables[0].cells[0]).toMatchObject({ trials: 4, unit: "%" });
  });
});

describe("the real stream", () => {
  it("is not run where there is no data", async () => {
    const plan = await realStream.plan(runOf("quick"));
    expect(plan).toEqual({ tasks: [], inputs: [] });
    const { tables } = await realStream.summarise([], runOf("quick"));
    expect(tables[0].cells).toHaveLength(7);
    for (const cell of tables[0].cells) {
      expect(cell).toMatchObject({ verdict: "not run", how: expect.stringContaining("--data") });
    }
  });
});
