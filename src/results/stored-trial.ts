import { canonicalJson, isJson, jsonHash } from "./canonical-json.ts";
import type { Json, JsonObject } from "./json.ts";

/** What a stored result is the result of: its file's name is the hash of this. */
export type Identity = JsonObject;

export interface StoredResult {
  readonly result: Json;
  /** What the task took when it ran. */
  readonly seconds: number;
}

/** What a stored file holds beside its checksum. */
export interface Entry extends StoredResult {
  readonly identity: Identity;
}

export function encodeEntry({ identity, result, seconds }: Entry): string {
  const entry = { identity, result, seconds };
  return `${canonicalJson({ entry, sha256: jsonHash(entry) })}\n`;
}

/** undefined: the file is torn or was tampered with. */
export function decodeEntry(text: string): Entry | undefined {
  const value = parse(text);
  if (!isRecord(value) || !isRecord(value.entry)) return undefined;
  const { entry, sha256 } = value;
  if (jsonHash(entry) !== sha256 || !isRecord(entry.identity) || typeof entry.seconds !== "number") return undefined;
  return { identity: entry.identity, result: entry.result, seconds: entry.seconds };
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
