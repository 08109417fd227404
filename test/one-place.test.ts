import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { CONTACT_FORMATS } from "../src/formats/contacts/formats.ts";
import { formatNames } from "../src/formats/open-format.ts";
import { TOPOLOGY_FORMATS } from "../src/formats/topology/formats.ts";
import { TRACEROUTE_FORMATS } from "../src/formats/traceroute/formats.ts";
import { METHODS } from "../src/placement/methods.ts";
import { ESTIMATORS } from "../src/spread/estimators.ts";

/** What a table defines, and the only files that may list its names, or ask for one of them. */
interface Table {
  readonly title: string;
  readonly names: readonly string[];
  readonly own: (path: string) => boolean;
}

const TABLES: readonly Table[] = [
  {
    title: "formats of captures and flow logs",
    names: formatNames(CONTACT_FORMATS),
    own: (path) => /^formats\/contacts\/(?!formats\.ts|open-|contact-)/.test(path),
  },
  {
    title: "formats of networks",
    names: formatNames(TOPOLOGY_FORMATS),
    own: (path) => /^formats\/topology\/(?!formats\.ts|open-|topology-|network-)/.test(path),
  },
  {
    title: "formats of traceroutes",
    names: formatNames(TRACEROUTE_FORMATS),
    own: (path) => /^formats\/traceroute\/(?!formats\.ts|open-|traceroute-|route)/.test(path),
  },
  {
    title: "methods of placement",
    names: METHODS,
    // Of the kinds of parts one is called betweenness, too.
    own: (path) => /^placement\/(?:methods|parts)\.ts$/.test(path) || path.startsWith("papers/"),
  },
  {
    title: "estimators",
    names: ESTIMATORS,
    own: (path) => path === "spread/estimators.ts" || path.startsWith("papers/"),
  },
];

type Tree = Readonly<Record<string, string>>;

/** Files other than a table's own that compare with one of its names, or hold two of them as texts. */
function strays({ names, own }: Table, tree: Tree): string[] {
  return Object.entries(tree).flatMap(([path, text]) => {
    if (own(path)) return [];
    const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
    const held = names.filter((name) => code.includes(`"${name}"`));
    const compared = held.filter((name) => new RegExp(`(?:[!=]==? |case )"${name}"|"${name}" [!=]==?`).test(code));
    return held.length > 1 || compared.length > 0 ? [`${path}: ${held.join(", ")}`] : [];
  });
}

function readTree(root: string): Tree {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [relative(root, file).replaceAll("\\", "/"), readFileSync(file, "utf8")]),
  );
}

const tree = readTree(new URL("../src", import.meta.url).pathname);

describe.each(TABLES)("the table of $title", (table) => {
  it("is the one place that tells them apart", () => {
    expect(strays(table, tree)).toEqual([]);
  });

  it("has each name once", () => {
    expect(new Set(table.names).size).toBe(table.names.length);
    expect(table.names.length).toBeGreaterThan(3);
  });

  it("is missed where a stray is planted", () => {
    const [one, two] = table.names;
    const planted = {
      "cli/a.ts": `if (name === "${one}") {}`,
      "cli/b.ts": `switch (name) { case "${two}": }`,
      "cli/c.ts": `const all = ["${one}", "${two}"];`,
      "cli/d.ts": `// "${one}", "${two}"\nconst preset = { name: "${one}" };`,
    };
    expect(strays(table, planted)).toEqual([`cli/a.ts: ${one}`, `cli/b.ts: ${two}`, `cli/c.ts: ${one}, ${two}`]);
  });
});

/** What only some files may do, all else by calling them. */
const DUTIES: readonly (readonly [string, RegExp, RegExp])[] = [
  [
    "options of several commands",
    /ption\(\s*"--(?:workers|queue|seed|json|csv|out|data|memory)[ "]/,
    /^cli\/options\.ts$/,
  ],
  ["tables in a terminal", /from "cli-table3"/, /^report\/terminal\//],
  ["numbers grouped by thousands", /\.toLocaleString\(/, /^text\/numbers\.ts$|^report\/page\/client\.ts$/],
  ["quotes in CSV", /replaceAll\('"', '""'\)/, /^text\/csv\.ts$/],
  ["escapes of markup", /&#\$\{|&amp;|&lt;/, /^text\/markup\.ts$/],
  ["control characters", /\\p\{Cc\}/i, /^text\//],
];

it.each(DUTIES)("%s are in one place", (_, pattern, own) => {
  const found = Object.entries(tree).flatMap(([path, text]) => (pattern.test(text) ? [path] : []));
  expect(found.filter((path) => !own.test(path))).toEqual([]);
  expect(found.length).toBeGreaterThan(0);
});
