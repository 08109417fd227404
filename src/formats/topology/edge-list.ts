/** Edge lists: `a b` or `a b length` per line, in columns set apart by blanks, tabs, commas or semicolons. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import { isComment, type TopologyFormat, type TopologyOptions } from "./topology-format.ts";

export const edgeList: TopologyFormat = {
  format: "edge-list",
  detect: ({ first }) => !/^[<[{]/.test(first),
  read: readEdgeList,
};

/** Lines that begin with # or % are comments, blank ones are skipped. Columns behind the third are ignored. */
async function readEdgeList(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const { name, lengths } = options;
  const builder = new NetworkBuilder(name, lengths);
  let separator: string | RegExp | undefined;
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index].trim();
      if (text === "" || isComment(text)) continue;
      separator ??= separatorOf(text);
      const line = first + index;
      const columns = text.split(separator, 4).map((column) => column.trim());
      if (columns.length < 2 || columns[0] === "" || columns[1] === "") {
        throw new InputError(name, { line }, "fewer than two columns, expected two nodes and perhaps a length");
      }
      builder.addEdge(builder.nodeNamed(columns[0]), builder.nodeNamed(columns[1]), columns[2], line);
    }
  }
  return builder.finish();
}

/** By the first record: tabs, then commas or semicolons that part columns (names may hold commas), then blanks. */
function separatorOf(text: string): string | RegExp {
  if (text.includes("\t")) return "\t";
  const words = text.split(/\s+/, 2);
  const parts = (mark: string) =>
    text.includes(mark) && (words.length === 1 || words[0].endsWith(mark) || words[1].startsWith(mark));
  return [",", ";"].find(parts) ?? /\s+/;
}
