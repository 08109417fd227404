import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compiledUrl } from "./module-names.ts";

/** What a module runs: all that its functions' results may depend on, beside what they are given. */
export interface Code {
  /** The project's modules, by absolute path: the module itself and what it imports, statically or by a literal name. */
  readonly files: readonly string[];
  /** npm packages, as name@version. */
  readonly packages: readonly string[];
  /** The .wasm files that the modules load, by literal names. */
  readonly kernels: readonly string[];
}

const ROOT = new URL("../../", import.meta.url);
/** What the compiler leaves of imports; one that stands in a comment or a string counts, too, if there is such a file. */
const IMPORT =
  /^\s*(?:import|export)\s[^"';]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;
const KERNEL = /\bcompileKernel\(\s*"(\w+)"(?:,\s*"(\w+)")?/g;
/** Which one runs depends on the machine; they give the same bits. */
const USUAL_BUILDS = ["simd", "scalar"];

/** @param url of a module; one of src/ counts as what it was compiled to. @throws Error where that is not there. */
export function codeOf(url: string): Code {
  const files = new Set<string>();
  const packages = new Set<string>();
  const kernels = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, "utf8");
    for (const [, kernel, build] of text.matchAll(KERNEL))
      for (const each of buildsOf(kernel, build)) kernels.add(each);
    for (const match of text.matchAll(IMPORT)) {
      const specifier = match[1] ?? match[2] ?? match[3];
      if (specifier.startsWith(".")) {
        const imported = fileURLToPath(new URL(specifier, pathToFileURL(file)));
        if (existsSync(imported)) visit(imported);
      } else if (!specifier.startsWith("node:")) {
        const version = versionOf(specifier, file);
        if (version !== undefined) packages.add(version);
      }
    }
  };
  visit(fileURLToPath(compiledUrl(url)));
  return { files: [...files].sort(), packages: [...packages].sort(), kernels: [...kernels].sort() };
}

const hashes = new Map<string, string>();

/** A hash of a module's code, taken once in a process. @throws Error where something of it is not there. */
export function codeHash(url: string): string {
  const known = hashes.get(url);
  if (known !== undefined) return known;
  const { files, packages, kernels } = codeOf(url);
  const hash = createHash("sha256");
  for (const file of [...files, ...kernels]) hash.update(nameOf(file)).update("\0").update(readFileSync(file));
  const digest = hash.update(packages.join("\n")).digest("hex").slice(0, 16);
  hashes.set(url, digest);
  return digest;
}

/** @param build undefined: the one that runs best */
function buildsOf(kernel: string, build: string | undefined): string[] {
  const builds = build === undefined ? USUAL_BUILDS : [build];
  return builds.map((each) => fileURLToPath(new URL(`dist/wasm/${kernel}.${each}.wasm`, ROOT)));
}

/** Relative to the package's root. */
function nameOf(file: string): string {
  return relative(fileURLToPath(ROOT), file).split(sep).join("/");
}

/** name@version of the package that a module is imported from; undefined: there is none of that name. */
function versionOf(specifier: string, importer: string): string | undefined {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  for (let folder = new URL(".", pathToFileURL(importer)); ; folder = new URL("..", folder)) {
    const manifest = new URL(`node_modules/${name}/package.json`, folder);
    if (existsSync(manifest)) {
      const { version }: { readonly version?: unknown } = JSON.parse(readFileSync(manifest, "utf8"));
      return `${name}@${version}`;
    }
    if (folder.pathname === "/" || folder.href === new URL("..", folder).href) return undefined;
  }
}
