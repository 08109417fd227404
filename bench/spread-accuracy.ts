import type { SketchOptions } from "#src/spread/sketch-options.ts";
import { SpreadSketch } from "#src/spread/spread-sketch.ts";
import { TRACE_PRESETS, traceSpreads } from "#src/spread/trace.ts";
import { traceSources } from "#src/wasm/spread/trace.ts";

/** The default of `netvantage spread` and its rivals, all in 1 MB. */
const RIVALS: readonly Omit<SketchOptions, "memoryBits" | "seed">[] = [
  { estimator: "mcse", virtualBits: 256, segments: 11 },
  { estimator: "mcse", virtualBits: 128, segments: 12 },
  { estimator: "mcse", virtualBits: 512, segments: 10 },
  { estimator: "mcse", virtualBits: 1024, segments: 9 },
  { estimator: "cse", virtualBits: 1024 },
  { estimator: "cse", virtualBits: 4096 },
  { estimator: "vhll", virtualBits: 128 },
  { estimator: "vhll", virtualBits: 512 },
  { estimator: "rskt2", virtualBits: 64 },
];
const MEMORY_BITS = 8_000_000;
const BACKGROUNDS = [10_000, 1_000_000, 8_400_000];
/** True spread and how many hosts of it a trace is given. */
const PROBES: readonly (readonly [spread: number, hosts: number])[] = [
  [1, 200],
  [3, 200],
  [10, 200],
  [30, 200],
  [100, 200],
  [300, 200],
  [1000, 20],
  [3000, 20],
  [10_000, 4],
  [30_000, 4],
  [100_000, 1],
  [300_000, 1],
  [1_000_000, 1],
];
/** Probes stand behind every source of the background. */
const FIRST_PROBE = 20_000_000;

/**
 * The error over spreads from 1 to 10^6 beside backgrounds of different load: what the default was chosen by. Mean of
 * |estimate - spread| / spread over the probes of all seeds; the probes add 1.8 million contacts of their own.
 */
export function accuracySuite(seeds: number): string[] {
  return BACKGROUNDS.map((contacts) => {
    const rows = RIVALS.map((rival) => [nameOf(rival), ...meanErrors(rival, contacts, seeds).map((e) => e.toFixed(3))]);
    const title = `Mean |estimate - spread| / spread at 1 MB, background of ${contacts.toLocaleString("en-US")} contacts, ${seeds} seeds`;
    return aligned(title, [["spread", ...PROBES.map(([spread]) => spread.toLocaleString("en-US"))], ...rows]);
  });
}

function nameOf({ estimator, virtualBits, segments }: (typeof RIVALS)[number]): string {
  return `${estimator}-${virtualBits}${segments === undefined ? "" : `/${segments}`}`;
}

function meanErrors(rival: (typeof RIVALS)[number], contacts: number, seeds: number): number[] {
  const sums = PROBES.map(() => 0);
  for (let trial = 1; trial <= seeds; trial++) {
    const seed = BigInt(trial);
    const trace = { addresses: 0, seed };
    const largest = Math.min(TRACE_PRESETS.fitted.largest, contacts / 10);
    const sketch = SpreadSketch.create({ ...rival, memoryBits: MEMORY_BITS, seed }, 0);
    sketch.addTrace(traceSpreads({ ...TRACE_PRESETS.fitted, contacts, largest }, seed), 0, trace);
    const probes = PROBES.flatMap(([spread, hosts], row) =>
      Array.from({ length: hosts }, () => ({ spread, row, hosts })),
    );
    sketch.addTrace(
      Uint32Array.from(probes, ({ spread }) => spread),
      FIRST_PROBE,
      trace,
    );
    const indices = Uint32Array.from(probes, (_, i) => FIRST_PROBE + i);
    const { estimate } = sketch.estimate(sketch.keysOfIpv4(traceSources(indices, trace)));
    probes.forEach(({ spread, row, hosts }, i) => {
      sums[row] += Math.abs(Math.max(0, estimate[i]) - spread) / spread / hosts;
    });
  }
  return sums.map((sum) => sum / seeds);
}

function aligned(title: string, rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  "),
  );
  return [title, ...lines.map((line) => `  ${line}`)].join("\n");
}
