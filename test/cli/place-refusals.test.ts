import { readdir } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeResultSchema } from "../../src/pipelines/place/result.ts";
import { METHODS } from "../../src/placement/methods.ts";
import { FILES, run, useFiles } from "./networks.ts";

const file = useFiles();

describe("netvantage place", () => {
  const wrong: readonly [string, readonly string[], string][] = [
    ["no number of monitors", ["stars.gml"], "how many monitors? --monitors K"],
    ["a missing file", ["nope.gml", "--monitors", "1"], "nope.gml: no such file"],
    ["an empty file", ["empty.txt", "--monitors", "1"], "empty.txt"],
    ["one node", ["alone.gml", "--monitors", "1"], "alone.gml: the network has 1 node: traffic needs two"],
    ["no leaves", ["ring.txt", "--monitors", "1", "--access", "degree-1"], "take `all`, where every node is one"],
    ["unknown access", ["stars.gml", "--monitors", "1", "--access", "a,nobody"], '--access: no node "nobody"'],
    ["an unknown attribute", ["stars.gml", "--monitors", "1", "--access", "role=x"], "no such attribute, there are"],
    ["an attribute nobody has", ["stars.gml", "--monitors", "1", "--access", "kind=x"], "no node has that value"],
    ["unknown forbidden", ["stars.gml", "--monitors", "1", "--forbid", "zz"], '--forbid: no node "zz"'],
    ["missing rates", ["line.txt", "--monitors", "1", "--rates", "rates-short.csv"], 'no rate for access node "c"'],
    [
      "negative rates",
      ["line.txt", "--monitors", "1", "--rates", "rates-bad.csv"],
      'rates-bad.csv:2: rate "-2", expected a number from 0 on',
    ],
    ["NaN rates", ["line.txt", "--monitors", "1", "--rates", "rates-nan.csv"], 'rates-nan.csv:2: rate "NaN"'],
    [
      "rates of others",
      ["line.txt", "--monitors", "1", "--rates", "rates-unknown.csv"],
      'rates-unknown.csv:2: no node "zz" in the network',
    ],
    ["rates twice", ["line.txt", "--monitors", "1", "--rates", "rates-twice.csv"], "rates-twice.csv:2: a stands twice"],
    [
      "rates of three columns",
      ["line.txt", "--monitors", "1", "--rates", "rates-columns.csv"],
      "rates-columns.csv:1: 3 columns",
    ],
    [
      "costs of nothing",
      ["line.txt", "--monitors", "1", "--costs", "costs-zero.csv"],
      'costs-zero.csv:1: cost "0", expected a number above 0',
    ],
    [
      "demands of relays",
      ["stars.gml", "--monitors", "1", "--access", "a,c", "--demands", "demands-end.txt"],
      'demands-end.txt:1: "b" is no access node',
    ],
    [
      "rates and demands",
      ["line.txt", "--monitors", "1", "--rates", "rates.csv", "--demands", "demands.txt"],
      "expected one of them",
    ],
    [
      "routes and access",
      ["routes.txt", "--routes", "--monitors", "1", "--access", "s1,s2"],
      "the ends of routes are the access nodes",
    ],
    [
      "a method for routes",
      ["routes.txt", "--routes", "--monitors", "1", "--method", "sampled"],
      "--method sampled: with --routes there are",
    ],
    [
      "aliases without routes",
      ["line.txt", "--monitors", "1", "--aliases", "rates.csv"],
      "--aliases: only with --routes",
    ],
    ["standard input twice", ["-", "--monitors", "1", "--rates", "-"], "standard input (-) can be read only once"],
    ["a share above 1", ["line.txt", "--coverage", "1.1"], "It is no number in (0, 1]."],
    ["a negative budget", ["line.txt", "--budget", "-1"], "It is no number from 0 on."],
    [
      "one file for two drawings",
      ["line.txt", "--monitors", "1", "--plot", "x.svg", "--curve", "x.svg"],
      "name the same file",
    ],
    ["no directory to draw in", ["line.txt", "--monitors", "1", "--plot", "no/x.svg"], "is no directory"],
    [
      "forbidden and placed",
      ["line.txt", "--monitors", "1", "--forbid", "a", "--placed", "a"],
      "--forbid and --placed: a is in both",
    ],
  ];
  it.each(wrong)("refuses %s in one line, exit 2, and writes nothing", async (_, argv, message) => {
    const before = await readdir(file(""));
    const known = argv.map((each) => (each in FILES || /^(nope|no\/|x\.svg)/.test(each) ? file(each) : each));
    const { code, stdout, stderr } = await run("place", ...known);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^error: /);
    expect([code, stdout]).toEqual([2, ""]);
    expect(await readdir(file(""))).toEqual(before);
  });

  it("ends in a result or one line, whatever flags come together", async () => {
    const flag = (name: string, ...values: string[]) => fc.constantFrom([], ...values.map((value) => [name, value]));
    const flags = fc.tuple(
      flag("--monitors", "0", "1", "3", "99"),
      flag("--coverage", "0.5", "1"),
      flag("--budget", "0", "2.5"),
      flag("--method", ...METHODS),
      flag("--access", "all", "degree-1", "a,b,c", "kind=host", "zz"),
      flag("--rates", "rates.csv", "rates-bad.csv"),
      flag("--costs", "costs.csv", "costs-zero.csv"),
      flag("--demands", "demands.txt", "none"),
      flag("--forbid", "a", "b,c"),
      flag("--placed", "b", "d"),
      fc.constantFrom([], ["--routes"]),
      fc.constantFrom([], ["--compare"]),
      fc.constantFrom([], ["--json"], ["--csv"]),
    );
    const inputs = fc.constantFrom("stars.gml", "line.txt", "ring.txt", "routes.txt", "alone.gml", "empty.txt");
    await fc.assert(
      fc.asyncProperty(inputs, flags, async (input, parts) => {
        const argv = parts.flat().map((each) => (each in FILES ? file(each) : each));
        const { code, stdout, stderr } = await run("place", file(input), ...argv);
        if (code === 0) {
          expect(stdout).not.toMatch(/NaN|undefined|Infinity/);
          if (argv.includes("--json")) placeResultSchema.parse(JSON.parse(stdout));
        } else {
          expect([code, stdout]).toEqual([2, ""]);
          expect(stderr).toMatch(/^error: [^\n]+\n$/);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
