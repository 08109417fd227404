import { relative } from "node:path/posix";

/** The package's root: this file lies in src/engine/ or dist/engine/. */
const ROOT = new URL("../../", import.meta.url);

/** Threads run JavaScript: where the engine runs from its source (tests), modules are taken from dist/, built before. */
export function compiledUrl(url: string): string {
  const source = `${ROOT.href}src/`;
  if (!url.startsWith(source)) return url;
  return `${ROOT.href}dist/${url.slice(source.length).replace(/\.ts$/, ".js")}`;
}

/** A module's name within the package, good on every machine. @throws RangeError where it lies elsewhere. */
export function portableName(url: string): string {
  const compiled = compiledUrl(url);
  if (!compiled.startsWith(ROOT.href)) {
    throw new RangeError(`${url} lies outside the package, so other machines' workers cannot load it`);
  }
  return compiled.slice(ROOT.href.length);
}

/** A module's name: the portable one, or its URL where it lies outside of the package. */
export function nameOf(url: string): string {
  return compiledUrl(url).startsWith(ROOT.href) ? portableName(url) : url;
}

/** The URL of a module here by its portable name. @throws RangeError where the name leads out of the package. */
export function moduleOf(name: string): string {
  const url = new URL(name, ROOT);
  const within = relative(ROOT.pathname, url.pathname);
  if (url.protocol !== "file:" || within.startsWith("..") || !/\.m?js$/.test(within)) {
    throw new RangeError(`${JSON.stringify(name)} names no module of the package`);
  }
  return url.href;
}
