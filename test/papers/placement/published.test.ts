import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadPublished, publishedCell, publishedTable } from "../../../src/papers/published.ts";

const file = loadPublished("placement");
const fig3 = publishedTable(file, "fig3");
const fig6 = publishedTable(file, "fig6");
const fig7 = publishedTable(file, "fig7");

const paper = new URL("../../../../shared/papers/tang-daniels-monitor-placement.txt", import.meta.url);
const text = existsSync(paper) ? readFileSync(paper, "utf8") : "";

/** The lines between a table's head and its caption, cut into cells; an empty first cell repeats the one above. */
function printedTable(caption: string): string[][] {
  const lines = text.slice(0, text.indexOf(caption)).split("\n");
  const head = lines.findLastIndex((line) => line.startsWith("# Monitors"));
  let first = "";
  return lines
    .slice(head + 1)
    .map((line) => line.split("\t").map((cell) => cell.trim()))
    .filter((cells) => cells.length >= 3)
    .map(([monitors, ...rest]) => {
      first = monitors || first;
      return [first, ...rest];
    });
}

describe("the published figures of the placement paper", () => {
  it("are 12 rows of Fig. 3, 4 of Fig. 6 and 9 of Fig. 7, each with its place", () => {
    expect(fig3.cells).toHaveLength(24);
    expect(fig6.cells.filter(({ row }) => row !== "network")).toHaveLength(12);
    expect(fig7.cells.filter(({ row }) => row !== "network")).toHaveLength(9);
    for (const { cells } of file.tables) for (const { place } of cells) expect(place).not.toBe("");
  });

  it("call calibrated what a network was fitted to, and nothing else", () => {
    for (const { calibrated } of [...fig3.cells, ...fig7.cells]) expect(calibrated).toBe(true);
    for (const { calibrated } of fig6.cells) expect(calibrated).toBe(false);
  });

  it("have in Fig. 3 the tolerance of a whole percent", () => {
    for (const { value, tolerance } of fig3.cells) {
      if (typeof value === "number") expect((tolerance ?? 0) * value).toBeCloseTo(0.5, 3);
    }
  });

  it.skipIf(text === "")("are the paper's: Fig. 3", () => {
    const rows = printedTable("Fig. 3. Results");
    expect(rows).toHaveLength(12);
    for (const [monitors, method, nodes, share] of rows) {
      const row = `${monitors} ${method}`;
      expect(publishedCell(fig3, row, "nodes chosen")?.value).toBe(nodes);
      expect(`${publishedCell(fig3, row, "total AOR")?.value}%`).toBe(share);
    }
  });

  it.skipIf(text === "")("are the paper's: Fig. 6", () => {
    const rows = printedTable("Fig. 6. Results");
    expect(rows).toHaveLength(4);
    for (const [, method, nodes, share, approximation] of rows) {
      expect(publishedCell(fig6, method, "node chosen")?.value).toBe(nodes);
      expect(`${publishedCell(fig6, method, "total AOR")?.value}%`).toBe(share);
      expect(`${publishedCell(fig6, method, "approximation")?.value}%`).toBe(approximation);
    }
    expect(text).toContain(`relay nodes is ${publishedCell(fig6, "network", "relay nodes")?.value}.`);
  });

  it.skipIf(text === "")("are the paper's: Fig. 7", () => {
    const rows = printedTable("Fig. 7. Results");
    expect(rows).toHaveLength(9);
    for (const [monitors, method, share] of rows) {
      const value = publishedCell(fig7, `${monitors} ${method}`, "total AOR")?.value;
      expect(`${Number(value).toFixed(2)}%`).toBe(share);
    }
    const [access, relays] = ["access nodes", "relay nodes"].map(
      (column) => publishedCell(fig7, "network", column)?.value,
    );
    expect(text).toContain(`${access} access nodes and ${relays} relay nodes`);
  });
});
