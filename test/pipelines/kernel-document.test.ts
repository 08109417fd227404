import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeIdentity } from "../../src/formats/identity.ts";
import { type Build, compileKernel, instantiate } from "../../src/wasm/kernel.ts";
import type { SpreadExports } from "../../src/wasm/spread-exports.ts";

const text = readFileSync(new URL("../../docs/kernels.md", import.meta.url), "utf8");
const builds: readonly Build[] = ["simd", "scalar", "counted"];

/** Cells of the table rows below a heading cell. */
function rowsOf(head: string): string[][] {
  const from = text.indexOf(`| ${head} `);
  const table = text.slice(from, text.indexOf("\n\n", from)).split("\n").slice(2);
  return table.map((row) => row.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "")));
}

describe.each(builds)("docs/kernels.md and spread.%s.wasm", (build) => {
  const module = compileKernel("spread", build);
  const kernel = instantiate<SpreadExports>(module);
  const bytes = (pointer: number, length: number) => new Uint8Array(kernel.memory.buffer, pointer, length);

  it("name the same exports", () => {
    const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
    for (const name of exported.filter((each) => each !== "memory")) expect(text).toMatch(new RegExp(`\`${name}\\(`));
    const named = [...text.matchAll(/`((?:sketch|table|keys|store|trace|count)_\w+)\(/g)].map((match) => match[1]);
    const here = named.filter((name) => build === "counted" || !name.startsWith("count_"));
    expect(exported).toEqual(expect.arrayContaining(here));
    expect(WebAssembly.Module.imports(module)).toEqual([]);
  });

  it.each(rowsOf("identity"))("agree on the key of %s", (identity, key) => {
    const [, name, , port] = /^(?:IPv\d |text ")([^\s"]+)"?( with port (\d+))?$/.exec(identity) ?? [];
    const at = kernel.alloc(40 + 1 + 2);
    const out = kernel.alloc(8);
    const view = new DataView(kernel.memory.buffer);
    view.setUint8(at + 40, writeIdentity(bytes(at, 40), 0, name));
    view.setUint16(at + 41, Number(port ?? 0), true);
    expect(kernel.keys_of_identities(at, at + 40, port === undefined ? 0 : at + 41, 1, 1, 0, out)).toBe(0);
    expect(view.getBigUint64(out, true)).toBe(BigInt(key));
  });

  it.each(
    rowsOf("family, index hash"),
  )("agree on cells: family and hash %s, m %s, s %s, g %s", (kind, m, s, g, _p, cell, sum) => {
    const [family, hash] = kind.split(", ").map(Number);
    const size = kernel.sketch_bytes(family, hash, Number(m), Number(s), Number(g), 2 ** 32);
    const mark = kernel.mark();
    const sketch = kernel.alloc(size);
    const pair = kernel.alloc(8);
    expect(kernel.sketch_init(sketch, family, hash, Number(m), Number(s), Number(g), 2 ** 32, 1, 0)).toBe(0);
    new Uint32Array(kernel.memory.buffer, pair, 2).set([0x0a000001, 0xc0000201]);
    expect(kernel.store_ipv4(sketch, pair, pair + 4, 1)).toBe(0);
    const set: number[] = [];
    bytes(sketch + 256, size - 256).forEach((byte, i) => {
      if (byte !== 0)
        set.push(...[0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte >> bit) & 1).map((bit) => i * 8 + bit));
    });
    expect(set).toEqual(cell.startsWith("none") ? [] : [Number.parseInt(cell, 10)]);
    kernel.sketch_seal(sketch);
    expect(new DataView(kernel.memory.buffer).getBigUint64(sketch + 48, true)).toBe(BigInt(sum));
    kernel.release(mark);
  });
});
