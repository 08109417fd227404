import { z } from "zod";
import { type Cidr, matchesCidr } from "../../formats/contacts/address.ts";
import { type ContactBatch, IDENTITY_BYTES, IdentityKind } from "../../formats/contacts/contact-batch.ts";
import type { Identities } from "../../wasm/spread/sketch-memory.ts";

/** Whose spread is estimated: sources (fan-out: how many destinations) or destinations (fan-in: how many sources). */
export const SIDES = ["source", "destination"] as const;
export type Side = (typeof SIDES)[number];

/**
 * What is distinct, told for sources: `dst` destinations; `dst-port` pairs of destination and destination port; `src-dst-port`
 * destinations, each pair of source and destination port being a spreader of its own.
 */
export const KEYS = ["dst", "dst-port", "src-dst-port"] as const;
export type Key = (typeof KEYS)[number];

/** Bits of an address that are kept. */
const prefixSchema = z.strictObject({ ipv4: z.number(), ipv6: z.number() });
export type Prefix = z.infer<typeof prefixSchema>;

/** How contacts become (spreader, counted) pairs. Plain data: it travels to workers and into saved states. */
export const partyRuleSchema = z.strictObject({
  of: z.enum(SIDES),
  key: z.enum(KEYS),
  /** Spreaders are aggregated to this prefix. */
  prefix: prefixSchema.nullable(),
});
export type PartyRule = z.infer<typeof partyRuleSchema>;

export interface Parties {
  readonly spreaders: Identities;
  readonly counted: Identities;
}

/** The two sides of a batch's contacts under a rule. Views of the batch: masks its addresses in place. O(n) */
export function partiesOf(batch: ContactBatch, rule: PartyRule): Parties {
  const source = { bytes: batch.source, kinds: batch.sourceKind };
  const destination = { bytes: batch.destination, kinds: batch.destinationKind };
  const [spreader, counted] = rule.of === "source" ? [source, destination] : [destination, source];
  if (rule.prefix !== null) maskPrefix(spreader.bytes, spreader.kinds, batch.length, rule.prefix);
  const ports = batch.destinationPort;
  return {
    spreaders: { ...spreader, ports: rule.key === "src-dst-port" ? ports : undefined },
    counted: { ...counted, ports: rule.key === "dst-port" ? ports : undefined },
  };
}

function maskPrefix(bytes: Uint8Array, kinds: Uint8Array, n: number, prefix: Prefix): void {
  for (let i = 0; i < n; i++) {
    const width = kinds[i] === IdentityKind.ipv4 ? 4 : kinds[i] === IdentityKind.ipv6 ? 16 : 0;
    const bits = width === 4 ? prefix.ipv4 : prefix.ipv6;
    for (let at = bits >> 3; at < width; at++) {
      const kept = Math.max(0, Math.min(8, bits - at * 8));
      bytes[i * IDENTITY_BYTES + at] &= 0xff << (8 - kept);
    }
  }
}

/** Takes the contacts whose spreader lies in one of the blocks out of the batch; returns how many went. O(n blocks) */
export function dropIgnored(batch: ContactBatch, of: Side, ignored: readonly Cidr[]): number {
  if (ignored.length === 0) return 0;
  const [bytes, kinds] =
    of === "source" ? [batch.source, batch.sourceKind] : [batch.destination, batch.destinationKind];
  let kept = 0;
  for (let i = 0; i < batch.length; i++) {
    const kind =
      kinds[i] === IdentityKind.ipv4 ? IdentityKind.ipv4 : kinds[i] === IdentityKind.ipv6 ? IdentityKind.ipv6 : 0;
    if (ignored.some((block) => matchesCidr(block, bytes, i * IDENTITY_BYTES, kind))) continue;
    if (kept < i) moveContact(batch, i, kept);
    kept++;
  }
  const dropped = batch.length - kept;
  batch.length = kept;
  return dropped;
}

function moveContact(batch: ContactBatch, from: number, to: number): void {
  const start = from * IDENTITY_BYTES;
  batch.source.copyWithin(to * IDENTITY_BYTES, start, start + IDENTITY_BYTES);
  batch.destination.copyWithin(to * IDENTITY_BYTES, start, start + IDENTITY_BYTES);
  batch.sourceKind[to] = batch.sourceKind[from];
  batch.destinationKind[to] = batch.destinationKind[from];
  batch.destinationPort[to] = batch.destinationPort[from];
  batch.time[to] = batch.time[from];
}

/** Contacts from .. to - 1 of the parties, as views. */
export function sliceParties(parties: Parties, from: number, to: number): Parties {
  const slice = (side: Identities): Identities => ({
    bytes: side.bytes.subarray(from * IDENTITY_BYTES, to * IDENTITY_BYTES),
    kinds: side.kinds.subarray(from, to),
    ports: side.ports?.subarray(from, to),
  });
  return { spreaders: slice(parties.spreaders), counted: slice(parties.counted) };
}
