/** Takes gzip, zstd, bzip2 and xz off a stream. */
import xz from "xz-decompress";
import { ByteWindow } from "./byte-window.ts";
import { bunzip2, isBzip2 } from "./bzip2.ts";
import { gunzip, isGzip, unzstd } from "./decompress.ts";
import { InputError } from "./input-error.ts";
import { readU32 } from "./integers.ts";
import { isZstdMagic } from "./zstd-frames.ts";

/** One inside the other. */
const MAX_LAYERS = 2;
const HEAD_BYTES = 10;
const XZ_MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];

/** The stream's bytes without the compression around them, told by its first bytes; a truncated one leaves a warning. */
export async function decompressed(
  input: AsyncIterable<Uint8Array>,
  name: string,
  warnings: string[],
): Promise<ByteWindow> {
  let window = new ByteWindow(input);
  try {
    for (let layer = 0; layer < MAX_LAYERS; layer++) {
      await window.fill(HEAD_BYTES);
      const inner = layerOf(window, name, warnings);
      if (inner === undefined) break;
      window = new ByteWindow(inner);
    }
    return window;
  } catch (error) {
    await window.close();
    throw error;
  }
}

function layerOf(window: ByteWindow, name: string, warnings: string[]): AsyncGenerator<Uint8Array> | undefined {
  const { bytes, start, available } = window;
  if (available < 4) return undefined;
  if (isGzip(bytes, start)) return gunzip(window.rest(), name, warnings);
  if (isZstdMagic(readU32(bytes, start, true))) return unzstd(window.rest(), name, warnings);
  if (available < HEAD_BYTES) return undefined;
  if (isBzip2(bytes, start)) return bunzip2(window.rest(), name, warnings);
  return XZ_MAGIC.every((byte, index) => bytes[start + index] === byte) ? unxz(window.rest(), name) : undefined;
}

/** @throws InputError for malformed or truncated data. */
async function* unxz(source: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  const reader = new xz.XzReadableStream(
    new ReadableStream({
      async pull(controller) {
        try {
          const next = await source.next();
          if (next.done === true) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          // The source's own failure, not one of its data.
          failure = error;
          controller.error(error);
        }
      },
    }),
  ).getReader();
  try {
    for (;;) {
      const next = await readPiece(reader, name, () => failure);
      if (next === undefined) return;
      yield next;
    }
  } finally {
    await reader.cancel().catch(() => {});
    await source.return(undefined);
  }
}

async function readPiece(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  name: string,
  failure: () => unknown,
): Promise<Uint8Array | undefined> {
  try {
    const next = await reader.read();
    return next.done ? undefined : next.value;
  } catch (error) {
    if (failure() !== undefined) throw failure();
    throw new InputError(name, undefined, xzReason(error instanceof Error ? error.message : String(error)));
  }
}

/** The decoder tells its status only (enum xz_ret of XZ Embedded). */
function xzReason(message: string): string {
  const status = /error code (\d+)/.exec(message)?.[1];
  if (status === "4") return "xz data with a dictionary of more than 64 MiB";
  if (status === "6") return "xz data with options that are not supported";
  return status === "8" ? "malformed xz data: it is truncated" : "malformed xz data";
}
