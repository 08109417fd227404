/** Plain routes: `source destination hop hop ...` per line, `*` is a silent hop, # begins a comment. */
import type { ByteWindow } from "../../files/byte-window.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { looksLikeJson, looksLikeMarkup, type TracerouteFormat, type TraceSource } from "./traceroute-format.ts";

export const plain: TracerouteFormat = {
  format: "plain",
  detect: (head) => !looksLikeJson(head) && !looksLikeMarkup(head),
  read: readPlainRoutes,
};

/** Every line is a whole route: the destination need not be its last hop. No hops: the two are neighbours. */
async function* readPlainRoutes(window: ByteWindow, name: string): TraceSource {
  for await (const { lines, first } of readLines(window, name)) {
    for (let index = 0; index < lines.length; index++) {
      const text = lines[index].replace(/(?:^|\s)#.*$/, "").trim();
      if (text === "") continue;
      const [source, destination, ...hops] = text.split(/[\s,]+/);
      if (destination === undefined || source === "" || source === "*" || destination === "*" || destination === "") {
        throw new InputError(name, { line: first + index }, 'expected "source destination hop hop ..."');
      }
      yield {
        source,
        destination,
        hops: hops.filter((hop) => hop !== "").map((hop) => (hop === "*" ? null : hop)),
        reached: true,
        time: Number.NaN,
        site: undefined,
      };
    }
  }
}
