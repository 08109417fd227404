/** Rocketfuel's maps of providers: routers (.cch), and links with inferred weights or latencies (.weights, .latencies). */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { shown } from "../../text/quote.ts";
import { NetworkBuilder } from "./network-builder.ts";
import type { ReadNetwork } from "./network-file.ts";
import type { TopologyFormat, TopologyHead, TopologyOptions } from "./topology-format.ts";

/** Before the arrow: `uid @place [+] [bb] (neighbours) [&external]`, words with single blanks between. */
const ROUTER = /^(\d+) @(\S*)( \+)?( bb)? \(\d+\)(?: &\d+)?$/;
const EXTERNAL = /^-\d+\s/;

export const rocketfuelCch: TopologyFormat = {
  format: "rocketfuel-cch",
  detect: ({ records }) => records.length > 0 && /^\s*(?:\d+\s+@|-\d+\s+=)/.test(records[0]),
  read: readRouters,
};

/**
 * Reads a .cch file: its routers by uid, with place, backbone mark, name and radius as attributes. Routers of other
 * providers (-uid) are left out.
 */
async function readRouters(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const { name, lengths } = options;
  const builder = new NetworkBuilder(name, lengths);
  builder.oneWay = ["link stands at one of its routers only", "links stand at one of their routers only"];
  const links: { readonly source: number; readonly target: string; readonly line: number }[] = [];
  let external = 0;
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index].trim();
      const line = first + index;
      if (text === "" || text.startsWith("#")) continue;
      if (EXTERNAL.test(text)) {
        external++;
        continue;
      }
      const [head, rest] = halves(text, "->");
      const match = ROUTER.exec(head.trim().replace(/\s+/g, " "));
      if (match === null || rest === undefined) {
        throw new InputError(
          name,
          { line },
          `${shown(text)}, expected "uid @place (neighbours) -> <uid> ... =name rN"`,
        );
      }
      const [, uid, place, plus, backbone] = match;
      const node = builder.declare(uid, line);
      for (const [, target] of rest.matchAll(/<(\d+)>/g)) links.push({ source: node, target, line });
      const [, host = "", radius] = /=(\S+)(?:\s+r(\d+))?/.exec(rest) ?? [];
      builder.setLabel(node, host.replace(/!$/, ""));
      builder.setAttributes(node, {
        place,
        backbone: backbone !== undefined,
        plus: plus !== undefined,
        ...(host === "" ? {} : { name: host }),
        ...(radius === undefined ? {} : { radius: Number(radius) }),
      });
    }
  }
  for (const { source, target, line } of links)
    builder.addEdge(source, builder.resolve(target, line), undefined, line, true);
  builder.note(external, "router of another provider left out", "routers of other providers left out");
  return builder.finish();
}

/** A text before and behind a mark; the latter undefined where the mark is not. */
function halves(text: string, mark: string): [before: string, behind: string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
}

export const rocketfuelWeights: TopologyFormat = {
  format: "rocketfuel-weights",
  detect: isWeights,
  read: readWeights,
};

/** Lines of an edge list, but for the file's name, or routers that are called `place,+name` as Rocketfuel's are. */
function isWeights({ records }: TopologyHead, name: string): boolean {
  const routers = /\.intra$/.test(name) || records.some((line) => /^\S+,\+\S+\s+\S+\s+[\d.]+$/.test(line.trim()));
  return routers && records.length > 0 && /^\S+\s+\S+\s+[\d.]+$/.test(records[0].trim());
}

/** Reads `from to weight` lines: directed lengths, always. */
async function readWeights(window: ByteWindow, options: TopologyOptions): Promise<ReadNetwork> {
  const { name, lengths } = options;
  const builder = new NetworkBuilder(name, lengths ?? "weight");
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index].trim();
      const line = first + index;
      if (text === "" || text.startsWith("#")) continue;
      const columns = text.split(/\s+/);
      if (columns.length !== 3)
        throw new InputError(name, { line }, `${columns.length} columns, expected "from to weight"`);
      builder.addEdge(builder.nodeNamed(columns[0]), builder.nodeNamed(columns[1]), columns[2], line, true);
    }
  }
  return builder.finish();
}
