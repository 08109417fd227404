import { isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatIPv4,
  formatIPv6,
  matchesCidr,
  parseCidr,
  parseIPv4,
  parseIPv6,
  writeAddress,
} from "../../../src/formats/contacts/address.ts";
import { IdentityKind } from "../../../src/formats/contacts/contact-batch.ts";

/** The platform's own reading: a URL's host is the compressed form, hexadecimal throughout. */
function platformForm(address: string): string {
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}

describe("IPv4 text", () => {
  it("is a strict dotted quad", () => {
    expect(parseIPv4("192.168.0.255")).toEqual(Uint8Array.of(192, 168, 0, 255));
    for (const text of [
      "",
      "1.2.3",
      "1.2.3.4.5",
      "1.2.3.256",
      "01.2.3.4",
      "1.2.3.4:80",
      "1..3.4",
      " 1.2.3.4",
      "a.b.c.d",
    ]) {
      expect(parseIPv4(text), text).toBeUndefined();
    }
  });

  it("comes back from its bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (bytes) => {
        expect(parseIPv4(formatIPv4(bytes, 0))).toEqual(bytes);
      }),
    );
  });
});

describe("IPv6 text", () => {
  it.each([
    ["2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"],
    ["2001:db8::1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
    ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
    ["fe80::1%eth0", "fe80::1"],
  ])("%s is written %s", (text, canonical) => {
    const bytes = parseIPv6(text);
    expect(bytes && formatIPv6(bytes, 0)).toBe(canonical);
  });

  it.each([
    ":",
    ":::",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1::2::3",
    "12345::",
    "g::",
    "1:2:3:4:5:6:7::8",
    "::1.2.3",
  ])("%s is none", (text) => expect(parseIPv6(text)).toBeUndefined());

  it("means what the platform says it means", () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const bytes = parseIPv6(text);
        expect(bytes, text).toBeDefined();
        expect(platformForm(formatIPv6(bytes!, 0))).toBe(platformForm(text));
      }),
      { numRuns: 500 },
    );
  });

  it("is refused where the platform refuses it", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."012af:.:"), maxLength: 24 }), (text) => {
        expect(parseIPv6(text) !== undefined, text).toBe(isIPv6(text));
      }),
      { numRuns: 5000 },
    );
  });
});

describe("an address with something on it", () => {
  it.each([
    "1.2.3.4:80",
    "[::1]:80",
    "10.0.0.0/8",
    "00:11:22:33:44:55",
    "host",
    "2565",
    "12::34::56",
    "",
  ])("%s is none", (text) => {
    expect(writeAddress(new Uint8Array(16), 0, text)).toBe(IdentityKind.text);
  });
});

describe("an address block", () => {
  const inside = (block: string, address: string) => {
    const cidr = parseCidr(block);
    const bytes = new Uint8Array(16);
    const kind = writeAddress(bytes, 0, address);
    return cidr !== undefined && matchesCidr(cidr, bytes, 0, kind);
  };

  it("holds the addresses with its prefix and no others", () => {
    expect(inside("10.0.0.0/8", "10.255.1.2")).toBe(true);
    expect(inside("10.0.0.0/8", "11.0.0.0")).toBe(false);
    expect(inside("192.168.5.77/23", "192.168.4.1")).toBe(true);
    expect(inside("192.168.5.77/23", "192.168.6.1")).toBe(false);
    expect(inside("0.0.0.0/0", "203.0.113.9")).toBe(true);
    expect(inside("2001:db8::/33", "2001:db8:7fff::1")).toBe(true);
    expect(inside("2001:db8::/33", "2001:db8:8000::1")).toBe(false);
    expect(inside("::/0", "10.0.0.1")).toBe(false);
    expect(inside("192.0.2.1", "192.0.2.1")).toBe(true);
  });

  it.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "::/-1", "x/8", "10.0.0.0/8/8"])("%s is none", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it("clears the bits behind its prefix", () => {
    expect(parseCidr("10.1.2.3/12")?.bytes).toEqual(Uint8Array.of(10, 0, 0, 0));
    expect(parseCidr("10.1.2.3/0")?.bytes).toEqual(Uint8Array.of(0, 0, 0, 0));
    expect(parseCidr("10.1.2.3/32")?.bytes).toEqual(Uint8Array.of(10, 1, 2, 3));
  });
});
