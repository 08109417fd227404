import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../src/cli/program.ts";
import { placeResultSchema } from "../../src/pipelines/place/result.ts";
import { tracebackResultSchema } from "../../src/pipelines/traceback/result.ts";
import { METHODS } from "../../src/placement/methods.ts";
import { hasSharedData, sharedPath } from "../shared-data.ts";

async function run(...argv: readonly string[]) {
  const text = { stdout: "", stderr: "" };
  const context = {
    stdout: { write: (part: string) => (text.stdout += part) },
    stderr: { write: (part: string) => (text.stderr += part) },
    env: {},
    signal: new AbortController().signal,
  };
  const code = await runProgram(argv, context, []);
  return { code, ...text };
}

let directory = "";
const file = (name: string): string => join(directory, name);

/** Two stars, joined; h is apart. */
const STARS = `graph [
  node [ id 0 label "Hub, north" kind "core" x 0 y 0 ]
  node [ id 1 label "a" kind "host" x -1 y 1 ]
  node [ id 2 label "b" kind "host" x -1 y -1 ]
  node [ id 3 label "Hub south" kind "core" x 2 y 0 ]
  node [ id 4 label "c" kind "host" x 3 y 1 ]
  node [ id 5 label "d" kind "host" x 3 y -1 ]
  node [ id 6 label "h" kind "island" ]
  edge [ source 0 target 1 ] edge [ source 0 target 2 ] edge [ source 0 target 3 ]
  edge [ source 3 target 4 ] edge [ source 3 target 5 ]
]
`;

/** Two nodes are called Oslo, one is called as another's identifier, and one has an equals sign. */
const TWINS = `graph [
  node [ id 1 label "Oslo" ] node [ id 2 label "Oslo" ] node [ id 3 label "1" ] node [ id 4 label "a=b" ] node [ id 5 label "Rome" ]
  edge [ source 1 target 2 ] edge [ source 2 target 3 ] edge [ source 3 target 4 ] edge [ source 4 target 5 ]
]
`;

const FILES: Readonly<Record<string, string>> = {
  "stars.gml": STARS,
  "line.txt": "a b\nb c\nc d\n",
  "alone.gml": 'graph [ node [ id 0 label "a" ] ]',
  "empty.txt": "",
  "ring.txt": "a b\nb c\nc a\n",
  "rates.csv": "node,rate\na,1\nb,2\nc,3\nd,4\n",
  "rates-short.csv": "a,1\nb,2\n",
  "rates-bad.csv": "a,1\nb,-2\n",
  "rates-nan.csv": "a,1\nb,NaN\n",
  "rates-unknown.csv": "a,1\nzz,2\n",
  "rates-twice.csv": "a,1\na,2\n",
  "rates-columns.csv": "a,1,2\n",
  "costs.csv": '# what a monitor costs\n"Hub, north",5\nHub south,1\n',
  "costs-zero.csv": "a,0\n",
  "costs-decimal.csv": "a,0.3\nb,0.20\nc,1e-1\nd,0.1\n",
  "twins.gml": TWINS,
  "demands.txt": "a d 10\nb a 1\n",
  "demands-end.txt": "a b 10\n",
  "routes.txt": "s1 s2 r1 r2\ns2 s1 r2\ns1 s3 r1\ns3 s1 r3\n",
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "netvantage-place-"));
  for (const [name, text] of Object.entries(FILES)) await writeFile(file(name), text);
});

afterAll(() => rm(directory, { recursive: true }));

async function placed(...argv: readonly string[]) {
  const { code, stdout, stderr } = await run("place", ...argv, "--json");
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return placeResultSchema.parse(JSON.parse(stdout));
}

