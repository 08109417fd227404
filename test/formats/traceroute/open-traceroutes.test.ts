import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/files/input-error.ts";
import { openTraceroutes } from "../../../src/formats/traceroute/open-traceroutes.ts";
import { isPrivateAddress, readAliases } from "../../../src/formats/traceroute/router-name.ts";
import { chunked } from "../contacts/collect.ts";
import { atlasResults, hpct1, hpct2, plain, read, scamperLines } from "./samples.ts";

const atlasList = JSON.stringify(atlasResults);
const atlasLines = atlasResults.map((result) => `${JSON.stringify(result)}\n`).join("");

const samples = [
  { format: "ripe-atlas", text: atlasList },
  { format: "ripe-atlas", text: atlasLines },
  { format: "ripe-atlas", text: JSON.stringify(atlasResults, null, 2) },
  { format: "scamper", text: scamperLines },
  { format: "hipercontracer", text: hpct2 },
  { format: "hipercontracer", text: hpct1 },
  { format: "plain", text: plain },
];

describe("traceroutes", () => {
  it.each(samples)("in $format are told by their content, however they are cut or packed", async ({ format, text }) => {
    const whole = await read(text);
    expect(whole.tally.format).toBe(format);
    expect(whole.tally.traces).toBe(whole.routes.length);
    for (const chunk of [1, 7, 100]) expect(await read(text, {}, chunk)).toEqual(whole);
    expect(await read(gzipSync(text))).toEqual(whole);
    expect(await read(text, { format })).toEqual(whole);
  });

  it("of RIPE Atlas name private addresses by their probe, take most answers, leave late ones out", async () => {
    const { routes, tally } = await read(atlasList);
    expect(routes[0]).toEqual({
      source: "192.168.0.2 (probe 1)",
      destination: "192.0.2.9",
      hops: ["192.168.0.1 (probe 1)", null, "198.51.100.4"],
      complete: true,
      time: 1700000001,
    });
    // A private address behind a public one is a carrier's.
    expect(routes[1].hops).toEqual(["192.168.0.1 (probe 2)", "198.51.100.4", null, "10.0.0.1"]);
    // Loop: cut before the router that comes up again.
    expect(routes[2]).toMatchObject({ hops: ["198.51.100.1", "198.51.100.2"], complete: false });
    expect(routes[3]).toMatchObject({ hops: ["198.51.100.1"], complete: false });
    // The last try (hop 255) follows the hop before.
    expect(routes[4]).toMatchObject({ hops: ["198.51.100.1"], complete: true });
    expect(tally).toEqual({
      format: "ripe-atlas",
      traces: 5,
      complete: 3,
      hops: 18,
      silentHops: 4,
      lateHops: 1,
      repeatedHops: 0,
      loops: 1,
      skipped: 2,
      warnings: [],
    });
  });

  it("of RIPE Atlas are the same as a list and as lines", async () => {
    expect((await read(atlasLines)).routes).toEqual((await read(atlasList)).routes);
  });

  it("of scamper have silent hops where no reply is listed", async () => {
    const { routes, tally } = await read(scamperLines);
    expect(routes).toEqual([
      {
        source: "192.0.2.1",
        destination: "192.0.2.9",
        hops: ["10.0.0.1 (192.0.2.1)", null, "198.51.100.3"],
        complete: true,
        time: 1700000000.5,
      },
      {
        source: "192.0.2.1",
        destination: "192.0.2.8",
        hops: ["10.0.0.1 (192.0.2.1)"],
        complete: false,
        time: Number.NaN,
      },
      { source: "192.0.2.1", destination: "192.0.2.7", hops: [], complete: false, time: Number.NaN },
    ]);
    expect(tally).toMatchObject({ traces: 3, complete: 1, hops: 12, silentHops: 8, skipped: 1 });
  });

  it("of HiPerConTracer do not take the destination for a silent hop; both versions", async () => {
    const { routes, tally } = await read(hpct2);
    expect(routes[0]).toEqual({
      source: "10.44.33.111",
      destination: "192.0.2.9",
      hops: ["10.44.32.1", null, "2001:db8::1"],
      complete: true,
      time: Number("0x1795a9a23c629fbf") / 1e9,
    });
    expect(routes[1]).toMatchObject({ hops: ["10.44.32.1", "198.51.100.2"], complete: false });
    expect(tally).toMatchObject({ traces: 2, complete: 1, hops: 7, silentHops: 2, skipped: 0, warnings: [] });
    const old = await read(hpct1);
    expect(old.routes).toEqual([
      {
        source: "10.44.33.111",
        destination: "192.0.2.9",
        hops: ["10.44.32.1", null],
        complete: true,
        time: 0x5f2ab51d57c80 / 1e6,
      },
    ]);
    const cut = await read(hpct2.split("\n").slice(0, 4).join("\n"));
    expect(cut.tally.warnings).toEqual(["the last trace (line 2) has 2 of 4 hops"]);
  });

  it("in plain lines are whole routes", async () => {
    const { routes, tally } = await read(plain);
    expect(routes.map(({ source, destination, hops, complete }) => [source, destination, hops, complete])).toEqual([
      ["A", "B", ["r1", "r2"], true],
      ["B", "A", ["r3", null, "r1"], true],
      ["A", "C", ["r1", null, null], true],
      ["C", "B", [], true],
      ["A", "D", ["r1", "r2"], false],
    ]);
    expect(tally).toMatchObject({ traces: 5, complete: 4, loops: 1, silentHops: 3 });
  });

  it("come in batches", async () => {
    const reader = await openTraceroutes(chunked(new TextEncoder().encode("a b r\n".repeat(2500))), { name: "many" });
    const sizes: number[] = [];
    for await (const batch of reader.batches) sizes.push(batch.length);
    expect(sizes).toEqual([1024, 1024, 452]);
  });
});

