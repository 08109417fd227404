import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson, isJson, jsonHash, jsonObstacle } from "./canonical-json.ts";
import { replaceFile } from "./replace-file.ts";
import type { Json, JsonObject } from "./task.ts";

/** What a stored result is the result of: its file's name is the hash of this. */
export type Identity = JsonObject;

export interface StoredResult {
  readonly result: Json;
  /** What the task took when it ran. */
  readonly seconds: number;
}

/** Results of earlier runs, one file each. */
export interface ResultStore {
  /** undefined: there is none, or it is torn or tampered with (then a note says so). */
  read(identity: Identity): Promise<StoredResult | undefined>;
  /** Returns the result as a later `read` gives it. @throws TypeError where it is not plain JSON of finite numbers. */
  write(identity: Identity, result: unknown, seconds: number): Promise<StoredResult>;
}

export interface StoreOptions {
  /** Read nothing, write everything anew. */
  readonly fresh?: boolean;
  readonly onNote?: (note: string) => void;
}

/**
 * A store in a directory (made where it is absent): `<sha256 of the identity>.json` holds identity, result, seconds and
 * a checksum. A file is written under a temporary name and renamed, so a run that was killed leaves no torn result.
 */
export async function openStore(directory: string, options: StoreOptions = {}): Promise<ResultStore> {
  await mkdir(directory, { recursive: true });
  const fileOf = (identity: Identity) => join(directory, `${jsonHash(identity)}.json`);
  return {
    read: async (identity) => {
      if (options.fresh === true) return undefined;
      const file = fileOf(identity);
      const text = await readIfThere(file);
      if (text === undefined) return undefined;
      const stored = decode(text, identity);
      if (stored === undefined) options.onNote?.(`stored result ${file} is damaged: its trial runs again`);
      return stored;
    },
    write: async (identity, result, seconds) => {
      const obstacle = jsonObstacle(result, "result");
      if (obstacle !== undefined || !isJson(result)) throw new TypeError(`cannot store a result: ${obstacle}`);
      const text = encode(identity, result, seconds);
      await replaceFile(fileOf(identity), text);
      return decode(text, identity) ?? { result, seconds };
    },
  };
}

function encode(identity: Identity, result: Json, seconds: number): string {
  const entry = { identity, result, seconds };
  return `${canonicalJson({ entry, sha256: jsonHash(entry) })}\n`;
}

function decode(text: string, identity: Identity): StoredResult | undefined {
  const value = parse(text);
  if (!isRecord(value) || !isRecord(value.entry)) return undefined;
  const { entry, sha256 } = value;
  if (jsonHash(entry) !== sha256 || jsonHash(entry.identity) !== jsonHash(identity)) return undefined;
  return typeof entry.seconds === "number" ? { result: entry.result, seconds: entry.seconds } : undefined;
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

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
