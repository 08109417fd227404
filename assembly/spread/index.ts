// The spread kernel's exports; docs/kernels.md describes them for callers in other languages.
export { abi_version, alloc, has_simd, mark, release } from "../abi";
export { table_bytes, table_capacity, table_check, table_init, table_merge, table_seal } from "./candidates";
export { estimate } from "./estimate";
export { keys_of_identities, keys_of_ipv4 } from "./keys";
export { sketch_compatible, sketch_merge } from "./merge";
export { sketch_bytes, sketch_check, sketch_clear, sketch_init, sketch_seal, sketch_zeros } from "./sketch";
export { store_ipv4, store_keys, store_tracked } from "./store";
export { trace_contacts, trace_distribution, trace_source, trace_spreads } from "./trace";
