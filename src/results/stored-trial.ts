import { canonicalJson, isJson, jsonHash } from "./canonical-json.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

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
  /** Of the task that gave it, for people: another one of the same identity has the same result. */
  readonly key: string;
}

export function encodeEntry({ identity, key, result, seconds }: Entry): string {
  const entry = { identity, key, result, seconds };
  return `${canonicalJson({ entry, sha256: jsonHash(entry) })}\n`;
}

/** undefined: the file is torn or was tampered with, or it is of an older format. */
export function decodeEntry(text: string): Entry | undefined {
  const { identity, key, result, seconds } = unseal(text) ?? {};
  if (!isJsonObject(identity) || typeof key !== "string" || typeof seconds !== "number") return undefined;
  return { identity, key, result, seconds };
}

/** Whether a file is as it was written, in this format or an older one. */
export function isSealed(text: string): boolean {
  return unseal(text) !== undefined;
}

/** What the checksum is of, where it is right. */
function unseal(text: string): JsonObject | undefined {
  const value = parse(text);
  if (!isJsonObject(value) || !isJsonObject(value.entry)) return undefined;
  return jsonHash(value.entry) === value.sha256 ? value.entry : undefined;
}

function parse(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
