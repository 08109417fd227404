import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Follows the recipes of CONTRIBUTING.md into a copy of the project, as they stand there, and runs what they add. */
const root = resolve(import.meta.dirname, "../..");
const copy = mkdtempSync(join(tmpdir(), "netvantage-recipes-"));

interface Recipe {
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly edits: readonly { readonly path: string; readonly diff: string }[];
  /** What is typed, and what is printed among other things. */
  readonly commands: readonly { readonly line: string; readonly prints: readonly string[] }[];
}

const recipes = readRecipes(readFileSync(join(root, "CONTRIBUTING.md"), "utf8"));

/**
 * A section whose title begins with "Add" is a recipe. Its fenced blocks say what they are: `file=PATH` a new file, `edit=PATH` a
 * change as a diff without line numbers, `console` what is run.
 */
function readRecipes(markdown: string): Recipe[] {
  return [...markdown.matchAll(/^### (Add .*)\n([\s\S]*?)(?=^##|$(?![\s\S]))/gm)].map(([, title, section]) => {
    const blocks = [...section.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)];
    const of = (what: string) =>
      blocks.flatMap(([, , info, text]) => (info.startsWith(`${what}=`) ? [{ path: info.slice(5), text }] : []));
    return {
      title,
      files: of("file"),
      edits: of("edit").map(({ path, text }) => ({ path, diff: text })),
      commands: blocks.flatMap(([, language, , text]) => (language === "console" ? commandsOf(text) : [])),
    };
  });
}

function commandsOf(text: string): Recipe["commands"] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [line, ...prints] = part.trimEnd().split("\n");
      return { line, prints };
    });
}

/** Hunks are parted by lines that begin with @@; each has to be found once. */
function applyDiff(before: string, diff: string): string {
  return diff.split(/^@@.*\n/m).reduce((text, hunk) => {
    const lines = hunk.split("\n").filter((line) => line !== "");
    const side = (sign: string) =>
      lines.flatMap((line) => (line[0] === " " || line[0] === sign ? [`${line.slice(1)}\n`] : [])).join("");
    const [head, ...tails] = `\n${text}`.split(`\n${side("-")}`);
    expect(tails, `${side("-")} is to be found once`).toHaveLength(1);
    return `${head}\n${side("+")}${tails[0]}`.slice(1);
  }, before);
}

function run(line: string): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], { cwd: copy, encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

beforeAll(() => {
  const words = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  for (const path of execFileSync("git", words, { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean)) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const { files, edits } of recipes) {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text, { flag: "wx" });
    }
    for (const { path, diff } of edits) {
      writeFileSync(join(copy, path), applyDiff(readFileSync(join(copy, path), "utf8"), diff));
    }
  }
});

afterAll(() => rmSync(copy, { recursive: true }));

describe("the recipes", () => {
  it("are for a paper, a kernel, both kinds of formats, an estimator and a command", () => {
    expect(recipes.map(({ title }) => title)).toEqual([
      "Add a paper",
      "Add a kernel",
      "Add a format of captures or flow logs",
      "Add a format of networks",
      "Add an estimator",
      "Add a command",
    ]);
    for (const { files, commands } of recipes) expect([files.length, commands.length]).not.toContain(0);
  });

  it("build and pass every check, all of them followed", () => {
    const held = ["architecture", "layout", "one-place"].map((name) => `test/${name}.test.ts`);
    for (const line of ["npm run build", "npm run check", `npx vitest run ${held.join(" ")}`]) {
      const { status, output } = run(line);
      expect([line, status, output]).toEqual([line, 0, output]);
    }
  });

  it.each(recipes)("do what they say: $title", ({ commands }) => {
    for (const { line, prints } of commands) {
      const { status, output } = run(line);
      expect([line, status, output]).toEqual([line, 0, output]);
      for (const print of prints) expect(output).toContain(print.trim());
    }
  });
});
