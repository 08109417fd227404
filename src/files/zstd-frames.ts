/**
 * Cuts a zstd stream (RFC 8878) into pieces that hold at most one block, so that a decompressor never returns more than
 * a block at a time, and checks what a frame header claims before a decompressor allocates it.
 */

/** What the zstd program accepts without being asked for more memory: 2^27 bytes. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

const FRAME_MAGIC = 0xfd2fb528;
/** 0x184d2a50 to 0x184d2a5f. */
const SKIPPABLE_MAGIC = 0x0184d2a5;

const Part = {
  magic: 0,
  frameHeader: 1,
  blockHeader: 2,
  block: 3,
  checksum: 4,
  skippableLength: 5,
  skippable: 6,
} as const;
type Part = (typeof Part)[keyof typeof Part];

/** Whether a stream that begins with these 4 bytes (little-endian) is zstd, skippable frames included. */
export function isZstdMagic(magic: number): boolean {
  return magic === FRAME_MAGIC || magic >>> 4 === SKIPPABLE_MAGIC;
}

/** Follows a zstd stream's structure, over any split of its bytes. */
export class ZstdFrames {
  private part: Part = Part.magic;
  /** Bytes of the part that are still to come; for headers: collected in `header` until `needed` are there. */
  private remaining = 0;
  private readonly header = new Uint8Array(18);
  private have = 0;
  private needed = 4;
  private hasChecksum = false;
  private isLastBlock = false;

  /** Whether the stream may end here. */
  get atFrameBorder(): boolean {
    return this.part === Part.magic && this.have === 0;
  }

  /**
   * Moves on from `at`, at most to the end of the next block, and returns where it stopped.
   *
   * @throws Error with a reason if the structure is broken.
   */
  advance(bytes: Uint8Array, at: number): number {
    let position = at;
    while (position < bytes.length) {
      if (this.part === Part.block || this.part === Part.checksum || this.part === Part.skippable) {
        const taken = Math.min(this.remaining, bytes.length - position);
        this.remaining -= taken;
        position += taken;
        if (this.remaining > 0) continue;
        if (this.endData()) return position;
      } else {
        this.header[this.have++] = bytes[position++];
        if (this.have === this.needed) this.readHeader();
      }
    }
    return position;
  }

  /** Returns whether a block has just ended. */
  private endData(): boolean {
    const wasBlock = this.part === Part.block;
    if (!wasBlock) this.expect(Part.magic, 4);
    else if (!this.isLastBlock) this.expect(Part.blockHeader, 3);
    else if (this.hasChecksum) this.skip(Part.checksum, 4);
    else this.expect(Part.magic, 4);
    return wasBlock;
  }

  private readHeader(): void {
    const { header } = this;
    if (this.part === Part.magic) {
      const magic = (header[0] | (header[1] << 8) | (header[2] << 16) | (header[3] << 24)) >>> 0;
      if (magic === FRAME_MAGIC) this.expect(Part.frameHeader, 1);
      else if (isZstdMagic(magic)) this.expect(Part.skippableLength, 4);
      else throw new Error("no zstd frame where one was expected");
    } else if (this.part === Part.skippableLength) {
      this.skip(Part.skippable, (header[0] | (header[1] << 8) | (header[2] << 16) | (header[3] << 24)) >>> 0);
    } else if (this.part === Part.frameHeader) {
      if (this.have === 1) this.needed = frameHeaderBytes(header[0]);
      if (this.have === this.needed) this.readFrameHeader();
    } else {
      this.readBlockHeader();
    }
  }

  private readFrameHeader(): void {
    const { header } = this;
    const descriptor = header[0];
    this.hasChecksum = (descriptor & 4) !== 0;
    if (windowBytes(header) > MAX_WINDOW_BYTES) throw new Error("zstd window of more than 128 MiB");
    this.expect(Part.blockHeader, 3);
  }

  private readBlockHeader(): void {
    const { header } = this;
    const value = header[0] | (header[1] << 8) | (header[2] << 16);
    const type = (value >> 1) & 3;
    const size = value >> 3;
    if (type === 3 || size > 128 * 1024) throw new Error("malformed zstd block");
    this.isLastBlock = (value & 1) === 1;
    this.skip(Part.block, type === 1 ? 1 : size);
  }

  private expect(part: Part, needed: number): void {
    this.part = part;
    this.have = 0;
    this.needed = needed;
  }

  /** An empty part ends at once. */
  private skip(part: Part, remaining: number): void {
    this.part = part;
    this.remaining = remaining;
    if (remaining === 0) this.endData();
  }
}

/** Descriptor, window descriptor unless single segment, dictionary id, content size. */
function frameHeaderBytes(descriptor: number): number {
  const single = (descriptor >> 5) & 1;
  return 1 + (1 - single) + [0, 1, 2, 4][descriptor & 3] + contentSizeBytes(descriptor);
}

function contentSizeBytes(descriptor: number): number {
  const flag = descriptor >> 6;
  return flag === 0 ? (descriptor >> 5) & 1 : 1 << flag;
}

/** A single segment's window is its content. */
function windowBytes(header: Uint8Array): number {
  const descriptor = header[0];
  if ((descriptor & 0x20) === 0) {
    const base = 2 ** (10 + (header[1] >> 3));
    return base + (base / 8) * (header[1] & 7);
  }
  const bytes = contentSizeBytes(descriptor);
  const from = frameHeaderBytes(descriptor) - bytes;
  let size = bytes === 2 ? 256 : 0;
  for (let index = 0; index < bytes; index++) size += header[from + index] * 2 ** (8 * index);
  return size;
}
