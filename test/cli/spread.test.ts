import { readdir } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { spreadResultSchema } from "../../src/pipelines/spread/result.ts";
import { ESTIMATORS } from "../../src/spread/estimators.ts";
import { netvantage, spreadJson, workDirectory } from "../pipelines/command.ts";
import { captureOf, sampleContacts } from "../pipelines/spread/sample-contacts.ts";
import { hasSharedData, sharedPath } from "../shared-data.ts";

let directory: Awaited<ReturnType<typeof workDirectory>>;
let capture = "";

beforeAll(async () => {
  directory = await workDirectory();
  capture = await directory.put("sample.pcap", captureOf(sampleContacts()));
});

afterAll(() => directory.remove());

describe("netvantage spread", () => {
  it("prints what was read, what it was read with, and a table", async () => {
    const { code, stdout, stderr } = await netvantage(`spread ${capture} --exact --top 2`);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")).toEqual([
      "1,496 packets or records (pcap), 1,496 contacts with an address pair",
      "estimator mcse, 256 virtual bits, 11 segments, range up to 2,907,270, seed 1",
      expect.stringMatching(/^load 0\.\d{3}, 1\.23 MB of memory with 4,096 candidates$/),
      "exactly: 748 distinct contacts, 11 sources; all of the true top 2 are listed",
      "",
      "Sources by distinct destinations",
      "#  source     estimate  standard error  exact  range",
      expect.stringMatching(/^1 {2}10\.0\.10\.1 +\d{3}\.\d +\d+\.\d +400 {2}ok$/),
      expect.stringMatching(/^2 {2}10\.0\.9\.1 +\d{3}\.\d +\d+\.\d +180 {2}ok$/),
      "",
    ]);
  });

  it("flags estimates at the range limit in the table and warns on standard error", async () => {
    const { stdout, stderr } = await netvantage(`spread ${capture} --estimator cse --virtual-bits 16 --top 1`);
    expect(stdout).toMatch(/^1 .* at the limit: may be more$/m);
    expect(stderr).toMatch(/^warning: 1 of the estimates listed stand at the range limit of about 44, .*\n$/);
  });

  it.each(ESTIMATORS)("runs %s end to end", async (estimator) => {
    const result = await spreadJson(`${capture} --estimator ${estimator} --exact --top 1`);
    expect(result.estimator.name).toBe(estimator);
    const [{ source, estimate, standardError, exact }] = result.spreaders;
    expect([source, exact]).toEqual(["10.0.10.1", 400]);
    // rSkt2's paper gives no standard error; 256 registers make some 10 % of 400.
    expect(standardError === null).toBe(estimator === "rskt2");
    expect(Math.abs(estimate - 400)).toBeLessThan(4 * (standardError ?? 40));
  });

  it("prints well-formed CSV, of windows and of all of them", async () => {
    const { stdout } = await netvantage(`spread ${capture} --csv --window 5m --exact --key src-dst-port`);
    expect(stdout.endsWith("\r\n")).toBe(true);
    const rows: unknown = parse(stdout, { columns: true, record_delimiter: "\r\n" });
    const json = await spreadJson(`${capture} --window 5m --exact --key src-dst-port`);
    const all = [...(json.windows ?? []), { ...json, start: "" }];
    const expected = all.flatMap(({ start, spreaders }) =>
      spreaders.map((each) => ({
        window: start,
        source: each.source,
        port: String(each.port),
        estimate: String(each.estimate),
        standard_error: String(each.standardError),
        saturated: String(each.saturated),
        exact: String(each.exact),
      })),
    );
    expect(rows).toEqual(expected);
  });

  it("quotes text identities in CSV and takes their names from any column", async () => {
    const log = await directory.put("names.csv", 'who,what\n"a, ""b""",x\n"a, ""b""",y\nc,x\n');
    const { stdout } = await netvantage(`spread ${log} --source-column who --destination-column what --csv --exact`);
    const rows = stdout.trimEnd().split("\r\n");
    expect(rows[0]).toBe("window,source,port,estimate,standard_error,saturated,exact");
    expect(rows[1]).toMatch(/^,"a, ""b""",,[\d.]+,[\d.]+,false,2$/);
    expect(rows[2]).toMatch(/^,c,,[\d.]+,[\d.]+,false,1$/);
  });

  it("counts nothing in an empty capture", async () => {
    const empty = await directory.put("empty.pcap", captureOf([]));
    const { code, stdout } = await netvantage(`spread ${empty} --exact`);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n\(none\)\n$/);
    expect(await spreadJson(`${empty} --window 5m --exact`)).toMatchObject({
      contacts: 0,
      load: 0,
      windows: [],
      sources: 0,
    });
  });

  it("keeps what a capture holds before its last record breaks off, and warns", async () => {
    const cut = await directory.put("cut.pcap", captureOf(sampleContacts()).slice(0, -5));
    const { code, stdout, stderr } = await netvantage(`spread ${cut} --json`);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: .*cut\.pcap: .*\n$/);
    expect(spreadResultSchema.parse(JSON.parse(stdout)).contacts).toBe(1495);
  });

  it("prints what was read until Ctrl-C and exits 130, also before anything was", async () => {
    const early = AbortSignal.abort();
    const { code, stdout, stderr } = await netvantage(`spread ${capture} --json`, early);
    expect(code).toBe(130);
    expect(stderr).toBe("warning: interrupted: what was read until then is counted\ninterrupted\n");
    expect(spreadResultSchema.parse(JSON.parse(stdout)).contacts).toBe(0);
    const several = await netvantage(`spread ${capture} ${capture} --json --workers 2`, early);
    expect(several.code).toBe(130);
    expect(several.stderr).toMatch(/but for 2 unfinished files\ninterrupted\n$/);
  });
});

