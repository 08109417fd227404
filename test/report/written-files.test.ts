import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { papers as known } from "../../src/papers/registry.ts";
import type { ReportedExperiment } from "../../src/report/result-files.ts";
import { writeExperiment, writeResults } from "../../src/report/result-files.ts";
import { type Comparison, comparisonSchema } from "../../src/results/comparison.ts";
import { sample, sampleFigures } from "./fixtures/sample.ts";

let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-files-"));
});

afterEach(() => rm(directory, { recursive: true }));

const read = (file: string) => readFile(join(directory, file), "utf8");

/** The sample's experiment of figures, as it comes from a run. */
function reproduced(): ReportedExperiment {
  const entry = sample.experiments[1];
  const drawn = entry.figures.filter(({ file }) => file !== null && sampleFigures.has(file));
  return {
    entry: { ...entry, figures: drawn.map((figure) => ({ ...figure, file: null })) },
    figures: drawn.map(({ id, title, file }) => ({ id, title, spec: sampleFigures.get(String(file))! })),
  };
}

function results(experiments: Comparison["experiments"]): Comparison {
  const { papers: _, unfinished: __, ...rest } = sample;
  return { ...rest, experiments };
}

describe("the files of a run", () => {
  it("are results, page, tables and figures with their data, and nothing half-written", async () => {
    const entry = await writeExperiment(directory, reproduced());
    await writeResults(directory, results([entry]), known);
    expect((await readdir(directory)).sort()).toEqual(["figures", "index.html", "results.json", "tables"]);
    expect((await readdir(join(directory, "figures"))).sort()).toEqual(
      ["facets", "scatter", "small"].flatMap((name) => [`spread-fig-${name}.json`, `spread-fig-${name}.svg`]),
    );
    const page = await read("index.html");
    expect(page.match(/<figure /g)).toHaveLength(3);
    expect(page).not.toContain("This figure is not there");
  });

  it("hold the papers and every kernel's SHA-256", async () => {
    await writeResults(directory, results([sample.experiments[0]]), known);
    const { papers, environment } = comparisonSchema.parse(JSON.parse(await read("results.json")));
    expect(papers).toEqual([
      { id: "spread", title: "Effect of Sampling for Multi-set Cardinality Estimation", citation: expect.any(String) },
    ]);
    const kernels = new URL("../../dist/wasm/", import.meta.url);
    const files = (await readdir(kernels)).filter((file) => file.endsWith(".wasm")).sort();
    expect(Object.keys(environment?.kernels ?? {})).toEqual(files);
    const hash = createHash("sha256").update(await readFile(new URL(files[0], kernels)));
    expect(environment?.kernels?.[files[0]]).toBe(hash.digest("hex"));
  });

  it("of an interrupted run have what is finished and say what is not", async () => {
    await writeResults(directory, { ...results([sample.experiments[0]]), unfinished: ["spread/fig4"] }, known);
    expect(await read("index.html")).toContain("Not finished: spread/fig4.");
    expect(JSON.parse(await read("results.json")).unfinished).toEqual(["spread/fig4"]);
  });

  it("name a figure whose data is damaged or gone, and show the others", async () => {
    const entry = await writeExperiment(directory, reproduced());
    await writeFile(join(directory, "figures/spread-fig-small.json"), '{"title": "torn');
    await rm(join(directory, "figures/spread-fig-facets.json"));
    await writeResults(directory, results([entry]), known);
    const page = await read("index.html");
    expect(page.match(/This figure is not there/g)).toHaveLength(2);
    expect(page.match(/<div class="chart">/g)).toHaveLength(1);
  });
});
