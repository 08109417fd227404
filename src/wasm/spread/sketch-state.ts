import { demand } from "../kernel/kernel.ts";
import * as Status from "../kernel/status.ts";
import type { SketchParameters } from "./exports.ts";

const HEADER_BYTES = 256;
export const TABLE_HEADER_BYTES = 32;
export const ENTRY_BYTES = 56;

/** An entry of the candidate table. */
export interface CandidateEntry {
  readonly key: bigint;
  /** Contacts of this source that flipped a bit since it was admitted, and the count it took over. */
  readonly flips: number;
  readonly port: number;
  readonly kind: number;
  /** 40 bytes. */
  readonly identity: Uint8Array;
}

/** A saved state, cut into its blocks. */
export interface Blocks {
  readonly parameters: SketchParameters;
  readonly capacity: number;
  readonly sketch: Uint8Array;
  readonly table: Uint8Array;
}

/** Cuts a state into its blocks; the kernel checks what they hold. @throws KernelError where they do not fit the bytes */
export function splitBlocks(bytes: Uint8Array): Blocks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  demand(bytes.length < 4 || view.getUint32(0, true) !== 0x4b53564e ? Status.BAD_MAGIC : Status.OK, "sketch");
  demand(bytes.length < HEADER_BYTES ? Status.INCONSISTENT : Status.OK, "sketch");
  demand(view.getUint16(4, true) === 1 ? Status.OK : Status.BAD_VERSION, "sketch");
  const end = HEADER_BYTES + view.getUint32(36, true);
  demand(end > bytes.length ? Status.INCONSISTENT : Status.OK, "sketch");
  const table = bytes.subarray(end);
  const entries = (table.length - TABLE_HEADER_BYTES) / ENTRY_BYTES;
  demand(
    table.length > 0 && !(Number.isInteger(entries) && entries > 0) ? Status.INCONSISTENT : Status.OK,
    "candidate table",
  );
  const sampling = view.getBigUint64(24, true);
  return {
    parameters: {
      family: view.getUint8(6),
      indexHash: view.getUint8(7),
      seed: view.getBigUint64(8, true),
      virtual: view.getUint32(16, true),
      segments: view.getUint32(20, true),
      sampling: sampling > 0xffffffffn ? 4294967296 : Number(sampling),
      cells: view.getUint32(32, true),
    },
    capacity: table.length === 0 ? 0 : entries,
    sketch: bytes.subarray(0, end),
    table,
  };
}

/** The entries of a candidate table's block, in table order; the block is not kept. */
export function readCandidates(bytes: Uint8Array): CandidateEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: CandidateEntry[] = [];
  for (let at = TABLE_HEADER_BYTES; at < bytes.length; at += ENTRY_BYTES) {
    const flips = view.getUint32(at + 8, true);
    if (flips === 0) continue;
    entries.push({
      key: view.getBigUint64(at, true),
      flips,
      port: view.getUint16(at + 12, true),
      kind: view.getUint8(at + 14),
      identity: bytes.slice(at + 16, at + ENTRY_BYTES),
    });
  }
  return entries;
}
