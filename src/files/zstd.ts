/** zstd streams, decompressed a block at a time. */
import { Decompress } from "fzstd";
import { InputError } from "./input-error.ts";
import { readU32 } from "./integers.ts";
import { isZstdMagic, ZstdFrames } from "./zstd-frames.ts";

/** Whether a stream that begins with these bytes (at least 4) is zstd, skippable frames included. */
export function isZstd(bytes: Uint8Array, at: number): boolean {
  return isZstdMagic(readU32(bytes, at, true));
}

/**
 * Frames may follow frames; a truncated stream gives what it held, and a warning.
 * @throws InputError for data that is no zstd, or asks for a window of more than 128 MiB
 */
export async function* unzstd(
  source: AsyncIterable<Uint8Array>,
  name: string,
  warnings: string[],
): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const decompress = new Decompress((piece) => {
    if (piece.length > 0) pieces.push(piece);
  });
  const frames = new ZstdFrames();
  for await (const chunk of source) {
    let at = 0;
    while (at < chunk.length) {
      at = pushBlock(chunk, at);
      yield* pieces;
      pieces = [];
    }
  }
  if (!frames.atFrameBorder) warnings.push("the zstd stream is truncated");

  function pushBlock(chunk: Uint8Array, at: number): number {
    try {
      const end = frames.advance(chunk, at);
      decompress.push(chunk.subarray(at, end));
      return end;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InputError(name, undefined, `malformed zstd data: ${reason}`);
    }
  }
}
