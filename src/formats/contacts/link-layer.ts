/**
 * From a link layer's frame to its network header, by LINKTYPE_ value (https://www.tcpdump.org/linktypes.html):
 * tags, labels and PPPoE are passed over, tunnels are not.
 */

/** The LINKTYPE_ values that are understood. */
const LinkType = {
  null: 0,
  ethernet: 1,
  ppp: 9,
  rawBsd: 12,
  rawOpenBsd: 14,
  pppHdlc: 50,
  pppEther: 51,
  raw: 101,
  ciscoHdlc: 104,
  loop: 108,
  linuxSll: 113,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const;

const supported: ReadonlySet<number> = new Set(Object.values(LinkType));

/** Whether packets of this link type can have contacts here. */
export function isSupportedLinkType(linkType: number): boolean {
  return supported.has(linkType);
}

const EtherType = {
  ipv4: 0x0800,
  vlan: 0x8100,
  ipv6: 0x86dd,
  mplsUnicast: 0x8847,
  mplsMulticast: 0x8848,
  pppoeSession: 0x8864,
  serviceVlan: 0x88a8,
  qinq: 0x9100,
  qinqOld: 0x9200,
} as const;

/** Below it, the field of an Ethernet header is a length (IEEE 802.3). */
const FIRST_ETHERTYPE = 0x0600;

const PppProtocol = { ipv4: 0x0021, ipv6: 0x0057, mplsUnicast: 0x0281, mplsMulticast: 0x0283 } as const;

/**
 * The offset of what claims to be the outermost IP header of the frame in `bytes[at, end)`, or -1. Whether it is one,
 * its version nibble decides.
 */
export function findNetworkHeader(bytes: Uint8Array, at: number, end: number, linkType: number): number {
  switch (linkType) {
    case LinkType.ethernet:
      return at + 14 > end ? -1 : behindEtherType(bytes, at + 12, end);
    case LinkType.rawBsd:
    case LinkType.rawOpenBsd:
    case LinkType.raw:
    case LinkType.ipv4:
    case LinkType.ipv6:
      return at;
    case LinkType.null:
    case LinkType.loop:
      return isInternetFamily(bytes, at, end) ? at + 4 : -1;
    case LinkType.linuxSll:
      return at + 16 > end ? -1 : behindEtherType(bytes, at + 14, end);
    case LinkType.linuxSll2:
      return at + 20 > end ? -1 : behindSll2(bytes, at, end);
    case LinkType.ppp:
    case LinkType.pppHdlc:
      return behindPpp(bytes, at, end);
    case LinkType.pppEther:
      return behindPppoe(bytes, at, end);
    case LinkType.ciscoHdlc:
      return at + 4 > end ? -1 : behindEtherType(bytes, at + 2, end);
    default:
      return -1;
  }
}

/** `at` is the offset of the EtherType itself; tags may follow it. */
function behindEtherType(bytes: Uint8Array, at: number, end: number): number {
  let tag = at;
  while (tag + 2 <= end) {
    const type = (bytes[tag] << 8) | bytes[tag + 1];
    if (type === EtherType.ipv4 || type === EtherType.ipv6) return tag + 2;
    if (
      type !== EtherType.vlan &&
      type !== EtherType.serviceVlan &&
      type !== EtherType.qinq &&
      type !== EtherType.qinqOld
    ) {
      return behindOtherType(bytes, type, tag + 2, end);
    }
    tag += 4;
  }
  return -1;
}

function behindOtherType(bytes: Uint8Array, type: number, at: number, end: number): number {
  if (type === EtherType.mplsUnicast || type === EtherType.mplsMulticast) return behindLabels(bytes, at, end);
  if (type === EtherType.pppoeSession) return behindPppoe(bytes, at, end);
  if (type < FIRST_ETHERTYPE) return behindSnap(bytes, at, end);
  return -1;
}

/** MPLS label stack (RFC 3032), then IP by its version nibble; a pseudowire's frame is a tunnel, thus none. */
function behindLabels(bytes: Uint8Array, at: number, end: number): number {
  let label = at;
  while (label + 4 < end) {
    const bottom = (bytes[label + 2] & 1) === 1;
    label += 4;
    if (bottom) return label;
  }
  return -1;
}

/** PPPoE session (RFC 2516): version and type 1, code 0, session, length, then PPP without address and control. */
function behindPppoe(bytes: Uint8Array, at: number, end: number): number {
  if (at + 8 > end || bytes[at] !== 0x11 || bytes[at + 1] !== 0) return -1;
  return behindPpp(bytes, at + 6, end);
}

/** PPP (RFC 1661, 1662): with or without ff 03 in front, the protocol in one byte (compressed) or two. */
function behindPpp(bytes: Uint8Array, at: number, end: number): number {
  let field = at;
  if (field + 2 <= end && bytes[field] === 0xff && bytes[field + 1] === 0x03) field += 2;
  if (field + 2 > end) return -1;
  const compressed = (bytes[field] & 1) === 1;
  const protocol = compressed ? bytes[field] : (bytes[field] << 8) | bytes[field + 1];
  const payload = field + (compressed ? 1 : 2);
  if (protocol === PppProtocol.ipv4 || protocol === PppProtocol.ipv6) return payload;
  if (protocol === PppProtocol.mplsUnicast || protocol === PppProtocol.mplsMulticast) {
    return behindLabels(bytes, payload, end);
  }
  return -1;
}

/** LLC with a SNAP header of organisation 0 (RFC 1042). */
function behindSnap(bytes: Uint8Array, at: number, end: number): number {
  if (at + 8 > end || bytes[at] !== 0xaa || bytes[at + 1] !== 0xaa || bytes[at + 2] !== 0x03) return -1;
  if ((bytes[at + 3] | bytes[at + 4] | bytes[at + 5]) !== 0) return -1;
  const type = (bytes[at + 6] << 8) | bytes[at + 7];
  return type === EtherType.ipv4 || type === EtherType.ipv6 ? at + 8 : -1;
}

/** SLL2 has the EtherType in front of its header of 20 bytes. */
function behindSll2(bytes: Uint8Array, at: number, end: number): number {
  const type = (bytes[at] << 8) | bytes[at + 1];
  if (type === EtherType.ipv4 || type === EtherType.ipv6) return at + 20;
  if (type === EtherType.vlan || type === EtherType.serviceVlan || type === EtherType.qinq) {
    return behindEtherType(bytes, at + 22, end);
  }
  return behindOtherType(bytes, type, at + 20, end);
}

/** Address family of null/loopback, in the byte order of whoever captured: AF_INET or any system's AF_INET6. */
function isInternetFamily(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 4 > end) return false;
  let family = -1;
  if ((bytes[at + 2] | bytes[at + 3]) === 0) family = bytes[at] | (bytes[at + 1] << 8);
  else if ((bytes[at] | bytes[at + 1]) === 0) family = (bytes[at + 2] << 8) | bytes[at + 3];
  return family === 2 || family === 10 || family === 24 || family === 28 || family === 30;
}
