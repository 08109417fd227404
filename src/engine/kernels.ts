import { readdirSync } from "node:fs";
import { isObject } from "../results/json.ts";
import { compileKernel, preferredBuild, provideKernel } from "../wasm/kernel/kernel.ts";

/** Kernel name -> module, as it travels in a thread's workerData: threads of a process share a module's machine code. */
export type CompiledKernels = { readonly [name: string]: WebAssembly.Module };

/** Every kernel of this package, compiled once per process in the build that it runs. */
export function compileKernels(): CompiledKernels {
  const build = preferredBuild();
  const suffix = `.${build}.wasm`;
  const names = filesOf(new URL("../../dist/wasm/", import.meta.url)).filter((file) => file.endsWith(suffix));
  return Object.fromEntries(
    names.map((file) => file.slice(0, -suffix.length)).map((name) => [name, compileKernel(name, build)]),
  );
}

/** Takes over what another thread has compiled. */
export function provideKernels(kernels: unknown): void {
  if (!isObject(kernels)) return;
  for (const [name, module] of Object.entries(kernels)) {
    if (module instanceof WebAssembly.Module) provideKernel(name, preferredBuild(), module);
  }
}

function filesOf(directory: URL): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
