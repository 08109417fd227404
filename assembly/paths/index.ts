// The paths kernel's exports; docs/kernels.md describes them for callers in other languages.
export { abi_version, alloc, has_simd, mark, release } from "../abi";
export { betweenness_sources } from "./betweenness";
export { betweenness_batch } from "./betweenness-batch";
export { graph_bytes, graph_init } from "./graph";
export { observe } from "./observe";
export { observe_batch } from "./observe-batch";
export { plan_bytes, plan_init, plan_sources } from "./plan";
export { sample_paths } from "./sample";
export { successive_add, successive_bytes, successive_gains, successive_init } from "./successive";
export { traffic_check } from "./traffic";
