import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exitCode, killAfter, startSteady, timelessResults, trialsIn, uniform } from "./killed-run.ts";

const KILLS = 20;
let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-kill-"));
});

afterEach(() => rm(directory, { recursive: true }));

describe("a run that is killed with kill -9", () => {
  it("20 times at random moments goes on each time, and ends in the results of an undisturbed run", async () => {
    const undisturbed = join(directory, "undisturbed");
    expect(await exitCode(startSteady(undisturbed, {}, "--workers", "2"))).toBe(0);
    const disturbed = join(directory, "disturbed");
    const random = uniform("6b696c6c00000001");
    const counts = [0];
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startSteady(disturbed, {}, "--workers", "2");
      // Every fifth one is killed while it starts.
      const trials = kill % 5 === 4 ? 0 : Math.ceil(4 * random.next().value);
      expect(await killAfter(child, disturbed, trials, 40 * random.next().value)).toBe(false);
      counts.push(await trialsIn(disturbed));
    }
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[KILLS]).toBeGreaterThan(KILLS);
    expect(await exitCode(startSteady(disturbed, {}, "--workers", "2"))).toBe(0);
    expect(await timelessResults(disturbed)).toBe(await timelessResults(undisturbed));
  }, 300_000);
});
