// The instrumented build: the same kernel, counting hashes, memory accesses and logarithms (Table 2).
export * from "./index";
export { count_accesses, count_hashes, count_start, count_transcendentals } from "../counters";
