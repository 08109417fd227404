import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mean } from "../../../src/numbers/statistics.ts";
import { loadPublished, publishedCell, publishedTable } from "../../../src/papers/published.ts";
import { PUBLISHED } from "../../../src/papers/spread/configurations.ts";
import { PUBLISHED_ROWS, rowName } from "../../../src/papers/spread/rows.ts";
import { accuracyMark } from "../../../src/papers/spread/table2.ts";

const file = loadPublished("spread");
const table1 = publishedTable(file, "table1");
const table2 = publishedTable(file, "table2");
const rows = Array.from({ length: PUBLISHED_ROWS }, (_, row) => rowName(row));

const paper = new URL("../../../../shared/papers/dao-nyang-lee-2014-sampling-cardinality.txt", import.meta.url);
const text = existsSync(paper) ? readFileSync(paper, "utf8") : "";

/** The last four cells of the one line of a table that has this cell first or second. */
function printedCells(head: string): string[] {
  const lines = text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
  const found = lines.filter((cells) => cells.length >= 5 && cells.slice(0, 2).includes(head));
  expect(found, `lines of ${head}`).toHaveLength(1);
  return found[0].slice(-4);
}

describe("the published figures of Table 1", () => {
  it("are 12 rows of 4 columns, each with its place and the specification's tolerance", () => {
    expect(table1.cells).toHaveLength(48);
    rows.forEach((row, i) => {
      for (const { column } of PUBLISHED) {
        const cell = publishedCell(table1, row, column);
        expect(cell?.tolerance).toBe(i <= 7 ? 0.05 : i === 8 ? 0.08 : 0.2);
        expect(cell?.place).toBe(`Table 1, row ${row}, column (${column[0]})`);
        expect(cell?.calibrated).toBe(i < 2 && column[0] !== "C");
      }
    });
  });

  it.skipIf(text === "")("are the paper's", () => {
    for (const row of rows) {
      const ours = PUBLISHED.map(({ column }) => publishedCell(table1, row, column)?.value);
      expect(printedCells(row).map(Number)).toEqual(ours);
    }
  });
});

describe("the published figures of Table 2", () => {
  it.skipIf(text === "")("are the paper's", () => {
    const valuesOf = (row: string) => PUBLISHED.map(({ name }) => String(publishedCell(table2, row, name)?.value));
    expect(printedCells("Maximum Est. Range")).toEqual(valuesOf("maximum range (destinations)"));
    expect(printedCells("Small range (1-15)")).toEqual(valuesOf("accuracy, spreads 1-15"));
    expect(printedCells("Large range (256-4095)")).toEqual(valuesOf("accuracy, spreads 256-4095"));
    expect(printedCells("Encoding(Store)")).toEqual(valuesOf("encode one contact"));
    expect(printedCells("Decoding(Estimate)")).toEqual(valuesOf("decode one source"));
  });

  it("have marks that our rule gives from the paper's own Table 1", () => {
    const marks = (from: number, to: number) =>
      PUBLISHED.map(({ column }) => {
        const meanError = (of: string) =>
          mean(rows.slice(from, to).map((row) => Number(publishedCell(table1, row, of)?.value)));
        return accuracyMark(meanError(column) / meanError(PUBLISHED[0].column));
      });
    const printed = (row: string) => PUBLISHED.map(({ name }) => publishedCell(table2, row, name)?.value);
    expect(marks(0, 4)).toEqual(printed("accuracy, spreads 1-15"));
    expect(marks(8, 12)).toEqual(printed("accuracy, spreads 256-4095"));
  });
});

describe("what Section 4 says in words", () => {
  it.skipIf(text === "")("is in the paper", () => {
    const words = text.replace(/\s+/g, " ");
    for (const { value } of publishedTable(file, "gain").cells) expect(words).toContain(`${value} times`);
    for (const figure of ["8.4M distinct contacts", "nearly 6M", "25,722", "is 13.3"]) expect(words).toContain(figure);
  });
});