describe("netvantage place", () => {
  it("prints the monitors, what is proven, and what cannot be observed", async () => {
    const { code, stdout } = await run("place", file("stars.gml"), "--monitors", "2", "--access", "kind=host");
    expect(code).toBe(0);
    expect(stdout).toContain("7 nodes, 5 edges (gml); 4 send and receive (equal rates)");
    expect(stdout).toMatch(/^1 +Hub, north +83\.33 % +83\.33 %$/m);
    expect(stdout).toMatch(/^2 +Hub south +16\.67 % +100\.00 %$/m);
    expect(stdout).toContain("2 monitors observe 100.00 % of the traffic.");
    expect(stdout).toContain("No placement within these limits observes more (proven).");
    const all = await run("place", file("stars.gml"), "--monitors", "1");
    expect(all.stdout).toContain("12 pairs of access nodes have no path and cannot be observed.");
    const short = await run("place", file("stars.gml"), "--coverage", "0.9", "--monitors", "1");
    expect(short.stdout).toContain("That is short of the 90.00 % asked for");
  });

  it("prints JSON of the documented form", async () => {
    const result = await placed(file("stars.gml"), "--monitors", "1", "--access", "degree-1");
    expect(result).toMatchObject({
      version: 1,
      format: "gml",
      nodes: 7,
      edges: 5,
      accessNodes: 4,
      method: "greedy",
      monitors: [{ node: "Hub, north", id: "0" }],
      unobservable: 0,
      optimal: true,
    });
    expect(result.observed).toBeCloseTo(5 / 6, 14);
    expect(result.monitors[0]).toMatchObject({ gain: result.observed, observed: result.observed });
  });

  it("takes names with commas, identifiers, attributes, rates, demands and costs", async () => {
    const stars = file("stars.gml");
    const hosts = ["--access", "a,b,c,d"];
    const rates = await placed(stars, "--monitors", "1", ...hosts, "--rates", file("rates.csv"));
    // South misses what a and b send each other: a third of 1 and of 2, of 10 in all.
    expect(rates.monitors[0]).toMatchObject({ node: "Hub south" });
    expect(rates.observed).toBeCloseTo(1 - 1 / 10, 12);
    expect((await placed(stars, "--monitors", "1", ...hosts, "--forbid", "Hub, north")).monitors[0].node).toBe(
      "Hub south",
    );
    expect((await placed(stars, "--monitors", "1", ...hosts, "--placed", "Hub, north,3")).placed).toEqual([
      "Hub, north",
      "Hub south",
    ]);
    const demands = await placed(stars, "--monitors", "1", ...hosts, "--demands", file("demands.txt"));
    expect(demands).toMatchObject({ rate: 11, observed: 1, traffic: file("demands.txt") });
    const costs = await placed(stars, "--budget", "2", ...hosts, "--costs", file("costs.csv"));
    expect(costs.monitors).toMatchObject([{ node: "Hub south", cost: 1 }]);
    const nothing = await placed(stars, "--budget", "0", ...hosts, "--costs", file("costs.csv"));
    expect(nothing).toMatchObject({ monitors: [], stopped: "budget" });
  });

  it("prints costs as they are given, and their sums as decimals", async () => {
    const argv = [file("line.txt"), "--budget", "0.3", "--costs", file("costs-decimal.csv")];
    const result = await placed(...argv);
    expect(result.cost).toBe(0.3);
    const { stdout } = await run("place", file("line.txt"), "--monitors", "9", "--costs", file("costs-decimal.csv"));

    expect(stdout).toMatch(/^\d +b +0\.20 /m);
    expect(stdout).toMatch(/^\d +c +1e-1 /m);
    expect(stdout).toContain("at a cost of 0.3.");
    expect(stdout).not.toContain("00000");
  });

  it("takes back every name that it prints, for the same node", async () => {
    const twins = file("twins.gml");
    const all = await placed(twins, "--monitors", "5", "--method", "kmax");
    const names = all.monitors.map(({ node }) => node);
    expect(new Set(names).size).toBe(5);
    for (const { node, id = node } of all.monitors) {
      const others = names.filter((name) => name !== node).slice(0, 2);
      expect((await placed(twins, "--monitors", "0", "--placed", node)).placed).toEqual([node]);
      expect((await placed(twins, "--monitors", "0", "--placed", id)).placed).toEqual([node]);
      const asAccess = await placed(twins, "--monitors", "9", "--access", [node, ...others].join(","));
      expect(asAccess.accessNodes).toBe(3);
      expect(asAccess.monitors.map((each) => each.node)).not.toContain(node);
      const forbidden = await placed(twins, "--monitors", "9", "--forbid", node);
      expect(forbidden.monitors.map((each) => each.node)).not.toContain(node);
    }
  });

  it("ends a search at its time limit, and says so", async () => {
    const argv = [file("stars.gml"), "--monitors", "3", "--method", "brute", "--time-limit", "0"];
    const result = await placed(...argv);
    expect(result).toMatchObject({ cutShort: "time limit", optimal: false });
    expect(result.bound).toBeGreaterThanOrEqual(result.observed);
    expect((await run("place", ...argv)).stdout).toContain("The time limit ended the search");
  });

  it("works on traceroutes", async () => {
    const result = await placed(file("routes.txt"), "--routes", "--monitors", "2");
    expect(result).toMatchObject({ accessNodes: 3, candidates: 3, rate: 4, unconnectedPairs: 2 });
    expect(result.monitors.map(({ node }) => node)).toEqual(["r1", "r2"]);
    expect(result).toMatchObject({ observed: 0.75, twoWay: 0.5 });
    const both = await placed(file("routes.txt"), "--routes", "--monitors", "2", "--method", "two-way");
    expect(both.twoWay).toBeGreaterThanOrEqual(0.5);
    const shown = await run("place", file("routes.txt"), "--routes", "--monitors", "2");
    expect(shown.stdout).toContain("in both directions");
    expect(shown.stderr).toContain("note: 4 traceroutes");
  });

  it("compares methods, in text, JSON and CSV", async () => {
    const argv = [file("line.txt"), "--monitors", "1", "--compare"];
    const result = await placed(...argv);
    expect(result.comparison?.map(({ method }) => method)).toEqual([...METHODS]);
    const { stdout } = await run("place", ...argv);
    expect(stdout).toContain("Methods compared");
    const csv = (await run("place", ...argv, "--csv")).stdout.split("\r\n");
    expect(csv[0]).toBe("method,order,node,gain,observed,two_way,cost");
    expect(csv[1]).toMatch(/^greedy,1,b,0\.8333/);
    expect(csv).toHaveLength(METHODS.length + 2);
  });

  it("draws the network and the curve, the same each time", async () => {
    const [plot, curve] = [file("plot.svg"), file("curve.svg")];
    const drawings: string[] = [];
    for (const name of ["stars.gml", "stars.gml", "line.txt", "line.txt"]) {
      const { code, stderr } = await run("place", file(name), "--monitors", "2", "--plot", plot, "--curve", curve);
      expect(code).toBe(0);
      expect(stderr).toContain(`wrote ${plot}`);
      drawings.push(await readFile(plot, "utf8"));
    }
    expect(drawings[1]).toBe(drawings[0]);
    expect(drawings[3]).toBe(drawings[2]);
    const { document } = parseHTML(drawings[0]);
    expect(document.querySelectorAll("circle")).toHaveLength(7);
    expect(drawings[0]).not.toMatch(/NaN|Infinity|undefined|<script|href/);
    expect(drawings[2]).not.toMatch(/NaN|Infinity|undefined/);
    expect(drawings[0]).toContain("places from the file");
    expect(drawings[2]).toContain("places by forces");
    expect(await readFile(curve, "utf8")).toContain("Traffic observed as monitors are added");
    await Promise.all([plot, curve].map((each) => rm(each)));
  });

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
    const before = await readdir(directory);
    const known = argv.map((each) => (each in FILES || /^(nope|no\/|x\.svg)/.test(each) ? file(each) : each));
    const { code, stdout, stderr } = await run("place", ...known);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/^error: /);
    expect([code, stdout]).toEqual([2, ""]);
    expect(await readdir(directory)).toEqual(before);
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

describe.skipIf(!hasSharedData)("netvantage place on real networks", () => {
  it("gives a placement for Zoo networks, by text, JSON and picture", async () => {
    const zoo = (name: string) => sharedPath("topologies", "zoo", `${name}.graphml`);
    const { code, stdout } = await run("place", zoo("Abilene"), "--monitors", "3");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 +Kansas City +46\.06 % +46\.06 %$/m);
    for (const name of ["Abilene", "Geant2012", "Psnc", "Uninett", "Psinet"]) {
      const plot = file("zoo.svg");
      const result = await run("place", zoo(name), "--monitors", "4", "--json", "--plot", plot);
      const { monitors, observed, bound } = placeResultSchema.parse(JSON.parse(result.stdout));
      expect(monitors).toHaveLength(4);
      expect(bound).toBeGreaterThanOrEqual(observed);
      expect(await readFile(plot, "utf8")).not.toMatch(/NaN|Infinity/);
      await rm(plot);
    }
  });

  it("takes the demands of an SNDlib file, unless told not to", async () => {
    const geant = sharedPath("topologies", "sndlib", "geant.xml");
    expect((await placed(geant, "--monitors", "2")).traffic).toBe("the file's demands");
    expect((await placed(geant, "--monitors", "2", "--demands", "none")).traffic).toBe("equal rates");
  });
});

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
