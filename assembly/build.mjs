// Compiles every kernel: assembly/<kernel>/index.ts to dist/wasm/<kernel>.simd.wasm and .scalar.wasm, and
// assembly/<kernel>/counted.ts, where there is one, to the instrumented <kernel>.counted.wasm.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { main } from "assemblyscript/asc";

const SIMD = [];
const SCALAR = ["--disable", "simd"];

const out = "dist/wasm";
mkdirSync(out, { recursive: true });

for (const { name, parentPath } of readdirSync("assembly", { withFileTypes: true }).filter((e) => e.isDirectory())) {
  const room = `${parentPath}/${name}`;
  await compile(`${room}/index.ts`, `${out}/${name}.simd.wasm`, SIMD);
  await compile(`${room}/index.ts`, `${out}/${name}.scalar.wasm`, SCALAR);
  if (existsSync(`${room}/counted.ts`)) await compile(`${room}/counted.ts`, `${out}/${name}.counted.wasm`, SCALAR);
}

async function compile(entry, outFile, flags) {
  const { error, stderr } = await main([entry, "--config", "asconfig.json", "--outFile", outFile, ...flags]);
  if (error) {
    process.stderr.write(`${entry}:\n${stderr}\n${error.message}\n`);
    // The other kernels are still built.
    process.exitCode = 1;
  }
}
