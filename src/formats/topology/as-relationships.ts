/** CAIDA's AS relationships: `as|as|relationship`, or the same columns set apart by blanks. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { shown } from "../../text/quote.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import type { TopologyFormat, TopologyOptions } from "./topology-format.ts";

const RELATIONSHIPS: Readonly<Record<string, string>> = {
  "-1": "provider to customer",
  "0": "peer to peer",
  "1": "sibling to sibling",
  "2": "sibling to sibling",
};

export const asRelationships: TopologyFormat = {
  format: "as-relationships",
  detect: ({ records }) => records.length > 0 && /^\s*[^|\s]+\|[^|\s]+\|-?\d/.test(records[0]),
  read: readAsRelationships,
};

/** Relationships are counted in the notes; the network is undirected. Columns behind the third are ignored. */
async function readAsRelationships(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const { name, lengths } = options;
  if (lengths !== undefined) throw new InputError(name, undefined, "AS relationships have no edge lengths");
  const builder = new NetworkBuilder(name, undefined);
  const counts = new Map<string, number>();
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index].trim();
      const line = first + index;
      if (text === "" || text.startsWith("#")) continue;
      const columns = text.split(text.includes("|") ? "|" : /\s+/, 4).map((column) => column.trim());
      if (columns.length < 3 || columns[0] === "" || columns[1] === "") {
        throw new InputError(name, { line }, `${shown(text)}, expected "as|as|relationship"`);
      }
      const relationship = columns[2];
      if (!Object.hasOwn(RELATIONSHIPS, relationship)) {
        throw new InputError(name, { line }, `relationship ${shown(relationship)}, expected -1, 0, 1 or 2`);
      }
      const meaning = RELATIONSHIPS[relationship];
      counts.set(meaning, (counts.get(meaning) ?? 0) + 1);
      builder.addEdge(builder.nodeNamed(columns[0]), builder.nodeNamed(columns[1]), undefined, line);
    }
  }
  for (const [meaning, count] of [...counts].sort()) builder.notes.push(`${count} ${meaning}`);
  return builder.finish();
}
