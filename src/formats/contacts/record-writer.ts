/** From a text record's fields to a contact in a batch. */
import { writeAddress } from "./address.ts";
import type { ContactBatch, ReaderTally } from "./contact-batch.ts";
import { CONTACTS_PER_BATCH, createContactBatch, IDENTITY_BYTES, IdentityKind } from "./contact-batch.ts";
import { writeIdentity } from "./identity.ts";

/** Protocols whose flow records put types and codes, or nothing, where others have ports. */
const withoutPorts: ReadonlySet<string> = new Set(
  "icmp icmp6 icmpv6 ipv6-icmp icmp4 icmpv4 igmp arp rarp man llc 1 2 58".split(" "),
);

/** Collects the contacts of a text reader; `batch` is reused after `clear`. */
export class RecordWriter {
  readonly batch: ContactBatch = createContactBatch();
  private readonly tally: ReaderTally;
  private readonly addressesOnly: boolean;
  private withoutAddresses = 0;

  /** @param addressesOnly whether identities other than IPv4 and IPv6 make a record one without addresses. */
  constructor(tally: ReaderTally, addressesOnly: boolean) {
    this.tally = tally;
    this.addressesOnly = addressesOnly;
  }

  get isFull(): boolean {
    return this.batch.length === CONTACTS_PER_BATCH;
  }

  clear(): void {
    this.batch.length = 0;
  }

  /** Counts the record, and appends its contact if it has both identities; the batch must have room. */
  add(source: string, destination: string, port: number, time: number): void {
    const { batch, tally } = this;
    tally.packets++;
    const slot = batch.length;
    const sourceKind = this.write(batch.source, slot, source);
    const destinationKind = sourceKind < 0 ? -1 : this.write(batch.destination, slot, destination);
    if (destinationKind < 0) {
      this.withoutAddresses++;
      return;
    }
    batch.sourceKind[slot] = sourceKind;
    batch.destinationKind[slot] = destinationKind;
    batch.destinationPort[slot] = port;
    batch.time[slot] = time;
    batch.length = slot + 1;
    tally.contacts++;
  }

  /** Counts a record that has no addresses by its form. */
  skip(): void {
    this.tally.packets++;
    this.withoutAddresses++;
  }

  /** Leaves the warning about records without addresses, if there were any. */
  finish(): void {
    if (this.withoutAddresses > 0) this.tally.warnings.push(`${this.withoutAddresses} records without addresses`);
  }

  private write(identities: Uint8Array, slot: number, text: string): IdentityKind | -1 {
    if (text === "" || text === "-") return -1;
    const offset = slot * IDENTITY_BYTES;
    if (!this.addressesOnly) return writeIdentity(identities, offset, text);
    const kind = writeAddress(identities, offset, text);
    if (kind === IdentityKind.text) return -1;
    identities.fill(0, offset + (kind === IdentityKind.ipv4 ? 4 : 16), offset + IDENTITY_BYTES);
    return kind;
  }
}

/** A port in decimal, 0 for anything else (empty, `-`, hexadecimal ICMP codes, service names) and for ICMP and the like. */
export function parsePort(text: string | undefined, protocol: string | undefined): number {
  if (text === undefined || text === "" || text.length > 5) return 0;
  let port = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return 0;
    port = port * 10 + digit;
  }
  if (port > 65535) return 0;
  return protocol !== undefined && withoutPorts.has(protocol.toLowerCase()) ? 0 : port;
}
