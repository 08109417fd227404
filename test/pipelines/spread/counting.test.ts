import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SpreadResult } from "../../../src/pipelines/spread/result.ts";
import { spreadJson, workDirectory } from "../command.ts";
import { captureOf, type SampleContact, sampleContacts, trueSpreads } from "./sample-contacts.ts";

const contacts = sampleContacts();
let directory: Awaited<ReturnType<typeof workDirectory>>;
let capture = "";

beforeAll(async () => {
  directory = await workDirectory();
  capture = await directory.put("sample.pcap", captureOf(contacts));
});

afterAll(() => directory.remove());

/** Holds every exact count against the truth, and every estimate against its exact count. */
function expectSpreads(result: SpreadResult, truth: ReadonlyMap<string, number>): void {
  const name = ({ source, port }: SpreadResult["spreaders"][number]) =>
    port === undefined ? source : `${source} ${port}`;
  expect(new Map(result.spreaders.map((each) => [name(each), each.exact]))).toEqual(truth);
  expect(result.sources).toBe(truth.size);
  expect(result.distinctContacts).toBe([...truth.values()].reduce((sum, k) => sum + k, 0));
  for (const { estimate, standardError, exact } of result.spreaders) {
    expect(Math.abs(estimate - (exact ?? 0))).toBeLessThan(5 * (standardError ?? 0) + 2);
  }
}

const all = "--exact --top 10000";
const source = ({ source }: SampleContact) => source;
const destination = ({ destination }: SampleContact) => destination;

describe("netvantage spread counts", () => {
  it("destinations per source, of both families", async () => {
    const result = await spreadJson(`${capture} ${all}`);
    expectSpreads(result, trueSpreads(contacts, source, destination));
    expect(result).toMatchObject({ packets: contacts.length, contacts: contacts.length, missed: 0, warnings: [] });
  });

  it("sources per destination, with --of destination", async () => {
    const result = await spreadJson(`${capture} ${all} --of destination`);
    expectSpreads(result, trueSpreads(contacts, destination, source));
    expect(result.of).toBe("destination");
  });

  it("pairs of destination and port, with --key dst-port", async () => {
    const pair = ({ destination, port }: SampleContact) => `${destination} ${port}`;
    expectSpreads(await spreadJson(`${capture} ${all} --key dst-port`), trueSpreads(contacts, source, pair));
  });

  it("destinations per source and destination port, with --key src-dst-port", async () => {
    const pair = ({ source, port }: SampleContact) => `${source} ${port}`;
    expectSpreads(await spreadJson(`${capture} ${all} --key src-dst-port`), trueSpreads(contacts, pair, destination));
  });

  it("sources per destination and port: fan-in by service", async () => {
    const pair = ({ destination, port }: SampleContact) => `${destination} ${port}`;
    // mcse drops one contact in 2^segments, and with it some of a thousand pairs of a single contact.
    const cse = "--estimator cse --virtual-bits 1024";
    const result = await spreadJson(`${capture} ${all} --of destination --key src-dst-port ${cse}`);
    expectSpreads(result, trueSpreads(contacts, pair, source));
  });

  it("prefixes instead of hosts, of IPv4 and IPv6", async () => {
    const spread = async (prefix: string) => spreadJson(`${capture} ${all} --prefix ${prefix}`);
    const masked = (ipv4: string, ipv6: (address: string) => string) => (each: SampleContact) =>
      each.source.includes(":") ? ipv6(each.source) : ipv4;
    const to48 = (address: string) => `${address.split("::")[0]}::/48`;
    expectSpreads(await spread("8,48"), trueSpreads(contacts, masked("10.0.0.0/8", to48), destination));
    expectSpreads(
      await spread("8,32"),
      trueSpreads(
        contacts,
        masked("10.0.0.0/8", () => "2001:db8::/32"),
        destination,
      ),
    );
    expectSpreads(
      await spread("0,0"),
      trueSpreads(
        contacts,
        masked("0.0.0.0/0", () => "::/0"),
        destination,
      ),
    );
  });

  it("prefixes that end inside a byte", async () => {
    const odd = ["10.0.7.1", "10.0.8.1", "10.0.15.255"].map((source, i) => ({
      source,
      destination: `192.0.2.${i}`,
      port: 53,
      time: 1,
    }));
    const file = await directory.put("odd.pcap", captureOf(odd));
    const { spreaders } = await spreadJson(`${file} --exact --prefix 21`);
    expect(new Map(spreaders.map((each) => [each.source, each.exact]))).toEqual(
      new Map([
        ["10.0.0.0/21", 1],
        ["10.0.8.0/21", 2],
      ]),
    );
  });

  it("nothing of what --ignore names", async () => {
    const kept = contacts.filter((each) => !/^10\.0\.(1|10)\.|^2001:db8:2:/.test(each.source));
    const lists = "--ignore 10.0.1.0/24,2001:db8:2::/48 --ignore 10.0.10.1";
    const result = await spreadJson(`${capture} ${all} ${lists}`);
    expectSpreads(result, trueSpreads(kept, source, destination));
    expect(result.contacts).toBe(kept.length);
    expect(result.files[0]).toMatchObject({ contacts: contacts.length, ignored: contacts.length - kept.length });
    const fanIn = await spreadJson(`${capture} ${all} --of destination --ignore 192.0.0.0/24`);
    const rest = contacts.filter((each) => !each.destination.startsWith("192.0.0."));
    expectSpreads(fanIn, trueSpreads(rest, destination, source));
  });

  it("and lists at most --top hosts, of at least --min-spread", async () => {
    const { spreaders } = await spreadJson(`${capture} --top 3`);
    expect(spreaders.map((each) => each.source)).toEqual(["10.0.10.1", "10.0.9.1", "2001:db8:8::9"]);
    const large = await spreadJson(`${capture} --min-spread 100 --exact`);
    expect(large.spreaders.map((each) => each.exact)).toEqual([400, 180]);
    expect(large.missed).toBe(0);
    expect((await spreadJson(`${capture} --min-spread 1000`)).spreaders).toEqual([]);
  });
});

