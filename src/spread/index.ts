/** The spread room's public face, as the package exports it. */
export { ESTIMATORS, type Estimator, type SketchOptions } from "./estimator.ts";
export { type ExactCount, ExactSpread } from "./exact.ts";
export { type Plan, PlanError, type PlanRequest, planSpread } from "./plan.ts";
export { type Spreader, SpreadSketch } from "./spread-sketch.ts";
