/**
 * IPv4 and IPv6 addresses between text and bytes, without any platform's network module.
 *
 * IPv4 is the strict dotted quad (no leading zeros, as inet_pton(3)); IPv6 is every form of RFC 4291 section 2.2,
 * a zone (`%eth0`, RFC 4007) being dropped. Output is RFC 5952.
 */
import { IdentityKind } from "./contact-batch.ts";

const DOT = 0x2e;
const COLON = 0x3a;

/** An address block: the first `bits` of `bytes`. */
export interface Cidr {
  readonly kind: typeof IdentityKind.ipv4 | typeof IdentityKind.ipv6;
  /** 4 or 16 bytes, network order; bits behind the prefix are zero. */
  readonly bytes: Uint8Array;
  readonly bits: number;
}

/** The 4 bytes of a dotted quad, or undefined if the text is anything else. */
export function parseIPv4(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(4);
  return writeIPv4(bytes, 0, text, 0, text.length) ? bytes : undefined;
}

/** The 16 bytes of an IPv6 address, or undefined if the text is anything else. */
export function parseIPv6(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(16);
  return writeIPv6(bytes, 0, text) ? bytes : undefined;
}

/**
 * Writes an address of either family at `offset` and returns its kind; returns `IdentityKind.text` if the text is no
 * address (up to 16 bytes at `offset` may then hold anything).
 */
export function writeAddress(bytes: Uint8Array, offset: number, text: string): IdentityKind {
  if (text.length < 2 || text.length > 64) return IdentityKind.text;
  if (text.indexOf(":") >= 0) return writeIPv6(bytes, offset, text) ? IdentityKind.ipv6 : IdentityKind.text;
  return writeIPv4(bytes, offset, text, 0, text.length) ? IdentityKind.ipv4 : IdentityKind.text;
}

/** `10.0.0.0/8`, `2001:db8::/32` or one address; bits behind the prefix are cleared. Undefined if it is none of these. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const bytes = new Uint8Array(16);
  const kind = writeAddress(bytes, 0, address);
  if (kind === IdentityKind.text) return undefined;
  const width = kind === IdentityKind.ipv4 ? 32 : 128;
  const prefix = slash < 0 ? String(width) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > width) return undefined;
  const bits = Number(prefix);
  clearBehind(bytes, bits);
  return { kind, bytes: bytes.slice(0, width / 8), bits };
}

/** Whether the identity at `offset` lies in the block; text never does, nor does the other family. */
export function matchesCidr(cidr: Cidr, bytes: Uint8Array, offset: number, kind: IdentityKind): boolean {
  if (kind !== cidr.kind) return false;
  const whole = cidr.bits >> 3;
  for (let index = 0; index < whole; index++) {
    if (bytes[offset + index] !== cidr.bytes[index]) return false;
  }
  const rest = cidr.bits & 7;
  return rest === 0 || (bytes[offset + whole] ^ cidr.bytes[whole]) >> (8 - rest) === 0;
}

/** Dotted quad. */
export function formatIPv4(bytes: Uint8Array, offset: number): string {
  return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`;
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as `::`. */
export function formatIPv6(bytes: Uint8Array, offset: number): string {
  if (isIPv4Mapped(bytes, offset)) return `::ffff:${formatIPv4(bytes, offset + 12)}`;
  let longestStart = -1;
  let longest = 1;
  let start = -1;
  for (let group = 0; group < 8; group++) {
    if (groupAt(bytes, offset, group) !== 0) {
      start = -1;
      continue;
    }
    if (start < 0) start = group;
    if (group - start + 1 > longest) {
      longest = group - start + 1;
      longestStart = start;
    }
  }
  if (longestStart < 0) return joinGroups(bytes, offset, 0, 8);
  return `${joinGroups(bytes, offset, 0, longestStart)}::${joinGroups(bytes, offset, longestStart + longest, 8)}`;
}

function isIPv4Mapped(bytes: Uint8Array, offset: number): boolean {
  for (let index = 0; index < 10; index++) if (bytes[offset + index] !== 0) return false;
  return bytes[offset + 10] === 0xff && bytes[offset + 11] === 0xff;
}

function groupAt(bytes: Uint8Array, offset: number, group: number): number {
  return (bytes[offset + 2 * group] << 8) | bytes[offset + 2 * group + 1];
}

function joinGroups(bytes: Uint8Array, offset: number, from: number, to: number): string {
  let text = "";
  for (let group = from; group < to; group++) {
    text += (group > from ? ":" : "") + groupAt(bytes, offset, group).toString(16);
  }
  return text;
}

function clearBehind(bytes: Uint8Array, bits: number): void {
  const whole = bits >> 3;
  if (whole >= bytes.length) return;
  bytes[whole] &= 0xff << (8 - (bits & 7));
  bytes.fill(0, whole + 1);
}

function writeIPv4(bytes: Uint8Array, offset: number, text: string, from: number, to: number): boolean {
  let part = 0;
  let value = -1;
  for (let index = from; index <= to; index++) {
    const code = index < to ? text.charCodeAt(index) : DOT;
    if (code === DOT) {
      if (value < 0 || part > 3) return false;
      bytes[offset + part++] = value;
      value = -1;
    } else {
      const digit = code - 0x30;
      if (digit < 0 || digit > 9 || value === 0) return false;
      value = value < 0 ? digit : value * 10 + digit;
      if (value > 255) return false;
    }
  }
  return part === 4;
}

/** One pass: groups left of `::` go to the front, groups right of it are moved to the end afterwards. */
function writeIPv6(bytes: Uint8Array, offset: number, text: string): boolean {
  const percent = text.indexOf("%");
  if (percent >= 0 && percent === text.length - 1) return false;
  const end = percent < 0 ? text.length : percent;
  let at = 0;
  let groups = 0;
  let gap = -1;
  if (end >= 2 && text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false;
    gap = 0;
    at = 2;
  }
  while (at < end) {
    if (groups === 8) return false;
    const start = at;
    let value = 0;
    let code = text.charCodeAt(at);
    while (at < end && code !== COLON && code !== DOT) {
      const digit = hexDigit(code);
      if (digit < 0 || at - start === 4) return false;
      value = (value << 4) | digit;
      code = text.charCodeAt(++at);
    }
    if (at < end && code === DOT) {
      if (groups > 6 || !writeIPv4(bytes, offset + 2 * groups, text, start, end)) return false;
      groups += 2;
      at = end;
      break;
    }
    if (at === start) return false;
    bytes[offset + 2 * groups] = value >> 8;
    bytes[offset + 2 * groups + 1] = value;
    groups++;
    if (at === end) break;
    at++;
    if (at < end && text.charCodeAt(at) === COLON) {
      if (gap >= 0) return false;
      gap = groups;
      at++;
    } else if (at === end) return false;
  }
  if (gap < 0) return groups === 8;
  if (groups === 8) return false;
  const moved = 2 * (groups - gap);
  bytes.copyWithin(offset + 16 - moved, offset + 2 * gap, offset + 2 * groups);
  bytes.fill(0, offset + 2 * gap, offset + 16 - moved);
  return true;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