describe("the result", () => {
  it("does not depend on the number of workers, nor on windows that hold everything", async () => {
    const half = contacts.length >> 1;
    const first = await directory.put("first.pcap", captureOf(contacts.slice(0, half)));
    const second = await directory.put("second.pcap", captureOf(contacts.slice(half)));
    const on = (line: string) => spreadJson(`${first} ${second} --top 100 ${line}`);
    const here = await on("--workers 0");
    expect(await on("--workers 1")).toEqual(here);
    expect(await on("--workers 2")).toEqual(here);
    const { spreaders } = await spreadJson(`${capture} --top 100`);
    expect(here.spreaders).toEqual(spreaders);
    expect((await on("--exact")).spreaders.map(({ exact, ...each }) => each)).toEqual(spreaders);
    expect((await on("--window 365d")).spreaders).toEqual(spreaders);
  });

  it("does not depend on the order of files", async () => {
    const third = Math.ceil(contacts.length / 3);
    const files: string[] = [];
    for (let i = 0; i < 3; i++) {
      files.push(await directory.put(`part${i}.pcap`, captureOf(contacts.slice(i * third, (i + 1) * third))));
    }
    const orders = [files, [...files].reverse(), [files[1], files[2], files[0]]];
    const results = await Promise.all(orders.map((each) => spreadJson(`${each.join(" ")} --workers 0 --top 100`)));
    expect(results[1].spreaders).toEqual(results[0].spreaders);
    expect(results[2]).toEqual({ ...results[0], files: results[2].files });
  });

  it("depends on the order at most in who is listed, where the table is too small for all", async () => {
    const few = await spreadJson(`${capture} --candidates 8 --exact`);
    expect(few.spreaders).toHaveLength(8);
    expect(few.candidates).toBe(8);
    const [largest] = few.spreaders;
    expect(largest.exact).toBe(400);
    const many = await spreadJson(`${capture} --top 100`);
    const whole = new Map(many.spreaders.map((each) => [each.source, each.estimate]));
    for (const { source, estimate } of few.spreaders) expect(estimate).toBe(whole.get(source));
  });

  it("tells the memory of sketch and candidate table: 256 + 32 bytes, the sketch's words, 56 a candidate", async () => {
    const { memoryBytes } = await spreadJson(`${capture} --memory 100kB --candidates 64`);
    expect(memoryBytes).toBe(256 + 100_000 + 32 + 64 * 56);
    const registers = await spreadJson(`${capture} --estimator vhll --memory 100kB --candidates 64`);
    expect(registers.memoryBytes).toBe(256 + 100_000 + 8 + 32 + 64 * 56);
    const windows = await spreadJson(`${capture} --window 1h`);
    expect(windows.memoryBytes).toBe(3 * (256 + 1_000_000 + 32 + 4096 * 56));
  });

  it("warns of an overloaded sketch and says what to change", async () => {
    const { warnings, load } = await spreadJson(
      `${capture} --of destination --memory 32B --estimator cse --virtual-bits 8`,
    );
    expect(load).toBeGreaterThan(2);
    expect(warnings[0]).toMatch(
      /^the sketch has a load of \d\.\d\d, so errors are large: use more --memory, or shorter windows/,
    );
    const full = await spreadJson(`${capture} --of destination --memory 8B --estimator cse --virtual-bits 2`);
    expect(full.load).toBe(null);
    expect(full.warnings[0]).toMatch(/^the sketch is full/);
    expect(full.spreaders.every((each) => each.saturated)).toBe(true);
  });

  it.each([
    [
      "--estimator cse --virtual-bits 16",
      /\d+ of the estimates listed .* of about 44, .*--estimator mcse or more --virtual-bits$/,
    ],
    [
      "--estimator cses --sampling 0.9 --virtual-bits 16",
      /limit of about 49, .*a smaller --sampling or more --virtual-bits$/,
    ],
    ["--segments 2 --virtual-bits 8", /limit of about 67, .*more --segments or --virtual-bits$/],
  ])("warns of estimates at the range limit: %s", async (flags, warning) => {
    const { warnings, spreaders } = await spreadJson(`${capture} ${flags} --memory 100kB`);
    expect(spreaders[0].saturated).toBe(true);
    expect(spreaders.at(-1)?.saturated).toBe(false);
    expect(warnings).toEqual([expect.stringMatching(warning)]);
  });

  it("warns of a full sketch of registers, which have no range limit to name", async () => {
    const pairs = Array.from({ length: 2000 }, (_, i) => `${i % 50},${i}\n`).join("");
    const file = await directory.put("pairs.csv", pairs);
    const { warnings, load } = await spreadJson(`${file} --memory 8B --estimator vhll --virtual-bits 2`);
    expect(load).toBe(null);
    expect(warnings).toEqual([
      expect.stringMatching(/^\d+ of the estimates listed are of a full sketch, .*: use more --memory$/),
    ]);
  });
});