describe("an alias map", () => {
  const aliasesOf = (text: string) => readAliases(chunked(new TextEncoder().encode(text)), { name: "aliases" });

  it("makes one router of its interfaces, before loops and private addresses are looked at", async () => {
    const aliases = await aliasesOf("# interface router\n192.168.0.1 R1\n198.51.100.4,R1 # same\n\n2001:DB8::0:1 R2\n");
    expect(Object.fromEntries(aliases)).toEqual({ "192.168.0.1": "R1", "198.51.100.4": "R1", "2001:db8::1": "R2" });
    const { routes, tally } = await read(atlasList, { aliases });
    expect(routes[1].hops).toEqual(["R1", null, "10.0.0.1"]);
    expect(tally.repeatedHops).toBe(1);
    // R1, silence, R1 again: a loop.
    expect(routes[0]).toMatchObject({ hops: ["R1"], complete: false });
    expect(tally.loops).toBe(2);
    expect((await read(hpct2, { aliases })).routes[0].hops).toEqual(["10.44.32.1", null, "R2"]);
  });

  it.each([
    ["10.0.0.1\n", 'aliases:1: 1 columns, expected "interface router"'],
    ["10.0.0.1 A\n10.0.0.1 B\n", 'aliases:2: interface "10.0.0.1" is also one of router "A"'],
  ])("%j is refused", async (text, error) => {
    await expect(aliasesOf(text)).rejects.toThrow(error);
  });
});

describe("private addresses", () => {
  it.each([
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.1.1",
    "fd00::1",
    "fe80::1%eth0",
  ])("%s is one", (text) => {
    expect(isPrivateAddress(text)).toBe(true);
  });
  it.each(["172.32.0.1", "100.128.0.1", "192.0.2.1", "2001:db8::1", "router", "10.1.2", ""])("%s is none", (text) => {
    expect(isPrivateAddress(text)).toBe(false);
  });
});

describe("what cannot be read is refused in one line", () => {
  it.each([
    ["", "sample: empty input, expected traceroutes"],
    ["# nothing\n", "sample: no traceroutes"],
    ["a\n", 'sample:1: expected "source destination hop hop ..."'],
    ["a b\na *\n", 'sample:2: expected "source destination hop hop ..."'],
    ["<graphml/>\n", "sample:1: markup, expected one of ripe-atlas, scamper, hipercontracer, plain"],
    ["\x01\x02\n", "sample:1: binary data, expected one of"],
    ["{}\n", "sample:1: JSON of an unknown kind, expected RIPE Atlas or scamper traceroutes"],
    ["[]\n", "sample:1: JSON of an unknown kind"],
    ['[{"prb_id": 1}]\n', "sample: no traceroutes"],
    ['{"prb_id": 1}\n{"prb_id": }\n', "sample:2: malformed JSON object"],
    ['{"prb_id": 1}\nx\n', "sample:2: not JSON, expected an object or a list of objects"],
    ["#? HPCT Ping 2 x\n", "sample:1: results of another measurement, expected HPCT Traceroute"],
    ["#? HPCT Traceroute 2 x\n\t1 2 3\n", "sample:2: a hop without a heading, expected #T first"],
    ["#Ti 1 a b\n", "sample:1: malformed heading, expected source, destination and a hexadecimal timestamp"],
    ["#Ti 1 a b 0f 0 1\n\t1 999 3 1\n", "sample:2: malformed hop of a version 2 trace"],
    ["#T a b 0f 0 1\nx\n", "sample:2: expected a heading (#T ...) or a hop, which begins with a tab"],
  ])("%j", async (text, error) => {
    await expect(read(text)).rejects.toThrow(InputError);
    await expect(read(text, {}, 1)).rejects.toThrow(error);
  });

  it("an unknown format", async () => {
    await expect(read("a b\n", { format: "warts" })).rejects.toThrow('sample: unknown format "warts", expected one of');
  });

  it("but a file that was cut off gives what it held, and a warning", async () => {
    const { routes, tally } = await read(atlasList.slice(0, -100));
    expect(routes).toHaveLength(5);
    expect(tally.warnings).toEqual(["the last record (line 1) is truncated and was left out"]);
    expect((await read(atlasList.slice(0, -1))).tally.warnings).toEqual(["the list has no end: the file is truncated"]);
    expect((await read(gzipSync(plain.repeat(100)).subarray(0, -9))).tally.warnings).toEqual([
      "the gzip stream is truncated",
    ]);
  });

  it("a record without an end, early", async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('{"prb_id": [');
      for (;;) {
        asked += 65536;
        yield new Uint8Array(65536).fill(0x31);
      }
    }
    const reader = await openTraceroutes(endless(), { name: "sample" });
    await expect(reader.batches.next()).rejects.toThrow("sample:1: record of more than 16777216 characters");
    expect(asked).toBeLessThan(20_000_000);
  });
});
