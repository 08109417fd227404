import { defineConfig } from "vitest/config";
import { reporters } from "./vitest.config.ts";

/** Slow suites: full-size recall, large instances, recipes. Run before an issue is called resolved. */
export default defineConfig({
  test: {
    include: ["test/long/**/*.test.ts"],
    testTimeout: 1_200_000,
    maxWorkers: 2,
    reporters,
  },
});
