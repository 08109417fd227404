import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CoverMemory, type ListSets } from "../../src/wasm/cover/cover.ts";
import type { CoverExports } from "../../src/wasm/cover/exports.ts";
import { Arena } from "../../src/wasm/kernel/arena.ts";
import { instantiate } from "../../src/wasm/kernel/kernel.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "debug-build-"));
let module: WebAssembly.Module;

beforeAll(() => {
  execFileSync(process.execPath, ["assembly/build.mjs", "--debug", "--out", out, "cover"], { cwd: root });
  module = new WebAssembly.Module(readFileSync(join(out, "cover.scalar.wasm")));
}, 60_000);

afterAll(() => rmSync(out, { recursive: true }));

describe("a debug build", () => {
  const sets: ListSets = {
    elements: 6,
    offsets: Uint32Array.of(0, 3, 6, 10, 11, 12),
    members: Uint32Array.of(0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 0, 5),
  };

  it("gives what the other builds give", () => {
    expect(CoverMemory.create(sets, {}, module).greedy()).toEqual(CoverMemory.create(sets).greedy());
    expect(CoverMemory.create(sets, {}, module).exactCover()).toEqual(CoverMemory.create(sets).exactCover());
  });

  it("has names, and a source map of the kernel's files", () => {
    expect(WebAssembly.Module.customSections(module, "name")).toHaveLength(1);
    expect(WebAssembly.Module.customSections(module, "sourceMappingURL")).toHaveLength(1);
    const { sources } = JSON.parse(readFileSync(join(out, "cover.scalar.wasm.map"), "utf8"));
    expect(sources).toEqual(expect.arrayContaining(["assembly/heap.ts", "assembly/cover/greedy.ts"]));
  });

  it("stops where an assertion fails, and says which and where", () => {
    const kernel = instantiate<CoverExports>(module);
    const arena = new Arena(kernel);
    const instance = arena.reserve(kernel.instance_bytes());
    const offsets = arena.copyIn(sets.offsets);
    expect(kernel.instance_lists(instance, 5, 6, offsets, arena.copyIn(sets.members), 0, 0)).toBe(0);
    // Against the contract: the block changes while it is in use, and its offsets are gone.
    arena.view(instance, 48).fill(0, 20, 24);
    const room = arena.reserve(256);
    const greedy = () => kernel.greedy(instance, 0, 0, 2, Infinity, Infinity, 0, room, room + 64, room + 128);
    expect(greedy).toThrow(/pointer 0 is no array.*assembly\/array\.ts:\d+/);
  });
});
