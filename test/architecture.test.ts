import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { describe, expect, it } from "vitest";

/** The rooms of src/, from the ground up; imports run downwards, or sideways where no circle comes of it. */
const FLOORS: readonly (readonly string[])[] = [
  ["wasm", "files", "numbers", "network", "text", "results"],
  ["spread", "placement", "isolation", "federated", "interconnect"],
  ["formats", "report", "engine"],
  ["papers", "pipelines"],
  ["cli"],
];

/** Path below src/ -> text. */
type Tree = { readonly [path: string]: string };

/** The one place where a module is loaded by a name that is not in the code: the engine's, for the trials that tasks name. */
const LOADER = "engine/answer.ts";

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s*(?:[\w*{}\s,$]+?\s*from\s*)?["']([^"']+)["']|import\(\s*["']([^"']+)["']/g;
/** A module named by its URL, as for a thread: from its own folder, or where it is built. */
const MODULE_URL = /new URL\(\s*["'`]([^"'`]+)\.[jt]s["'`]\s*,\s*import\.meta\.url\s*\)/g;
/** What is imported or required by a name that the code does not tell. */
const BY_STRING = /\b(?:import|require)\((?!\s*["'])|createRequire\([^()]*\)\((?!\s*["'])/;

/** What is wrong with the imports of a tree, one line each. */
function violations(tree: Tree): string[] {
  const imports = Object.entries(tree).flatMap(([from, text]) =>
    importsOf(from, text, tree).map((to) => ({ from, to })),
  );
  const wrong = imports.flatMap(({ from, to }) => {
    const [upper, lower] = [floorOf(from), floorOf(to)];
    if (lower === -1) return [`${from} imports ${to}: in no room`];
    return lower > upper ? [`${from} imports ${to}: upwards`] : [];
  });
  const unnamed = Object.entries(tree)
    .filter(([path, text]) => path !== LOADER && BY_STRING.test(codeOf(text)))
    .map(([path]) => `${path} imports by a string`);
  const homeless = Object.keys(tree).filter((path) => floorOf(path) === -1);
  const rooms = imports.map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) }));
  return [
    ...homeless.map((path) => `${path}: in no room`),
    ...wrong,
    ...unnamed,
    ...circles(imports),
    ...circles(rooms.filter(({ from, to }) => from !== to)),
  ];
}

function importsOf(from: string, text: string, tree: Tree): string[] {
  const code = codeOf(text);
  const inSource = (specifier: string) => posix.join("src", posix.dirname(from), specifier).replace(/^dist\//, "src/");
  const imported = [...code.matchAll(IMPORT)]
    .map((match) => match[1] ?? match[2])
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => posix.relative("src", inSource(specifier)));
  const named = [...code.matchAll(MODULE_URL)].map((match) => posix.relative("src", inSource(`${match[1]}.ts`)));
  return [...imported, ...named.filter((path) => path in tree)];
}

/** Comments do not import. */
function codeOf(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
}

function roomOf(path: string): string {
  return path.split("/")[0];
}

function floorOf(path: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(roomOf(path)));
}

function circles(edges: readonly { readonly from: string; readonly to: string }[]): string[] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of edges) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const finished = new Set<string>();
  const found: string[] = [];
  const visit = (node: string, path: readonly string[]): void => {
    if (path.includes(node)) {
      found.push(`circle: ${[...path.slice(path.indexOf(node)), node].join(" -> ")}`);
    } else if (!finished.has(node)) {
      for (const target of targets.get(node) ?? []) visit(target, [...path, node]);
      finished.add(node);
    }
  };
  for (const node of targets.keys()) visit(node, []);
  return found;
}

function readTree(root: string): Tree {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [relative(root, file).replaceAll("\\", "/"), readFileSync(file, "utf8")]),
  );
}

describe("imports", () => {
  const tree = readTree(new URL("../src", import.meta.url).pathname);

  it("run downwards only, without circles", () => {
    expect(violations(tree)).toEqual([]);
  });

  it("are seen at all", () => {
    expect(importsOf("cli/main.ts", tree["cli/main.ts"], tree)).toContain("papers/registry.ts");
    expect(importsOf("engine/engine.ts", tree["engine/engine.ts"], tree)).toContain("engine/task.ts");
  });
});

describe("the check of imports", () => {
  const good: Tree = {
    "cli/main.ts": 'import { a } from "../papers/a.ts";',
    "papers/a.ts": 'import { run } from "../engine/run.ts";\nimport "../report/r.ts";\nimport { z } from "zod";',
    "report/r.ts": 'import type { b } from "../spread/b.ts";',
    "engine/run.ts":
      'import { InputError } from "../files/input-error.ts";\nimport type { p } from "../formats/pairs.ts";',
    "engine/answer.ts": "const module = await import(/* @vite-ignore */ url);",
    "files/input-error.ts": "",
    "numbers/b.ts": 'import "../files/input-error.ts";',
    "formats/pairs.ts": "",
    "spread/b.ts": '// import { x } from "../cli/main.ts";\nexport * from "../wasm/load.ts";',
    "wasm/load.ts": 'const dynamic = import("./other.ts");',
    "wasm/other.ts": "",
  };

  it("passes a good tree", () => {
    expect(violations(good)).toEqual([]);
  });

  it.each([
    ["engine/run.ts", 'import { a } from "../papers/a.ts";', "engine/run.ts imports papers/a.ts: upwards"],
    [
      "engine/run.ts",
      'import type {\n  a,\n} from "../pipelines/a.ts";',
      "engine/run.ts imports pipelines/a.ts: upwards",
    ],
    ["report/r.ts", 'export { m } from "../cli/main.ts";', "report/r.ts imports cli/main.ts: upwards"],
    [
      "spread/b.ts",
      'const late = await import("../formats/pairs.ts");',
      "spread/b.ts imports formats/pairs.ts: upwards",
    ],
    ["wasm/other.ts", 'import "../spread/b.ts";', "wasm/other.ts imports spread/b.ts: upwards"],
    ["wasm/other.ts", 'import "./load.ts";', "circle: wasm/load.ts -> wasm/other.ts -> wasm/load.ts"],
    ["report/r.ts", 'import "../papers/c.ts";', "report/r.ts imports papers/c.ts: upwards"],
    ["files/a.ts", 'import "../spread/b.ts";', "files/a.ts imports spread/b.ts: upwards"],
    ["formats/pairs.ts", 'import "../engine/run.ts";\nimport "../report/r.ts";', "circle: engine -> formats -> engine"],
    ["utils/u.ts", "", "utils/u.ts: in no room"],
    ["results/a.ts", 'import "../formats/pairs.ts";', "results/a.ts imports formats/pairs.ts: upwards"],
    ["files/a.ts", 'import "../numbers/b.ts";\n', "circle: files -> numbers -> files"],
    ["wasm/a.ts", "const late = await import(url);", "wasm/a.ts imports by a string"],
    [
      "engine/a.ts",
      "const late = await import(\n  /* @vite-ignore */ `../rooms/a.ts`);",
      "engine/a.ts imports by a string",
    ],
    ["report/a.ts", "createRequire(import.meta.url)(name);", "report/a.ts imports by a string"],
    [
      "engine/a.ts",
      'new Worker(new URL("../papers/a.ts", import.meta.url));',
      "engine/a.ts imports papers/a.ts: upwards",
    ],
    ["engine/a.ts", 'new URL("../../dist/cli/main.js", import.meta.url)', "engine/a.ts imports cli/main.ts: upwards"],
  ])("finds what is planted in %s: %s", (path, text, expected) => {
    expect(violations({ ...good, [path]: text })).toContain(expected);
  });
});
