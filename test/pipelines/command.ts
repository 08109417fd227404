/** Runs `netvantage` in this process, in a directory of its own. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../src/cli/program.ts";
import { type SpreadResult, spreadResultSchema } from "../../src/pipelines/spread/result.ts";

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param words arguments, split at spaces where they are one text */
export async function netvantage(
  words: string | readonly string[],
  signal = new AbortController().signal,
): Promise<Ended> {
  const text = { stdout: "", stderr: "" };
  const context = {
    stdout: { write: (part: string) => (text.stdout += part) },
    stderr: { write: (part: string) => (text.stderr += part) },
    env: {},
    signal,
  };
  const argv = typeof words === "string" ? words.split(" ").filter(Boolean) : words;
  const code = await runProgram(argv, context, []);
  return { code, ...text };
}

/** `netvantage spread ... --json`, which has to succeed and to have the documented form. */
export async function spreadJson(words: string): Promise<SpreadResult> {
  const { code, stdout, stderr } = await netvantage(`spread ${words} --json`);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return spreadResultSchema.parse(JSON.parse(stdout));
}

/** A directory for one test file; `put` writes a file into it and returns its path. */
export async function workDirectory() {
  const directory = await mkdtemp(join(tmpdir(), "netvantage-spread-"));
  return {
    path: (name: string) => join(directory, name),
    put: async (name: string, content: Uint8Array | string): Promise<string> => {
      await writeFile(join(directory, name), content);
      return join(directory, name);
    },
    remove: () => rm(directory, { recursive: true }),
  };
}
