import { readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { jsonHash } from "../results/canonical-json.ts";
import { decodeEntry, isSealed } from "../results/stored-trial.ts";
import { type CodeHash, isOfCode } from "./identity.ts";

/** A file of a result store, as `netvantage results` tells of it. */
export interface StoredFile {
  readonly file: string;
  readonly bytes: number;
  /** damaged: torn or tampered with; left over: of a run that was killed while it wrote. */
  readonly state: "whole" | "of an older format" | "damaged" | "left over";
  /** Of the task; "" where the file is not whole. */
  readonly key: string;
  /** Today's code would find it, if the data is there. */
  readonly usable: boolean;
  readonly seconds: number;
}

const NAME = /^([0-9a-f]{64})\.json(\.[0-9a-f-]+\.tmp)?$/;

/** The files of the store in a directory, by name; other files there are passed over. None where there is no directory. */
export async function listStore(directory: string, codeHash: CodeHash): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for (const name of (await namesIn(directory)).sort()) {
    const match = NAME.exec(name);
    if (match !== null) files.push(await look(join(directory, name), match[1], match[2] !== undefined, codeHash));
  }
  return files;
}

/** Deletes files of a store, and its directory where nothing is left in it. */
export async function deleteStored(directory: string, files: readonly StoredFile[]): Promise<void> {
  for (const { file } of files) await rm(file, { force: true });
  await rmdir(directory).catch(() => {});
}

async function look(file: string, hash: string, temporary: boolean, codeHash: CodeHash): Promise<StoredFile> {
  const { size: bytes } = await stat(file);
  const useless = { file, bytes, key: "", usable: false, seconds: 0 };
  if (temporary) return { ...useless, state: "left over" };
  const text = await readFile(file, "utf8");
  const entry = decodeEntry(text);
  if (entry === undefined) return { ...useless, state: isSealed(text) ? "of an older format" : "damaged" };
  if (jsonHash(entry.identity) !== hash) return { ...useless, state: "damaged" };
  const { identity, key, seconds } = entry;
  return { file, bytes, state: "whole", key, usable: isOfCode(identity, codeHash), seconds };
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
