import { readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/files/input-error.ts";
import { openContacts } from "../../../src/formats/contacts/open-contacts.ts";
import { zstdOfTwoFrames } from "../../files/zstd-sample.ts";
import { sharedCaptures, sharedPath } from "../../shared-data.ts";
import { chunked } from "./collect.ts";
import { type Sample, sampleCaptures } from "./sample-captures.ts";

const MUTATIONS = 10_000;
const LARGEST_SHARED_SAMPLE = 12_000;
const MOST_MEMORY_BYTES = 400 * 1024 * 1024;
const SLOWEST_MILLISECONDS = 20_000;

const interesting = [0, 1, 2, 3, 4, 7, 8, 11, 12, 13, 16, 28, 32, 0x7f, 0x80, 0xff, 0xffff, 0x10000, 0xffffff];
const boundaries = [0x01000000, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff];

const texts = {
  zeek: "#separator \\x09\n#fields\tts\tid.orig_h\tid.resp_h\n1.5\t10.0.0.1\tfe80::1\n",
  eve: '{"event_type":"flow","src_ip":"10.0.0.1","dest_ip":"10.0.0.2","dest_port":53}\n',
  csv: 'src,dst,dport\n10.0.0.1,"10.0.0.2",53\n',
};

describe("a damaged capture", () => {
  it(`is read or refused, in ${MUTATIONS} mutations: no crash, no hang, no memory, no contact out of nothing`, async () => {
    const samples: Sample[] = [
      ...sampleCaptures(),
      { name: "gzip", bytes: gzipSync(sampleCaptures()[0].bytes) },
      { name: "zstd", bytes: zstdOfTwoFrames() },
      ...Object.entries(texts).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text.repeat(20)) })),
      ...smallSharedCaptures(),
    ];
    const random = mulberry(20260714);
    const outcomes = { read: 0, refused: 0 };
    const before = process.memoryUsage().arrayBuffers;
    for (let mutation = 0; mutation < MUTATIONS; mutation++) {
      const sample = samples[mutation % samples.length];
      const bytes = mutate(sample.bytes, samples, random);
      const started = performance.now();
      const outcome = await read(bytes, random() < 0.5 ? 1 + Math.floor(random() * 400) : bytes.length);
      const label = `mutation ${mutation} of ${sample.name}`;
      expect(performance.now() - started, label).toBeLessThan(SLOWEST_MILLISECONDS);
      if (mutation % 100 === 0) {
        expect(process.memoryUsage().arrayBuffers - before, label).toBeLessThan(MOST_MEMORY_BYTES);
      }
      if (typeof outcome === "object") {
        outcomes.read++;
        expect(outcome.contacts, label).toBeLessThanOrEqual(outcome.packets);
        expect(outcome.yielded, label).toBe(outcome.contacts);
        expect(outcome.packets, label).toBeLessThanOrEqual(8 * bytes.length + 64_000);
      } else outcomes.refused++;
    }
    expect(outcomes.read).toBeGreaterThan(MUTATIONS / 10);
    expect(outcomes.refused).toBeGreaterThan(MUTATIONS / 10);
  });
});

/** The counts, or "refused"; anything else that is thrown goes on to the test. */
async function read(
  bytes: Uint8Array,
  chunk: number,
): Promise<{ packets: number; contacts: number; yielded: number } | "refused"> {
  try {
    const { tally, batches } = await openContacts(chunked(bytes, [chunk]), { name: "mutant" });
    let yielded = 0;
    for await (const batch of batches) yielded += batch.length;
    return { packets: tally.packets, contacts: tally.contacts, yielded };
  } catch (error) {
    if (error instanceof InputError) return "refused";
    throw error;
  }
}

function mutate(original: Uint8Array, samples: readonly Sample[], random: () => number): Uint8Array {
  let bytes: Uint8Array = original.slice();
  const below = (limit: number) => Math.floor(random() * limit);
  for (let edits = 1 + below(4); edits > 0; edits--) {
    const kind = below(5);
    if (kind === 0) bytes[below(bytes.length)] ^= 1 << below(8);
    else if (kind === 1) bytes = bytes.slice(0, below(bytes.length + 1));
    else if (kind === 2) writeWord(bytes, below, random);
    else if (kind === 3) bytes = splice(bytes, samples[below(samples.length)].bytes, below);
    else bytes = repeat(bytes, below);
    if (bytes.length === 0) break;
  }
  return bytes;
}

/** A length field, or whatever lies there, gets a value that lengths break on; mostly on a border of 4 bytes. */
function writeWord(bytes: Uint8Array, below: (limit: number) => number, random: () => number): void {
  if (bytes.length < 8) return;
  const at = random() < 0.8 ? 4 * below((bytes.length - 4) >> 2) : below(bytes.length - 4);
  const values = random() < 0.7 ? interesting : boundaries;
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, values[below(values.length)], random() < 0.7);
}

function splice(bytes: Uint8Array, other: Uint8Array, below: (limit: number) => number): Uint8Array {
  const head = bytes.subarray(0, below(bytes.length + 1));
  const tail = other.subarray(below(other.length + 1));
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}

function repeat(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const from = below(bytes.length);
  return splice(bytes, bytes.subarray(from, from + 1 + below(200)), below);
}

function smallSharedCaptures(): Sample[] {
  return sharedCaptures()
    .map((file) => ({ file, path: sharedPath("captures", file) }))
    .filter(({ path }) => statSync(path).size <= LARGEST_SHARED_SAMPLE)
    .map(({ file, path }) => ({ name: file, bytes: new Uint8Array(readFileSync(path)) }));
}

/** Mulberry32: uniform in [0, 1). */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
