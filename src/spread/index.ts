/**
 * The spread room's public face, as the package exports it.
 *
 * @module netvantage/spread
 */

export { KernelError } from "../wasm/kernel/kernel.ts";
export type { Estimates, Identities } from "../wasm/spread/sketch-memory.ts";
export { ESTIMATORS, type Estimator } from "./estimators.ts";
export { type ExactCount, ExactSpread } from "./exact.ts";
export { type Alternative, type CurvePoint, type Plan, PlanError, type PlanRequest, planSpread } from "./plan.ts";
export type { ResolvedOptions, SketchOptions } from "./sketch-options.ts";
export { type Spreader, SpreadSketch } from "./spread-sketch.ts";
