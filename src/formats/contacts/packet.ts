/** From an IP header to a contact in a batch. */
import type { ContactBatch } from "./contact-batch.ts";
import { IDENTITY_BYTES, IdentityKind } from "./contact-batch.ts";

const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
/** Longer chains of extension headers are no traffic, but an attack; their packets have no port. */
const MAX_EXTENSION_HEADERS = 16;

const Protocol = {
  hopByHop: 0,
  tcp: 6,
  udp: 17,
  dccp: 33,
  routing: 43,
  fragment: 44,
  authentication: 51,
  destinationOptions: 60,
  sctp: 132,
  mobility: 135,
  udpLite: 136,
  hostIdentity: 139,
  shim6: 140,
} as const;

/**
 * Appends the contact of the IP packet whose header is said to lie at `at`; the batch must have room. False, and
 * nothing appended, unless the version nibble is 4 or 6, and that version's fixed header (20 or 40 bytes) was captured.
 *
 * @param end behind the last captured byte.
 * @param time seconds since the Unix epoch, or NaN.
 */
export function appendPacket(batch: ContactBatch, bytes: Uint8Array, at: number, end: number, time: number): boolean {
  if (at >= end) return false;
  const version = bytes[at] >> 4;
  const slot = batch.length;
  if (version === 4) {
    if (at + IPV4_HEADER_BYTES > end || (bytes[at] & 15) < 5) return false;
    writeIPv4(batch.source, batch.sourceKind, slot, bytes, at + 12);
    writeIPv4(batch.destination, batch.destinationKind, slot, bytes, at + 16);
    batch.destinationPort[slot] = portOfIPv4(bytes, at, end);
  } else if (version === 6) {
    if (at + IPV6_HEADER_BYTES > end) return false;
    writeIPv6(batch.source, batch.sourceKind, slot, bytes, at + 8);
    writeIPv6(batch.destination, batch.destinationKind, slot, bytes, at + 24);
    batch.destinationPort[slot] = portOfIPv6(bytes, at, end);
  } else return false;
  batch.time[slot] = time;
  batch.length = slot + 1;
  return true;
}

/** A slot's last kind tells which of its bytes may be dirty: most slots hold IPv4 again and need no zeroing. */
function writeIPv4(identities: Uint8Array, kinds: Uint8Array, slot: number, bytes: Uint8Array, from: number): void {
  const to = slot * IDENTITY_BYTES;
  if (kinds[slot] !== IdentityKind.ipv4) {
    identities.fill(0, to + 4, to + IDENTITY_BYTES);
    kinds[slot] = IdentityKind.ipv4;
  }
  identities[to] = bytes[from];
  identities[to + 1] = bytes[from + 1];
  identities[to + 2] = bytes[from + 2];
  identities[to + 3] = bytes[from + 3];
}

function writeIPv6(identities: Uint8Array, kinds: Uint8Array, slot: number, bytes: Uint8Array, from: number): void {
  const to = slot * IDENTITY_BYTES;
  if (kinds[slot] === IdentityKind.text) identities.fill(0, to + 16, to + IDENTITY_BYTES);
  kinds[slot] = IdentityKind.ipv6;
  for (let index = 0; index < 16; index++) identities[to + index] = bytes[from + index];
}

/** Later fragments have no transport header; nor has what lies behind the packet's own length (Ethernet padding). */
function portOfIPv4(bytes: Uint8Array, at: number, end: number): number {
  if ((((bytes[at + 6] & 0x1f) << 8) | bytes[at + 7]) !== 0) return 0;
  const length = (bytes[at + 2] << 8) | bytes[at + 3];
  const transport = at + ((bytes[at] & 15) << 2);
  // Length 0: segmentation offload left it to the hardware.
  const packetEnd = length === 0 || at + length > end ? end : at + length;
  return portAt(bytes, bytes[at + 9], transport, packetEnd);
}

function portOfIPv6(bytes: Uint8Array, at: number, capturedEnd: number): number {
  const length = (bytes[at + 4] << 8) | bytes[at + 5];
  // Length 0: a jumbogram (RFC 2675), or segmentation offload.
  const end = length === 0 ? capturedEnd : Math.min(capturedEnd, at + IPV6_HEADER_BYTES + length);
  let next = bytes[at + 6];
  let header = at + IPV6_HEADER_BYTES;
  for (let count = 0; count < MAX_EXTENSION_HEADERS; count++) {
    switch (next) {
      case Protocol.hopByHop:
      case Protocol.routing:
      case Protocol.destinationOptions:
      case Protocol.mobility:
      case Protocol.hostIdentity:
      case Protocol.shim6:
        if (header + 8 > end) return 0;
        next = bytes[header];
        header += (bytes[header + 1] + 1) << 3;
        break;
      case Protocol.authentication:
        if (header + 8 > end) return 0;
        next = bytes[header];
        header += (bytes[header + 1] + 2) << 2;
        break;
      case Protocol.fragment:
        if (header + 8 > end || ((bytes[header + 2] << 8) | (bytes[header + 3] & 0xf8)) !== 0) return 0;
        next = bytes[header];
        header += 8;
        break;
      default:
        return portAt(bytes, next, header, end);
    }
  }
  return 0;
}

function portAt(bytes: Uint8Array, protocol: number, transport: number, end: number): number {
  if (transport + 4 > end) return 0;
  switch (protocol) {
    case Protocol.tcp:
    case Protocol.udp:
    case Protocol.dccp:
    case Protocol.sctp:
    case Protocol.udpLite:
      return (bytes[transport + 2] << 8) | bytes[transport + 3];
    default:
      return 0;
  }
}
