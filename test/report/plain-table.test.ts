import { describe, expect, it } from "vitest";
import { type PlainColumn, plainTable } from "../../src/report/terminal/plain-table.ts";
import { paint, widthOf, wrap } from "../../src/report/terminal/style.ts";

const COLUMNS: readonly PlainColumn[] = [
  ["#", "right"],
  ["source", "left"],
  ["standard error", "right"],
  ["range", "left"],
];

const ROWS = [
  ["1", "10.0.2.15", "14.1", "ok"],
  ["2", "fe80::c50d:519f:96a4:e108", "0.7", "at the limit: may be more"],
];

function widest(text: string): number {
  return Math.max(...text.split("\n").map(widthOf));
}

describe("plainTable", () => {
  it("parts columns by two blanks and ends no line with one", () => {
    expect(plainTable(COLUMNS, ROWS, 80)).toBe(
      [
        "#  source                     standard error  range",
        "1  10.0.2.15                            14.1  ok",
        "2  fe80::c50d:519f:96a4:e108             0.7  at the limit: may be more",
      ].join("\n"),
    );
  });

  it("wraps the widest texts and heads where the width is short, never a number", () => {
    expect(plainTable(COLUMNS, ROWS, 46)).toBe(
      [
        "                     standard",
        "#  source               error  range",
        "1  10.0.2.15             14.1  ok",
        "2  fe80::c50d:519f:       0.7  at the limit:",
        "   96a4:e108                   may be more",
      ].join("\n"),
    );
  });

  it("makes a paragraph of each row where even that is too wide", () => {
    const text = plainTable(COLUMNS, ROWS, 30);
    expect(text).toBe(
      [
        "# 1, source 10.0.2.15,",
        "  standard error 14.1, range",
        "  ok",
        "# 2, source",
        "  fe80::c50d:519f:96a4:e108,",
        "  standard error 0.7, range at",
        "  the limit: may be more",
      ].join("\n"),
    );
  });

  it.each([20, 30, 40, 46, 60, 80])("is at most %i columns wide, whatever the names", (width) => {
    const names = ["a".repeat(100), "Řeka 河川".repeat(9), "b c ".repeat(30).trim(), "2001:db8::/32"];
    const text = plainTable(
      COLUMNS,
      names.map((name) => ["1", name, "1,234,567", "ok"]),
      width,
    );
    expect(widest(text)).toBeLessThanOrEqual(width);
    expect(text.replace(/\s/g, "")).toContain("a".repeat(width - 4 > 20 ? 12 : 8));
  });

  it("says so where there is nothing", () => {
    expect(plainTable(COLUMNS, [], 80)).toBe("(none)");
  });
});

describe("wrap", () => {
  it("breaks a word that is wider than the line, after a mark where one is near", () => {
    expect(wrap("see figures/spread-table1-of-all.svg", 16, "  ")).toBe(
      "see\n  figures/\n  spread-table1-\n  of-all.svg",
    );
    expect(wrap("x".repeat(25), 10, " ")).toBe(`${"x".repeat(10)}\n ${"x".repeat(9)}\n ${"x".repeat(6)}`);
  });

  it("counts what a terminal shows", () => {
    expect(wrap(`${paint("agrees", "agrees", true)} so far`, 13)).toBe(`${paint("agrees", "agrees", true)} so far`);
    expect(wrap("河川 河川", 8)).toBe("河川\n河川");
  });
});
