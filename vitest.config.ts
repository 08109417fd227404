import { defineConfig } from "vitest/config";

/** Where .ci/run wants the counts as JSON, beside the usual output. */
const report = process.env.NETVANTAGE_TEST_REPORT;

export const reporters: ("default" | ["json", { outputFile: string }])[] =
  report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters,
  },
});
