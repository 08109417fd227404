import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { netvantage, spreadJson, workDirectory } from "../command.ts";
import { captureOf, type SampleContact, sampleContacts } from "./sample-contacts.ts";

let directory: Awaited<ReturnType<typeof workDirectory>>;

beforeAll(async () => {
  directory = await workDirectory();
});

afterAll(() => directory.remove());

/** Contacts of one source, each with a destination of its own, at these times. */
function at(times: readonly number[], source = "10.0.0.1"): SampleContact[] {
  return times.map((time, i) => ({ source, destination: `192.0.2.${i + 1}`, port: 53, time }));
}

function put(name: string, contacts: readonly SampleContact[]): Promise<string> {
  return directory.put(name, captureOf(contacts));
}

/** 2024-01-31T12:00:00Z */
const NOON = 1_706_702_400;
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();

describe("netvantage spread --window", () => {
  it("aligns windows to the clock, and has none where nothing happened", async () => {
    const file = await put("clock.pcap", at([NOON - 1, NOON, NOON + 299.9, NOON + 300, NOON + 1500]));
    const { windows } = await spreadJson(`${file} --window 5m --exact`);
    expect(
      windows?.map(({ start, seconds, contacts, distinctContacts }) => [start, seconds, contacts, distinctContacts]),
    ).toEqual([
      [iso(NOON - 300), 300, 1, 1],
      [iso(NOON), 300, 2, 2],
      [iso(NOON + 300), 300, 1, 1],
      [iso(NOON + 1500), 300, 1, 1],
    ]);
  });

  it("takes packets up to one window late, and leaves older ones out with a warning", async () => {
    const file = await put("late.pcap", at([NOON, NOON + 130, NOON + 65, NOON + 59, NOON + 125, NOON + 1, NOON + 200]));
    const { windows, files, contacts, warnings } = await spreadJson(`${file} --window 1m`);
    expect(windows?.map(({ start, contacts }) => [start, contacts])).toEqual([
      [iso(NOON), 1],
      [iso(NOON + 60), 1],
      [iso(NOON + 120), 2],
      [iso(NOON + 180), 1],
    ]);
    expect(files[0]).toMatchObject({ contacts: 7, late: 2 });
    expect(contacts).toBe(5);
    expect(warnings).toEqual([`${file}: 2 contacts came more than one window late and were left out`]);
  });

  it("says on standard error what it warns of, and the tables of windows in order on standard output", async () => {
    const file = await put("warn.pcap", at([NOON, NOON + 130, NOON + 59]));
    const { code, stdout, stderr } = await netvantage(`spread ${file} --window 1m`);
    expect([code, stderr]).toEqual([
      0,
      `warning: ${file}: 1 contacts came more than one window late and were left out\n`,
    ]);
    expect(stdout.match(/^window from .*$/gm)).toEqual([
      "window from 2024-01-31T12:00:00.000Z, 60 s: 1 contact",
      "window from 2024-01-31T12:02:00.000Z, 60 s: 1 contact",
    ]);
    expect(stdout).toMatch(/\nSources by distinct destinations, all windows\n/);
  });

  it("takes windows shorter than a second, and times before 1970 in logs", async () => {
    const log = await directory.put("early.csv", "src,dst,t\n10.0.0.1,10.0.0.2,-0.4\n10.0.0.1,10.0.0.3,0.1\n");
    const columns = "--source-column src --destination-column dst --time-column t";
    const { windows } = await spreadJson(`${log} ${columns} --window 500ms`);
    expect(windows?.map(({ start }) => start)).toEqual([iso(-0.5), iso(0)]);
  });

  it("refuses contacts without a time, and times outside of the calendar", async () => {
    const pairs = await directory.put("pairs.csv", "src,dst\n10.0.0.1,10.0.0.2\n");
    const columns = "--source-column src --destination-column dst";
    expect(await netvantage(`spread ${pairs} ${columns} --window 5m`)).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: ${pairs}: a contact without a time, which --window needs; for logs, --time-column names its column\n`,
    });
    const wild = await directory.put("wild.csv", "src,dst,t\n10.0.0.1,10.0.0.2,1e300\n");
    const { code, stderr } = await netvantage(`spread ${wild} ${columns} --time-column t --window 5m`);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: .*: a contact at \S+ s, outside of the calendar\n$/),
    ]);
  });

  it("reads several files as one stream in order of time, whatever their order", async () => {
    const sensors = await Promise.all([
      put("a.pcap", at([NOON, NOON + 61, NOON + 125, NOON + 600], "10.0.0.1")),
      put("b.pcap", at([NOON + 2, NOON + 119, NOON + 121, NOON + 300], "10.0.0.2")),
      put("c.pcap", at([NOON + 600, NOON + 660], "10.0.0.3")),
    ]);
    const forwards = await spreadJson(`${sensors.join(" ")} --window 1m --exact`);
    const backwards = await spreadJson(`${[...sensors].reverse().join(" ")} --window 1m --exact`);
    expect(forwards.files.map(({ file, late }) => [file, late])).toEqual(sensors.map((file) => [file, 0]));
    expect({ ...backwards, files: [] }).toEqual({ ...forwards, files: [] });
    expect(forwards.windows?.map(({ start, contacts }) => [start, contacts])).toEqual([
      [iso(NOON), 2],
      [iso(NOON + 60), 2],
      [iso(NOON + 120), 2],
      [iso(NOON + 300), 1],
      [iso(NOON + 600), 2],
      [iso(NOON + 660), 1],
    ]);
    expect(forwards.memoryBytes).toBe(3 * (256 + 1_000_000 + 32 + 4096 * 56));
  });

  it("writes a file per window with --save, its start in the name", async () => {
    const file = await put("save.pcap", at([NOON, NOON + 61]));
    const save = directory.path("hour.nvs");
    await spreadJson(`${file} --window 1m --save ${save}`);
    const written = (await readdir(dirname(save))).filter((name) => name.startsWith("hour"));
    expect(written.sort()).toEqual(["hour-20240131T120000Z.nvs", "hour-20240131T120100Z.nvs"]);
  });
});

describe("the windows together", () => {
  it("are the whole: the same spreaders, and the same state once merged", async () => {
    const contacts = sampleContacts();
    const file = await put("whole.pcap", contacts);
    const whole = await spreadJson(`${file} --top 100 --save ${directory.path("whole.nvs")}`);
    const windowed = await spreadJson(`${file} --top 100 --window 2m --save ${directory.path("part.nvs")}`);
    expect(windowed.windows?.length).toBeGreaterThan(5);
    expect(windowed.spreaders).toEqual(whole.spreaders);
    expect(windowed.load).toBe(whole.load);
    const parts = (await readdir(dirname(file))).filter((name) => name.startsWith("part-")).map(directory.path);
    const merged = await spreadJson(`--top 100 --merge ${parts.join(" ")} --save ${directory.path("merged.nvs")}`);
    expect(merged.spreaders).toEqual(whole.spreaders);
    expect(merged).toMatchObject({ packets: whole.packets, contacts: whole.contacts, load: whole.load, files: [] });
  });
});
