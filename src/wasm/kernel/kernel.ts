import { instantiateSync } from "@assemblyscript/loader";
import { meaningOf, OK } from "./status.ts";

/** What every kernel exports; the rest is its own. Pointers and lengths are 32-bit. */
export interface KernelExports extends Record<string, unknown> {
  readonly memory: WebAssembly.Memory;
  abi_version(): number;
  has_simd(): number;
  alloc(bytes: number): number;
  mark(): number;
  release(mark: number): void;
}

/** `counted` is the instrumented build, for kernels that have one. */
export type Build = "simd" | "scalar" | "counted";

const ABI_VERSION = 1;

/** A kernel's refusal, with the function that refused and why. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  readonly status: number;

  constructor(what: string, status: number) {
    super(`${what}: ${meaningOf(status)}`);
    this.status = status;
  }
}

/** A minimal module with one v128 instruction. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** The build this runtime can run: SIMD where it validates. */
export function preferredBuild(): Build {
  return WebAssembly.validate(SIMD_PROBE) ? "simd" : "scalar";
}

const compiled = new Map<string, WebAssembly.Module>();

/**
 * Compiles a kernel that lies beside this package, once per process and build. Node, Deno and Bun only: elsewhere, fetch
 * and compile the .wasm file and hand the WebAssembly.Module to the functions that take one.
 */
export function compileKernel(name: string, build: Build = preferredBuild()): WebAssembly.Module {
  const file = `${name}.${build}.wasm`;
  let module = compiled.get(file);
  if (module === undefined) {
    const fs = globalThis.process?.getBuiltinModule?.("node:fs");
    if (fs === undefined) throw new Error(`no file system here: compile ${file} and pass the WebAssembly.Module`);
    module = new WebAssembly.Module(fs.readFileSync(new URL(`../../../dist/wasm/${file}`, import.meta.url)));
    compiled.set(file, module);
  }
  return module;
}

/** Hands over a kernel that another thread has compiled, so that it is not compiled here again. */
export function provideKernel(name: string, build: Build, module: WebAssembly.Module): void {
  compiled.set(`${name}.${build}.wasm`, module);
}

/** A fresh instance, with a memory of its own. @throws Error where the module speaks another version of the ABI. */
export function instantiate<Exports extends KernelExports>(module: WebAssembly.Module): Exports {
  const { exports } = instantiateSync<Exports>(module, {});
  if (exports.abi_version() !== ABI_VERSION) {
    throw new Error(`kernel has ABI version ${exports.abi_version()}, this host speaks ${ABI_VERSION}`);
  }
  return exports;
}

/** @throws KernelError unless a status is OK */
export function demand(status: number, what: string): void {
  if (status !== OK) throw new KernelError(what, status);
}
