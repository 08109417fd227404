/** gzip streams, decompressed a piece at a time. */
import { createGunzip } from "node:zlib";
import { InputError } from "./input-error.ts";

/** gzip expands 1032-fold at most, so this bounds what one step can return to 32 MiB. */
const GZIP_STEP_BYTES = 32 * 1024;

/** Whether a stream that begins with these bytes (at least 3) is gzip with deflate (RFC 1952). */
export function isGzip(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x1f && bytes[at + 1] === 0x8b && bytes[at + 2] === 8;
}

/**
 * Several members, one behind the other, are one stream; a truncated one gives what it held, and a warning.
 * @throws InputError for data that is no gzip
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  name: string,
  warnings: string[],
): AsyncGenerator<Uint8Array> {
  const inflater = new Inflater();
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length; at += GZIP_STEP_BYTES) {
        const failure = await inflater.write(chunk.subarray(at, at + GZIP_STEP_BYTES));
        yield* inflater.take();
        if (failure !== undefined) throw new InputError(name, undefined, `malformed gzip data: ${failure.message}`);
      }
    }
    const failure = await inflater.end();
    yield* inflater.take();
    if (failure !== undefined) warnings.push("the gzip stream is truncated");
  } finally {
    inflater.destroy();
  }
}

/** node:zlib's stream, a step at a time; a step's failure is its result, as zlib leaves callbacks of failed writes out. */
class Inflater {
  private readonly stream = createGunzip();
  private pieces: Uint8Array[] = [];
  /** Set early by what is no gzip member behind the last one, such as padding: zlib ignores it, and so does this. */
  private ended = false;
  private settle: (failure: Error | undefined) => void = () => {};

  constructor() {
    this.stream.on("data", (piece: Uint8Array) => this.pieces.push(piece));
    this.stream.on("error", (error) => this.settle(error));
    this.stream.on("end", () => {
      this.ended = true;
      this.settle(undefined);
    });
  }

  write(bytes: Uint8Array): Promise<Error | undefined> {
    if (this.ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.settle = resolve;
      this.stream.write(bytes, (error) => resolve(error ?? undefined));
    });
  }

  end(): Promise<Error | undefined> {
    if (this.ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.settle = resolve;
      this.stream.end();
    });
  }

  /** What has come out since the last time. */
  take(): Uint8Array[] {
    const taken = this.pieces;
    this.pieces = [];
    return taken;
  }

  destroy(): void {
    this.stream.destroy();
  }
}
