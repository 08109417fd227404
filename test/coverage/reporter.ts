import { rmSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Reporter, TestModule } from "vitest/node";
import { type Lines, linesOfProcesses, linesOfStatements } from "./lines.ts";

/** The share of lines, in per cent, that the tests are to run of each folder of src/. */
const LEAST = 90;

const tests = resolve(import.meta.dirname, "..");

/**
 * Prints the share of lines that ran, by folder of src/; one below the least share fails the run.
 * @param processes where the processes that tests start write what they ran
 */
export function coverageByFolder(processes: string): Reporter {
  let lines: Lines = new Map();
  return {
    onCoverage: (istanbul) => {
      lines = addRun(linesOfStatements(istanbul), linesOfProcesses(processes));
      rmSync(processes, { recursive: true });
    },
    onTestRunEnd: (modules) => {
      const { text, low } = coverageTable(lines, skippingRooms(modules));
      process.stdout.write(`\n${text}\n`);
      if (low) process.exitCode = 1;
    },
  };
}

function addRun(lines: Lines, ran: ReadonlyMap<string, ReadonlySet<number>>): Lines {
  const files = [...lines].map(([file, statements]) => {
    const more = ran.get(file);
    return [file, new Map([...statements].map(([line, did]) => [line, did || more?.has(line) === true]))] as const;
  });
  return new Map(files);
}

/** The rooms some of whose own tests were skipped, for want of data or of a program. */
function skippingRooms(modules: readonly TestModule[]): Set<string> {
  const skipping = modules.filter(({ children }) => [...children.allTests("skipped")].length > 0);
  return new Set(skipping.map(({ moduleId }) => relative(tests, moduleId).split("/")[0]));
}

/** A line a folder, with the files that pull it down; `low` where one is below the least share and all its tests ran. */
export function coverageTable(lines: Lines, skipping: ReadonlySet<string>): { text: string; low: boolean } {
  const folders = new Map<string, { file: string; all: number; ran: number }[]>();
  for (const [file, statements] of lines) {
    const ran = [...statements.values()].filter((did) => did).length;
    const folder = dirname(file);
    folders.set(folder, [...(folders.get(folder) ?? []), { file, all: statements.size, ran }]);
  }
  const rows = [...folders].sort().map(([folder, files]) => {
    const all = files.reduce((sum, file) => sum + file.all, 0);
    const share = all === 0 ? 100 : (100 * files.reduce((sum, file) => sum + file.ran, 0)) / all;
    const excused = skipping.has(folder.split("/")[1]);
    const low = share < LEAST && !excused;
    const worst = files.filter((file) => file.ran < (LEAST / 100) * file.all);
    const names = worst.map(({ file, ran, all }) => `${file.slice(folder.length + 1)} ${ran}/${all}`).join(", ");
    const note = low ? `below ${LEAST}: ${names}` : share < LEAST ? "not held: some of its tests were skipped" : names;
    return { low, text: `${folder.padEnd(24)} ${share.toFixed(1).padStart(6)}  ${note}`.trimEnd() };
  });
  const head = `${"lines that ran, by folder".padEnd(24)} per cent`;
  return { text: [head, ...rows.map(({ text }) => text)].join("\n"), low: rows.some(({ low }) => low) };
}
