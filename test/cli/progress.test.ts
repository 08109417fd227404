import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createReporter } from "../../src/cli/progress.ts";
import { timeText } from "../../src/cli/progress-meter.ts";

function plain(write: (part: string) => void) {
  return { stderr: { write }, env: {} };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("progress without a terminal", () => {
  it("is a line at the start, every 10 s even where nothing is done, and at the end", () => {
    let text = "";
    const reporter = createReporter(
      plain((part) => (text += part)),
      "trials",
    );
    reporter.update("toy/table1", 0, 3);
    vi.advanceTimersByTime(10_000);
    reporter.update("toy/table1", 1, 3);
    vi.advanceTimersByTime(12_000);
    reporter.update("toy/table1", 3, 3);
    vi.advanceTimersByTime(30_000);
    expect(text.split("\n")).toEqual([
      "toy/table1: 0 of 3 trials",
      "toy/table1: 0 of 3 trials",
      "toy/table1: 1 of 3 trials, 20 s each, 40 s left",
      "toy/table1: 3 of 3 trials, 22.0 s",
      "",
    ]);
  });

  it("counts in tenths what is under way, never to the end before it is there", () => {
    let text = "";
    const reporter = createReporter(
      plain((part) => (text += part)),
      "trials",
    );
    reporter.update("toy/table1", 0, 2);
    reporter.update("toy/table1", 0, 2, 0.5);
    vi.advanceTimersByTime(10_000);
    reporter.update("toy/table1", 1, 2, 0.999);
    vi.advanceTimersByTime(10_000);
    expect(text.split("\n").slice(1)).toEqual([
      "toy/table1: 0.5 of 2 trials, 20 s each, 30 s left",
      "toy/table1: 1.9 of 2 trials, 0.1 trials/s, 1 s left",
      "",
    ]);
  });

  it("is lines on a dumb terminal too", () => {
    let text = "";
    const stderr = { isTTY: true, write: (part: string) => (text += part) };
    const reporter = createReporter({ stderr, env: { TERM: "dumb" } }, "trials");
    reporter.update("toy/table1", 0, 3);
    reporter.note("of a\u001b[2Jfile");
    reporter.update("toy/table1", 3, 3);
    expect(text).toMatch(/^toy\/table1: 0 of 3 trials\nnote: of a \[2Jfile\ntoy\/table1: 3 of 3 trials.*\n$/);
  });

  it("counts the rate without what an earlier run has done", () => {
    let text = "";
    const reporter = createReporter(
      plain((part) => (text += part)),
      "trials",
    );
    reporter.update("toy/table1", 500, 1000);
    vi.advanceTimersByTime(5000);
    reporter.update("toy/table1", 520, 1000);
    vi.advanceTimersByTime(5000);
    expect(text).toContain("520 of 1000 trials, 2.0 trials/s, 4 min left\n");
  });

  it("is silent after it was stopped", () => {
    let text = "";
    const reporter = createReporter(
      plain((part) => (text += part)),
      "files",
    );
    reporter.update("a", 0, 2);
    reporter.stop();
    vi.advanceTimersByTime(30_000);
    expect(text).toBe("a: 0 of 2 files\n");
  });
});

describe("progress as JSON lines", () => {
  it("tells part, done, total, seconds, rate and seconds left, on a terminal too", () => {
    let text = "";
    const reporter = createReporter({ stderr: { isTTY: true, write: (part) => (text += part) }, env: {} }, "trials", {
      json: true,
    });
    reporter.update("toy/table1", 2, 10);
    for (let done = 3; done <= 6; done++) {
      vi.advanceTimersByTime(500);
      reporter.update("toy/table1", done, 10);
    }
    reporter.note("one of them");
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const common = { event: "progress", unit: "trials", part: "toy/table1", total: 10 };
    expect(lines[0]).toEqual({ ...common, done: 2, seconds: 0, rate: null, left: null });
    expect(lines[4]).toEqual({ ...common, done: 6, seconds: 2, rate: 2, left: 2 });
    expect(lines[5]).toEqual({ event: "note", text: "one of them" });
  });

  it("tells what is under way, where anything is", () => {
    let text = "";
    const reporter = createReporter(
      plain((part) => (text += part)),
      "trials",
      { json: true },
    );
    reporter.update("toy/table1", 0, 4);
    vi.advanceTimersByTime(1000);
    reporter.update("toy/table1", 1, 4, 1.5);
    const [, second] = text.split("\n");
    const common = { event: "progress", unit: "trials", part: "toy/table1", done: 1, total: 4 };
    expect(JSON.parse(second)).toEqual({ ...common, running: 1.5, seconds: 1, rate: 2.5, left: 0.6 });
  });

  it("comes at most five times a second, with the last one in any case", () => {
    let text = "";
    const reporter = createReporter(
      plain((part) => (text += part)),
      "trials",
      { json: true },
    );
    for (let done = 0; done <= 1000; done++) {
      reporter.update("a", done, 1000);
      vi.advanceTimersByTime(1);
    }
    const done = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).done);
    expect(done).toEqual([0, 200, 400, 600, 800, 1000]);
  });
});

it.each([
  [0.2, "1 s"],
  [99, "99 s"],
  [101, "2 min"],
  [5900, "99 min"],
  [7260, "2 h 1 min"],
])("%d seconds are %s", (seconds, text) => {
  expect(timeText(seconds)).toBe(text);
});
