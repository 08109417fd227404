import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { linesOfProcesses, linesOfStatements } from "./lines.ts";
import { coverageTable } from "./reporter.ts";

const root = new URL("../..", import.meta.url).pathname;

/** A file's lines of which the first `ran` ran. */
function lines(all: number, ran: number): Map<number, boolean> {
  return new Map(Array.from({ length: all }, (_, i) => [i + 1, i < ran]));
}

describe("the table of coverage", () => {
  const files = new Map([
    ["src/spread/plan.ts", lines(10, 10)],
    ["src/spread/exact.ts", lines(10, 7)],
    ["src/wasm/paths/paths.ts", lines(10, 9)],
    ["src/wasm/paths/types.ts", lines(0, 0)],
  ]);

  it("fails a folder below 90 per cent and names its files", () => {
    const { text, low } = coverageTable(files, new Set());
    expect(low).toBe(true);
    expect(text.split("\n").slice(1)).toEqual([
      "src/spread                 85.0  below 90: exact.ts 7/10",
      "src/wasm/paths             90.0",
    ]);
  });

  it("does not hold a room whose tests were skipped", () => {
    const { text, low } = coverageTable(files, new Set(["spread"]));
    expect(low).toBe(false);
    expect(text).toContain("src/spread                 85.0  not held: some of its tests were skipped");
  });
});

describe("lines that ran", () => {
  it("are those where a statement begins that was counted", () => {
    const at = (line: number) => ({ start: { line } });
    const counted = { statementMap: { 0: at(3), 1: at(3), 2: at(5) }, s: { 0: 0, 1: 4, 2: 0 } };
    expect(linesOfStatements({ [join(root, "src/a.ts")]: counted })).toEqual(
      new Map([["src/a.ts", new Map([[3, true], [5, false]])]]), // biome-ignore format: pairs
    );
  });

  it("are found where a process ran dist/", () => {
    const directory = mkdtempSync(join(tmpdir(), "netvantage-coverage-test-"));
    try {
      const env = { ...process.env, NODE_V8_COVERAGE: directory };
      spawnSync(process.execPath, [join(root, "dist/cli/main.js"), "--version"], { env });
      writeFileSync(join(directory, "coverage-of-a-killed-process.json"), '{"result":[');
      const ran = linesOfProcesses(directory).get("src/cli/process.ts");
      const source = readFileSync(join(root, "src/cli/process.ts"), "utf8").split("\n");
      const text = [...(ran ?? [])].map((line) => source[line - 1].trim());
      expect(text).toContain("process.exitCode = code;");
      expect(text).not.toContain("interrupt.abort();");
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
