import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/files/input-error.ts";
import { parseState, writeState } from "../../../src/pipelines/spread/saved-state.ts";
import { SpreadSketch } from "../../../src/spread/spread-sketch.ts";
import { netvantage, spreadJson, workDirectory } from "../command.ts";
import { captureOf, sampleContacts } from "./sample-contacts.ts";

const contacts = sampleContacts();
const half = contacts.length >> 1;
let directory: Awaited<ReturnType<typeof workDirectory>>;
let capture = "";
let first = "";
let second = "";

beforeAll(async () => {
  directory = await workDirectory();
  capture = await directory.put("all.pcap", captureOf(contacts));
  first = await directory.put("first.pcap", captureOf(contacts.slice(0, half)));
  second = await directory.put("second.pcap", captureOf(contacts.slice(half)));
});

afterAll(() => directory.remove());

/** Saves a state of the first half and returns its path. */
async function saved(name: string, flags = "", file = first): Promise<string> {
  await spreadJson(`${file} ${flags} --save ${directory.path(name)}`);
  return directory.path(name);
}

async function refusal(line: string): Promise<string> {
  const { code, stdout, stderr } = await netvantage(`spread ${line}`);
  expect([code, stdout]).toEqual([2, ""]);
  // With several files, progress comes before.
  expect(stderr).toMatch(/^(files: .*\n)*error: .*\n$/);
  return stderr.slice(stderr.indexOf("error: ") + "error: ".length, -1);
}

