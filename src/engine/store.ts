import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../files/replace-file.ts";
import { isJson, jsonHash, jsonObstacle } from "../results/canonical-json.ts";
import { decodeEntry, encodeEntry, type Identity, type StoredResult } from "../results/stored-trial.ts";

/** Results of earlier runs, one file each. */
export interface ResultStore {
  /** undefined: there is none, or it is torn or tampered with (then a note says so). */
  read(identity: Identity): Promise<StoredResult | undefined>;
  /** Returns the result as a later `read` gives it. @throws TypeError where it is not plain JSON of finite numbers. */
  write(identity: Identity, key: string, result: unknown, seconds: number): Promise<StoredResult>;
}

export interface StoreOptions {
  /** Read nothing, write everything anew. */
  readonly fresh?: boolean | undefined;
  readonly onNote?: ((note: string) => void) | undefined;
}

/**
 * A store in a directory (made where it is absent): `<sha256 of the identity>.json` holds identity, key, result, seconds and
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
      const stored = decodeOwn(text, identity);
      if (stored === undefined) options.onNote?.(`stored result ${file} is damaged: its trial runs again`);
      return stored;
    },
    write: async (identity, key, result, seconds) => {
      const obstacle = jsonObstacle(result, "result");
      if (obstacle !== undefined || !isJson(result)) throw new TypeError(`cannot store a result: ${obstacle}`);
      const text = encodeEntry({ identity, key, result, seconds });
      await replaceFile(fileOf(identity), text);
      return decodeOwn(text, identity) ?? { result, seconds };
    },
  };
}

function decodeOwn(text: string, identity: Identity): StoredResult | undefined {
  const entry = decodeEntry(text);
  return entry !== undefined && jsonHash(entry.identity) === jsonHash(identity) ? entry : undefined;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
