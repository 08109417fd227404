import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { papers } from "../../src/papers/registry.ts";
import { comparisonSchema } from "../../src/results/comparison.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Against hangs only: about 20 to 60 s on two cores. */
const WATCHDOG_MS = 600_000;

/** What reads data that is not part of the project. */
const OF_OTHERS = ["spread/real", "placement/zoo"];

describe("netvantage reproduce", () => {
  it("runs every experiment at scale quick", { timeout: WATCHDOG_MS }, () => {
    const words = ["reproduce", "--workers", "2", "--json"];
    const { NETVANTAGE_DATA: _, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, [main, ...words], { encoding: "utf8", env });
    const { experiments } = comparisonSchema.parse(JSON.parse(stdout));
    expect(status).toBe(0);
    expect(experiments.map(({ id }) => id)).toEqual(papers.flatMap((paper) => paper.experiments.map(({ id }) => id)));
    for (const { id, tables, figures, failures } of experiments) {
      expect([id, failures ?? []]).toEqual([id, []]);
      const cells = tables.flatMap((table) => table.cells);
      const measured = cells.filter((cell) => cell.measured !== null);
      if (OF_OTHERS.includes(id)) expect([id, measured.length]).toEqual([id, 0]);
      else expect([id, measured.length + figures.length]).not.toEqual([id, 0]);
    }
  });
});
