/** Files and standard input as byte streams. */
import { open } from "node:fs/promises";
import { InputError } from "./input-error.ts";

const CHUNK_BYTES = 256 * 1024;

/**
 * The bytes of a file, or of standard input for "-". The file is opened when the first chunk is asked for, and closed
 * when the consumer stops.
 *
 * @throws InputError for a path that is absent, a directory, or not readable.
 */
export async function* openFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    if (path === "-") {
      for await (const chunk of process.stdin) yield chunk;
      return;
    }
    const file = await open(path, "r");
    try {
      for (;;) {
        // A new buffer each time: readers keep the chunk.
        const { bytesRead, buffer } = await file.read(new Uint8Array(CHUNK_BYTES), 0, CHUNK_BYTES);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asInputError(error, path);
  }
}

function asInputError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  switch (error.code) {
    case "ENOENT":
      return new InputError(path, undefined, "no such file");
    case "EISDIR":
      return new InputError(path, undefined, "is a directory, expected a file");
    case "EACCES":
    case "EPERM":
      return new InputError(path, undefined, "no permission to read it");
    default:
      return error;
  }
}
