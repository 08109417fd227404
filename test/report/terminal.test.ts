import { describe, expect, it } from "vitest";
import { csvExperiment } from "../../src/report/csv.ts";
import { jsonComparison } from "../../src/report/json.ts";
import { markdownExperiment } from "../../src/report/markdown.ts";
import { terminalExperiment, terminalSummary } from "../../src/report/terminal/terminal.ts";
import type { Cell, ExperimentEntry } from "../../src/results/comparison.ts";

function cell(row: string, column: string, change: Partial<Cell> = {}): Cell {
  return {
    row,
    column,
    published: 0.75,
    measured: 0.7463,
    low: null,
    high: null,
    trials: 1,
    tolerance: 0.05,
    unit: "",
    verdict: "agrees",
    ratio: 0.995,
    how: "mean within 5 %",
    ...change,
  };
}

function experiment(cells: Cell[], change: Partial<ExperimentEntry> = {}): ExperimentEntry {
  return {
    id: "toy/table1",
    paper: "toy",
    title: "Errors",
    tables: [{ id: "table1", title: "Table 1", place: "p. 7", cells }],
    figures: [{ id: "fig1", title: "Figure 1", file: null }],
    claims: [{ by: "paper", text: "it is fast", verdict: "undecided", evidence: "the interval contains 0" }],
    errata: [{ place: "Algorithm 2", text: "the sign is wrong" }],
    parameters: { trials: 1, note: "a, b" },
    seconds: 1.5,
    ...change,
  };
}

const plain = { width: 120, color: false };

function lines(text: string): string[] {
  return text.split("\n");
}

