/** What the folders of formats share: a table of formats each, and how a stream of one of them is opened. */
import type { ByteWindow } from "../files/byte-window.ts";
import { decompressed } from "../files/decompressed.ts";
import { InputError } from "../files/input-error.ts";

/** An entry of a folder's table, which has `detect` and `read` besides; the table's order is the one of trying. */
export interface Format {
  /** As `--format` takes it and results tell it. */
  readonly format: string;
}

/** The names in a table, in its order. */
export function formatNames(formats: readonly Format[]): string[] {
  return formats.map(({ format }) => format);
}

/** For errors: what a table would have taken. */
export function expectedFormats(formats: readonly Format[]): string {
  return `expected one of ${formatNames(formats).join(", ")}`;
}

/** A stream of a known format; whoever reads it closes the window. */
export interface OpenedFormat<Entry> {
  readonly format: Entry;
  /** The stream, without compression, from its first byte. */
  readonly window: ByteWindow;
  /** Grows while the stream is read: it may be cut off. */
  readonly warnings: string[];
}

/**
 * Takes compression off a stream, and finds its format: by name if one is given, else by content.
 *
 * @param options the file's name for errors, and the format's
 * @param detect tells a stream's format, or throws; it consumes nothing
 * @throws InputError for a format that is not in the table, and what `detect` throws
 */
export async function openFormat<Entry extends Format>(
  input: AsyncIterable<Uint8Array>,
  options: { readonly name: string; readonly format?: string | undefined },
  formats: readonly Entry[],
  detect: (window: ByteWindow) => Promise<Entry>,
): Promise<OpenedFormat<Entry>> {
  const { name } = options;
  const given = formats.find(({ format }) => format === options.format);
  if (given === undefined && options.format !== undefined) {
    throw new InputError(name, undefined, `unknown format "${options.format}", ${expectedFormats(formats)}`);
  }
  const warnings: string[] = [];
  const window = await decompressed(input, name, warnings);
  try {
    return { format: given ?? (await detect(window)), window, warnings };
  } catch (error) {
    await window.close();
    throw error;
  }
}
