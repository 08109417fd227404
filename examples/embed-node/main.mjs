// The kernel without netvantage's JavaScript: what any WebAssembly host does (docs/kernels.md). Run after `npm run build`:
//   node examples/embed-node/main.mjs
import { readFileSync } from "node:fs";

const file = new URL("../../dist/wasm/spread.simd.wasm", import.meta.url);
const kernel = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file))).exports;
if (kernel.abi_version() !== 1) throw new Error("another version of the ABI");

const BITMAP = 1;
const DOUBLE32 = 2;
const JOINT = 3;
const [seedLow, seedHigh] = [1, 0];

// MCSE: 8,000,000 bits, 256 virtual bits a source, 11 segments, every contact sampled (p = 2^32 / 2^32).
const shape = [BITMAP, DOUBLE32, 8_000_000, 256, 11, 2 ** 32];
const bytes = kernel.sketch_bytes(...shape);
const sketch = kernel.alloc(bytes);
if (bytes === 0 || sketch === 0) throw new Error("parameters out of range, or out of memory");
demand(kernel.sketch_init(sketch, ...shape, seedLow, seedHigh));

// 10.0.0.1 contacts 1000 hosts, each twice; 10.0.0.2 contacts 3.
const [scanner, quiet] = [0x0a000001, 0x0a000002];
const contacts = [];
for (let i = 0; i < 2000; i++) contacts.push([scanner, 0xc0000200 + (i % 1000)]);
for (let i = 0; i < 3; i++) contacts.push([quiet, 0xc6336400 + i]);

// What is reserved since the mark is given back together.
const mark = kernel.mark();
const sources = kernel.alloc(4 * contacts.length);
const destinations = kernel.alloc(4 * contacts.length);
// Memory may have grown, and views with it: make them after the last alloc.
new Uint32Array(kernel.memory.buffer, sources, contacts.length).set(contacts.map(([source]) => source));
new Uint32Array(kernel.memory.buffer, destinations, contacts.length).set(
  contacts.map(([, destination]) => destination),
);
demand(kernel.store_ipv4(sketch, sources, destinations, contacts.length));
kernel.release(mark);

const asked = [scanner, quiet];
const n = asked.length;
const addresses = kernel.alloc(4 * n);
const keys = kernel.alloc(8 * n);
const estimates = kernel.alloc(8 * n);
const errors = kernel.alloc(8 * n);
const flags = kernel.alloc(n);
new Uint32Array(kernel.memory.buffer, addresses, n).set(asked);
demand(kernel.keys_of_ipv4(addresses, n, seedLow, seedHigh, keys));
demand(kernel.estimate(sketch, JOINT, keys, n, estimates, errors, flags));
const estimate = new Float64Array(kernel.memory.buffer, estimates, n);
const error = new Float64Array(kernel.memory.buffer, errors, n);
asked.forEach((address, i) => {
  const name = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
  console.log(`${name}: ${estimate[i].toFixed(1)} destinations, standard error ${error[i].toFixed(1)}`);
});
kernel.release(mark);

function demand(status) {
  if (status !== 0) throw new Error(`the kernel refused: status ${status}`);
}
