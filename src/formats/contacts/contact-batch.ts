/**
 * What every reader of captures and flow logs yields, and all that a spread pipeline consumes: batches of contacts,
 * a contact being one packet or record with a source and a destination address, repeats included.
 *
 * A batch is a structure of arrays with room for `CONTACTS_PER_BATCH` contacts; a reader may reuse its batch, so a
 * consumer is done with it before it asks for the next one.
 */
export const CONTACTS_PER_BATCH = 4096;

/** Bytes that one identity takes: an IPv6 address needs 16, text up to 40 (see `writeText`). */
export const IDENTITY_BYTES = 40;

/** How to read an identity's bytes. */
export const IdentityKind = { text: 0, ipv4: 4, ipv6: 6 } as const;
export type IdentityKind = (typeof IdentityKind)[keyof typeof IdentityKind];

export interface ContactBatch {
  /** Number of contacts in use, at most CONTACTS_PER_BATCH. */
  length: number;
  /** IDENTITY_BYTES per contact: IPv4 in the first 4 bytes (network order), IPv6 in the first 16, UTF-8 text; zeros behind. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** IdentityKind per contact. */
  readonly sourceKind: Uint8Array;
  readonly destinationKind: Uint8Array;
  /** Transport destination port (TCP, UDP, SCTP, DCCP, UDP-Lite); 0 where there is none or it was not captured. */
  readonly destinationPort: Uint16Array;
  /** Seconds since the Unix epoch; NaN where the input has no time. */
  readonly time: Float64Array;
}

/** What a reader saw besides contacts; complete once its stream has ended. */
export interface ReaderTally {
  /** Format by content or option, for people: "pcap", "pcapng", "zeek-tsv", ... */
  format: string;
  /** Packets or records read, with addresses or without. */
  packets: number;
  /** Those with a source and a destination address. */
  contacts: number;
  /** One line each: a truncated last record, skipped blocks, rows without addresses (with their number). */
  readonly warnings: string[];
}

/** A stream of contacts; `tally` fills while `batches` is consumed. */
export interface ContactReader {
  readonly tally: ReaderTally;
  readonly batches: AsyncIterable<ContactBatch>;
}

/** An empty batch, all zeros. */
export function createContactBatch(): ContactBatch {
  return {
    length: 0,
    source: new Uint8Array(CONTACTS_PER_BATCH * IDENTITY_BYTES),
    destination: new Uint8Array(CONTACTS_PER_BATCH * IDENTITY_BYTES),
    sourceKind: new Uint8Array(CONTACTS_PER_BATCH),
    destinationKind: new Uint8Array(CONTACTS_PER_BATCH),
    destinationPort: new Uint16Array(CONTACTS_PER_BATCH),
    time: new Float64Array(CONTACTS_PER_BATCH),
  };
}