describe("terminalExperiment", () => {
  it("shows published, measured, interval, ratio, verdict and the rule in one row", () => {
    const cells = [
      cell("1", "CSE"),
      cell("2-3", "CSE", { low: 0.7216, high: 0.771, trials: 20, verdict: "differs", how: "the seed" }),
    ];
    const text = terminalExperiment(experiment(cells), plain);
    expect(text).toMatch(/^1 +│ +0\.75 +0\.7463 +one run +0\.995 +agrees \[1\]$/m);
    expect(text).toMatch(/^2-3 +│ +0\.75 +0\.7463 +±0\.025 +0\.995 +differs \[2\]$/m);
    expect(text).toContain("[1] mean within 5 %\n[2] the seed");
  });

  it("shows an interval that is not symmetric by its ends", () => {
    const text = terminalExperiment(experiment([cell("1", "CSE", { low: 0.7, high: 0.75, trials: 20 })]), plain);
    expect(text).toContain("0.7000 to 0.7500");
  });

  it("leaves out what a column without published values has not", () => {
    const own = cell("1", "ours", { published: null, verdict: null, ratio: null, tolerance: null, how: "" });
    const text = terminalExperiment(experiment([own]), plain);
    expect(text).toMatch(/^ +│ {2}measured {2}95 % CI$/m);
    expect(text).not.toContain("published");
  });

  it.each([80, 100, 120, 160])("keeps inside %i characters and aligns its columns", (width) => {
    const columns = [
      "CSE s=256",
      "CSE s=1024",
      "MCSE s=256 g=3",
      "CSES",
      "a column with a name that is longer than its values",
    ];
    const cells = ["1", "2-3", "1024-2047"].flatMap((row) => columns.map((column) => cell(row, column)));
    const text = terminalExperiment(experiment(cells), { width, color: false });
    expect(Math.max(...lines(text).map((line) => line.length))).toBeLessThanOrEqual(width);
    for (const column of columns) expect(text).toContain(column);
    const rules = lines(text).filter((line) => line.includes("│"));
    const places = new Set(rules.map((line) => line.indexOf("│")));
    expect(places.size).toBe(1);
  });

  it("wraps a text too long for a column", () => {
    const set = Array.from({ length: 30 }, (_, i) => `node${i}`).join(", ");
    const text = terminalExperiment(experiment([cell("k = 30", "greedy", { measured: set, ratio: null })]), plain);
    expect(Math.max(...lines(text).map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text).toContain("node29");
  });

  it("wraps reasons below their text and notes below their first line", () => {
    const how = "one run of 25 sources: ".repeat(10).trim();
    const entry = experiment([cell("1", "CSE", { how })]);
    const tables = [
      { ...entry.tables[0], title: "a long title ".repeat(12).trim(), notes: ["a long note ".repeat(20)] },
    ];
    const text = terminalExperiment({ ...entry, tables }, { width: 80, color: false });
    expect(Math.max(...lines(text).map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/^\[1\] one run of .*\n {4}\S/m);
    expect(text).toMatch(/^a long note .*\n {2}\S/m);
  });

  it("shows code in prose without backticks", () => {
    const code = "what is `calibrated` proves nothing";
    const entry = experiment([cell("1", "CSE", { how: code })]);
    const change = {
      tables: [{ ...entry.tables[0], notes: [code] }],
      claims: [{ by: "paper" as const, text: code, verdict: "agrees" as const, evidence: code }],
      errata: [{ place: "p. `1`", text: code }],
    };
    const text = terminalExperiment({ ...entry, ...change }, plain);
    expect(text.match(/what is calibrated proves nothing/g)).toHaveLength(5);
    expect(text).not.toContain("`");
    expect(markdownExperiment({ ...entry, ...change })).toContain("`calibrated`");
  });

  it.each([40, 80])("keeps inside %i characters whatever the tables hold", (width) => {
    const set = Array.from({ length: 30 }, (_, i) => `node${i}`).join(",");
    const cells = [
      cell("a row of a long name", "CSE s=256", { low: 0.7, high: 0.75, trials: 20 }),
      cell("a row of a long name", "nodes", { published: set, measured: set, ratio: null, unit: "a unit" }),
    ];
    const entry = experiment(cells, {
      title: "a long title of an experiment, ".repeat(4),
      figures: [{ id: "f", title: "Figure 1", file: "figures/a-very-long-name-of-a-figure-without-an-end.svg" }],
      parameters: { note: "x".repeat(200) },
    });
    const text = terminalExperiment(entry, { width, color: false });
    expect(Math.max(...lines(text).map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(text).toContain("0.7463");
    const comparison = { version: 1 as const, scale: "quick" as const, seed: 1, experiments: [entry] };
    const summary = lines(terminalSummary(comparison, { width }));
    expect(Math.max(...summary.map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  it("colours the verdict only when told, and the words stay", () => {
    const colored = terminalExperiment(experiment([cell("1", "CSE")]), { width: 120, color: true });
    expect(colored).toContain("\u001b[32magrees\u001b[39m [1]");
    expect(terminalExperiment(experiment([cell("1", "CSE")]), plain)).not.toContain("\u001b");
  });

  it("lists claims, errata, figures and failures", () => {
    const failures = [{ task: "t", parameters: { n: 1 }, message: "task t failed: why" }];
    const text = terminalExperiment(experiment([], { tables: [], failures }), plain);
    expect(text).toContain("- undecided: it is fast; the interval contains 0");
    expect(text).toContain("- Algorithm 2: the sign is wrong");
    expect(text).toContain("- Figure 1: --out DIR writes it");
    expect(text).toContain('- task t failed: why; parameters {"n":1}');
  });
});

describe("terminalSummary", () => {
  it("counts the verdicts over all tables", () => {
    const verdicts = ["agrees", "agrees", "pattern", "differs", "calibrated", "not run", null] as const;
    const cells = verdicts.map((verdict, i) => cell(String(i), "A", { verdict }));
    const comparison = { version: 1 as const, scale: "quick" as const, seed: 1, experiments: [experiment(cells)] };
    expect(terminalSummary(comparison, plain)).toBe(
      "2 agree, 1 pattern, 1 differ, 1 calibrated, 1 not run (scale quick, seed 1)\n",
    );
  });
});

describe("other forms", () => {
  const tricky = experiment([cell("a|b", 'say "x", y', { measured: 1 / 3, unit: "m" })]);

  it("in Markdown keep a cell on one line", () => {
    const text = markdownExperiment(tricky);
    expect(text).toContain(
      '| a\\|b | say "x", y | 0.75 | 0.3333 | one run | 1 | m | 0.995 | agrees | mean within 5 % |',
    );
    expect(text).toContain("## Table 1 (p. 7)");
  });

  it("in CSV give numbers in full and quote what needs it", () => {
    const [head, line] = csvExperiment(tricky).split("\r\n");
    expect(head).toBe(
      "experiment,table,row,column,published,measured,low,high,trials,tolerance,unit,ratio,verdict,how",
    );
    expect(line).toBe(
      'toy/table1,table1,a|b,"say ""x"", y",0.75,0.3333333333333333,,,1,0.05,m,0.995,agrees,mean within 5 %',
    );
  });

  it("in JSON are refused where a number is none", () => {
    const comparison = (measured: number) => ({
      version: 1 as const,
      scale: "quick" as const,
      seed: 1,
      experiments: [experiment([cell("1", "A", { measured })])],
    });
    expect(JSON.parse(jsonComparison(comparison(2)))).toEqual(comparison(2));
    expect(() => jsonComparison(comparison(Number.NaN))).toThrow("measured");
  });
});
