/** Reads a whole stream into plain objects. */
import { createHash } from "node:crypto";
import { IDENTITY_BYTES, type IdentityKind, type ReaderTally } from "../../../src/formats/contacts/contact-batch.ts";
import type { ContactOptions } from "../../../src/formats/contacts/contact-format.ts";
import { formatIdentity } from "../../../src/formats/contacts/identity.ts";
import { openContacts } from "../../../src/formats/contacts/open-contacts.ts";

export interface Contact {
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly time: number;
}

/** `bytes` in chunks of the given sizes, again and again. */
export async function* chunked(bytes: Uint8Array, sizes: readonly number[] = [65536]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const size = Math.max(1, sizes[index % sizes.length]);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

export async function collect(
  input: AsyncIterable<Uint8Array> | Uint8Array | string,
  options: Partial<ContactOptions> = {},
): Promise<{ contacts: Contact[]; tally: ReaderTally }> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const stream = bytes instanceof Uint8Array ? chunked(bytes) : bytes;
  const reader = await openContacts(stream, { name: "sample", ...options });
  const contacts: Contact[] = [];
  for await (const batch of reader.batches) {
    for (let slot = 0; slot < batch.length; slot++) {
      const sourceKind = kindOf(batch.sourceKind[slot]);
      const destinationKind = kindOf(batch.destinationKind[slot]);
      contacts.push({
        source: formatIdentity(batch.source, slot * IDENTITY_BYTES, sourceKind),
        destination: formatIdentity(batch.destination, slot * IDENTITY_BYTES, destinationKind),
        port: batch.destinationPort[slot],
        time: batch.time[slot],
      });
    }
  }
  return { contacts, tally: reader.tally };
}

/** A digest of everything that a stream's batches hold, byte for byte, however they are cut. */
export async function digest(input: AsyncIterable<Uint8Array>): Promise<string> {
  const reader = await openContacts(input, { name: "sample" });
  const hash = createHash("sha256");
  for await (const batch of reader.batches) {
    for (let slot = 0; slot < batch.length; slot++) {
      const from = slot * IDENTITY_BYTES;
      hash.update(batch.source.subarray(from, from + IDENTITY_BYTES));
      hash.update(batch.destination.subarray(from, from + IDENTITY_BYTES));
      hash.update(`${batch.sourceKind[slot]} ${batch.destinationKind[slot]} ${batch.destinationPort[slot]}`);
      hash.update(`${batch.time[slot]}`);
    }
  }
  hash.update(JSON.stringify(reader.tally));
  return hash.digest("hex");
}

export interface Counts {
  readonly packets: number;
  readonly contacts: number;
  readonly sources: number;
  readonly destinations: number;
  readonly pairs: number;
}

export function countsOf(contacts: readonly Contact[], packets: number): Counts {
  return {
    packets,
    contacts: contacts.length,
    sources: new Set(contacts.map((contact) => contact.source)).size,
    destinations: new Set(contacts.map((contact) => contact.destination)).size,
    pairs: new Set(contacts.map((contact) => `${contact.source} ${contact.destination}`)).size,
  };
}

function kindOf(kind: number): IdentityKind {
  if (kind === 0 || kind === 4 || kind === 6) return kind;
  throw new Error(`identity kind ${kind}`);
}