describe("bad usage of netvantage spread", () => {
  const wrong = [
    "",
    "absent.pcap",
    "- -",
    "SAMPLE --estimator hll",
    "SAMPLE --memory",
    "SAMPLE --memory 0",
    "SAMPLE --memory 7B",
    "SAMPLE --memory 1TB",
    "SAMPLE --memory 1mb",
    "SAMPLE --memory -1MB",
    "SAMPLE --memory 64B",
    "SAMPLE SAMPLE --memory 64B",
    "SAMPLE --virtual-bits 1",
    "SAMPLE --virtual-bits 65537",
    "SAMPLE --virtual-bits 2.5",
    "SAMPLE --segments 1",
    "SAMPLE --segments 17",
    "SAMPLE --segments 16",
    "SAMPLE --estimator cse --segments 3",
    "SAMPLE --sampling 0",
    "SAMPLE --sampling 1.5",
    "SAMPLE --sampling x",
    "SAMPLE --sampling 0.5",
    "SAMPLE SAMPLE --sampling 0.5",
    "SAMPLE --estimator cses --sampling 1e-300",
    "SAMPLE --seed -1",
    "SAMPLE --seed 1.5",
    "SAMPLE --candidates 0",
    "SAMPLE --candidates 12",
    "SAMPLE --candidates 67108864",
    "SAMPLE --of both",
    "SAMPLE --key port",
    "SAMPLE --prefix 33",
    "SAMPLE --prefix 24,129",
    "SAMPLE --prefix /24",
    "SAMPLE --ignore 10.0.0.0/33",
    "SAMPLE --ignore host",
    "SAMPLE --ignore 10.0.0.1,,10.0.0.2",
    "SAMPLE --window 0",
    "SAMPLE --window 5x",
    "SAMPLE --window -5m",
    "SAMPLE --window 0.1ms",
    "SAMPLE --top 0",
    "SAMPLE --top many",
    "SAMPLE --min-spread -3",
    "SAMPLE --workers -1",
    "SAMPLE --workers 1025",
    "SAMPLE --format netflow",
    "SAMPLE --format pcapng",
    "SAMPLE --format zeek-tsv",
    "SAMPLE --json --csv",
    "SAMPLE --exakt",
    "SAMPLE --merge",
    "SAMPLE --merge absent.nvs",
    "SAMPLE --merge SAMPLE",
    "SAMPLE --save",
    "SAMPLE --save /no/such/place.nvs",
    "DIRECTORY",
  ];

  it.each(wrong)("`spread %s` is told in one line, with exit code 2", async (line) => {
    const words = line.replaceAll("SAMPLE", capture).replaceAll("DIRECTORY", directory.path("."));
    const { code, stdout, stderr } = await netvantage(`spread ${words}`);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: \S.*\n$/);
    expect(stderr).not.toMatch(/undefined|NaN|\[object|\.tmp|task spread/);
  });

  it("is never a crash, whatever flags are thrown together", async () => {
    const random = lehmer(20_261);
    for (let i = 0; i < 80; i++) {
      const flags = Array.from({ length: 1 + random(4) }, () => FLAGS[random(FLAGS.length)]);
      const save = random(5) === 0 ? `--save ${directory.path("fuzz.nvs")}` : "";
      const line = `spread ${capture} ${flags.join(" ")} ${save} --workers 0`;
      const { code, stdout, stderr } = await netvantage(line);
      expect([0, 2], `${line}: ${stderr}`).toContain(code);
      if (code === 0) expect(stdout, line).not.toBe("");
      else expect([stdout, stderr], line).toEqual(["", expect.stringMatching(/^error: \S.*\n$/)]);
    }
    expect((await readdir(directory.path("."))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

const FLAGS = [
  ...ESTIMATORS.map((name) => `--estimator ${name}`),
  ..."8B 1kB 33333B 1MB 3MiB".split(" ").map((size) => `--memory ${size}`),
  ..."2 3 255 256 4096".split(" ").map((s) => `--virtual-bits ${s}`),
  ..."2 3 16".split(" ").map((g) => `--segments ${g}`),
  ..."0.0000001 0.1 1".split(" ").map((p) => `--sampling ${p}`),
  ..."0 9007199254740991".split(" ").map((seed) => `--seed ${seed}`),
  ..."8 64 12 65536".split(" ").map((n) => `--candidates ${n}`),
  ..."dst-port src-dst-port".split(" ").map((key) => `--key ${key}`),
  ..."0 32,128 24 9,9".split(" ").map((bits) => `--prefix ${bits}`),
  ..."0.0.0.0/0,::/0 10.0.0.0/8 ::1".split(" ").map((block) => `--ignore ${block}`),
  ..."1h 5m 365d".split(" ").map((time) => `--window ${time}`),
  ..."1 33554432".split(" ").map((n) => `--top ${n}`),
  ..."--of destination,--min-spread 5,--exact,--json,--csv,--format pcap,--time-column t".split(","),
];

/** Whole numbers below n, the same on every run. */
function lehmer(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
}

describe.skipIf(!hasSharedData)("gnutella.pcap of nDPI (../shared or NETVANTAGE_SHARED; skipped without)", () => {
  const gnutella = sharedPath("captures", "ndpi", "gnutella.pcap");

  it("has 646 pairs and 133 sources, 10.0.2.15 with 508 destinations", async () => {
    const result = await spreadJson(`${gnutella} --exact`);
    expect(result).toMatchObject({ packets: 3905, contacts: 3882, distinctContacts: 646, sources: 133, missed: 0 });
    const [{ source, exact, estimate, standardError, saturated }] = result.spreaders;
    expect([source, exact, saturated]).toEqual(["10.0.2.15", 508, false]);
    expect(Math.abs(estimate - 508)).toBeLessThan(3 * (standardError ?? 0));
  });

  it("comes to the same in windows", async () => {
    const windowed = await spreadJson(`${gnutella} --exact --window 1m`);
    expect(windowed).toMatchObject({ distinctContacts: 646, sources: 133 });
    expect(windowed.spreaders).toEqual((await spreadJson(`${gnutella} --exact`)).spreaders);
  });
});
