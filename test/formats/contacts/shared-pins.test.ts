import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openFile } from "../../../src/files/open-file.ts";
import { hasSharedData, sharedCaptures, sharedPath } from "../../shared-data.ts";
import { type Contact, type Counts, collect, countsOf } from "./collect.ts";
import pinsFile from "./shared-pins.json" with { type: "json" };

const counts = {
  packets: z.number(),
  contacts: z.number(),
  sources: z.number(),
  destinations: z.number(),
  pairs: z.number(),
};
const Remarks = { warnings: z.array(z.string()).default([]), note: z.string().optional() };
const Pinned = z.strictObject({
  ...counts,
  ...Remarks,
  tshark: z.object(counts).optional(),
  format: z.string().optional(),
});
const Refused = z.strictObject({ error: z.string(), note: z.string().optional() });
const pins = z
  .object({ captures: z.record(z.string(), z.union([Pinned, Refused])), flows: z.record(z.string(), Pinned) })
  .parse(pinsFile);

const TSHARK = "/usr/bin/tshark";
const hasTshark = existsSync(TSHARK);
const captures = sharedCaptures();
if (!hasSharedData) console.log("skipped: no captures and flows in ../shared/data (or NETVANTAGE_SHARED)");
else console.log(`${captures.length} shared captures, ${Object.keys(pins.flows).length} flow logs`);
if (hasSharedData && !hasTshark) console.log("skipped: no tshark to compare with");

describe.skipIf(!hasSharedData)("a shared capture", () => {
  it("is pinned, each of them", () => {
    expect(captures).toEqual(Object.keys(pins.captures).sort());
  });

  it.each(Object.entries(pins.captures))("%s counts as pinned", async (file, pin) => {
    const reading = collect(openFile(sharedPath("captures", file)), { name: file });
    if ("error" in pin) {
      await expect(reading).rejects.toMatchObject({ name: "InputError", message: `${file}: ${pin.error}` });
      return;
    }
    const { contacts, tally } = await reading;
    const { packets, sources, destinations, pairs } = pin;
    expect(countsOf(contacts, tally.packets)).toEqual({
      packets,
      contacts: pin.contacts,
      sources,
      destinations,
      pairs,
    });
    expect(tally.contacts).toBe(contacts.length);
    expect(tally.warnings).toEqual(pin.warnings);
  });
});

describe.skipIf(!hasSharedData)("a pcapng conformance file", () => {
  it.each(
    captures.filter((file) => file.startsWith("pcapng/")),
  )("%s has the packets that its text tells", async (file) => {
    const text = readFileSync(sharedPath("captures", file.replace(/\.pcapng$/, ".txt")), "utf8");
    const blocks = (type: string) => Number(new RegExp(`\\b${type}: (\\d+)`).exec(text)?.[1] ?? 0);
    const { tally } = await collect(openFile(sharedPath("captures", file)));
    expect(tally.packets).toBe(blocks("EPB") + blocks("SPB") + blocks("PB"));
    expect(tally.warnings).toEqual([]);
  });
});

describe.skipIf(!hasSharedData || !hasTshark)("tshark, asked again,", () => {
  const asked = Object.entries(pins.captures).filter(([, pin]) => !("error" in pin));
  it.concurrent.each(asked)("finds the contacts of %s", async (file, pin) => {
    if ("error" in pin) return;
    const theirs = await countWithTshark(sharedPath("captures", file));
    const { contacts, sources, destinations, pairs } = pin.tshark ?? pin;
    expect(theirs).toMatchObject({ contacts, sources, destinations, pairs });
  });
});

describe.skipIf(!hasSharedData)("a shared flow log", () => {
  it.each(Object.entries(pins.flows))("%s counts as pinned", async (file, pin) => {
    const { contacts, tally } = await collect(openFile(sharedPath("flows", file)), { name: file });
    const { format, warnings, note: _, tshark: __, ...expected } = pin;
    expect(countsOf(contacts, tally.packets)).toEqual(expected);
    expect(tally.format).toBe(format);
    expect(tally.warnings).toEqual(warnings);
  });

  it("gives the same contacts by named columns, numbers and pairs", async () => {
    const pairs = await collect(openFile(sharedPath("flows", "wiki-Vote.txt")));
    const columns = { format: "csv", sourceColumn: "1", destinationColumn: "2", delimiter: "tab" };
    const csv = await collect(openFile(sharedPath("flows", "wiki-Vote.txt")), columns);
    expect(csv.contacts).toEqual(pairs.contacts);
    const spread = new Set(
      pairs.contacts.filter(({ source }) => source === "2565").map(({ destination }) => destination),
    );
    expect(spread.size).toBe(893);
  });
});

/** Outermost header: the first ip or ipv6 layer; ip without ip.src is an IPv6 packet under EtherType 0800. */
async function countWithTshark(file: string): Promise<Counts> {
  const fields = ["frame.protocols", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst"].flatMap((field) => ["-e", field]);
  const options = ["-n", "-r", file, "-o", "ip.defragment:FALSE", "-T", "fields", "-E", "occurrence=f", ...fields];
  const stdout = await promisify(execFile)(TSHARK, options, { maxBuffer: 1 << 28 }).then(
    (result) => result.stdout,
    // It exits 2 on a truncated file, after all it could read.
    (error: { stdout: string }) => error.stdout,
  );
  const lines = stdout.split("\n").filter((line) => line !== "");
  const contacts: Contact[] = [];
  for (const line of lines) {
    const [protocols = "", source = "", destination = "", source6 = "", destination6 = ""] = line.split("\t");
    const layers = protocols.split(":");
    const outer = layers.find((layer) => layer === "ip" || layer === "ipv6");
    if (outer === "ip" && source !== "") contacts.push({ source, destination, port: 0, time: 0 });
    else if (outer !== undefined && source6 !== "" && destination6 !== "") {
      contacts.push({ source: source6, destination: destination6, port: 0, time: 0 });
    }
  }
  return countsOf(contacts, lines.length);
}
