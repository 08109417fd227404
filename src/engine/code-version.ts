import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Rooms of dist/ that print results and make none. */
const WITHOUT_RESULTS = ["cli", "report"];

/**
 * A hash over the compiled code and kernels that results come from, so that no stored result outlives the code that
 * made it. @throws Error where nothing was built.
 */
export function codeVersion(): string {
  const root = fileURLToPath(new URL("../../dist/", import.meta.url));
  const hash = createHash("sha256");
  for (const file of codeFiles(root)) hash.update(relative(root, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

function codeFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|wasm)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !WITHOUT_RESULTS.includes(relative(root, file).split(/[\\/]/)[0]))
    .sort();
}
