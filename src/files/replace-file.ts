/** Writing files: whether one can, and then whole or not at all. */
import { randomUUID } from "node:crypto";
import { access, constants, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "./input-error.ts";

/** Writes a file so that at every moment its name holds the old content or the new one. */
export async function replaceFile(file: string, data: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, data);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Whether a file can be written there, asked before hours of work. @throws InputError if not. */
export async function requireWritable(file: string): Promise<void> {
  const directory = dirname(file);
  if ((await stat(directory).catch(() => undefined))?.isDirectory() !== true) {
    throw new InputError(file, undefined, `cannot be written: ${directory} is no directory`);
  }
  if ((await stat(file).catch(() => undefined))?.isDirectory()) {
    throw new InputError(file, undefined, "is a directory, expected a file to write");
  }
  await access(directory, constants.W_OK).catch(() => {
    throw new InputError(file, undefined, `cannot be written: no permission to write in ${directory}`);
  });
}
