import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decompressed } from "../../src/files/decompressed.ts";
import { InputError } from "../../src/files/input-error.ts";
import { chunked } from "../formats/contacts/collect.ts";
import { mutate, seededRandom } from "../formats/topology/mutations.ts";

const text = "A B r1 r2\nB A r2 r1\n";
/** The text, packed with Python's bz2 and lzma. */
const bzip2 = Buffer.from("QlpoOTFBWSZTWef9q3gAAAZcgAAQQAAwADAAEAAgACGmBCGATtSbwFxPDxdyRThQkOf9q3g=", "base64");
const xz = Buffer.from(
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQATQSBCIHIxIHIyCkIgQSByMiByMQoA7YFn3ySAu1IAASwU+AptAx+2830BAAAAAARZWg==",
  "base64",
);
const MUTATIONS = 1500;
const SLOWEST_MILLISECONDS = 20_000;

async function unpack(bytes: Uint8Array, chunk = 65536): Promise<{ data: Buffer; warnings: string[] }> {
  const warnings: string[] = [];
  const window = await decompressed(chunked(bytes, [chunk]), "sample", warnings);
  const pieces: Uint8Array[] = [];
  for await (const piece of window.rest()) pieces.push(piece.slice());
  return { data: Buffer.concat(pieces), warnings };
}

/** Runs, equal bytes at the borders of their counts, and bytes without order. */
function variedBytes(): Buffer {
  const random = seededRandom(7);
  const runs = [1, 3, 4, 5, 254, 255, 258, 259, 260, 263, 518].map((length) => Buffer.alloc(length, length));
  const noise = Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(256 * random())));
  return Buffer.concat([Buffer.alloc(300_000, 65), ...runs, noise, Buffer.from(text.repeat(1000))]);
}

describe("compression", () => {
  it.each([
    ["bzip2", bzip2],
    ["xz", xz],
    ["gzip", gzipSync(text)],
    ["gzip around bzip2", gzipSync(bzip2)],
  ])("%s is taken off, however it is cut", async (_, bytes) => {
    for (const chunk of [1, 5, 65536]) {
      const { data, warnings } = await unpack(bytes, chunk);
      expect([data.toString(), warnings]).toEqual([text, []]);
    }
  });

  it("bzip2 streams may follow each other", async () => {
    expect((await unpack(Buffer.concat([bzip2, bzip2, bzip2]))).data.toString()).toBe(text.repeat(3));
  });

  it("damage is told, truncation leaves a warning or is told", async () => {
    expect((await unpack(bzip2.subarray(0, -5))).warnings).toEqual(["the bzip2 stream is truncated"]);
    const wrong = Buffer.from(bzip2);
    wrong[12] ^= 1;
    await expect(unpack(wrong)).rejects.toThrow("sample: malformed bzip2 data: a block's checksum does not fit");
    await expect(unpack(Buffer.concat([bzip2, Buffer.from("padding")]))).rejects.toThrow(
      "sample: malformed bzip2 data: no stream where one was expected",
    );
    await expect(unpack(xz.subarray(0, -20))).rejects.toThrow("sample: malformed xz data: it is truncated");
  });

  it("a failure of the source goes through", async () => {
    let closed = false;
    async function* failing(): AsyncGenerator<Uint8Array> {
      try {
        yield xz.subarray(0, 20);
        throw new InputError("disk", undefined, "no more");
      } finally {
        closed = true;
      }
    }
    await expect(decompressed(failing(), "sample", [])).rejects.toThrow("disk: no more");
    expect(closed).toBe(true);
  });

  it("a consumer that stops closes the source", async () => {
    for (const packed of [bzip2, xz, gzipSync(text)]) {
      let closed = false;
      async function* source(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) yield packed;
        } finally {
          closed = true;
        }
      }
      const window = await decompressed(source(), "sample", []);
      await window.close();
      expect(closed).toBe(true);
    }
  });

  it(`is read or refused, in ${MUTATIONS} mutations: no crash, no hang`, async () => {
    const random = seededRandom(20261122);
    const samples = [bzip2, xz, Buffer.concat([bzip2, bzip2])];
    for (let mutation = 0; mutation < MUTATIONS; mutation++) {
      const bytes = mutate(samples[mutation % samples.length], samples, random);
      const started = performance.now();
      try {
        expect((await unpack(bytes)).data.length).toBeLessThan(1_000_000);
      } catch (error) {
        if (!(error instanceof InputError)) throw new Error(`mutation ${mutation}`, { cause: error });
      }
      expect(performance.now() - started, `mutation ${mutation}`).toBeLessThan(SLOWEST_MILLISECONDS);
    }
  });
});

const packers = ["bzip2", "xz"].filter((tool) => existsSync(`/usr/bin/${tool}`));
describe.skipIf(packers.length === 0)("what this machine packs", () => {
  it.each(packers)("with %s comes back, at every level", async (tool) => {
    const bytes = variedBytes();
    for (const level of ["-1", "-5", "-9"]) {
      const { data, warnings } = await unpack(execFileSync(tool, ["-c", level], { input: bytes }), 10_000);
      expect(data.equals(bytes)).toBe(true);
      expect(warnings).toEqual([]);
    }
  });
});
