/** xz streams, decompressed a piece at a time. */
import xz from "xz-decompress";
import { InputError } from "./input-error.ts";

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];

/** Whether a stream that begins with these bytes (at least 6) is xz. */
export function isXz(bytes: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, index) => bytes[at + index] === byte);
}

/** @throws InputError for malformed or truncated data. */
export async function* unxz(source: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
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
