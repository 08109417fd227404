/** Damaged texts, the same ones for a seed. */

/** Mulberry32: uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What parsers stumble over. */
const PARTS = [
  ..."<>&[]{}\"'|*#%,:;-/\\\n\t \0\u00e9",
  "-1",
  "0",
  "1e999",
  "NaN",
  "99999999999999999999",
  "1000000000000 7",
  "__proto__",
  "<!DOCTYPE a [<!ENTITY b 'c'>]>",
  "]]>",
  "<!--",
  "null",
  "\ufeff",
  "255",
  "graph [",
  "Nodes: ( 9999999 )",
];

/** A sample with one to four edits: a bit turned, an end cut off, a part put in, parts of samples joined or repeated. */
export function mutate(original: Uint8Array, others: readonly Uint8Array[], random: () => number): Uint8Array {
  let bytes = Buffer.from(original);
  const below = (limit: number) => Math.floor(random() * limit);
  for (let edits = 1 + below(4); edits > 0 && bytes.length > 0; edits--) {
    const at = below(bytes.length);
    const other = Buffer.from(others[below(others.length)]);
    switch (below(6)) {
      case 0:
        bytes[at] ^= 1 << below(8);
        break;
      case 1:
        bytes = bytes.subarray(0, at);
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(PARTS[below(PARTS.length)]), bytes.subarray(at)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(below(other.length))]);
        break;
      case 4:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - below(60)))]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(20))]);
    }
  }
  return bytes;
}
