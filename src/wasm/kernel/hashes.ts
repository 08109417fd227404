import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The SHA-256 of every kernel in dist/wasm, by its file's name. */
export function kernelHashes(): { [file: string]: string } {
  const root = fileURLToPath(new URL("../../../dist/wasm/", import.meta.url));
  const files = readdirSync(root).filter((file) => file.endsWith(".wasm"));
  return Object.fromEntries(files.sort().map((file) => [file, sha256(`${root}${file}`)]));
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
