import { describe, expect, it } from "vitest";
import { tracebackResultSchema } from "../../src/pipelines/traceback/result.ts";
import { run, useFiles } from "./networks.ts";

const file = useFiles();

describe("netvantage traceback", () => {
  const chain = ["--chain", "a,c,b"];

  it("prints how the pattern spread and which links were found", async () => {
    const { code, stdout } = await run(
      "traceback",
      file("stars.gml"),
      "--at",
      "Hub, north,Hub south",
      "--access",
      "kind=host",
      ...chain,
    );
    expect(code).toBe(0);
    expect(stdout).toContain("From Hub, north the pattern reaches 2 of 2 monitors in 1 round, with 1 message.");
    expect(stdout).toContain("2 of 2 links found");
    expect(stdout).toMatch(/^a -> c +yes +0 +Hub, north, Hub south$/m);
  });

  it("prints JSON of the documented form, and misses what it is told to", async () => {
    const argv = ["traceback", file("stars.gml"), "--monitors", "1", "--access", "kind=host", ...chain, "--json"];
    const result = tracebackResultSchema.parse(JSON.parse((await run(...argv)).stdout));
    expect(result).toMatchObject({
      monitors: ["Hub, north"],
      start: "Hub, north",
      found: 2,
      directSearch: { found: 2 },
    });
    const blind = await run(...argv, "--false-negative", "1");
    expect(tracebackResultSchema.parse(JSON.parse(blind.stdout))).toMatchObject({ found: 0 });
    const routes = await run(
      "traceback",
      file("routes.txt"),
      "--routes",
      "--at",
      "r1",
      "--chain",
      "s1,s2,s1",
      "--json",
    );
    expect(tracebackResultSchema.parse(JSON.parse(routes.stdout))).toMatchObject({ start: "r1", found: 1 });
  });

  it.each([
    [["--chain", "a,c"], "which monitors? --monitors K or --at NODES"],
    [["--chain", "a", "--monitors", "1"], "a chain of 1 nodes"],
    [["--chain", "a,zz", "--monitors", "1"], '--chain: no node "zz"'],
    [["--chain", "a,c", "--at", "b", "--monitors", "1"], "--at: --monitors, --coverage and --budget place others"],
    [["--chain", "a,c", "--at", "b", "--start", "c"], "is no monitor"],
    [["--chain", "a,c", "--at", "b", "--false-negative", "2"], "It is no number from 0 to 1."],
    [["--monitors", "1"], "required option '--chain <nodes>' not specified"],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await run("traceback", file("stars.gml"), ...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
