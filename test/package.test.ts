import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

/** The package as a user gets it: packed, unpacked below another project's node_modules, with nothing but its dependencies beside it. */
const root = resolve(import.meta.dirname, "..");
const project = mkdtempSync(join(tmpdir(), "netvantage-package-"));
const installed = join(project, "node_modules/netvantage");
const manifest = z
  .object({
    bin: z.object({ netvantage: z.string() }),
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

beforeAll(() => {
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", project], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename }] = z.array(z.object({ filename: z.string() })).parse(JSON.parse(packed));
  mkdirSync(installed, { recursive: true });
  execFileSync("tar", ["-xzf", join(project, filename), "--strip-components=1", "-C", installed]);
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, "node_modules", name), link);
  }
  mkdirSync(join(project, "node_modules/.bin"));
  chmodSync(join(installed, manifest.bin.netvantage), 0o755);
  symlinkSync(join("../netvantage", manifest.bin.netvantage), join(project, "node_modules/.bin/netvantage"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
});

afterAll(() => rmSync(project, { recursive: true }));

/** The package's files whose names end so, by their paths in it. */
function filesOf(ending: string): string[] {
  return readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(installed, join(entry.parentPath, entry.name)));
}

function run(command: string, words: readonly string[], input = "") {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: project, encoding: "utf8", input });
  return { status, stdout, stderr };
}

const netvantage = (words: readonly string[], input?: string) =>
  run(process.execPath, [join(installed, manifest.bin.netvantage), ...words], input);

describe("the package", () => {
  it("holds what src/ compiles to, and no benchmark or test", () => {
    const modules = filesOf(".js");
    expect(modules.length).toBeGreaterThan(100);
    const sources = modules.map((path) => path.replace(/^dist\/(.*)\.js$/, "src/$1.ts"));
    expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(filesOf(".ts").filter((path) => !path.endsWith(".d.ts"))).toEqual([]);
  });

  it("holds the whole source wherever a source map points", () => {
    const mapSchema = z.object({ sources: z.array(z.string()), sourcesContent: z.array(z.string()) });
    const maps = filesOf(".js.map");
    expect(maps.map((path) => path.replace(/\.map$/, "")).sort()).toEqual(filesOf(".js").sort());
    for (const path of maps) {
      const { sources, sourcesContent } = mapSchema.parse(JSON.parse(readFileSync(join(installed, path), "utf8")));
      const file = path.replace(/^dist\/(.*)\.js\.map$/, "src/$1.ts");
      expect(sources.map((source) => join(dirname(path), source))).toEqual([file]);
      expect(sourcesContent).toEqual([readFileSync(join(root, file), "utf8")]);
    }
    expect(filesOf(".d.ts.map")).toEqual([]);
  });

  it("runs by npx, from its own files", () => {
    const { status, stdout } = run("npx", ["--no", "--", "netvantage", "--help"]);
    expect([status, stdout.split("\n")[0]]).toEqual([0, "Usage: netvantage [options] [command]"]);
    const counted = netvantage(["spread", "-", "--exact", "--json"], "10.0.0.1 10.0.0.2\n10.0.0.1 10.0.0.3\n");
    expect([counted.status, counted.stderr]).toEqual([0, ""]);
    expect(JSON.parse(counted.stdout)).toMatchObject({ contacts: 2, distinctContacts: 2, sources: 1 });
  });

  it("repeats an experiment on threads", () => {
    const { status, stdout } = netvantage(["reproduce", "placement/fig3", "--workers", "2", "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ scale: "quick", experiments: [{ id: "placement/fig3" }] });
  });

  it("says in one line that benchmarks need the repository", () => {
    const { status, stdout, stderr } = netvantage(["bench"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: .*`npm run bench` in netvantage's repository\n$/);
  });

  it("gives programs its functions, its types and its kernels", () => {
    writeFileSync(
      join(project, "use.ts"),
      `import { buildTopology, placeMonitors, type Placement } from "netvantage/placement";
import { SpreadSketch } from "netvantage/spread";

const placement: Placement = placeMonitors(buildTopology(["a", "b", "c"], [0, 1, 1, 2]), { monitors: 1 });
const sketch = SpreadSketch.create({ estimator: "cse", memoryBits: 80_000, virtualBits: 128 });
sketch.addIpv4(Uint32Array.of(1, 1), Uint32Array.of(2, 3));
const { estimate } = sketch.estimate(sketch.keysOfIpv4(Uint32Array.of(1)));
const kernel: string = import.meta.resolve("netvantage/wasm/paths.simd.wasm");
console.log(placement.monitors.map(({ node }) => node).join(), Math.round(estimate[0]), kernel.endsWith("/dist/wasm/paths.simd.wasm"));
`,
    );
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    const options = ["--strict", "--target", "es2023", "--module", "nodenext", ...types];
    expect(run(join(root, "node_modules/.bin/tsc"), [...options, "use.ts"])).toMatchObject({ status: 0, stdout: "" });
    expect(run(process.execPath, ["use.js"])).toMatchObject({ status: 0, stderr: "" });
  });
});
