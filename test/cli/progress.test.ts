import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createReporter } from "../../src/cli/progress.ts";

describe("progress without a terminal", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is a line at the start, every 10 s even where nothing is done, and at the end", () => {
    let text = "";
    const reporter = createReporter({ write: (part) => (text += part) }, "trials");
    reporter.update("toy/table1", 0, 3);
    vi.advanceTimersByTime(10_000);
    reporter.update("toy/table1", 1, 3);
    vi.advanceTimersByTime(12_000);
    reporter.update("toy/table1", 3, 3);
    vi.advanceTimersByTime(30_000);
    expect(text.replace(/, \S+ s$/gm, "")).toBe(
      ["0 of 3", "0 of 3", "1 of 3", "3 of 3"].map((part) => `toy/table1: ${part} trials\n`).join(""),
    );
  });

  it("is silent after it was stopped", () => {
    let text = "";
    const reporter = createReporter({ write: (part) => (text += part) }, "files");
    reporter.update("a", 0, 2);
    reporter.stop();
    vi.advanceTimersByTime(30_000);
    expect(text).toBe("a: 0 of 2 files\n");
  });
});
