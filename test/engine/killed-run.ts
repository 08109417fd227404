import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seedBits } from "../../src/numbers/seed.ts";
import { seedHalves } from "../../src/numbers/seed-halves.ts";

const steady = fileURLToPath(new URL("./fixtures/steady.mjs", import.meta.url));

/** Starts `netvantage reproduce` of the steady paper. */
export function startSteady(directory: string, env: { readonly [name: string]: string } = {}, ...flags: string[]) {
  const words = [steady, "reproduce", "--out", directory, "--json", ...flags];
  return spawn(process.execPath, words, { env: { ...process.env, ...env }, stdio: ["ignore", "ignore", "pipe"] });
}

export async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

export async function trialsIn(directory: string): Promise<number> {
  const files = await readdir(join(directory, "trials")).catch(() => []);
  return files.filter((file) => file.endsWith(".json")).length;
}

/** results.json with its times set to 0. */
export async function timelessResults(directory: string): Promise<string> {
  const text = await readFile(join(directory, "results.json"), "utf8");
  return text.replace(/"seconds": [\d.e-]+/g, '"seconds": 0');
}

/** Numbers in [0, 1) that depend on the seed only. */
export function* uniform(seed: string): Generator<number, never> {
  let [state] = seedHalves(seedBits(seed));
  for (;;) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield (state >>> 0) / 2 ** 32;
  }
}

/** Kills the run at a moment after it has finished a few trials more; true where it had ended before. */
export async function killAfter(child: ChildProcess, directory: string, trials: number, milliseconds: number) {
  const target = (await trialsIn(directory)) + trials;
  while (child.exitCode === null && (await trialsIn(directory)) < target) await pause(2);
  await pause(milliseconds);
  const ended = child.exitCode !== null;
  child.kill("SIGKILL");
  await exitCode(child);
  return ended;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
