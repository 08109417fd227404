import type { KernelExports } from "../kernel/kernel.ts";

/** The cover kernel's exports; assembly/cover documents each. */
export interface CoverExports extends KernelExports {
  instance_bytes(): number;
  instance_bits(instance: number, n: number, m: number, rows: number, weights: number, costs: number): number;
  instance_lists(
    instance: number,
    n: number,
    m: number,
    offsets: number,
    members: number,
    weights: number,
    costs: number,
  ): number;
  instance_total(instance: number): number;
  greedy(
    instance: number,
    states: number,
    rule: number,
    limit: number,
    budget: number,
    target: number,
    evaluation: number,
    picks: number,
    gains: number,
    summary: number,
  ): number;
  upper_bound(
    instance: number,
    states: number,
    limit: number,
    budget: number,
    picks: number,
    count: number,
    out: number,
  ): number;
  exact_maximum(
    instance: number,
    states: number,
    limit: number,
    budget: number,
    nodes: number,
    picks: number,
    multipliers: number,
    summary: number,
  ): number;
  exact_cover(
    instance: number,
    states: number,
    nodes: number,
    picks: number,
    multipliers: number,
    summary: number,
  ): number;
}

export const RULE = { gain: 0, ratio: 1, budgeted: 2 } as const;
export const EVALUATION = { lazy: 0, eager: 1, "eager-by-row": 2 } as const;
export const STATE = { free: 0, forbidden: 1, placed: 2 } as const;
/** f64s of greedy's summary. */
export const SUMMARY = 6;
/** F64s of an exact search's summary. */
export const EXACT_SUMMARY = 7;
