import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IDENTITY_BYTES, IdentityKind } from "../../../src/formats/contacts/contact-batch.ts";
import { formatIdentity, writeIdentity, writeText } from "../../../src/formats/contacts/identity.ts";

function written(text: string): string {
  const bytes = new Uint8Array(IDENTITY_BYTES + 2).fill(0xee);
  writeText(bytes, 1, text);
  expect([bytes[0], bytes[IDENTITY_BYTES + 1]]).toEqual([0xee, 0xee]);
  return formatIdentity(bytes, 1, IdentityKind.text);
}

describe("a text identity", () => {
  it("is kept whole up to 40 bytes", () => {
    expect(written("2565")).toBe("2565");
    expect(written("x".repeat(40))).toBe("x".repeat(40));
    expect(written("")).toBe("");
  });

  it("keeps its first 23 bytes and a hash where it is longer", () => {
    expect(written("x".repeat(41))).toMatch(/^x{23}~[0-9a-f]{16}$/);
  });

  it("is cut at a character's border", () => {
    expect(written("é".repeat(30))).toMatch(/^é{11}~[0-9a-f]{16}$/);
    expect(written("😀".repeat(30))).toMatch(/^😀{5}~[0-9a-f]{16}$/u);
  });

  it("differs wherever the text differs", () => {
    const long = "a-long-common-prefix-of-many-names/";
    const identities = new Set<string>();
    for (let number = 0; number < 20000; number++) identities.add(written(`${long}${number}`));
    expect(identities.size).toBe(20000);
  });

  it("never writes outside its bytes, whatever the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => written(text) !== undefined));
  });
});

describe("an identity of any kind", () => {
  it.each([
    ["10.0.2.15", IdentityKind.ipv4],
    ["fe80::1", IdentityKind.ipv6],
    ["00:11:22:33:44:55", IdentityKind.text],
  ])("%s comes back, with zeros behind", (text, kind) => {
    const bytes = new Uint8Array(IDENTITY_BYTES).fill(0xee);
    expect(writeIdentity(bytes, 0, text)).toBe(kind);
    expect(formatIdentity(bytes, 0, kind)).toBe(text);
    expect(bytes.subarray(kind === IdentityKind.ipv4 ? 4 : 17).every((byte) => byte === 0)).toBe(true);
  });
});
