import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { codeOf } from "../../src/engine/code.ts";
import { papers } from "../../src/papers/registry.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** A WebAssembly section that nobody reads: another kernel that does the same. */
const CUSTOM_SECTION = Uint8Array.of(0, 2, 1, 120);

/** What trials run, by the subject and by what they load. */
const TRIALS = {
  spread: "papers/spread/trace-trials.js",
  counting: "papers/spread/count-trials.js",
  passes: "papers/placement/fig3-trials.js",
  routes: "papers/placement/internetwork-trials.js",
} as const;
type Trials = { [name in keyof typeof TRIALS]: string };

const package_ = mkdtempSync(join(tmpdir(), "netvantage-code-"));
const dist = (path: string) => join(package_, "dist", path);

afterAll(() => rmSync(package_, { recursive: true }));

/** A copy of what was built, as it was. */
beforeEach(() => {
  rmSync(package_, { recursive: true });
  mkdirSync(package_);
  cpSync(join(root, "dist"), join(package_, "dist"), { recursive: true });
  for (const name of ["node_modules", "data", "package.json"]) symlinkSync(join(root, name), join(package_, name));
});

/** The hashes that the copy's own code takes, in a process of its own: they are kept for as long as one lives. */
function hashes(): Trials {
  const script = `
    import { codeHash } from ${JSON.stringify(`file://${dist("engine/code.js")}`)};
    const trials = ${JSON.stringify(TRIALS)};
    const hash = ([name, file]) => [name, codeHash("file://${join(package_, "dist")}/" + file)];
    console.log(JSON.stringify(Object.fromEntries(Object.entries(trials).map(hash))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Which trials another run would compute again. */
function changedBy(change: () => void): string[] {
  const before = hashes();
  change();
  const after = hashes();
  return (["spread", "counting", "passes", "routes"] as const).filter((name) => before[name] !== after[name]);
}

const edit = (path: string) => writeFileSync(dist(path), `${readFileSync(dist(path), "utf8")}\n// a change\n`);
const rebuild = (kernel: string) => appendFileSync(dist(`wasm/${kernel}.wasm`), CUSTOM_SECTION);

describe("the code of a trial", () => {
  it("is left by a change in another subject, and changed by one in its own", () => {
    expect(changedBy(() => edit("placement/choose.js"))).toEqual(["passes", "routes"]);
    expect(changedBy(() => edit("spread/trace.js"))).toEqual(["spread", "counting"]);
    expect(changedBy(() => edit("placement/place-monitors.js"))).toEqual(["passes"]);
  });

  it("is left by a new paper", () => {
    const add = () => {
      mkdirSync(dist("papers/isolation"));
      writeFileSync(dist("papers/isolation/index.js"), "export const isolationPaper = {};\n");
      edit("papers/registry.js");
    };
    expect(changedBy(add)).toEqual([]);
  });

  it("is left by a sentence of the report, and of the tables, and by the engine and the command line", () => {
    const rewrite = () => {
      for (const path of readdirSync(dist("report"), { recursive: true, encoding: "utf8" })) {
        if (path.endsWith(".js")) edit(`report/${path}`);
      }
      for (const room of ["spread", "placement"]) {
        for (const path of readdirSync(dist(`papers/${room}`))) {
          if (/^(errata|text|table\d.*|fig\d|zoo|field|configurations|tasks|index)\.js$/.test(path)) {
            edit(`papers/${room}/${path}`);
          }
        }
      }
      for (const path of ["cli/reproduce.js", "engine/engine.js", "engine/threads.js", "papers/verdict.js"]) edit(path);
    };
    expect(changedBy(rewrite)).toEqual([]);
  });

  it("is changed by each kernel that it loads, and by no other", () => {
    expect(changedBy(() => rebuild("spread.simd"))).toEqual(["spread", "counting"]);
    expect(changedBy(() => rebuild("spread.counted"))).toEqual(["counting"]);
    // The table of methods leads from routes to paths, too.
    expect(changedBy(() => rebuild("paths.scalar"))).toEqual(["passes", "routes"]);
    expect(changedBy(() => rebuild("cover.simd"))).toEqual(["passes", "routes"]);
  });

  it("is changed by its own module and by another version of a package", () => {
    expect(changedBy(() => edit("papers/spread/trace-trials.js"))).toEqual(["spread"]);
    const upgrade = () => {
      mkdirSync(dist("node_modules/graphology"), { recursive: true });
      writeFileSync(dist("node_modules/graphology/package.json"), '{ "version": "99.0.0" }');
    };
    expect(changedBy(upgrade)).toEqual(["passes"]);
  });

  it("is that of the inputs and files below it, without prose and without the rooms above", async () => {
    const plans = papers.flatMap(({ experiments }) => experiments);
    const runs = await Promise.all(plans.map((each) => each.plan({ scale: "paper", seed: 1, dataDir: undefined })));
    const calls = runs.flatMap(({ tasks, inputs }) => [...tasks, ...inputs]);
    const modules = new Set(calls.map(({ module }) => module));
    expect(modules.size).toBeGreaterThan(4);
    for (const module of modules) {
      const files = codeOf(module).files.map((file) => file.slice(root.length));
      const above =
        /^dist\/(report|cli|pipelines|papers\/[a-z-]+\.js|papers\/[a-z]+\/(index|errata|text|table|configurations))/;
      expect(files.filter((file) => above.test(file))).toEqual([]);
      expect(files).toContain("dist/engine/define.js");
      expect(files).not.toContain("dist/engine/engine.js");
    }
  });
});

describe("netvantage reproduce --out, after a change of the code", () => {
  const out = () => join(package_, "out");

  function netvantage(...words: string[]): string {
    const child = spawnSync(process.execPath, [dist("cli/main.js"), ...words, "--out", out()], { encoding: "utf8" });
    expect([child.status, child.stderr.match(/^error.*$/m)]).toEqual([0, null]);
    return child.stdout;
  }
  const run = () => netvantage("reproduce", "placement/fig3", "--workers", "0");
  const usable = () => JSON.parse(netvantage("results", "list", "--json")).groups[0].usable;
  const trials = () =>
    Object.fromEntries(
      readdirSync(join(out(), "trials")).map((name) => [name, readFileSync(join(out(), "trials", name), "utf8")]),
    );

  it("computes again what the change concerns, and nothing else; results tells beforehand", () => {
    run();
    const first = trials();
    expect([Object.keys(first).length, usable()]).toEqual([2, 2]);
    for (const path of ["report/markdown.js", "papers/registry.js", "spread/trace.js", "papers/placement/text.js"]) {
      edit(path);
    }
    rebuild("spread.simd");
    expect(usable()).toBe(2);
    run();
    expect(trials()).toEqual(first);
    rebuild("paths.simd");
    expect(usable()).toBe(0);
    run();
    expect([Object.keys(trials()).length, usable()]).toEqual([4, 2]);
    expect(trials()).toMatchObject(first);
  });
});
