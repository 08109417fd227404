import { z } from "zod";
import { InputError } from "../../files/input-error.ts";
import { openFile } from "../../files/open-file.ts";
import { replaceFile } from "../../files/replace-file.ts";
import { ESTIMATORS } from "../../spread/estimators.ts";
import { SpreadSketch } from "../../spread/spread-sketch.ts";
import { KernelError } from "../../wasm/kernel/kernel.ts";
import { partyRuleSchema } from "./parties.ts";

/**
 * A saved state: the sketch's bytes (docs/kernels.md), then a note of what they count, then 8 bytes: the note's length (u32,
 * little-endian) and "NVN1". States whose notes differ in `rule` count different things and do not merge.
 */
const MAGIC = "NVN1";
const FOOTER_BYTES = 8;
const LARGEST_NOTE = 65536;

const noteSchema = z.strictObject({
  rule: partyRuleSchema,
  /** How the sketch is to be read: cses and esc are the same bits. */
  estimator: z.enum(ESTIMATORS),
  packets: z.number(),
  contacts: z.number(),
  /** Start of the window in seconds since the epoch, and its length; null: all of time. */
  window: z.strictObject({ start: z.number(), seconds: z.number() }).nullable(),
});

export type StateNote = z.infer<typeof noteSchema>;

/** What a state file holds. */
export interface SavedState {
  readonly sketch: SpreadSketch;
  readonly note: StateNote;
}

/** The bytes of a state file. */
export function writeState(sketch: SpreadSketch, note: StateNote): Uint8Array {
  const state = sketch.toBytes();
  const text = new TextEncoder().encode(JSON.stringify(note));
  const bytes = new Uint8Array(state.length + text.length + FOOTER_BYTES);
  bytes.set(state);
  bytes.set(text, state.length);
  const footer = new DataView(bytes.buffer, state.length + text.length);
  footer.setUint32(0, text.length, true);
  new TextEncoder().encodeInto(MAGIC, new Uint8Array(bytes.buffer, state.length + text.length + 4));
  return bytes;
}

/** @throws InputError where the bytes are no state, or a damaged one. */
export function parseState(bytes: Uint8Array, file: string): SavedState {
  const { state, note } = splitNote(bytes, file);
  try {
    return { sketch: SpreadSketch.fromBytes(state, { estimator: note.estimator }), note };
  } catch (error) {
    if (error instanceof KernelError) throw new InputError(file, undefined, `no usable saved state: ${error.message}`);
    throw error;
  }
}

function splitNote(bytes: Uint8Array, file: string): { state: Uint8Array; note: StateNote } {
  const end = bytes.length - FOOTER_BYTES;
  const magic = end < 0 ? "" : new TextDecoder("latin1").decode(bytes.subarray(end + 4));
  if (magic !== MAGIC) throw new InputError(file, undefined, "not a state written by --save, or cut short");
  const length = new DataView(bytes.buffer, bytes.byteOffset + end).getUint32(0, true);
  if (length > LARGEST_NOTE || length > end) {
    throw new InputError(file, { byte: end }, `a note of ${length} bytes in a file of ${bytes.length}`);
  }
  const parsed = noteSchema.safeParse(jsonOf(bytes.subarray(end - length, end)));
  if (!parsed.success)
    throw new InputError(file, { byte: end - length }, "the note on what the state counts is damaged");
  return { state: bytes.subarray(0, end - length), note: parsed.data };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** Writes a state file, or leaves what is there. */
export async function writeStateFile(file: string, sketch: SpreadSketch, note: StateNote): Promise<void> {
  await replaceFile(file, writeState(sketch, note));
}

/** Reads a state file. @throws InputError where it is absent or no state. */
export async function readState(file: string): Promise<SavedState> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openFile(file)) chunks.push(chunk);
  return parseState(Buffer.concat(chunks), file);
}