describe("--save and --merge", () => {
  it.each(["cse", "cses", "mcse", "esc", "vhll", "rskt2"])("make one sketch of two sensors: %s", async (estimator) => {
    const flags = `--estimator ${estimator} --memory 100kB --top 100`;
    const whole = await spreadJson(`${capture} ${flags}`);
    const [a, b] = [await saved("a.nvs", flags), await saved("b.nvs", flags, second)];
    const merged = await spreadJson(`--merge ${a} ${b} --top 100`);
    expect(merged.spreaders).toEqual(whole.spreaders);
    expect(merged.estimator).toEqual(whole.estimator);
    expect(merged).toMatchObject({
      packets: contacts.length,
      contacts: contacts.length,
      memoryBytes: whole.memoryBytes,
    });
    const grown = await spreadJson(`${second} --merge ${a} --top 100`);
    expect(grown.spreaders).toEqual(whole.spreaders);
  });

  it("keep what is counted, and how", async () => {
    const flags = "--key src-dst-port --of destination --prefix 24,48 --seed 7 --memory 100kB --candidates 1024";
    const whole = await spreadJson(`${capture} ${flags}`);
    const a = await saved("a.nvs", flags);
    const merged = await spreadJson(`${second} --merge ${a}`);
    expect(merged.spreaders).toEqual(whole.spreaders);
    expect(merged).toMatchObject({ of: "destination", key: "src-dst-port", estimator: { seed: 7 }, candidates: 1024 });
  });

  it("give the same file whenever they count the same", async () => {
    const [a, b] = [await saved("a.nvs"), await saved("b.nvs")];
    expect((await readFile(a)).equals(await readFile(b))).toBe(true);
  });

  it("may read and write one file, so that it grows", async () => {
    const state = await saved("growing.nvs");
    await spreadJson(`${second} --merge ${state} --save ${state}`);
    const grown = await spreadJson(`--merge ${state} --top 100`);
    expect(grown.spreaders).toEqual((await spreadJson(`${capture} --top 100`)).spreaders);
  });

  it.each([
    ["--seed 2", /has other parameters or another seed than .*a\.nvs, so they do not merge$/],
    ["--memory 2MB", /has other parameters or another seed/],
    ["--virtual-bits 512", /has other parameters or another seed/],
    ["--segments 5", /has other parameters or another seed/],
    ["--estimator cse", /has other parameters or another seed/],
    ["--candidates 64", /has other parameters or another seed/],
    ["--of destination", /counts something else \(--of destination --key dst\), so it does not merge/],
    ["--key dst-port", /counts something else \(--of source --key dst-port\)/],
    ["--prefix 24", /counts something else \(--of source --key dst --prefix 24,64\)/],
  ])("refuse a state of another %s", async (flags, reason) => {
    const [a, b] = [await saved("a.nvs"), await saved("b.nvs", flags)];
    expect(await refusal(`--merge ${a} ${b}`)).toMatch(reason);
  });

  it("refuse flags that the state decides", async () => {
    const a = await saved("a.nvs");
    expect(await refusal(`${second} --merge ${a} --seed 1 --key dst`)).toBe(
      "--merge: the saved state decides --seed, --key",
    );
    expect(await refusal(`${second} --merge ${a} --exact`)).toBe(
      "--merge: a saved state has no exact counts for --exact",
    );
    expect(await refusal(`- --merge -`)).toBe("standard input (-) can be read only once");
  });

  it("refuse foreign and damaged files, whatever is cut or flipped", async () => {
    const a = await saved("a.nvs", "--memory 4kB --virtual-bits 16 --segments 3 --candidates 8");
    const bytes = new Uint8Array(await readFile(a));
    expect(await refusal(`--merge ${capture}`)).toMatch(/all\.pcap: not a state written by --save, or cut short$/);
    expect(await refusal(`--merge ${await directory.put("empty", "")}`)).toMatch(/not a state written by --save/);
    expect(await refusal(`--merge ${directory.path("absent")}`)).toMatch(/absent: no such file$/);
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = bytes.slice();
      flipped[at] ^= 1 << (at & 7);
      if (isFlawless(bytes, at)) continue;
      expect(() => parseState(flipped, "state"), `byte ${at}`).toThrow(InputError);
      expect(() => parseState(bytes.slice(0, at), "state"), `cut at ${at}`).toThrow(InputError);
      expect(() => parseState(bytes.slice(at + 1), "state"), `begun at ${at + 1}`).toThrow(InputError);
    }
  });

  it("refuse a place that cannot be written before they read anything", async () => {
    expect(await refusal(`${capture} --save /no/such/x.nvs`)).toBe(
      "/no/such/x.nvs: cannot be written: /no/such is no directory",
    );
    expect(await refusal(`${capture} --save ${directory.path("")}`)).toMatch(
      /is a directory, expected a file to write$/,
    );
  });

  it("leave the old file and nothing half-written where a run fails", async () => {
    const state = await saved("kept.nvs");
    const before = await readFile(state);
    const broken = await directory.put("broken.pcap", captureOf(contacts).slice(0, 20));
    await refusal(`${broken} --save ${state}`);
    await refusal(`${first} ${broken} --workers 0 --save ${state}`);
    expect((await readFile(state)).equals(before)).toBe(true);
    expect((await readdir(directory.path("."))).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

/** Bytes of the note's figures: another digit there is another figure, not damage that shows. */
function isFlawless(bytes: Uint8Array, at: number): boolean {
  const footer = new DataView(bytes.buffer, bytes.length - 8);
  return at >= bytes.length - 8 - footer.getUint32(0, true) && at < bytes.length - 8;
}

describe("a state's bytes", () => {
  const note = {
    rule: { of: "source", key: "dst", prefix: null },
    estimator: "mcse",
    packets: 3,
    contacts: 2,
    window: { start: 60, seconds: 60 },
  } as const;

  it("hold the sketch, its table and the note", () => {
    const sketch = SpreadSketch.create({ estimator: "mcse", memoryBits: 80_000, virtualBits: 64 }, 16);
    sketch.addIpv4(Uint32Array.of(1, 1), Uint32Array.of(2, 3));
    const bytes = writeState(sketch, note);
    const read = parseState(bytes, "state");
    expect(read.note).toEqual(note);
    expect(read.sketch.toBytes()).toEqual(sketch.toBytes());
    expect(bytes.subarray(0, sketch.toBytes().length)).toEqual(sketch.toBytes());
  });
});
