import { describe, expect, it } from "vitest";
import { InputError } from "../../src/files/input-error.ts";
import { loadPublished, parsePublished, publishedCell, publishedTable } from "../../src/papers/published.ts";

const cell = { row: "1", column: "A", value: 8.9, tolerance: 0.05, place: "Table 1" };

function text(cells: readonly object[]): string {
  return JSON.stringify({ paper: "toy", citation: "", tables: [{ id: "table1", title: "T", cells }] });
}

describe("parsePublished", () => {
  it("fills in what a cell leaves out", () => {
    const table = publishedTable(parsePublished(text([cell]), "toy.json"), "table1");
    expect(publishedCell(table, "1", "A")).toEqual({ ...cell, unit: "", calibrated: false });
    expect(publishedCell(table, "2", "A")).toBeUndefined();
  });

  it.each([
    ["no JSON", "{", /^toy\.json: is no JSON/],
    ["a cell without its place", text([{ ...cell, place: undefined }]), /^toy\.json: tables\.0\.cells\.0\.place: /],
    ["a misspelt field", text([{ ...cell, tolerence: 1 }]), /tolerence/],
    ["a cell twice", text([cell, cell]), /table table1 has row 1, column A twice/],
  ])("refuses %s with the file and the field", (_, json, message) => {
    expect(() => parsePublished(json, "toy.json")).toThrow(InputError);
    expect(() => parsePublished(json, "toy.json")).toThrow(message);
  });

  it("names a table that is not there", () => {
    expect(() => publishedTable(parsePublished(text([]), "toy.json"), "table9")).toThrow("no table table9");
  });
});

describe("loadPublished", () => {
  it("names the file that cannot be read", () => {
    expect(() => loadPublished("no-such-paper")).toThrow(/data\/published\/no-such-paper\.json: cannot be read/);
  });
});
