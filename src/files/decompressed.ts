/** Takes gzip, zstd, bzip2 and xz off a stream. */
import { ByteWindow } from "./byte-window.ts";
import { bunzip2, isBzip2 } from "./bzip2.ts";
import { gunzip, isGzip } from "./gzip.ts";
import { isXz, unxz } from "./xz.ts";
import { isZstd, unzstd } from "./zstd.ts";

/** One inside the other. */
const MAX_LAYERS = 2;
const HEAD_BYTES = 10;

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
  if (isZstd(bytes, start)) return unzstd(window.rest(), name, warnings);
  if (available < HEAD_BYTES) return undefined;
  if (isBzip2(bytes, start)) return bunzip2(window.rest(), name, warnings);
  return isXz(bytes, start) ? unxz(window.rest(), name) : undefined;
}
