import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { jsonComparison } from "../../src/report/json.ts";
import { renderPage } from "../../src/report/page/page.ts";
import type { Comparison } from "../../src/results/comparison.ts";
import { countOf, EVIL, EVIL_END, sample, sampleFigures } from "./fixtures/sample.ts";

const page = renderPage(sample, sampleFigures);
const { document } = parseHTML(page);

function words(selector: string): string {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`nothing is ${selector}`);
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}

describe("renderPage", () => {
  it("tells in its first section how many cells have which verdict, in all and by paper", () => {
    const total = [...document.querySelectorAll(".total .counts li")].map((item) => item.textContent?.trim());
    expect(total).toEqual([
      `✓ ${countOf("agrees")} agree`,
      `≈ ${countOf("pattern")} hold as a pattern`,
      `✕ ${countOf("differs")} differ`,
      `◆ ${countOf("calibrated")} calibrated`,
      `– ${countOf("not run")} not run`,
    ]);
    expect(document.querySelectorAll(".papers > li")).toHaveLength(2);
    expect(words(".papers > li + li")).toContain("2 agree");
    const segments = [...document.querySelectorAll(".total .segment")].map((segment) => segment.textContent);
    expect(segments).toContain(`✕${countOf("differs")}`);
  });

  it("shows of a cell what was measured, its interval, what was published, the verdict and the reason", () => {
    const cells = [...document.querySelectorAll("#table-spread-table1-table1 tbody tr:first-child td")];
    const texts = cells.map((cell) => (cell.textContent ?? "").replace(/\s+/g, " ").trim());
    expect(texts[0]).toBe("measured 0.7463 95 % interval ±0.046published 0.75✓ agrees −0.5 % 1");
    expect(texts[1]).toMatch(/✕ differs \+53 % 2$/);
    expect(texts[4]).toBe("measured 0.7463 95 % interval ±0.046");
    const row = (n: number) => words(`#table-spread-table1-table1 tbody tr:nth-child(${n}) td`);
    expect(row(5)).toMatch(/^no measurementpublished 0.75– not run/);
    expect(row(6)).toContain("one run");
    expect(words("#table-spread-table1-table1-note-2")).toBe(`not reproduced: ${EVIL}`);
  });

  it("names rows and columns for a screen reader", () => {
    const tables = [...document.querySelectorAll("table")];
    expect(tables.length).toBeGreaterThanOrEqual(4);
    for (const table of tables) {
      expect(table.querySelector("caption")?.textContent).not.toBe("");
      for (const head of table.querySelectorAll("thead th")) expect(head.getAttribute("scope")).toBe("col");
      for (const head of table.querySelectorAll("tbody th")) expect(head.getAttribute("scope")).toBe("row");
    }
    const drawings = [...document.querySelectorAll("figure .plot > div > div > svg")];
    expect(drawings).toHaveLength(2 * (2 + 2 + 1));
    for (const svg of drawings) expect(svg.getAttribute("aria-label")).toContain("series:");
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has claims, misses with reasons, what was calibrated, errata, parameters and the command, by paper", () => {
    const text = words("#paper-spread");
    for (const part of [
      "What the paper claims ✓ agreesThe accuracy is 1.3 times better.Measured 1.34.",
      "What we claim beyond it ? undecidedOurs is better.",
      "What differs, and why",
      "B CSE-1024 (1, 64-127)",
      "What was calibrated",
      "Algorithm 2, line 12The sign is wrong.",
      "memory bits8,000,000",
      "sources per rowfitted 20,000",
      "netvantage reproduce spread --scale quick --seed 7 --data DATA --out DIR",
    ]) {
      expect(text).toContain(part);
    }
    expect(words("#paper-placement")).toContain("The reason is not known.");
    expect(words("#paper-placement")).toContain("Nothing: no published value was used");
    expect(words("#run")).toContain("ab".repeat(32));
  });

  it("says what is missing: an interrupted run, failed trials, a lost figure", () => {
    expect(words(".overview")).toContain("This run was interrupted. Not finished: placement/fig7.");
    expect(words(".overview")).toContain("Trials failed in placement/fig6");
    expect(words("#experiment-placement-fig6")).toContain("One trial ended with an error");
    expect(words("#figure-spread-fig-lost")).toContain("This figure is not there");
  });

  it("escapes every text", () => {
    expect(words("#paper-placement h2")).toBe(`Placement of Monitors ${EVIL}`);
    expect(words("#paper-placement .errata dd")).toBe(`${EVIL_END}.`);
    expect(document.querySelectorAll("img, script[src], iframe, object, embed")).toHaveLength(0);
    const scripts = [...document.querySelectorAll("script")].filter((script) => script.type !== "application/json");
    expect(scripts).toHaveLength(1);
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).not.toContain("<img");
  });

  it("asks for nothing: no address outside of it but files beside it", () => {
    const links = [...document.querySelectorAll("[href], [src]")].map(
      (e) => e.getAttribute("href") ?? e.getAttribute("src"),
    );
    for (const link of links) expect(link).toMatch(/^(#|data:,|tables\/|figures\/|results\.json$)/);
    for (const link of links) if (link?.startsWith("#")) expect(document.querySelector(link), link).not.toBeNull();
    expect(page).not.toMatch(/url\(["']?(?!#)/);
    const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+'; img-src data:;/);
  });

  it("shows code in prose as code", () => {
    const text = "what is `calibrated` or `<b>` proves nothing";
    const [first] = sample.experiments;
    const code = {
      ...first,
      tables: first.tables.map((table) => ({
        ...table,
        cells: table.cells.map((cell) => ({ ...cell, how: text })),
        notes: [text],
      })),
      claims: [{ by: "paper" as const, text, verdict: "agrees" as const, evidence: text }],
      errata: [{ place: "p. 1", text }],
    };
    const body = parseHTML(renderPage({ ...sample, experiments: [code] }, new Map())).document.body;
    for (const place of [".note", ".reasons li", ".claims p", ".claims .quiet", ".errata dd", ".plain .quiet"]) {
      const spans = [...(body.querySelector(place)?.querySelectorAll("code") ?? [])].map((each) => each.textContent);
      expect([place, spans]).toEqual([place, ["calibrated", "<b>"]]);
    }
    expect(body.querySelector("main")?.textContent).not.toContain("`");
  });

  it("is drawn for a run without anything", () => {
    const empty: Comparison = { version: 1, scale: "paper", seed: 0, experiments: [] };
    const text = parseHTML(renderPage(empty, new Map())).document.body.textContent ?? "";
    expect(text).toContain("No published value was put to the test");
    expect(text).toContain("nothing to compare");
  });

  it("goes by a paper's id where nothing describes it", () => {
    const { papers: _, ...bare } = sample;
    expect(renderPage(bare, new Map())).toContain(">placement</h2>");
  });

  it("is the same for the same results", () => {
    expect(renderPage(sample, sampleFigures)).toBe(page);
    expect(() => jsonComparison(sample)).not.toThrow();
  });
});
