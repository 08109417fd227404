import { Buffer } from "node:buffer";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openFile } from "../../../src/files/open-file.ts";
import { openContacts } from "../../../src/formats/contacts/open-contacts.ts";
import { zstdOfTwoFrames, zstdText } from "../../files/zstd-sample.ts";
import { ethernet, ipv4, join, PcapngWriter, pcap } from "./capture-writer.ts";
import { chunked, collect, digest } from "./collect.ts";
import { sampleCaptures } from "./sample-captures.ts";

const samples = sampleCaptures();
const first = samples[0].bytes;

describe("how a stream is cut into chunks", () => {
  it.each(samples)("does not matter to $name", async ({ bytes }) => {
    const whole = await digest(chunked(bytes, [bytes.length]));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
        expect(await digest(chunked(bytes, sizes))).toBe(whole);
      }),
      { numRuns: 20 },
    );
    expect(await digest(chunked(bytes, [1]))).toBe(whole);
  });
});

describe("a compressed stream", () => {
  it("of gzip reads as what is in it, several members and once nested too", async () => {
    const plain = await collect(first);
    const half = first.length >> 1;
    const members = join(gzipSync(first.subarray(0, half)), gzipSync(first.subarray(half)));
    for (const bytes of [gzipSync(first), members, gzipSync(gzipSync(first))]) {
      expect(await collect(bytes)).toEqual(plain);
      expect(await collect(chunked(bytes, [1]))).toEqual(plain);
    }
  });

  it("of gzip may have padding behind it", async () => {
    const plain = await collect(first);
    const padded = join(gzipSync(first), new Uint8Array(100_000));
    for (const sizes of [[1 << 20], [1000], [gzipSync(first).length]]) {
      expect(await collect(chunked(padded, sizes))).toEqual(plain);
    }
  });

  it("of zstd reads as what is in it, frames behind frames, skippable ones between", async () => {
    const text = await collect(zstdText());
    expect(text.contacts).toHaveLength(3000);
    for (const sizes of [[1], [7, 300], [1 << 20]]) {
      expect(await collect(chunked(zstdOfTwoFrames(), sizes))).toEqual(text);
    }
    const nested = await collect(gzipSync(zstdOfTwoFrames()));
    expect(nested).toEqual(text);
  });

  it("that is truncated gives what it held, with a warning", async () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      ethernet(0x0800, ipv4("10.0.0.1", `10.0.${index >> 8}.${index & 255}`)),
    );
    const gzip = gzipSync(pcap(many));
    const { tally } = await collect(gzip.subarray(0, gzip.length - 1000));
    expect(tally.contacts).toBeGreaterThan(1000);
    expect(tally.warnings).toContain("the gzip stream is truncated");
    const zstd = zstdOfTwoFrames();
    const cut = await collect(zstd.subarray(0, zstd.length - 10));
    expect(cut.tally.contacts).toBeGreaterThan(0);
    expect(cut.tally.warnings).toContain("the zstd stream is truncated");
  });

  it("that is damaged is refused", async () => {
    const gzip = gzipSync(first);
    gzip.fill(0x55, 12, 40);
    await expect(collect(gzip)).rejects.toThrow("sample: malformed gzip data");
    const zstd = zstdOfTwoFrames();
    zstd.fill(0xff, 12, 40);
    await expect(collect(zstd)).rejects.toThrow("sample: malformed zstd data");
  });

  it("of zstd that asks for gigabytes is refused before they are allocated", async () => {
    const greedy = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, ...new Array(40).fill(0));
    await expect(collect(greedy)).rejects.toThrow("sample: malformed zstd data: zstd window of more than 128 MiB");
  });
});

describe("a stream's end", () => {
  it("is told to the source when the consumer stops early", async () => {
    let closed = false;
    async function* endless() {
      try {
        yield first;
        for (;;) yield first.subarray(24);
      } finally {
        closed = true;
      }
    }
    const reader = await openContacts(endless(), { name: "endless" });
    for await (const batch of reader.batches) if (batch.length > 0) break;
    expect(closed).toBe(true);
  });

  it("is told to the source when the input is refused", async () => {
    let closed = false;
    async function* source() {
      try {
        for (;;) yield Buffer.from("\u0000\u0001\u0002\u0003\n");
      } finally {
        closed = true;
      }
    }
    await expect(openContacts(source(), { name: "binary" })).rejects.toThrow("binary: byte 0: unknown format");
    expect(closed).toBe(true);
  });
});

describe("memory", () => {
  it("follows what has arrived, not what a length announces", async () => {
    const ng = new PcapngWriter();
    const block = join(ng.section(), ng.interface(1), [6, 0, 0, 0, 0, 0, 0xff, 0]);
    const record = join(pcap([]), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0, 0, 0]);
    const before = process.memoryUsage().arrayBuffers;
    for (const bytes of [block, record]) {
      for (let count = 0; count < 50; count++) await collect(join(bytes, new Uint8Array(100)));
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it("stays as it is over a long stream", async () => {
    const frame = ethernet(0x0800, ipv4("10.0.0.1", "10.0.0.2", new Uint8Array(1200)));
    const block = pcap(Array.from({ length: 500 }, () => frame));
    async function* long() {
      yield block;
      for (let count = 0; count < 300; count++) yield block.slice(24);
    }
    const reader = await openContacts(long(), { name: "long" });
    let most = 0;
    for await (const batch of reader.batches) most = Math.max(most, batch.length && process.memoryUsage().arrayBuffers);
    expect(reader.tally.packets).toBe(301 * 500);
    expect(most).toBeLessThan(150 * 1024 * 1024);
  });
});

describe("a file", () => {
  it("is read from its path", async () => {
    const directory = await mkdtemp(joinPath(tmpdir(), "formats-"));
    try {
      const path = joinPath(directory, "a.pcap");
      await writeFile(path, first);
      expect((await collect(openFile(path))).contacts).toEqual((await collect(first)).contacts);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("that is absent or a directory is refused", async () => {
    await expect(collect(openFile("/no/such/file"))).rejects.toMatchObject({
      name: "InputError",
      message: "/no/such/file: no such file",
    });
    await expect(collect(openFile(tmpdir()))).rejects.toThrow(`${tmpdir()}: is a directory, expected a file`);
  });
});
