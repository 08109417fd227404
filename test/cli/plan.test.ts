import { describe, expect, it } from "vitest";
import { planResultSchema } from "../../src/pipelines/plan/result.ts";
import { netvantage } from "../pipelines/command.ts";

describe("netvantage plan", () => {
  it("names an estimator, the command that uses it, its error curve and the alternatives", async () => {
    const { code, stdout, stderr } = await netvantage("plan --memory 1MB --contacts 1000000 --range 1-100000");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^mcse, \d+ virtual bits, \d+ segments, range up to [\d,]+\n {2}netvantage spread FILE --estimator mcse /,
    );
    expect(stdout).toMatch(/\nspread +standard error +relative\n| spread {2}standard error {2}relative\n/);
    expect(stdout).toMatch(/\n100,000 +[\d,]+ +[\d.]+ %\n/);
    for (const name of ["cse", "cses", "vhll"]) expect(stdout).toMatch(new RegExp(`^ {2}${name}, \\d+ virtual`, "m"));
  });

  it("prints a command line that `spread` takes", async () => {
    for (const range of ["1-100", "1-2000", "100-1000000"]) {
      const { stdout } = await netvantage(`plan --contacts 5000000 --range ${range}`);
      const flags = /netvantage spread FILE (.*)\n/.exec(stdout)?.[1];
      const { code, stderr } = await netvantage(`spread /dev/null ${flags}`);
      expect([code, stderr]).toEqual([2, "error: /dev/null: empty input, expected a capture or a flow log\n"]);
    }
  });

  it("prints the whole curve as JSON, a range without an end as null", async () => {
    const { stdout } = await netvantage("plan --memory 500kB --contacts 2000000 --range 1-50000 --json");
    const plan = JSON.parse(stdout);
    expect(plan).toMatchObject({
      version: 1,
      memoryBits: 4_000_000,
      contacts: 2_000_000,
      range: { from: 1, to: 50_000 },
    });
    expect(plan.curve[0].spread).toBe(1);
    expect(plan.curve.at(-1).spread).toBe(50_000);
    expect(plan.alternatives.length).toBeGreaterThan(0);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect(planResultSchema.parse(plan)).toEqual(plan);
  });

  it.each([
    ["plan", /required option '--contacts <n>' not specified/],
    ["plan --contacts 10", /required option '--range <from-to>' not specified/],
    ["plan --contacts 0 --range 1-10", /It is no whole number from 1 on/],
    ["plan --contacts 100 --range 10", /It is no range of spreads like 1-100000/],
    ["plan --contacts 100 --range 10-1", /It is no range of spreads/],
    ["plan --contacts 100 --range 0-10", /It is no range of spreads/],
    ["plan --contacts 100 --range 1-1000", /range's upper end must be a whole number from 1 to 100, not 1000/],
    ["plan --contacts 100 --range 1-10 --memory 1", /It does not lie in 8 B \.\. 512 MiB/],
    [
      "plan --memory 1kB --contacts 8400000 --range 1-1000",
      /no estimator covers spreads up to 1000 .*: \d+ bits of memory would do/,
    ],
    ["plan FILE --contacts 100 --range 1-10", /too many arguments/],
  ])("refuses `%s` in one line with exit code 2", async (line, reason) => {
    const { code, stdout, stderr } = await netvantage(line);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(stderr).toMatch(reason);
  });

  it("says how much memory would do, and that much does", async () => {
    const { stderr } = await netvantage("plan --memory 1kB --contacts 8400000 --range 1-1000");
    const bits = Number(/: (\d+) bits of memory would do\n$/.exec(stderr)?.[1]);
    const { code } = await netvantage(`plan --memory ${Math.ceil(bits / 8)} --contacts 8400000 --range 1-1000`);
    expect(code).toBe(0);
  });
});
