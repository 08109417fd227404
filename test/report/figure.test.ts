import { DOMParser } from "linkedom";
import { describe, expect, it } from "vitest";
import { renderFigure } from "../../src/report/figure/figure.ts";
import type { FigureSpec, Series } from "../../src/report/figure/spec.ts";

function figure(change: Partial<FigureSpec> = {}): FigureSpec {
  return {
    title: "Variance & rate",
    subtitle: "k < 1000",
    x: { label: "rate", scale: "linear" },
    y: { label: "variance", unit: "destinations²", scale: "log" },
    series: [
      { name: "k = 100", mark: "line", x: [0.1, 0.5, 1], y: [10, 100, 1000] },
      { name: "k = 250", mark: "points", x: [0.1, 0.5], y: [20, 200], low: [10, 100], high: [30, 300] },
    ],
    references: [{ kind: "vertical", at: 0.5, label: "half" }],
    ...change,
  };
}

function points(name: string, count: number, facet?: string): Series {
  const x = Float64Array.from({ length: count }, (_, i) => i + 1);
  return { name, mark: "points", x, y: x, ...(facet !== undefined && { facet }) };
}

function parse(svg: string) {
  return new DOMParser().parseFromString(svg, "image/svg+xml");
}

describe("renderFigure", () => {
  it("is one self-contained SVG with title, axis titles with units and a legend", () => {
    const svg = renderFigure(figure());
    const text = parse(svg).documentElement.textContent ?? "";
    for (const words of [
      "Variance & rate",
      "k < 1000",
      "rate",
      "variance (destinations²)",
      "k = 100",
      "k = 250",
      "half",
    ]) {
      expect(text).toContain(words);
    }
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="720" height="480"/);
    expect(svg).not.toMatch(/<script|href=|url\(["']?http/);
  });

  it("speaks to a screen reader", () => {
    const label = "Variance &#38; rate. k &#60; 1000. variance (destinations²) against rate; series: k = 100, k = 250.";
    expect(renderFigure(figure())).toContain(` role="img" aria-label="${label}"`);
  });

  it("cuts nothing of a line or a symbol that lies on the frame", () => {
    const axis = (label: string, end: number) => ({ label, scale: "linear" as const, domain: [0, end] as const });
    const series = (["line", "points"] as const).map((mark) => ({ name: mark, mark, x: [0, 10], y: [0, 1] }));
    const svg = parse(renderFigure(figure({ x: axis("x", 10), y: axis("y", 1), series, references: [] })));
    const numbers = (text: string | null | undefined) => (text?.match(/-?[\d.]+/g) ?? []).map(Number);
    const path = [...svg.querySelectorAll("path")]
      .map((each) => numbers(each.getAttribute("d")))
      .find((d) => d[0] > 60);
    const rects = [...svg.querySelectorAll("clipPath rect")].map((rect) =>
      ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name))),
    );
    const frames = rects.filter(([, , , height]) => height > 100);
    expect(frames.length).toBeGreaterThan(0);
    for (const [x, y, width, height] of frames) {
      const [left, bottom, right, top] = path ?? [];
      const room = [left - x, y + height - bottom, x + width - right, top - y];
      expect(Math.min(...room)).toBeGreaterThanOrEqual(5);
      expect(Math.max(...room)).toBeLessThanOrEqual(8);
    }
  });

  it("tells series apart without colour: by dash or by symbol", () => {
    const lines = ["a", "b", "c"].map((name): Series => ({ name, mark: "line", x: [1, 2], y: [1, 2] }));
    const svg = renderFigure(figure({ series: lines, references: [] }));
    const dashes = new Set([...svg.matchAll(/stroke-dasharray="([^"]*)"/g)].map((match) => match[1]));
    expect(dashes.size).toBe(2);
    expect(new Set([...svg.matchAll(/stroke="(#[0-9a-f]{6})"/g)].map((match) => match[1])).size).toBeGreaterThanOrEqual(
      3,
    );
  });

  it("shows values on hover where the points are few, and stays small where they are many", () => {
    expect(renderFigure(figure())).toContain("<title>k = 250\nrate: 0.1\nvariance: 20 [10, 30]</title>");
    const many = renderFigure(figure({ series: [points("many", 2000)], references: [] }));
    expect(many).not.toContain("<title>");
    expect(many.length).toBeLessThan(250_000);
  });

  it("draws a panel per facet with shared axes", () => {
    const facets = ["p", "q", "r", "s"];
    const svg = renderFigure(figure({ series: facets.map((name, i) => points(name, 10 * (i + 1), name)) }));
    expect(svg.match(/variance \(destinations²\)<\/text>/g)).toHaveLength(4);
    expect(svg).toContain('height="6');
  });

  it("leaves out what a log axis cannot show", () => {
    const series: Series[] = [{ name: "a", mark: "points", x: [1, 2, 3], y: [0, -1, 5] }];
    expect(renderFigure(figure({ series, references: [] })).match(/<title>/g)).toHaveLength(1);
  });

  it("gives the same text for the same figure", () => {
    expect(renderFigure(figure())).toBe(renderFigure(figure()));
  });

  it("draws a figure without a point", () => {
    expect(renderFigure(figure({ series: [], references: [] }))).toContain("Variance");
  });

  it("refuses columns of different lengths and facets on some series only", () => {
    expect(() => renderFigure(figure({ series: [{ name: "a", mark: "line", x: [1, 2], y: [1] }] }))).toThrow(
      "series a: 2 x, 1 y",
    );
    expect(() => renderFigure(figure({ series: [points("a", 2), points("b", 2, "b")] }))).toThrow("only some series");
  });
});
