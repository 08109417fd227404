import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { BENCH_SUITES, type BenchSuite } from "#src/cli/bench.ts";
import { coverSuite } from "./cover.bench.ts";
import { decodeSuite } from "./decode.bench.ts";
import { pathsSuite } from "./paths.bench.ts";
import { scalingSuite } from "./scaling.bench.ts";
import { spreadSuite } from "./spread.bench.ts";
import { accuracySuite } from "./spread-accuracy.ts";

/** A suite's tables; `full` takes what the default leaves out because it takes minutes: large peers, many rounds. */
const SUITES: { readonly [name in BenchSuite]: (full: boolean) => Promise<string[]> } = {
  spread: (full) => spreadSuite(full ? 31 : 9),
  paths: (full) => pathsSuite(full ? 9 : 5, full),
  cover: (full) => coverSuite(full ? 25 : 9),
  scaling: scalingSuite,
  accuracy: async (full) => accuracySuite(full ? 20 : 3),
  decode: async () => [decodeTable(await decodeSuite())],
};

// Runs suites one after the other. Compare ratios within a table: absolute times are this machine's at this hour.
const { values, positionals } = parseArgs({ options: { full: { type: "boolean" } }, allowPositionals: true });
const [cpu] = cpus();
process.stdout.write(`${cpu?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}\n\n`);
for (const name of BENCH_SUITES.filter((suite) => positionals.length === 0 || positionals.includes(suite))) {
  for (const table of await SUITES[name](values.full === true)) process.stdout.write(`${table}\n\n`);
}

function decodeTable(rates: Awaited<ReturnType<typeof decodeSuite>>): string {
  const width = Math.max(...rates.map(({ name }) => name.length));
  const lines = rates.map(({ name, packetsPerSecond, bytesPerSecond }) => {
    const cells = [(packetsPerSecond / 1e6).toFixed(2).padStart(12), (bytesPerSecond / 1e9).toFixed(2).padStart(8)];
    return `  ${name.padEnd(width)} ${cells.join(" ")}`;
  });
  const head = `  ${"".padEnd(width)} ${"M records/s".padStart(12)} ${"GB/s".padStart(8)}`;
  return ["Captures and flow logs to contacts, from memory", head, ...lines].join("\n");
}
