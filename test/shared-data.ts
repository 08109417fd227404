/** Where other people's captures and logs lie, if they are here: NETVANTAGE_SHARED, or ../shared/data. */
import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const directory = process.env.NETVANTAGE_SHARED ?? resolve(import.meta.dirname, "../../shared/data");

export const hasSharedData = existsSync(join(directory, "captures"));

export function sharedPath(...parts: readonly string[]): string {
  return join(directory, ...parts);
}

/** Every pcap and pcapng file below captures/, by its path there. */
export function sharedCaptures(): string[] {
  if (!hasSharedData) return [];
  const root = sharedPath("captures");
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.pcap(ng)?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
