/** Names of routers: their addresses in one spelling, or what an alias map calls them. */

import type { ByteWindow } from "../../files/byte-window.ts";
import { decompressed } from "../../files/decompressed.ts";
import { InputError } from "../../files/input-error.ts";
import { readLines } from "../../files/lines.ts";
import { shown } from "../../text/quote.ts";
import { formatIPv4, formatIPv6, matchesCidr, parseCidr, writeAddress } from "../contacts/address.ts";
import { IdentityKind } from "../contacts/contact-batch.ts";

/** Addresses that many sites use at once: RFC 1918, 6598, 3927, 4193 and link-local ones. */
const SHARED_BLOCKS = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
]
  .map((text) => parseCidr(text))
  .filter((block) => block !== undefined);

const scratch = new Uint8Array(16);

/** An address as RFC 5952 and dotted quads write it; any other text as it is. */
export function canonicalName(text: string): string {
  switch (writeAddress(scratch, 0, text)) {
    case IdentityKind.ipv4:
      return formatIPv4(scratch, 0);
    case IdentityKind.ipv6:
      return formatIPv6(scratch, 0);
    default:
      return text;
  }
}

/** Whether a text is an address that many sites use at once. */
export function isPrivateAddress(text: string): boolean {
  const kind = writeAddress(scratch, 0, text);
  return SHARED_BLOCKS.some((block) => matchesCidr(block, scratch, 0, kind));
}

/**
 * Reads an alias map: `interface router` per line, # begins a comment. Addresses may be in any spelling.
 *
 * @throws InputError for a line of other than two columns, or an interface of two routers.
 */
export async function readAliases(
  input: AsyncIterable<Uint8Array>,
  options: { readonly name: string },
): Promise<ReadonlyMap<string, string>> {
  const { name } = options;
  const window: ByteWindow = await decompressed(input, name, []);
  const aliases = new Map<string, string>();
  try {
    for await (const { lines, first } of readLines(window, name)) {
      for (let index = 0; index < lines.length; index++) {
        const text = lines[index].replace(/(?:^|\s)#.*$/, "").trim();
        if (text === "") continue;
        const line = first + index;
        const columns = text.split(/[\s,]+/);
        if (columns.length !== 2)
          throw new InputError(name, { line }, `${columns.length} columns, expected "interface router"`);
        const [address, router] = columns.map(canonicalName);
        if ((aliases.get(address) ?? router) !== router) {
          throw new InputError(
            name,
            { line },
            `interface ${shown(address)} is also one of router ${shown(aliases.get(address))}`,
          );
        }
        aliases.set(address, router);
      }
    }
  } finally {
    await window.close();
  }
  return aliases;
}
