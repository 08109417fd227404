// The cover kernel's exports; docs/kernels.md describes them for callers in other languages.
export { abi_version, alloc, has_simd, mark, release } from "../abi";
export { upper_bound } from "./bound";
export { greedy } from "./greedy";
export { exact_maximum } from "./maximum";
export { exact_cover } from "./minimum";
export { instance_bits, instance_bytes, instance_lists, instance_total } from "./instance";
