/** What makes a format of networks; formats.ts has the table of them. */
import type { ByteWindow } from "../../files/byte-window.ts";
import type { Format } from "../open-format.ts";
import type { ReadNetwork } from "./network-file.ts";

export interface TopologyOptions {
  /** The file's name for errors; "-" is standard input. */
  readonly name: string;
  /** A name from the table; told by content if absent. */
  readonly format?: string | undefined;
  /**
   * The edge attribute that holds lengths; absent: every edge has length 1. GraphML, GML, node-link JSON: its name. BRITE:
   * `length`, `delay` or `bandwidth`. SNDlib: an element of the link, such as `routingCost` or `preInstalledModule.cost`.
   * METIS: `weight`. Edge list: `length`, the third column. Rocketfuel's weights and latencies are lengths always.
   */
  readonly lengths?: string | undefined;
}

/** How a file begins. */
export interface TopologyHead {
  /** The first line that is not blank, without blanks around it. */
  readonly first: string;
  /** The first lines, cut to 1024 characters each. */
  readonly lines: readonly string[];
  /** Of text in lines, which markup and JSON are not: from the first line on that is neither blank nor a comment. */
  readonly records: readonly string[];
}

export interface TopologyFormat extends Format {
  /** @param name the file's: its ending decides where the content leaves it open */
  readonly detect: (head: TopologyHead, name: string) => boolean;
  /** Reads the window to its end. @throws InputError for malformed content, or a network without nodes. */
  readonly read: (window: ByteWindow, options: TopologyOptions) => Promise<ReadNetwork>;
}

/** Whether a trimmed line of an edge list or METIS file is a comment. */
export function isComment(text: string): boolean {
  const code = text.charCodeAt(0);
  return code === 0x23 || code === 0x25;
}

/** The name of an XML document's root element, comments before it passed over; undefined for other text. */
export function xmlRoot({ first, lines }: TopologyHead): string | undefined {
  if (!first.startsWith("<")) return undefined;
  return /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)/.exec(withoutComments(lines.join("\n")))?.[1];
}

function withoutComments(text: string): string {
  const parts = text.split("<!--");
  return parts.map((part, index) => (index === 0 ? part : (part.split("-->", 2)[1] ?? ""))).join("");
}
