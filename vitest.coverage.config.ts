import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig, mergeConfig } from "vitest/config";
import { coverageByFolder } from "./test/coverage/reporter.ts";
import quick from "./vitest.config.ts";

const processes = mkdtempSync(join(tmpdir(), "netvantage-coverage-"));

/** The tests, and which lines of src/ they ran; a folder of it below the least share fails. */
export default mergeConfig(
  quick,
  defineConfig({
    test: {
      env: { NODE_V8_COVERAGE: processes },
      reporters: [coverageByFolder(processes)],
      coverage: {
        enabled: true,
        provider: "v8",
        include: ["src/**/*.ts"],
        // Runs in the page: test/report/page-browser.test.ts tries it in Chromium.
        exclude: ["src/report/page/client.ts"],
        reporter: [],
      },
    },
  }),
);
