import { defineConfig } from "vitest/config";

/** Where .ci/run wants the counts as JSON, beside the usual output. */
const report = process.env.NETVANTAGE_TEST_REPORT;

export const reporters: ("default" | ["json", { outputFile: string }])[] =
  report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**"],
    setupFiles: ["test/seeded-properties.ts"],
    // Watchdogs against hangs: a machine that does much else besides takes its time.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    reporters,
  },
});
