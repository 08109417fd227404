/** Identities in a batch: writing text and reading any kind back for people. */
import { formatIPv4, formatIPv6, writeAddress } from "./address.ts";
import { IDENTITY_BYTES, IdentityKind } from "./contact-batch.ts";

/** UTF-8 bytes of a longer text that are kept in front of its hash. */
const KEPT_BYTES = 23;
const HASH_DIGITS = 16;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Writes an address in its binary form, anything else as text, and returns the kind. The bytes behind are zeroed, so
 * that equal identities have equal IDENTITY_BYTES.
 */
export function writeIdentity(bytes: Uint8Array, offset: number, text: string): IdentityKind {
  const kind = writeAddress(bytes, offset, text);
  if (kind === IdentityKind.text) writeText(bytes, offset, text);
  else bytes.fill(0, offset + (kind === IdentityKind.ipv4 ? 4 : 16), offset + IDENTITY_BYTES);
  return kind;
}

/**
 * Writes UTF-8 text into IDENTITY_BYTES at `offset`, zeros behind. Text that is longer keeps at most 23 bytes, cut at a
 * character's border, then `~` and 16 hexadecimal digits of a 64-bit hash of the whole, so that distinct texts stay
 * distinct (up to the hash's collisions).
 */
export function writeText(bytes: Uint8Array, offset: number, text: string): void {
  bytes.fill(0, offset, offset + IDENTITY_BYTES);
  if (writeShortAscii(bytes, offset, text)) return;
  const room = bytes.subarray(offset, offset + IDENTITY_BYTES);
  if (encoder.encodeInto(text, room).read === text.length) return;
  room.fill(0);
  const { written } = encoder.encodeInto(text, room.subarray(0, KEPT_BYTES));
  encoder.encodeInto(`~${hashDigits(encoder.encode(text))}`, room.subarray(written, written + 1 + HASH_DIGITS));
}

/** The identity at `offset` for people: dotted IPv4, RFC 5952 IPv6, or its text up to the first zero byte. */
export function formatIdentity(bytes: Uint8Array, offset: number, kind: IdentityKind): string {
  if (kind === IdentityKind.ipv4) return formatIPv4(bytes, offset);
  if (kind === IdentityKind.ipv6) return formatIPv6(bytes, offset);
  let end = offset;
  while (end < offset + IDENTITY_BYTES && bytes[end] !== 0) end++;
  return decoder.decode(bytes.subarray(offset, end));
}

/** The common case, several times as fast as an encoder's call; false if the text is longer or has other characters. */
function writeShortAscii(bytes: Uint8Array, offset: number, text: string): boolean {
  if (text.length > IDENTITY_BYTES) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return false;
    bytes[offset + index] = code;
  }
  return true;
}

/** Two FNV-1a 32-bit lanes with different starts, each finalised by murmur3's fmix32: 16 hexadecimal digits. */
function hashDigits(utf8: Uint8Array): string {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (const byte of utf8) {
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x5bd1e995) ^ (high >>> 15);
  }
  return hex32(mix32(high ^ utf8.length)) + hex32(mix32(low));
}

function mix32(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, "0");
}
