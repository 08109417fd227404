import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { papers } from "../src/papers/registry.ts";

const root = resolve(import.meta.dirname, "..");

function foldersIn(path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** The names, without their endings, of a folder's files that end so. */
function namesIn(path: string, ending: string): string[] {
  return readdirSync(join(root, path))
    .filter((name) => name.endsWith(ending))
    .map((name) => basename(name, ending))
    .sort();
}

function filesBelow(path: string): string[] {
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

describe("a kernel", () => {
  it("has one name: its folder in assembly, in src/wasm and in test/assembly", () => {
    const kernels = foldersIn("assembly");
    expect(foldersIn("src/wasm")).toEqual(["kernel", ...kernels].sort());
    expect(foldersIn("test/assembly")).toEqual(kernels);
    for (const kernel of kernels) expect(existsSync(join(root, "assembly", kernel, "index.ts")), kernel).toBe(true);
  });
});

describe("a paper", () => {
  it("has one name: its id, its folder, its published figures, its page and its tests", () => {
    const ids = papers.map(({ id }) => id).sort();
    expect(foldersIn("src/papers")).toEqual(ids);
    expect(namesIn("data/published", ".json")).toEqual(ids);
    expect(namesIn("docs/experiments", ".md")).toEqual(ids);
    expect(foldersIn("test/papers").filter((name) => name !== "fixtures")).toEqual(ids);
  });

  it("names itself in what it published and in its experiments", () => {
    for (const { id, experiments } of papers) {
      const text = readFileSync(join(root, `data/published/${id}.json`), "utf8");
      expect(z.object({ paper: z.string() }).parse(JSON.parse(text)).paper).toBe(id);
      for (const experiment of experiments) expect([experiment.paper, experiment.id.split("/")[0]]).toEqual([id, id]);
    }
  });
});

describe("an index file", () => {
  const manifest = z
    .object({ exports: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

  it("is a subject's public face, which the package exports, or a paper's", () => {
    const subjects = Object.keys(manifest.exports)
      .filter((name) => !name.includes("*"))
      .map((name) => `src/${name.slice(2)}/index.ts`);
    const faces = papers.map(({ id }) => `src/papers/${id}/index.ts`);
    const found = filesBelow("src").filter((path) => basename(path) === "index.ts");
    expect(found.sort()).toEqual([...subjects, ...faces].sort());
  });
});

describe("a file", () => {
  const all = ["src", "assembly", "bench", "test"].flatMap(filesBelow);

  it("has one reason to exist: no drawer for whatever is left over", () => {
    const drawers = all.filter((path) => /(^|[/-])(utils?|helpers?|common|misc|shared-code)(\.|\/|-)/.test(path));
    expect(drawers).toEqual([]);
  });

  it("of the program is read in one sitting", () => {
    const long = all.filter((path) => !path.startsWith("test/")).filter((path) => linesOf(path) > 320);
    expect(long).toEqual([]);
  });
});

function linesOf(path: string): number {
  return readFileSync(join(root, path), "utf8").split("\n").length;
}
