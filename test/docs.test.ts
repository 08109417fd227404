import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** Targets of links within the project, from the root. */
function linksOf(page: string): string[] {
  return [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target.replace(/#.*/, ""))
    .filter((target) => target !== "" && !target.includes("://"))
    .map((target) => join(dirname(page), target));
}

describe.each(pages)("%s", (page) => {
  it("links to what is there", () => {
    expect(linksOf(page).filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });
});

describe("docs/architecture.md", () => {
  const text = textOf("docs/architecture.md");
  const walks = text.slice(text.indexOf("## Three walks"), text.indexOf("## Ten changes"));
  const steps = [...walks.matchAll(/`(\w+)`[,\s]*\(?\[[^\]]+\]\(\.\.\/([^)]+)\)/g)].map(([, name, path]) => ({
    name,
    path,
  }));

  it("walks through functions that are where it says", () => {
    expect(steps.length).toBeGreaterThan(40);
    const missing = steps.filter(({ name, path }) => !new RegExp(`\\b${name}\\b`).test(textOf(path)));
    expect(missing).toEqual([]);
  });

  it("calls files by their names", () => {
    const called = [...text.matchAll(/\[([\w.-]+\.ts)\]\(([^)]+)\)/g)];
    expect(called.filter(([, name, path]) => basename(path) !== name)).toEqual([]);
  });

  it("shows every room", () => {
    const rooms = readdirSync(join(root, "src"));
    expect(rooms.filter((room) => !text.includes(`[src/${room}](../src/${room})`))).toEqual([]);
  });

  it("tells of ten changes, none of more than two files of code", () => {
    const rows = text
      .slice(text.indexOf("## Ten changes"))
      .split("\n")
      .filter((line) => line.startsWith("| "));
    const changes = rows.slice(1).map((row) => row.match(/\]\(/g)?.length ?? 0);
    expect(changes).toEqual([1, 1, 1, 2, 2, 1, 1, 2, 2, 2]);
  });
});
