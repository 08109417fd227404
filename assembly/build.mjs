// Compiles kernels, all or those named: assembly/<kernel>/index.ts to dist/wasm/<kernel>.simd.wasm and .scalar.wasm, and
// assembly/<kernel>/counted.ts, where there is one, to the instrumented <kernel>.counted.wasm. With --debug to dist/debug:
// assertions, names and source maps instead of speed. --out names another folder.
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { main } from "assemblyscript/asc";

const SIMD = [];
const SCALAR = ["--disable", "simd"];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { debug: { type: "boolean", default: false }, out: { type: "string" } },
});
const target = values.debug ? "debug" : "release";
const out = values.out ?? (values.debug ? "dist/debug" : "dist/wasm");
mkdirSync(out, { recursive: true });

const rooms = readdirSync("assembly", { withFileTypes: true }).filter((entry) => entry.isDirectory());
const kernels = positionals.length > 0 ? positionals : rooms.map(({ name }) => name);
for (const name of kernels) {
  const room = `assembly/${name}`;
  await compile(`${room}/index.ts`, `${out}/${name}.simd.wasm`, SIMD);
  await compile(`${room}/index.ts`, `${out}/${name}.scalar.wasm`, SCALAR);
  if (existsSync(`${room}/counted.ts`)) await compile(`${room}/counted.ts`, `${out}/${name}.counted.wasm`, SCALAR);
}

async function compile(entry, outFile, flags) {
  const options = ["--config", "asconfig.json", "--target", target, "--outFile", outFile, ...flags];
  const { error, stderr } = await main([entry, ...options]);
  if (error) {
    process.stderr.write(`${entry}:\n${stderr}\n${error.message}\n`);
    // The other kernels are still built.
    process.exitCode = 1;
  }
}
