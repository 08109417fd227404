import { defineConfig } from "vitest/config";

/** Slow suites: full-size recall, large instances. Run before an issue is called resolved. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.test.ts"],
    testTimeout: 1_200_000,
    maxWorkers: 2,
  },
});
